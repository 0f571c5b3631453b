"""How each speaker sounds and what they claim, in all or by source, topic or period."""

from typing import Any, Final, Literal, get_args

import pandas as pd

from tone.reports.counting import ENOUGH, FIGURES, counted, with_interval
from tone.reports.periods import EVERY, Day, starts
from tone.reports.selecting import Copies, require, select

By = Literal["source", "month", "week", "topic"]
BY: Final[tuple[By, ...]] = get_args(By)
"""What the speakers' report can be split by."""

COLUMNS: Final[dict[str, str]] = {
    "speaker": "canonical name",
    "kind": "person, body or unnamed, the most frequent of the speaker's sentences; null where it is not known",
    **FIGURES,
    "first": "earliest known date of an article with the speaker; NaT where none is known",
    "last": "latest known date of an article with the speaker; NaT where none is known",
    "enough": f"whether there are at least {ENOUGH} sentences; with less, the shares and net_tone say little",
    "copies": "number of copied articles with the speaker that were left out; 0 where copies count",
}
"""The columns of the speakers' report, in their order, and what each one holds."""

_ASCENDING: Final = frozenset({"speaker", "kind", "interval", "first"})


def speakers(
    sentences: pd.DataFrame,
    *,
    by: By | None = None,
    min_sentences: int = 1,
    sort: str = "sentences",
    since: Day | None = None,
    until: Day | None = None,
    source: str | None = None,
    topic: str | None = None,
    copies: Copies = "once",
    rounds: int = 1000,
    seed: int = 0,
) -> pd.DataFrame:
    """A row a speaker, with the columns that ``COLUMNS`` describes; or, with ``by``, a row a speaker and group.

    ``sentences`` has a row a sentence: ``article, speaker, tone, progress, schedule, denial`` and, where known,
    ``speaker_kind, date, source, topic, copy_of``. Rows without a speaker (narration) count nowhere.

    Args:
        sentences: the scored sentences.
        by: ``source``, ``topic``, ``month`` or ``week``: a row for each that the speaker is in, with a column of that
            name after ``speaker``; for periods it holds their first day (weeks begin on Monday). Sentences whose group
            is unknown are a group of their own, the last, with a missing value there. A speaker's rows stay together.
        min_sentences: leave out speakers with fewer sentences (in all groups together).
        sort: a column of the report; names, kinds and ``first`` ascending, everything else descending.
            Ties are broken by the number of sentences, then of articles, then by name. With ``by``, the speakers are
            in the order that they have without it; to sort by the group puts the groups first.
        since: first day to count, a date or ``YYYY-MM-DD``; sentences without a date are then left out.
        until: last day to count, likewise.
        source: count only articles of this source.
        topic: count only articles on this topic.
        copies: ``once`` leaves out articles that are copies of another, ``all`` counts them.
        rounds: resamples for the intervals.
        seed: seed of the resampling. A row's interval depends on its own sentences and the seed alone.

    The interval of ``net_tone`` is a Bayesian bootstrap of whole articles with one pseudo-article of mixed tone, for a
    row from one article only of its sentences; see `tone.reports.resampling`. Where the observed net tone lies
    outside, the interval is widened to hold it.

    Raises:
        ValueError: a column is missing, an unknown tone, column to sort by, group or date, ``since`` after ``until``.
    """
    if by is not None and by not in BY:
        raise ValueError(f"cannot group by {by!r}; choose from {', '.join(BY)}")
    if sort not in COLUMNS and sort != by:
        raise ValueError(f"cannot sort by {sort!r}; choose from {', '.join(COLUMNS)}")
    if by is not None:
        require(sentences, ("date" if by in EVERY else by,))
    filters: dict[str, Any] = {"since": since, "until": until, "source": source, "topic": topic}
    said = _grouped(select(sentences, copies=copies, **filters), by)
    copied = _grouped(select(sentences, copies="all", **filters), by).drop(index=said.index)
    table = _table(said, copied, ["speaker"], rounds=rounds, seed=seed)
    table = _ordered(table[table["sentences"] >= min_sentences], "sentences" if sort == by else sort)
    if by is None:
        return table
    place = pd.Series(table.index, table["speaker"])
    said = said[said["speaker"].isin(place.index)]
    split = _table(said, copied, ["speaker", by], rounds=rounds, seed=seed)
    split = split.assign(place=split["speaker"].map(place))
    order = [by, "place"] if sort == by else ["place", by]
    return split.sort_values(order, kind="stable", ignore_index=True).drop(columns="place")


def _grouped(rows: pd.DataFrame, by: By | None) -> pd.DataFrame:
    """The rows with a column for the period that they are in, where they are to be grouped by that."""
    return rows.assign(**{by: starts(rows["date"], by)}) if by in EVERY else rows


def _table(said: pd.DataFrame, copied: pd.DataFrame, keys: list[str], *, rounds: int, seed: int) -> pd.DataFrame:
    """The report's rows and columns, in the order of ``keys``."""
    table = with_interval(counted(said, keys), said, rounds=rounds, seed=seed).reset_index()
    copies = copied.groupby(keys, dropna=False)["article"].nunique().rename("copies").reset_index()
    table = table.merge(copies, on=keys, how="left").fillna({"copies": 0}).astype({"copies": "int64"})
    return table[[*keys, *(name for name in COLUMNS if name not in keys)]]


def _ordered(table: pd.DataFrame, sort: str) -> pd.DataFrame:
    order = list(dict.fromkeys([sort, "sentences", "articles", "speaker"]))
    ascending = [column in _ASCENDING for column in order]
    return table.sort_values(order, ascending=ascending, kind="stable", ignore_index=True)

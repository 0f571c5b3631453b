"""How speakers differ between two sources, topics or stretches of time."""

from collections.abc import Collection, Iterator, Sequence
from typing import Final, Literal, get_args

import numpy as np
import pandas as pd

from tone.codebook import CLAIMS
from tone.reports.counting import ENOUGH, counted, rows_of
from tone.reports.periods import Day, Span, Stretch, span
from tone.reports.resampling import Floats, ends, resampled, units
from tone.reports.selecting import ALL, Copies, require, require_known, select

Side = Literal["source", "topic", "date"]
SIDES: Final[tuple[Side, ...]] = get_args(Side)
"""What two sides of a comparison can differ in."""

_CLAIMED: Final = {
    "progress": "claim progress",
    "schedule": "say when something will happen",
    "denial": "deny something",
}

COMPARISON_COLUMNS: Final[dict[str, str]] = {
    "speaker": f"canonical name; '{ALL}', the first row: all speakers of each side together",
    "kind": "person, body or unnamed, the most frequent of the speaker's sentences; null where unknown and for all",
    "articles_first": "number of articles with the speaker on the first side",
    "articles_second": "the same on the second side",
    "sentences_first": "number of sentences that report the speaker's words on the first side",
    "sentences_second": "the same on the second side",
    "net_tone_first": "constructive minus cautious share on the first side, -1 to 1",
    "net_tone_second": "the same on the second side",
    "difference": "net_tone_second minus net_tone_first, -2 to 2: below 0, the second side is the more cautious",
    "difference_low": "lower end of the 95 % interval of the difference",
    "difference_high": "upper end of the 95 % interval of the difference",
    "interval": "what it comes from: 'articles' resampled, or 'sentences' where a side has one article only",
    **{
        f"{claim}_{side}": f"share of the sentences on the {side} side that {_CLAIMED[claim]}, 0 to 1"
        for claim in CLAIMS
        for side in ("first", "second")
    },
    "enough": f"whether there are at least {ENOUGH} sentences on either side; with less, the difference says little",
}
"""The columns of a comparison, in their order, and what each one holds."""


def compare(
    sentences: pd.DataFrame,
    *,
    by: Side,
    first: Stretch,
    second: Stretch,
    speakers: Collection[str] | None = None,
    min_sentences: int = 1,
    since: Day | None = None,
    until: Day | None = None,
    source: str | None = None,
    topic: str | None = None,
    copies: Copies = "once",
    rounds: int = 1000,
    seed: int = 0,
) -> pd.DataFrame:
    """A row a speaker who is on both sides, with the columns that ``COMPARISON_COLUMNS`` describes.

    The first row is for all speakers together, also for those on one side only; then come the speakers, most sentences
    first. Where a side has no sentence there are no rows.

    Args:
        sentences: the scored sentences, as for `speakers`.
        by: ``source`` or ``topic``: ``first`` and ``second`` are names; or ``date``: they are stretches of time.
        first: the one side: a name; or a pair (since, until), a year, month or day such as ``2026-03``, or two of them
            as ``2026-01..2026-03``; None or nothing for an open end.
        second: the other side, likewise.
        speakers: only these.
        min_sentences: leave out speakers with fewer sentences on either side.
        since: first day to count on both sides; ``until, source, topic, copies`` filter both sides as in `speakers`.
        until: last day to count.
        source: count only articles of this source.
        topic: count only articles on this topic.
        copies: ``once`` leaves out articles that are copies of another, ``all`` counts them.
        rounds: resamples for the intervals.
        seed: seed of the resampling. A row's interval depends on its own sentences and the seed alone.

    The interval resamples the articles of both sides, each on its own, as `speakers` does (a Bayesian bootstrap,
    `tone.reports.resampling`), and takes the middle 95 % of the differences. It holds 0 where the sides may well be
    alike. With two or three articles on a side and tones far apart it errs towards no difference: it then covers the
    truth in five of six cases. It covers which articles happened to be there, not the errors of the labels.

    Raises:
        ValueError: a column is missing, a name is not there, bad days, or sides that are the same or overlap.
    """
    if by not in SIDES:
        raise ValueError(f"cannot compare by {by!r}; choose from {', '.join(SIDES)}")
    require(sentences, (by,))
    said = select(sentences, since=since, until=until, source=source, topic=topic, copies=copies)
    if speakers is not None:
        said = said[said["speaker"].isin(list(speakers))]
    ours, theirs = _by_days(said, first, second) if by == "date" else _by_name(sentences, said, by, first, second)
    # All together is one more speaker, who says everything.
    sides = [pd.concat([side, side.assign(speaker=ALL, speaker_kind=None)]) for side in (said[ours], said[theirs])]
    tables = [counted(side, ["speaker"]) for side in sides]
    heard = [table.index[(table["sentences"] >= min_sentences) | (table.index == ALL)] for table in tables]
    both = heard[0].intersection(heard[1])
    sides = [side[side["speaker"].isin(both)] for side in sides]
    left, right = (table.loc[both] for table in tables)
    difference = right["net_tone"] - left["net_tone"]
    low, high = ends(_differences(sides, rounds=rounds, seed=seed), difference.to_numpy(float))
    one_article = (left["articles"] == 1) | (right["articles"] == 1)
    table = pd.DataFrame(
        {
            "kind": left["kind"].fillna(right["kind"]),
            **_both("articles", left["articles"], right["articles"]),
            **_both("sentences", left["sentences"], right["sentences"]),
            **_both("net_tone", left["net_tone"], right["net_tone"]),
            "difference": difference,
            "difference_low": low,
            "difference_high": high,
            "interval": pd.Series(np.where(one_article, "sentences", "articles"), both, dtype="str"),
            **{
                name: share
                for claim in CLAIMS
                for name, share in _both(
                    claim, left[claim] / left["sentences"], right[claim] / right["sentences"]
                ).items()
            },
            "enough": left["enough"] & right["enough"],
            "rank": left["sentences"] + right["sentences"],
        }
    )
    table = table.rename_axis("speaker").reset_index().assign(single=lambda row: row["speaker"] != ALL)
    order = ["single", "rank", "speaker"]
    return table.sort_values(order, ascending=[True, False, True], ignore_index=True)[list(COMPARISON_COLUMNS)]


def _by_name(
    sentences: pd.DataFrame, said: pd.DataFrame, by: Literal["source", "topic"], first: object, second: object
) -> tuple["pd.Series[bool]", "pd.Series[bool]"]:
    """Which sentences are on either side of two names."""
    for name, value in (("first", first), ("second", second)):
        if not isinstance(value, str):
            raise ValueError(f"{name} must be the name of a {by}, not {value!r}")
        require_known(sentences, by, value)
    if first == second:
        raise ValueError(f"both sides are {first!r}: choose two {by}s")
    return said[by] == first, said[by] == second


def _by_days(said: pd.DataFrame, first: Stretch, second: Stretch) -> tuple["pd.Series[bool]", "pd.Series[bool]"]:
    """Which sentences are on either side of two stretches of time."""
    early, late = span(first, "first"), span(second, "second")
    if not (_ends_before(early, late) or _ends_before(late, early)):
        raise ValueError("first and second must not overlap: no day can be on both sides")
    when = said["date"]
    ours, theirs = (
        (when.notna() if low is None else when >= low) & (when.notna() if high is None else when <= high)
        for low, high in (early, late)
    )
    return ours, theirs


def _ends_before(one: Span, other: Span) -> bool:
    return one[1] is not None and other[0] is not None and one[1] < other[0]


def _differences(sides: Sequence[pd.DataFrame], *, rounds: int, seed: int) -> Iterator[Floats]:
    """Second minus first net tone in each round, speaker by speaker in the order of their names."""
    groups = (units(side, rows_of(side, ["speaker"])) for side in sides)
    drawn = (resampled(group, rounds=rounds, seed=seed, side=number) for number, group in enumerate(groups))
    return (second - first for first, second in zip(*drawn, strict=True))


def _both(name: str, first: pd.Series, second: pd.Series) -> dict[str, pd.Series]:
    return {f"{name}_first": first, f"{name}_second": second}

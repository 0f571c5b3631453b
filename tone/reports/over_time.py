"""How a speaker, or all of them, sound over time."""

from typing import Final

import pandas as pd

from tone.reports.counting import ENOUGH, FIGURES, counted, with_interval
from tone.reports.periods import Day, Every, all_starts, starts
from tone.reports.selecting import Copies, require, select

TIMELINE_COLUMNS: Final[dict[str, str]] = {
    "period": "first day of the day, week (from Monday) or month",
    **FIGURES,
    "enough": f"whether there are at least {ENOUGH} sentences; with less, the shares and net_tone say little",
}
"""The columns of a timeline, in their order, and what each one holds. In a period without sentences the counts are 0,
shares, net tone and its interval NaN."""


def timeline(
    sentences: pd.DataFrame,
    speaker: str | None = None,
    every: Every = "week",
    *,
    since: Day | None = None,
    until: Day | None = None,
    source: str | None = None,
    topic: str | None = None,
    copies: Copies = "once",
    rounds: int = 1000,
    seed: int = 0,
) -> pd.DataFrame:
    """A row a period, with the columns that ``TIMELINE_COLUMNS`` describes, from the first with a sentence to the last.

    Periods between them without sentences are there too. Sentences without a date are in no period, those without a
    speaker (narration) count nowhere.

    Args:
        sentences: the scored sentences, as for `speakers`.
        speaker: whose; None for all speakers together.
        every: how long a period is: ``day``, ``week`` or ``month``.
        since: first day to count; it, ``until, source, topic, copies`` filter as in `speakers`.
        until: last day to count.
        source: count only articles of this source.
        topic: count only articles on this topic.
        copies: ``once`` leaves out articles that are copies of another, ``all`` counts them.
        rounds: resamples for the intervals.
        seed: seed of the resampling. A row's interval depends on its own sentences and the seed alone.

    The interval of ``net_tone`` is that of `speakers`.

    Raises:
        ValueError: a column is missing, an unknown tone, period or date, ``since`` after ``until``.
    """
    require(sentences, ("date",))
    said = select(sentences, speaker=speaker, since=since, until=until, source=source, topic=topic, copies=copies)
    said = said.assign(period=starts(said["date"], every)).dropna(subset="period")
    table = with_interval(counted(said, ["period"]), said, rounds=rounds, seed=seed)
    if len(table):
        table = table.reindex(all_starts(table.index[0], table.index[-1], every))
    counts = dict.fromkeys(("articles", "sentences", "progress", "schedule", "denial"), 0)
    table = table.fillna(counts).astype(dict.fromkeys(counts, "int64"))
    table = table.assign(enough=table["sentences"] >= ENOUGH)
    return table.rename_axis("period").reset_index()[list(TIMELINE_COLUMNS)]

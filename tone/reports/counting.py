"""Counts and tone shares of sentences, a row a group, with the interval of the net tone."""

from collections.abc import Sequence
from typing import Final, get_args

import numpy as np
import pandas as pd

from tone.codebook import CLAIMS, TONES
from tone.records import SpeakerKind
from tone.reports.resampling import ends, resampled, units

ENOUGH: Final = 5
"""Sentences from which the figures of a row are worth a look."""

FIGURES: Final[dict[str, str]] = {
    "articles": "number of articles with such a sentence",
    "sentences": "number of sentences that report somebody's words",
    "constructive": "share of the sentences with this tone, 0 to 1",
    "cautious": "share of the sentences with this tone, 0 to 1",
    "neutral": "share of the sentences with this tone, 0 to 1; the three shares sum to 1",
    "net_tone": "constructive minus cautious, -1 (all cautious) to 1 (all constructive)",
    "net_low": "lower end of the 95 % interval of net_tone",
    "net_high": "upper end of the 95 % interval of net_tone",
    "interval": "what the interval comes from: 'articles' resampled, or, where there is only one, its 'sentences'",
    "progress": "number of sentences that claim progress",
    "schedule": "number of sentences that say when something will happen",
    "denial": "number of sentences that deny something",
}
"""What is counted of any group of sentences."""


def counted(said: pd.DataFrame, keys: Sequence[str]) -> pd.DataFrame:
    """What counting gives for each combination of ``keys`` that there is, as the sorted index; unknown keys last.

    Columns: those of `FIGURES` less the interval, and ``kind, first, last, enough``.
    """
    tones = pd.DataFrame({tone: (said["tone"] == tone).astype(float) for tone in TONES}, index=said.index)
    parts = [said[list(dict.fromkeys(["article", *keys]))], said["date"].rename("day"), tones]
    groups = pd.concat([*parts, said[list(CLAIMS)].astype(int)], axis=1).groupby(list(keys), sort=True, dropna=False)
    table = groups.agg(
        articles=("article", "nunique"),
        sentences=("article", "size"),
        **{tone: (tone, "mean") for tone in TONES},
        **{claim: (claim, "sum") for claim in CLAIMS},
        first=("day", "min"),
        last=("day", "max"),
    )
    return table.assign(
        kind=_kinds(said, keys, len(table)).set_axis(table.index),
        net_tone=table["constructive"] - table["cautious"],
        enough=table["sentences"] >= ENOUGH,
    )


def with_interval(table: pd.DataFrame, said: pd.DataFrame, *, rounds: int, seed: int) -> pd.DataFrame:
    """What `counted` gave of ``said``, with ``net_low, net_high, interval``. Raises ValueError for no rounds."""
    groups = units(said, rows_of(said, [str(name) for name in table.index.names]))
    low, high = ends(resampled(groups, rounds=rounds, seed=seed), table["net_tone"].to_numpy(float))
    from_what = pd.Series(np.where(table["articles"] > 1, "articles", "sentences"), table.index, dtype="str")
    return table.assign(net_low=low, net_high=high, interval=from_what)


def rows_of(said: pd.DataFrame, keys: Sequence[str]) -> "pd.Series[int]":
    """For each sentence the position of its row in what `counted` gives."""
    return said.groupby(list(keys), sort=True, dropna=False).ngroup()


def _kinds(said: pd.DataFrame, keys: Sequence[str], rows: int) -> "pd.Series[str]":
    """The most frequent kind of speaker; of equally frequent ones, the first in the order of SpeakerKind."""
    kinds = pd.crosstab(rows_of(said, keys), said["speaker_kind"])
    kinds = kinds.reindex(columns=list(get_args(SpeakerKind)), fill_value=0)
    kinds = kinds[kinds.sum(axis=1) > 0]
    return kinds.idxmax(axis=1).reindex(range(rows)).astype("str")

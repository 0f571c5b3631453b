"""Tables made of scored sentences: how each speaker sounds and what they claim, and why inputs were skipped."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import pairwise
from typing import Final, get_args

import numpy as np
import numpy.typing as npt
import pandas as pd

from tone.codebook import CLAIMS, TONES
from tone.records import SpeakerKind

COLUMNS: Final[dict[str, str]] = {
    "speaker": "canonical name",
    "kind": "person, body or unnamed, the most frequent of the speaker's sentences; null where it is not known",
    "articles": "number of articles with a sentence of the speaker",
    "sentences": "number of sentences that report the speaker's words",
    "constructive": "share of the sentences with this tone, 0 to 1",
    "cautious": "share of the sentences with this tone, 0 to 1",
    "neutral": "share of the sentences with this tone, 0 to 1; the three shares sum to 1",
    "net_tone": "constructive minus cautious, -1 (all cautious) to 1 (all constructive)",
    "net_low": "lower end of the 95 % interval of net_tone",
    "net_high": "upper end of the 95 % interval of net_tone",
    "interval": "what the interval comes from: 'articles' resampled, or, for a speaker in one article, its 'sentences'",
    "progress": "number of sentences that claim progress",
    "schedule": "number of sentences that say when something will happen",
    "denial": "number of sentences that deny something",
    "first": "earliest known date of an article with the speaker; NaT where none is known",
    "last": "latest known date of an article with the speaker; NaT where none is known",
    "enough": "whether there are at least 5 sentences; with less, the shares and net_tone say little",
}
"""The columns of the speakers' report, in their order, and what each one holds."""

ENOUGH: Final = 5
"""Sentences from which a speaker's figures are worth a look."""

NEEDED: Final = ("article", "speaker", "tone", *CLAIMS)
_ASCENDING: Final = frozenset({"speaker", "kind", "interval", "first"})
_BLOCK: Final = 2048

Floats = npt.NDArray[np.float64]


def speakers(
    sentences: pd.DataFrame,
    *,
    min_sentences: int = 1,
    sort: str = "sentences",
    since: date | str | None = None,
    until: date | str | None = None,
    source: str | None = None,
    rounds: int = 1000,
    seed: int = 0,
) -> pd.DataFrame:
    """A row a speaker, with the columns that ``COLUMNS`` describes.

    ``sentences`` has a row a sentence: ``article, speaker, tone, progress, schedule, denial`` and, where known,
    ``speaker_kind, date, source``. Rows without a speaker (narration) count nowhere.

    Args:
        sentences: the scored sentences.
        min_sentences: leave out speakers with fewer sentences.
        sort: a column of the report; names, kinds and ``first`` ascending, everything else descending.
            Ties are broken by the number of sentences, then of articles, then by name.
        since: first day to count, a date or ``YYYY-MM-DD``; sentences without a date are then left out.
        until: last day to count, likewise.
        source: count only articles of this source.
        rounds: resamples for the intervals.
        seed: seed of the resampling. A speaker's interval depends on its own sentences and the seed alone.

    The interval of ``net_tone`` is a Bayesian bootstrap (Rubin 1981, Annals of Statistics 9) of whole articles, since
    the sentences of one article are alike: each article gets an exponential weight anew in each round, and the middle
    95 % of the weighted net tones is the interval. One article of mean length, a third of it in each tone, stands for
    what was not seen (a Dirichlet process prior of weight one), so that a speaker who has only ever sounded cautious
    gets an interval with a width. Where the observed net tone lies outside, the interval is widened to hold it.
    A speaker in one article has its sentences resampled instead, which is the Dirichlet posterior of their tones
    (prior 1/3 a tone); it tells nothing about other articles.

    Raises:
        ValueError: a column is missing, an unknown tone, column to sort by or date, ``since`` after ``until``.
    """
    _require(sentences, NEEDED)
    if sort not in COLUMNS:
        raise ValueError(f"cannot sort by {sort!r}; choose from {', '.join(COLUMNS)}")
    if rounds < 1:
        raise ValueError(f"rounds must be at least 1, not {rounds}")
    said = _chosen(sentences, since=since, until=until, source=source)
    table = _counts(said)
    table = table[table["sentences"] >= min_sentences]
    low, high = _intervals(said[said["speaker"].isin(table.index)], table["net_tone"], rounds=rounds, seed=seed)
    table = table.assign(
        net_low=low,
        net_high=high,
        interval=np.where(table["articles"] > 1, "articles", "sentences"),
        enough=table["sentences"] >= ENOUGH,
    )
    table = table.rename_axis("speaker").reset_index().astype({"interval": "str"})[list(COLUMNS)]
    order = dict.fromkeys([sort, "sentences", "articles", "speaker"])
    ascending = [column in _ASCENDING for column in order]
    return table.sort_values(list(order), ascending=ascending, kind="stable", ignore_index=True)


def summary_skipped(skipped: pd.DataFrame) -> pd.DataFrame:
    """Why inputs were skipped: a row a kind of reason (the text before its first colon), the most frequent first.

    ``skipped`` has the columns ``input`` and ``reason``. Returns ``reason, inputs`` (how many) and ``example``
    (the first input of the kind). Raises ValueError where a column is missing.
    """
    _require(skipped, ("input", "reason"))
    head = skipped["reason"].astype("str").fillna("no reason given").str.split(":", n=1).str[0].str.strip()
    groups = skipped.groupby(head, sort=True)["input"]
    table = groups.agg(inputs="size", example="first").rename_axis("reason").reset_index().astype({"reason": "str"})
    return table.sort_values("inputs", ascending=False, kind="stable", ignore_index=True)


def _require(frame: pd.DataFrame, columns: Iterable[str]) -> None:
    missing = [column for column in columns if column not in frame.columns]
    if missing:
        plural = "s" if len(missing) > 1 else ""
        raise ValueError(f"the table lacks the column{plural} {', '.join(missing)}")


def _day(value: date | str | None, name: str) -> pd.Timestamp | None:
    if value is None:
        return None
    try:
        return pd.Timestamp(value if isinstance(value, date) else date.fromisoformat(value)).normalize()
    except ValueError:
        raise ValueError(f"{name} must be a date as YYYY-MM-DD, not {value!r}") from None


def _days(sentences: pd.DataFrame) -> pd.Series:
    if "date" not in sentences.columns:
        return pd.Series(pd.NaT, index=sentences.index, dtype="datetime64[s]")
    try:
        return pd.to_datetime(sentences["date"], format="ISO8601").astype("datetime64[s]").dt.normalize()
    except (ValueError, TypeError):
        raise ValueError("the column date must hold dates without a time zone, or nulls") from None


def _chosen(
    sentences: pd.DataFrame, *, since: date | str | None, until: date | str | None, source: str | None
) -> pd.DataFrame:
    """The sentences with a speaker that the filters let through: the needed columns, ``kind`` and ``date`` as days."""
    sentences = sentences.reset_index(drop=True)
    keep = sentences["speaker"].notna()
    first, last = _day(since, "since"), _day(until, "until")
    if first is not None and last is not None and first > last:
        raise ValueError(f"since ({first:%Y-%m-%d}) is after until ({last:%Y-%m-%d})")
    days = _days(sentences)
    if first is not None:
        _require(sentences, ("date",))
        keep &= days >= first
    if last is not None:
        _require(sentences, ("date",))
        keep &= days <= last
    if source is not None:
        _require(sentences, ("source",))
        keep &= sentences["source"].eq(source).fillna(False).astype(bool)
    kind = sentences.get("speaker_kind", pd.Series(None, index=sentences.index, dtype="str"))
    said = sentences.loc[keep, list(NEEDED)].assign(kind=kind[keep], date=days[keep])
    strange = said.loc[~said["tone"].isin(TONES), "tone"]
    if len(strange):
        raise ValueError(f"unknown tone {strange.iloc[0]!r}; the tones are {', '.join(TONES)}")
    return said.astype({"article": "str", "speaker": "str"})


def _counts(said: pd.DataFrame) -> pd.DataFrame:
    """Everything that counting gives, indexed by speaker."""
    tones = pd.DataFrame({tone: (said["tone"] == tone).astype(float) for tone in TONES}, index=said.index)
    claims = said[list(CLAIMS)].astype(int)
    groups = pd.concat([said[["article", "speaker", "date"]], tones, claims], axis=1).groupby("speaker", sort=True)
    table = groups.agg(
        articles=("article", "nunique"),
        sentences=("article", "size"),
        **{tone: (tone, "mean") for tone in TONES},
        **{claim: (claim, "sum") for claim in CLAIMS},
        first=("date", "min"),
        last=("date", "max"),
    )
    # The most frequent kind; of equally frequent ones, the first in the order of SpeakerKind.
    kinds = pd.crosstab(said["speaker"], said["kind"]).reindex(columns=list(get_args(SpeakerKind)), fill_value=0)
    kinds = kinds[kinds.sum(axis=1) > 0]
    return table.assign(
        kind=kinds.idxmax(axis=1).reindex(table.index).astype("str"),
        net_tone=table["constructive"] - table["cautious"],
    )


def _intervals(said: pd.DataFrame, net: "pd.Series[float]", *, rounds: int, seed: int) -> tuple[Floats, Floats]:
    """Lower and upper ends, in the order of ``net``, which is indexed and sorted by speaker."""
    units = list(_units(said))
    # All speakers share the weights: that is fast, and makes each one's interval independent of who else is there.
    weights = _weights(min(_BLOCK, max((len(length) for _, length in units), default=0)), rounds, seed, block=0)
    unseen = np.random.default_rng([seed, 0, 1]).gamma(1 / 3, size=(3, rounds))
    ends = np.empty((len(units), 2))
    for place, (leaning, length) in enumerate(units):
        prior = unseen * length.mean()
        net_sum, total = prior[0] - prior[1], prior.sum(axis=0)
        for block, start in enumerate(range(0, len(length), _BLOCK)):
            lean, long = leaning[start : start + _BLOCK], length[start : start + _BLOCK]
            drawn = weights[: len(long)] if block == 0 else _weights(len(long), rounds, seed, block=block)
            net_sum += lean @ drawn
            total += long @ drawn
        ends[place] = np.quantile(net_sum / total, (0.025, 0.975))
    observed = net.to_numpy()
    return np.minimum(ends[:, 0], observed), np.maximum(ends[:, 1], observed)


def _weights(units: int, rounds: int, seed: int, *, block: int) -> Floats:
    """Weights of one block of units, ``units`` x ``rounds``; asking for more units leaves those of the first alone."""
    return np.random.default_rng([seed, block]).exponential(size=(units, rounds))


def _units(said: pd.DataFrame) -> Iterator[tuple[Floats, Floats]]:
    """What is resampled, a speaker at a time, in the order of their names.

    Arrays of one length: constructive minus cautious sentences, and all sentences, of each article; or of each
    sentence where there is one article only. Their order does not depend on that of the rows.
    """
    leaning = (said["tone"] == "constructive").astype(float) - (said["tone"] == "cautious").astype(float)
    rows = said[["speaker", "article"]].assign(leaning=leaning).sort_values(["speaker", "article", "leaning"])
    groups = rows.groupby(["speaker", "article"], sort=True)["leaning"]
    articles = groups.agg(["sum", "size"])
    bounds = _bounds(articles.index.get_level_values("speaker"))
    sums, sizes, single = articles["sum"].to_numpy(float), articles["size"].to_numpy(float), rows["leaning"].to_numpy()
    start = 0
    for low, high in bounds:
        stop = start + int(sizes[low:high].sum())
        if high - low > 1:
            yield sums[low:high], sizes[low:high]
        else:
            yield single[start:stop], np.ones(stop - start)
        start = stop


def _bounds(names: pd.Index) -> Iterator[tuple[int, int]]:
    """Start and end of each run of equal names."""
    changes = np.flatnonzero(names[1:] != names[:-1]) + 1
    edges = [0, *changes.tolist(), len(names)] if len(names) else []
    return pairwise(edges)

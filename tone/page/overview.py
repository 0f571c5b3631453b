"""The collection at a glance, and what was left out of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import pandas as pd

from tone.codebook import CLAIMS, TONES
from tone.collection import Collection
from tone.page.frames import day, once, records

SOURCES: Final = 12
INPUTS: Final = 200


@dataclass(frozen=True, slots=True)
class Counted:
    """A name with how often it occurs."""

    name: str
    number: int


@dataclass(frozen=True, slots=True)
class Overview:
    """Counts over the collection, each copied article counted in ``copies`` alone.

    ``tones`` counts the sentences with a speaker; ``claims`` all sentences. ``undated`` is the number of articles
    without a date, ``sources`` the most frequent `SOURCES` of them, ``more_sources`` how many there are beyond these.
    """

    articles: int
    copies: int
    sentences: int
    said: int
    speakers: int
    first: str | None
    last: str | None
    undated: int
    sources: tuple[Counted, ...]
    more_sources: int
    tones: Mapping[str, int]
    claims: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class SkippedGroup:
    """Inputs that were skipped for one kind of reason: the first `INPUTS` of them with the whole reason."""

    reason: str
    number: int
    inputs: tuple[tuple[str, str], ...]


def overview(collection: Collection) -> Overview:
    """Count. Raises ValueError where a table lacks a column that has to be there."""
    articles = records(once(collection.articles), ("article",), ("date", "source"))
    sentences = records(once(collection.sentences), ("article", "speaker", "tone", *CLAIMS))
    days = sorted(day(row["date"]) or "" for row in articles if row["date"] is not None)
    sources = pd.Series([row["source"] for row in articles], dtype=object).dropna().astype(str)
    counts = sources.groupby(sources).size().sort_values(ascending=False, kind="stable")
    said = [row for row in sentences if row["speaker"] is not None]
    return Overview(
        articles=len(articles),
        copies=len(collection.articles) - len(articles),
        sentences=len(sentences),
        said=len(said),
        speakers=len({row["speaker"] for row in said}),
        first=days[0] if days else None,
        last=days[-1] if days else None,
        undated=len(articles) - len(days),
        sources=tuple(Counted(str(name), int(number)) for name, number in counts.head(SOURCES).items()),
        more_sources=max(0, len(counts) - SOURCES),
        tones={tone: sum(row["tone"] == tone for row in said) for tone in TONES},
        claims={claim: sum(bool(row[claim]) for row in sentences) for claim in CLAIMS},
    )


def skipped(table: pd.DataFrame) -> tuple[SkippedGroup, ...]:
    """The skipped inputs by the kind of reason (what stands before its first colon), the most frequent kind first."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for row in records(table, ("input", "reason")):
        reason = str(row["reason"] or "no reason given")
        groups.setdefault(reason.partition(":")[0].strip(), []).append((str(row["input"]), reason))
    ordered = sorted(groups.items(), key=lambda group: -len(group[1]))
    return tuple(SkippedGroup(reason, len(inputs), tuple(inputs[:INPUTS])) for reason, inputs in ordered)

"""The figures of sentences and spans, and their intervals."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeVar

import numpy as np

from tone.codebook import CLAIMS, TONES
from tone.evaluation.judging import Judged, right_speaker
from tone.training.corpus import Labelled

ROUNDS: Final = 500
T = TypeVar("T")
INTERVAL: Final = (2.5, 97.5)


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure on all articles, with the ends of its 95 % interval (resampled articles)."""

    name: str
    value: float
    low: float
    high: float


def with_intervals(per_article: Sequence[T], figures: Callable[[Sequence[T]], Mapping[str, float]]) -> list[Figure]:
    """Figures on all articles, and their spread over resampled articles (Efron's percentile bootstrap)."""
    whole = figures(per_article)
    rng = np.random.default_rng(0)
    draws = [
        figures([per_article[i] for i in rng.integers(0, len(per_article), len(per_article))]) for _ in range(ROUNDS)
    ]
    found = []
    for name, value in whole.items():
        low, high = np.percentile([draw[name] for draw in draws if name in draw], INTERVAL)
        found.append(Figure(name, float(value), float(low), float(high)))
    return found


def f1(right: float, extra: float, missed: float) -> float:
    """The harmonic mean of precision and recall, 0 where nothing is right."""
    return 2 * right / (2 * right + extra + missed) if right else 0.0


def sentence_figures(articles: Sequence[Sequence[Judged]]) -> dict[str, float]:
    """Tone, claim and speaker figures over all sentences of some articles."""
    rows = [row for article in articles for row in article]
    found: dict[str, float] = {}
    for tone in TONES:
        found[f"tone {tone} F1"] = f1(
            sum(r.gold_tone == tone == r.tone for r in rows),
            sum(r.tone == tone != r.gold_tone for r in rows),
            sum(r.gold_tone == tone != r.tone for r in rows),
        )
    there = [t for t in TONES if any(t in (r.gold_tone, r.tone) for r in rows)]
    found["tone macro-F1"] = float(np.mean([found[f"tone {t} F1"] for t in there]))
    found["tone accuracy"] = float(np.mean([r.gold_tone == r.tone for r in rows]))
    for claim in CLAIMS:
        found[f"claim {claim} F1"] = f1(
            sum(claim in r.gold_claims & r.claims for r in rows),
            sum(claim in r.claims - r.gold_claims for r in rows),
            sum(claim in r.gold_claims - r.claims for r in rows),
        )
    found["claim macro-F1"] = float(np.mean([found[f"claim {c} F1"] for c in CLAIMS]))
    named = [r for r in rows if r.with_speaker]
    if named:
        right = sum(right_speaker(r) for r in named)
        said, meant = sum(r.speaker is not None for r in named), sum(r.gold_speaker is not None for r in named)
        found["speaker precision"] = right / said if said else 0.0
        found["speaker recall"] = right / meant if meant else 0.0
        found["speaker F1"] = f1(right, said - right, meant - right)
    return found


def span_counts(
    article: Labelled, rows: Sequence[Mapping[str, Any]], sentences: Sequence[Mapping[str, Any]]
) -> dict[str, tuple[int, int, int]]:
    """Right, extra, missed: for each role exactly and by characters, and for pairs of content and source.

    "(attributed)" leaves out what was found in scored sentences that hold no gold span, as published results do.
    """
    counts: dict[str, tuple[int, int, int]] = {}
    gold: dict[str, set[tuple[int, int]]] = {"source": set(), "cue": set(), "content": set()}
    for a in article.attributions or ():
        gold["content"] |= {(piece.start, piece.end) for piece in a.content}
        gold["source"] |= {(a.source.start, a.source.end)} if a.source else set()
        gold["cue"] |= {(a.cue.start, a.cue.end)} if a.cue else set()
    marked = [span for spans in gold.values() for span in spans]
    bounds = [(int(row["start"]), int(row["end"])) for row in sentences]
    held = [(a, b) for a, b in bounds if any(start < b and a < end for start, end in marked)]
    for role, want in gold.items():
        have = {ends for row in rows if (ends := _ends(row, role))}
        counts[f"{role} exact"] = (len(want & have), len(have - want), len(want - have))
        inside = {(start, end) for start, end in have if any(a < end and start < b for a, b in held)}
        counts[f"{role} exact (attributed)"] = (len(want & inside), len(inside - want), len(want - inside))
        wanted, found = _characters(want), _characters(have)
        counts[f"{role} overlap"] = (len(wanted & found), len(found - wanted), len(wanted - found))
    meant = [
        (_characters([(p.start, p.end) for p in a.content]), _characters([(a.source.start, a.source.end)]))
        for a in article.attributions or ()
        if a.source
    ]
    said = [
        (_characters([content]), _characters([source]))
        for row in rows
        if (content := _ends(row, "content")) and (source := _ends(row, "source"))
    ]
    right = sum(any(_pairs(s, m) for m in meant) for s in said)
    counts["pair precision"] = (right, len(said) - right, 0)
    met = sum(any(_pairs(s, m) for s in said) for m in meant)
    counts["pair recall"] = (met, 0, len(meant) - met)
    return counts


def _ends(row: Mapping[str, Any], role: str) -> tuple[int, int] | None:
    start, end = row[f"{role}_start"], row[f"{role}_end"]
    return None if start is None or start != start else (int(start), int(end))  # missing ones are NaN


def _characters(spans: Collection[tuple[int, int]]) -> set[int]:
    return {i for start, end in spans for i in range(start, end)}


def _pairs(one: tuple[set[int], set[int]], other: tuple[set[int], set[int]]) -> bool:
    """Whether two (content, source) pairs are the same: half of the shorter content, any of the source."""
    return len(one[0] & other[0]) >= 0.5 * min(len(one[0]), len(other[0])) and bool(one[1] & other[1])


def span_figures(articles: Sequence[Mapping[str, tuple[int, int, int]]]) -> dict[str, float]:
    """Exact and overlap F1 of the source, cue and content spans of some articles, and F1 of source-content pairs."""
    totals = {name: [sum(a[name][i] for a in articles) for i in range(3)] for name in articles[0]}
    found = {f"{name} F1": f1(*counts) for name, counts in totals.items() if not name.startswith("pair")}
    precision, recall = (
        right / (right + extra + missed) if right else 0.0
        for right, extra, missed in (totals["pair precision"], totals["pair recall"])
    )
    pair = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return found | {"pair precision": precision, "pair recall": recall, "pair F1": pair}

"""Figures of a scored collection against labelled articles, each with an interval, beside simple baselines."""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

import numpy as np

from tone.codebook import CLAIMS, TONES
from tone.records import Span
from tone.training.corpus import Labelled, read

if TYPE_CHECKING:
    import pandas as pd

    from tone.baselines import Baseline
    from tone.collection import Collection as Scored

ROUNDS: Final = 500
T = TypeVar("T")
INTERVAL: Final = (2.5, 97.5)
_TITLES: Final = frozenset(
    re.findall(
        r"\w+",
        "the a an of mr mrs ms dr sir sen senator senators rep representative president vice gov governor secretary "
        "minister ministry prime foreign state former us u s uk gen general spokesman spokeswoman spokesperson "
        "official officials",
    )
)


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure on all articles, with the ends of its 95 % interval (resampled articles)."""

    name: str
    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Judged:
    """A gold sentence beside what was scored; a speaker is None for narration, or where not ``with_speaker``."""

    gold_tone: str
    tone: str | None
    gold_claims: frozenset[str]
    claims: frozenset[str]
    gold_speaker: str | None
    speaker: str | None
    with_speaker: bool
    text: str


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The figures, what simple baselines reach on the same sentences, and what both rest on."""

    figures: tuple[Figure, ...]
    baselines: Mapping[str, Mapping[str, float]]
    articles: int
    sentences: int

    def table(self) -> "pd.DataFrame":
        """A row a figure: figure, value, low, high, and a column a baseline (NaN where it says nothing)."""
        import pandas as pd

        table = pd.DataFrame(
            [(f.name, f.value, f.low, f.high) for f in self.figures], columns=["figure", "value", "low", "high"]
        )
        for name, reached in self.baselines.items():
            table[name] = table["figure"].map(reached).astype(float)
        return table


def evaluate(gold: Path, out: Path, *, training: Sequence[Path] = ()) -> Evaluation:
    """Hold the results in ``out`` against the labelled articles in ``gold`` (either corpus format).

    With ``training``, folders of labelled articles, simple baselines are fitted on those and figure beside.
    Raises CorpusError or StoreError, and ValueError when gold and results have no article in common.
    """
    from tone import store
    from tone.baselines import baselines

    return compare(read([gold]), store.read(out), baselines(read(training)) if training else {})


def compare(
    gold: Sequence[Labelled], scored: "Scored", baselines: "Mapping[str, Baseline] | None" = None
) -> Evaluation:
    """Hold a scored collection against labelled articles; only articles that both hold count."""
    there = set(scored.sentences["article"])
    common = [article for article in gold if article.id in there]
    if not common:
        raise ValueError("the labelled articles and the scored ones have no id in common")
    by_article = {str(name): _records(rows) for name, rows in scored.sentences.groupby("article")}
    judged = [rows for article in common if (rows := _judge(article, by_article[article.id]))]
    found = with_intervals(judged, sentence_figures) if judged else []
    annotated = [article for article in common if article.attributions is not None]
    if annotated:
        quotes = {str(name): _records(rows) for name, rows in scored.quotes.groupby("article")}
        found += with_intervals([_span_counts(a, quotes.get(a.id, [])) for a in annotated], span_figures)
    flat = [row for rows in judged for row in rows]
    beside = {name: _reached(baseline, flat) for name, baseline in (baselines or {}).items() if flat}
    return Evaluation(tuple(found), beside, len(common), len(flat))


def _reached(baseline: "Baseline", judged: Sequence[Judged]) -> dict[str, float]:
    """A baseline's figures, those alone of which it says anything."""
    guesses = baseline([row.text for row in judged])
    rows = [
        replace(row, tone=tone, claims=claims or frozenset(), with_speaker=False)
        for row, (tone, claims) in zip(judged, guesses, strict=True)
    ]
    silent = {"claim"} if all(claims is None for _, claims in guesses) else set()
    return {name: v for name, v in sentence_figures([rows]).items() if name.split()[0] not in silent}


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


def _records(rows: "pd.DataFrame") -> list[dict[str, Any]]:
    return [{str(k): v for k, v in row.items()} for row in rows.to_dict("records")]


def f1(right: float, extra: float, missed: float) -> float:
    """The harmonic mean of precision and recall, 0 where nothing is right."""
    return 2 * right / (2 * right + extra + missed) if right else 0.0


def same_speaker(one: str, other: str) -> bool:
    """Whether two names mean the same: without titles, one's words hold the other's, or half of them are shared."""
    sides = [re.findall(r"[^\W_]+", name.lower()) for name in (one, other)]
    x, y = ({w for w in words if w not in _TITLES} or set(words) for words in sides)
    return bool(x & y) and (x <= y or y <= x or len(x & y) / len(x | y) >= 0.5)


def _judge(article: Labelled, rows: Sequence[Mapping[str, Any]]) -> list[Judged]:
    """Each gold sentence with the scored sentence that covers most of it; claims from all that lie mostly within it."""
    found = []
    for number, label in sorted(article.labels.items()):
        span = article.sentences[number]
        over = [(span.overlap(Span(r["start"], r["end"])), r) for r in rows]
        over = [(n, r) for n, r in over if n]
        best = max(over, key=lambda o: o[0])[1] if over else None
        near = [r for n, r in over if n >= 0.5 * (r["end"] - r["start"])] or ([best] if best else [])
        speaker = best["speaker"] if best else None
        found.append(
            Judged(
                label.tone,
                best["tone"] if best else None,
                frozenset(label.claims),
                frozenset(c for c in CLAIMS if any(r[c] for r in near)),
                label.speaker,
                speaker if isinstance(speaker, str) else None,
                article.speakers,
                span.of(article.text),
            )
        )
    return found


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
        right = sum(bool(r.gold_speaker and r.speaker and same_speaker(r.gold_speaker, r.speaker)) for r in named)
        said, meant = sum(r.speaker is not None for r in named), sum(r.gold_speaker is not None for r in named)
        found["speaker precision"] = right / said if said else 0.0
        found["speaker recall"] = right / meant if meant else 0.0
        found["speaker F1"] = f1(right, said - right, meant - right)
    return found


def _span_counts(article: Labelled, rows: Sequence[Mapping[str, Any]]) -> dict[str, tuple[int, int, int]]:
    """Right, extra, missed: for each role exactly and by characters, and for pairs of content and source."""
    counts: dict[str, tuple[int, int, int]] = {}
    gold: dict[str, set[tuple[int, int]]] = {"source": set(), "cue": set(), "content": set()}
    for a in article.attributions or ():
        gold["content"] |= {(piece.start, piece.end) for piece in a.content}
        gold["source"] |= {(a.source.start, a.source.end)} if a.source else set()
        gold["cue"] |= {(a.cue.start, a.cue.end)} if a.cue else set()
    for role, want in gold.items():
        have = {ends for row in rows if (ends := _ends(row, role))}
        counts[f"{role} exact"] = (len(want & have), len(have - want), len(want - have))
        wanted, held = _characters(want), _characters(have)
        counts[f"{role} overlap"] = (len(wanted & held), len(held - wanted), len(wanted - held))
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

"""Gold sentences beside what was scored."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from tone.codebook import CLAIMS, TONES
from tone.records import Span
from tone.training.corpus import Labelled

_TITLES: Final = frozenset(
    re.findall(
        r"\w+",
        "the a an of mr mrs ms dr sir sen senator senators rep representative president vice gov governor secretary "
        "minister ministry prime foreign state former us u s uk gen general spokesman spokeswoman spokesperson "
        "official officials",
    )
)


@dataclass(frozen=True, slots=True)
class Judged:
    """A gold sentence beside what was scored; a speaker is None for narration, or where not ``with_speaker``.

    ``tone_probabilities`` and ``claim_probabilities`` are in the order of `codebook.TONES` and `codebook.CLAIMS`; None
    where nothing was scored there, or the results hold none. ``rule`` is what the speaker was decided by.
    """

    gold_tone: str
    tone: str | None
    gold_claims: frozenset[str]
    claims: frozenset[str]
    gold_speaker: str | None
    speaker: str | None
    with_speaker: bool
    text: str
    article: str = ""
    tone_probabilities: tuple[float, ...] | None = None
    claim_probabilities: tuple[float, ...] | None = None
    rule: str | None = None
    speaker_probability: float | None = None


def judge(article: Labelled, rows: Sequence[Mapping[str, Any]]) -> list[Judged]:
    """Each gold sentence with the scored sentence that covers most of it; claims from all that lie mostly within it."""
    found = []
    for number, label in sorted(article.labels.items()):
        span = article.sentences[number]
        over = [(span.overlap(Span(r["start"], r["end"])), r) for r in rows]
        over = [(n, r) for n, r in over if n]
        best = max(over, key=lambda o: o[0])[1] if over else {}
        near = [r for n, r in over if n >= 0.5 * (r["end"] - r["start"])] or ([best] if best else [])
        speaker, rule = best.get("speaker"), best.get("speaker_rule")
        sure = best.get("speaker_probability")
        found.append(
            Judged(
                gold_tone=label.tone,
                tone=best.get("tone"),
                gold_claims=frozenset(label.claims),
                claims=frozenset(c for c in CLAIMS if any(r[c] for r in near)),
                gold_speaker=label.speaker,
                speaker=speaker if isinstance(speaker, str) else None,
                with_speaker=article.speakers,
                text=span.of(article.text),
                article=article.id,
                tone_probabilities=_probabilities([best], TONES),
                claim_probabilities=_probabilities(near, CLAIMS),
                rule=rule if isinstance(rule, str) else None,
                speaker_probability=sure if isinstance(sure, float) and sure == sure else None,
            )
        )
    return found


def _probabilities(rows: Sequence[Mapping[str, Any]], names: Sequence[str]) -> tuple[float, ...] | None:
    """The highest of some rows for each name; None where a row lacks one."""
    if not rows or any(f"p_{name}" not in row for row in rows for name in names):
        return None
    return tuple(max(float(row[f"p_{name}"]) for row in rows) for name in names)


def same_speaker(one: str, other: str) -> bool:
    """Whether two names mean the same: without titles, one's words hold the other's, or half of them are shared."""
    sides = [re.findall(r"[^\W_]+", name.lower()) for name in (one, other)]
    x, y = ({w for w in words if w not in _TITLES} or set(words) for words in sides)
    return bool(x & y) and (x <= y or y <= x or len(x & y) / len(x | y) >= 0.5)


def right_speaker(row: Judged) -> bool:
    """Whether a sentence that somebody says was given to who says it."""
    return bool(row.gold_speaker and row.speaker and same_speaker(row.gold_speaker, row.speaker))

"""How likely it is that a sentence holds the claim that a denial denies.

A logistic function of what speaks for it. The weights are those of a logistic regression on 199 pairs of the invented
corpus that a language model read one by one (88 of them right), rounded; those of pairs across articles, which that
corpus hardly has, were set on real news.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from math import exp
from typing import Final

from tone.denials.wording import accuses, answers, denies, hearsay, proposes, quotes, rejects, states_denied

WEIGHTS: Final[Mapping[str, float]] = {
    "meaning": 2.0,
    "whole": 3.3,
    "near": 2.4,
    "answers": 1.2,
    "accuses": 0.9,
    "proposes": 1.3,
    "cautious": 0.8,
    "other": 0.6,
    "named": 0.3,
    "own": 1.0,
    "restated": 1.9,
    "rumoured": 1.5,
    "denies too": -0.6,
    "unknown source": -1.0,
    "elsewhere": -8.0,
    "alike elsewhere": 6.0,
}
"""What each kind of evidence adds to the log-odds; `evidence` says what they are."""

_CONSTANT: Final = -5.5
_NAME: Final = re.compile(r"[^\W\d_]{4,}")


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence of the table. ``speaker`` is None for narration."""

    article: str
    sentence: int
    text: str
    speaker: str | None
    cautious: bool


@dataclass(frozen=True, slots=True)
class Closeness:
    """How close a claim is to a denial.

    ``meaning`` is the cosine of the claim and what is denied, ``whole`` that of the two sentences. ``turns`` is 1 where
    the denial's speaker comes right after the claim in the same article, 2 with a sentence of others between, and so
    on; 0 where the claim comes later or in another article.
    """

    meaning: float
    whole: float
    turns: int


def possible(denial: Said, claim: Said) -> bool:
    """Whether the sentence may hold the claim at all.

    A speaker's own sentence may only where it directly precedes the denial and tells what others claim. In another
    article, a sentence that itself denies is the same denial told again.
    """
    if denial.article != claim.article:
        return not denies(claim.text) and (claim.speaker is None or claim.speaker != denial.speaker)
    if claim.speaker is not None and claim.speaker == denial.speaker:
        return 0 < denial.sentence - claim.sentence <= 2 and (_restates(claim, denial) or _rumours(claim))
    return claim.sentence != denial.sentence


def evidence(denial: Said, claim: Said, close: Closeness) -> dict[str, float]:
    """What speaks for the pair, by the names of `WEIGHTS`.

    - ``meaning``, ``whole``: as in `Closeness`; ``near``: 1 / its turns.
    - ``answers``: the same, where the denial speaks to what was just said ("rejected the charge", "not so").
    - ``accuses``: the sentence claims, accuses or suggests, within three turns before the denial, anywhere after a
      denial that opens its article, or in another article.
    - ``proposes``: within two turns before a denial that rejects, it asks or offers.
    - ``cautious``: its tone; criticism gets denied.
    - ``other``, ``own``: it reports another speaker, or the same; neither, the narration.
    - ``named``: the denial names the other speaker, or is named by it.
    - ``restated``: right before a denial in quotation marks, it tells what is being denied.
    - ``rumoured``: right before the denial, without another speaker, it tells of what goes around.
    - ``denies too``: the sentence denies something itself, and the denial neither restates nor answers it: two allies.
    - ``unknown source``: the denial speaks of a report or rumour, and the sentence does not.
    - ``elsewhere``: it is in another article; ``alike elsewhere``: how alike both are there, where little else tells.
    """
    here = denial.article == claim.article
    near = 1 / close.turns if close.turns else 0.0
    other = claim.speaker is not None and claim.speaker != denial.speaker
    named = other and (_names(denial.text, claim.speaker) or _names(claim.text, denial.speaker))
    before = close.turns == 1
    opens = denial.sentence <= 1
    restated = before and _restates(claim, denial)
    return {
        "meaning": close.meaning,
        "whole": close.whole,
        "near": near,
        "answers": near * answers(denial.text),
        "accuses": float((0 < close.turns <= 3 or opens or not here) and accuses(claim.text)),
        "proposes": float(0 < close.turns <= 2 and proposes(claim.text) and rejects(denial.text)),
        "cautious": float(claim.cautious),
        "other": float(other),
        "named": float(named),
        "own": float(claim.speaker is not None and not other),
        "restated": float(restated),
        "rumoured": float(before and not other and _rumours(claim)),
        "denies too": float(denies(claim.text) and not restated and not answers(denial.text)),
        "unknown source": float(hearsay(denial.text) and not hearsay(claim.text)),
        "elsewhere": float(not here),
        "alike elsewhere": 0.0 if here else close.meaning + close.whole,
    }


def score(denial: Said, claim: Said, close: Closeness) -> float:
    """How likely the claim is the denied one, 0 to 1."""
    found = evidence(denial, claim, close)
    return 1 / (1 + exp(-_CONSTANT - sum(WEIGHTS[name] * value for name, value in found.items())))


def _restates(claim: Said, denial: Said) -> bool:
    """Whether the sentence tells in words of its own what the quote right after it denies."""
    if claim.sentence != denial.sentence - 1 or not quotes(denial.text):
        return False
    return states_denied(claim.text) and not states_denied(denial.text)


def _rumours(claim: Said) -> bool:
    return hearsay(claim.text) and not denies(claim.text)


def _names(text: str, speaker: str | None) -> bool:
    return speaker is not None and any(name in text for name in _NAME.findall(speaker))

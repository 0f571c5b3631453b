"""Why a sentence was labelled as it was: the words that moved its tone, and the terms that weighed for its claims."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from tone import claims, tones
from tone.claims import ClaimModel
from tone.codebook import CLAIMS, TONES, Claim, Tone
from tone.models import default_folder
from tone.records import Span
from tone.tones import ToneModel
from tone.windows import windows

TERMS: Final = 5
_WORD: Final = re.compile(r"[\w’'-]+")


@dataclass(frozen=True, slots=True)
class Explanation:
    """A sentence's labels with their probabilities, and what they rest on.

    ``claim_terms`` gives for each claim type the terms that weighed most, in log-odds (signed; ``(meaning)`` stands
    for what the encoder makes of the sentence). ``tone_words`` gives the words that moved the tone most: by how much
    the probability of the chosen tone falls when the word is left out.
    """

    sentence: str
    tone: Tone
    tone_probabilities: dict[Tone, float]
    tone_words: list[tuple[str, float]]
    claims: tuple[Claim, ...]
    claim_probabilities: dict[Claim, float]
    claim_terms: dict[Claim, list[tuple[str, float]]]


def explain(sentences: Sequence[str], models: Path | None = None) -> list[Explanation]:
    """Explain sentences, each read on its own, without context. Raises ModelError or EncoderError."""
    folder = models or default_folder()
    tone_model, claim_model = tones.load(folder), claims.load(folder)
    return [_explain(sentence, tone_model, claim_model) for sentence in sentences]


def _explain(sentence: str, tone_model: ToneModel, claim_model: ClaimModel) -> Explanation:
    words = list(_WORD.finditer(sentence))
    # Occlusion (Zeiler and Fergus 2014): the sentence as it is, then without each word in turn.
    variants = [sentence, *((sentence[: w.start()] + sentence[w.end() :]).strip() or " " for w in words)]
    vectors = _vectors(tone_model, variants)
    probabilities = tone_model.probabilities(vectors)
    best = int(probabilities[0].argmax())
    moved = [
        (w.group(), float(probabilities[0, best] - p[best])) for w, p in zip(words, probabilities[1:], strict=True)
    ]
    scores = tone_model.claim_scores(vectors[:1])
    likely = claim_model.probabilities([sentence], scores)
    decided = claim_model.decide(likely)[0]
    return Explanation(
        sentence,
        TONES[best],
        {tone: float(p) for tone, p in zip(TONES, probabilities[0], strict=True)},
        _strongest(moved),
        tuple(claim for claim, yes in zip(CLAIMS, decided, strict=True) if yes),
        {claim: float(p) for claim, p in zip(CLAIMS, likely[0], strict=True)},
        {
            claim: _strongest(claim_model.terms(claim, sentence, float(score)))
            for claim, score in zip(CLAIMS, scores[0], strict=True)
        },
    )


def _vectors(model: ToneModel, texts: Sequence[str]) -> NDArray[np.float32]:
    return model.vectors(windows(model.encoder.tokenizer, texts, [[Span(0, len(text))] for text in texts]))


def _strongest(terms: Sequence[tuple[str, float]]) -> list[tuple[str, float]]:
    return sorted(terms, key=lambda term: -abs(term[1]))[:TERMS]

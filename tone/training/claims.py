"""Train the claim models: logistic regression on words, weighed with the encoder's scores on held-out sentences."""

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from tone.claims import ClaimModel, witnesses
from tone.codebook import CLAIMS, Claim
from tone.training.corpus import Label

STRENGTH: Final = 1.0
NEAR: Final = 0.01


def train(
    texts: Sequence[str],
    labels: Sequence[Label],
    held_out: tuple[Sequence[str], NDArray[np.float32], Sequence[Label]],
) -> ClaimModel:
    """A model of the words a claim type, and on ``held_out`` (sentences, the encoder's scores (sentences, 3), labels),
    which the encoder has not seen, the weight of words and scores, the calibration and the threshold.
    """
    words = TfidfVectorizer(ngram_range=(1, 2), min_df=3, max_features=20_000, sublinear_tf=True, dtype=np.float32)
    terms = words.fit_transform(texts)
    other_texts, other_scores, other_labels = held_out
    other_terms = words.transform(other_texts)
    by_words: dict[str, Any] = {}
    weighing: dict[str, Any] = {}
    thresholds: dict[str, float] = {}
    for number, claim in enumerate(CLAIMS):
        by_words[claim] = LogisticRegression(C=STRENGTH, max_iter=1000).fit(terms, truth(labels, claim))
        both = witnesses(by_words[claim], other_terms, other_scores[:, number])
        weighing[claim] = LogisticRegression(C=100.0).fit(both, truth(other_labels, claim))
        thresholds[claim] = best_threshold(weighing[claim].predict_proba(both)[:, 1])
    return ClaimModel(words, by_words, weighing, thresholds)


def truth(labels: Sequence[Label], claim: Claim) -> NDArray[np.bool_]:
    """Which labels hold a claim."""
    return np.array([claim in label.claims for label in labels])


def best_threshold(probabilities: NDArray[np.float64]) -> float:
    """Where expected F1 is highest, taking calibrated probabilities at their word (Lipton et al. 2014).

    Steadier than the best F1 against few held-out labels. The curve is flat at its top; of what is within `NEAR` of the
    best the highest threshold is taken, which makes the fewest false claims.
    """
    ranked = np.sort(probabilities)[::-1]
    expected = 2 * np.cumsum(ranked) / (np.arange(1, len(ranked) + 1) + ranked.sum())
    return float(ranked[int((expected >= (1 - NEAR) * expected.max()).argmax())])

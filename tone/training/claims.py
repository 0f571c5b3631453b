"""Train the claim models: logistic regression on words and sentence vectors, calibrated on held-out sentences."""

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from sklearn.calibration import CalibratedClassifierCV
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.frozen import FrozenEstimator
from sklearn.linear_model import LogisticRegression

from tone.claims import ClaimModel, features
from tone.codebook import CLAIMS, Claim
from tone.training.corpus import Label

STRENGTH: Final = 0.3


def train(
    texts: Sequence[str],
    vectors: NDArray[np.float32],
    labels: Sequence[Label],
    held_out: tuple[Sequence[str], NDArray[np.float32], Sequence[Label]],
) -> ClaimModel:
    """One classifier a claim type, Platt-scaled (Platt 1999) and given its threshold on the held-out sentences."""
    words = TfidfVectorizer(ngram_range=(1, 2), min_df=3, max_features=20_000, sublinear_tf=True, dtype=np.float32)
    words.fit(texts)
    inputs = features(words, texts, vectors)
    other_texts, other_vectors, other_labels = held_out
    others = features(words, other_texts, other_vectors)
    everything = np.arange(len(other_labels))
    classifiers: dict[str, Any] = {}
    thresholds: dict[str, float] = {}
    for claim in CLAIMS:
        plain = LogisticRegression(C=STRENGTH, max_iter=1000, tol=1e-3).fit(inputs, truth(labels, claim))
        # The classifier is fitted: one "fold" in which it only predicts.
        scaled = CalibratedClassifierCV(FrozenEstimator(plain), method="sigmoid", cv=[(everything, everything)])
        scaled.fit(others, truth(other_labels, claim))
        classifiers[claim] = scaled
        thresholds[claim] = best_threshold(scaled.predict_proba(others)[:, 1])
    return ClaimModel(words, classifiers, thresholds)


def truth(labels: Sequence[Label], claim: Claim) -> NDArray[np.bool_]:
    """Which labels hold a claim."""
    return np.array([claim in label.claims for label in labels])


def best_threshold(probabilities: NDArray[np.float64]) -> float:
    """Where expected F1 is highest, taking calibrated probabilities at their word (Lipton et al. 2014).

    Steadier than the best F1 against few held-out labels.
    """
    ranked = np.sort(probabilities)[::-1]
    expected = 2 * np.cumsum(ranked) / (np.arange(1, len(ranked) + 1) + ranked.sum())
    return float(ranked[int(expected.argmax())])

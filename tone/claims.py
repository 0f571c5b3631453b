"""The claim types of each sentence: scikit-learn on words and the tone encoder's sentence vector, one model a type."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack

from tone.codebook import CLAIMS, Claim
from tone.models import ModelError, open_model

FILE: Final = "claims.skops"
TRUSTED: Final = ("sklearn.calibration._CalibratedClassifier", "sklearn.calibration._SigmoidCalibration")


@dataclass(frozen=True, slots=True)
class ClaimModel:
    """Word features, and for each claim type a calibrated binary classifier with the threshold chosen for it."""

    words: Any
    classifiers: Mapping[str, Any]
    thresholds: Mapping[str, float]

    def probabilities(self, texts: Sequence[str], vectors: NDArray[np.float32]) -> NDArray[np.float32]:
        """From sentences and their vectors (sentences, width) to (sentences, 3), in the order of `codebook.CLAIMS`."""
        if not texts:
            return np.zeros((0, len(CLAIMS)), dtype=np.float32)
        inputs = features(self.words, texts, vectors)
        return np.stack([self.classifiers[c].predict_proba(inputs)[:, 1] for c in CLAIMS], axis=1).astype(np.float32)

    def decide(self, probabilities: NDArray[np.float32]) -> NDArray[np.bool_]:
        """Which probabilities (sentences, 3) reach their type's threshold."""
        return probabilities >= np.array([self.thresholds[c] for c in CLAIMS])

    def weights(self, claim: Claim) -> NDArray[np.float64]:
        """A claim type's weights in the log-odds before calibration: words first, then the vector (words + width,)."""
        fitted = self.classifiers[claim].calibrated_classifiers_[0].estimator.estimator
        return np.asarray(fitted.coef_[0])


def features(words: Any, texts: Sequence[str], vectors: NDArray[np.float32]) -> csr_matrix:
    """Word features and sentence vectors side by side: sparse, (sentences, words + width)."""
    return csr_matrix(hstack([words.transform(texts), csr_matrix(vectors)]))


def load(models: Path) -> ClaimModel:
    """The claim model in the folder ``models``, read under an allow-list of types. Raises ModelError."""
    import skops.io

    stored = open_model(models, "claims")
    path = stored.file(FILE)
    try:
        unknown = [t for t in skops.io.get_untrusted_types(file=path) if t not in TRUSTED]
        if unknown:
            raise ModelError(f"{path} holds types that are not on the allow-list: {', '.join(unknown)}")
        held = skops.io.load(path, trusted=list(TRUSTED))
    except (OSError, ValueError, KeyError) as problem:
        raise ModelError(f"{path} cannot be read: {problem}") from problem
    return ClaimModel(held["words"], held["classifiers"], stored.config["thresholds"])

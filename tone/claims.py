"""The claim types of each sentence: scikit-learn on words and on the tone encoder's sentence vector, one model a type.

Two witnesses are heard: a linear model of the words, and the encoder's score for the claim, linear in its sentence
vector. What each is worth was learned on held-out sentences (stacking, Wolpert 1992), which also calibrates the
probability.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from tone.codebook import CLAIMS, Claim
from tone.models import ModelError, open_model

FILE: Final = "claims.skops"


@dataclass(frozen=True, slots=True)
class ClaimModel:
    """``words`` gives word features; for each claim type there is a model of the words, one that weighs both witnesses
    (features: log-odds by the words, score by the encoder), and the threshold chosen for it.
    """

    words: Any
    by_words: Mapping[str, Any]
    weighing: Mapping[str, Any]
    thresholds: Mapping[str, float]

    def probabilities(self, texts: Sequence[str], scores: NDArray[np.float32]) -> NDArray[np.float32]:
        """From sentences and the encoder's scores (sentences, 3) to (sentences, 3), ordered as `codebook.CLAIMS`."""
        if not texts:
            return np.zeros((0, len(CLAIMS)), dtype=np.float32)
        terms = self.words.transform(texts)
        found = [
            self.weighing[claim].predict_proba(witnesses(self.by_words[claim], terms, scores[:, number]))[:, 1]
            for number, claim in enumerate(CLAIMS)
        ]
        return np.stack(found, axis=1).astype(np.float32)

    def decide(self, probabilities: NDArray[np.float32]) -> NDArray[np.bool_]:
        """Which probabilities (sentences, 3) reach their type's threshold."""
        return probabilities >= np.array([self.thresholds[c] for c in CLAIMS])

    def terms(self, claim: Claim, text: str, score: float) -> list[tuple[str, float]]:
        """What each term of a sentence, and the encoder's ``score`` of it as "(meaning)", adds to the log-odds."""
        on_words, on_meaning = self.weighing[claim].coef_[0]
        row, names = self.words.transform([text]), self.words.get_feature_names_out()
        weights = self.by_words[claim].coef_[0]
        found = [(str(names[i]), float(on_words * row[0, i] * weights[i])) for i in row.indices]
        return [*found, ("(meaning)", float(on_meaning * score))]


def witnesses(by_words: Any, terms: csr_matrix, scores: NDArray[np.float32]) -> NDArray[np.float64]:
    """Log-odds by the words beside the encoder's scores: (sentences, 2)."""
    return np.column_stack([by_words.decision_function(terms), scores])


def load(models: Path) -> ClaimModel:
    """The claim model in the folder ``models``, read under an allow-list of types. Raises ModelError."""
    import skops.io

    stored = open_model(models, "claims")
    path = stored.file(FILE)
    try:
        # Nothing beyond skops' own allow-list of scikit-learn and numpy types.
        unknown = skops.io.get_untrusted_types(file=path)
        if unknown:
            raise ModelError(f"{path} holds types that are not on the allow-list: {', '.join(unknown)}")
        held = skops.io.load(path, trusted=[])
    except (OSError, ValueError, KeyError) as problem:
        raise ModelError(f"{path} cannot be read: {problem}") from problem
    return ClaimModel(held["words"], held["by_words"], held["weighing"], stored.config["thresholds"])

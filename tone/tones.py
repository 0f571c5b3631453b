"""The tone of each sentence: the tuned encoder's states pooled over its tokens, a linear layer, calibrated
probabilities."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from tone import adapters
from tone.encoding import Encoded, Encoder
from tone.models import open_model
from tone.windows import Window

HEADS: Final = ("queries", "weight", "bias", "claim_weight", "claim_bias")


@dataclass(frozen=True, slots=True)
class ToneModel:
    """The encoder tuned for tone and claims, and the layers on top.

    ``queries`` (1 + claim types, width) say which tokens weigh in the sentence vector for the tone, and in that for
    each claim type, in the order of `codebook.CLAIMS`; ``weight`` (3, width) and ``bias`` (3,) score the tones,
    calibrated; ``claim_weight`` (claim types, width) and ``claim_bias`` (claim types,) the claims, for the claim
    models to build on.
    """

    encoder: Encoder
    queries: NDArray[np.float32]
    weight: NDArray[np.float32]
    bias: NDArray[np.float32]
    claim_weight: NDArray[np.float32]
    claim_bias: NDArray[np.float32]

    def vectors(self, windows: Sequence[Window], encoded: Iterable[Encoded] | None = None) -> NDArray[np.float32]:
        """The sentence vectors of the windows' targets: (targets, 1 + claim types, width).

        ``encoded`` are the windows as the encoder has read them, where it has.
        """
        return self.encoder.sentence_vectors(windows, self.queries, encoded)

    def probabilities(self, vectors: NDArray[np.float32]) -> NDArray[np.float32]:
        """From sentence vectors (sentences, 1 + claim types, width) to (sentences, 3), ordered as `codebook.TONES`."""
        # Sums within a row, as a matrix product's last bit depends on the number of rows.
        return softmax((vectors[:, :1] * self.weight).sum(axis=2) + self.bias)

    def claim_scores(self, vectors: NDArray[np.float32]) -> NDArray[np.float32]:
        """Uncalibrated log-odds of each claim type, (sentences, claim types), from the same vectors."""
        return np.asarray((vectors[:, 1:] * self.claim_weight).sum(axis=2) + self.claim_bias)


def softmax(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    """Rows of scores as probabilities that sum to 1."""
    powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=-1, keepdims=True), dtype=np.float32)


def load(models: Path) -> ToneModel:
    """The tone model in the folder ``models``. Raises ModelError or EncoderError."""
    encoder, heads = adapters.load(open_model(models, "tone"))
    return ToneModel(encoder, *(heads[name].numpy() for name in HEADS))

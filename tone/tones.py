"""The tone of each sentence: the tuned encoder's mean over its tokens, a linear layer, calibrated probabilities."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tone import adapters
from tone.encoding import Encoder
from tone.models import open_model


@dataclass(frozen=True, slots=True)
class ToneModel:
    """The encoder tuned for tone, and the layer on top: ``weight`` (3, width), ``bias`` (3,), both calibrated."""

    encoder: Encoder
    weight: NDArray[np.float32]
    bias: NDArray[np.float32]

    def probabilities(self, vectors: NDArray[np.float32]) -> NDArray[np.float32]:
        """From sentence vectors (sentences, width) to (sentences, 3), in the order of `codebook.TONES`."""
        return softmax(vectors @ self.weight.T + self.bias)


def softmax(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    """Rows of scores as probabilities that sum to 1."""
    powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=-1, keepdims=True), dtype=np.float32)


def load(models: Path) -> ToneModel:
    """The tone model in the folder ``models``. Raises ModelError or EncoderError."""
    encoder, heads = adapters.load(open_model(models, "tone"))
    return ToneModel(encoder, heads["weight"].numpy(), heads["bias"].numpy())

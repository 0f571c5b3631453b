"""The fine-tuned tagger: windows of sentences to source, cue and content spans in the article's characters."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.torch import load_file

from tone import adapters, tones
from tone.encoding import Encoded, Encoder
from tone.models import ModelError, open_model
from tone.quotes import tags
from tone.quotes.tags import Role
from tone.records import Span
from tone.windows import Target, Window

HEAD: Final = "head.safetensors"
"""The file of a tagger that shares the tone model's encoder: the layer on top."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A span that the tagger found, with the mean probability of its tokens' role, 0 to 1."""

    role: Role
    span: Span
    probability: float


@dataclass(frozen=True, slots=True)
class Tagger:
    """The encoder tuned for tagging, and the layer on top: ``weight`` (tags, width), ``bias`` (tags,)."""

    encoder: Encoder
    weight: torch.Tensor
    bias: torch.Tensor

    def find(
        self, windows: Sequence[Window], texts: Sequence[str], encoded: Iterable[Encoded] | None = None
    ) -> list[list[Piece]]:
        """The spans of each article, in reading order; ``texts[i]`` is the article that windows call ``i``.

        ``encoded`` are the windows as the encoder has read them, where it has.
        """
        found: list[list[Piece]] = [[] for _ in texts]
        weight, bias = self.weight.to(self.encoder.device), self.bias.to(self.encoder.device)
        for part in self.encoder.states(windows) if encoded is None else encoded:
            with torch.inference_mode():
                scores = torch.log_softmax(part.states.float() @ weight.T + bias, dim=-1).cpu().numpy()
            tags_likely = np.exp(scores)
            likely = tags_likely[:, 1::2] + tags_likely[:, 2::2]  # of each role, whether it begins or goes on
            for number, start in zip(part.windows, part.starts, strict=True):
                window = windows[number]
                for target in window.targets:
                    found[window.article] += _pieces(
                        scores[start:], likely[start:], window, target, texts[window.article]
                    )
        return [sorted(pieces, key=lambda p: p.span) for pieces in found]


def load(models: Path, shared: Encoder | None = None) -> Tagger:
    """The tagger in the folder ``models``. Raises ModelError or EncoderError.

    ``shared`` is the tone model's encoder, where it is loaded already; a tagger that has none of its own uses that.
    """
    stored = open_model(models, "quotes")
    if HEAD not in stored.config["files"]:
        encoder, heads = adapters.load(stored)
        return Tagger(encoder, heads["weight"], heads["bias"])
    try:
        layer = load_file(stored.file(HEAD))
        weight, bias = layer["weight"].float(), layer["bias"].float()
    except (SafetensorError, KeyError) as problem:
        raise ModelError(f"{stored.file(HEAD)} is not a tagger's layer: {problem}") from problem
    return Tagger(shared or tones.load(models).encoder, weight, bias)


def _pieces(
    scores: NDArray[np.float32], likely: NDArray[np.float32], window: Window, target: Target, text: str
) -> list[Piece]:
    """The spans of a sentence: log-probabilities of tags and probabilities of roles are the window's, a row a token."""
    chars = window.chars[target.start : target.end]
    if not chars or chars[0] == (0, 0):
        return []
    # A word's first token speaks for all of it: a span never begins or ends within a word.
    heads = [0]
    heads += (i for i, (a, _) in enumerate(chars) if i and (chars[i - 1][1] < a or not text[a - 1 : a + 1].isalnum()))
    ends = [*heads[1:], len(chars)]
    rows = target.start + np.array(heads)
    found = []
    for role, first, end in tags.decode(tags.best_path(scores[rows])):
        probability = float(likely[rows[first:end], tags.ROLES.index(role)].mean())
        found.append(Piece(role, Span(chars[heads[first]][0], chars[ends[end - 1] - 1][1]), probability))
    return found

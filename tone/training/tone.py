"""Train the tone model: the encoder tuned on sentences and those around them, for tone and, beside, for claim types.

Both are learned together (Caruana 1997), each with its own way of pooling a sentence's tokens. The claims' scores are
what the claim models weigh beside the words.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import torch
from numpy.typing import NDArray
from scipy.optimize import minimize
from torch import nn
from torch.nn import functional

from tone.codebook import CLAIMS, TONES
from tone.encoding import attended
from tone.training.corpus import Label, Labelled
from tone.training.loop import Log, Schedule, finetune
from tone.windows import Window, windows

SCHEDULE: Final = Schedule(epochs=2, rate=2e-4, head_rate=1e-3, batch_tokens=2048)
SMOOTHING: Final = 0.05
CLAIM_WEIGHT: Final = 3.0
DROPOUT: Final = 0.1


@dataclass(frozen=True, slots=True)
class Examples:
    """Labelled sentences: windows, and a label for each of their targets in order."""

    windows: list[Window]
    labels: list[Label]
    texts: list[str]


class Heads(nn.Module):
    """Queries that pool a sentence's tokens, one a task, and a linear layer a task on what they pool."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.queries = nn.Parameter(torch.zeros(1 + len(CLAIMS), width))  # at first all tokens weigh alike
        self.tone = nn.Linear(width, len(TONES))
        self.claim_weight = nn.Parameter(torch.empty(len(CLAIMS), width))
        self.claim_bias = nn.Parameter(torch.zeros(len(CLAIMS)))
        nn.init.uniform_(self.claim_weight, -(width**-0.5), width**-0.5)

    def forward(self, states: torch.Tensor, chosen: Sequence[Window]) -> tuple[torch.Tensor, torch.Tensor]:
        """Scores of the windows' targets: tones (targets, 3) and claim types (targets, 3)."""
        starts = range(0, states.shape[0] * states.shape[1], states.shape[1])
        pooled = attended(states.flatten(0, 1), starts, chosen, self.queries)
        vectors = functional.dropout(pooled, DROPOUT, self.training)
        return self.tone(vectors[:, 0]), (vectors[:, 1:] * self.claim_weight).sum(2) + self.claim_bias

    def arrays(self) -> list[NDArray[np.float32]]:
        """The layers, in the order of `tones.HEADS`."""
        layers = (self.queries, self.tone.weight, self.tone.bias, self.claim_weight, self.claim_bias)
        return [layer.detach().cpu().numpy() for layer in layers]


def examples(tokenizer: Any, corpus: Sequence[Labelled]) -> Examples:
    """Every labelled sentence of the articles as a target."""
    found = windows(
        tokenizer, [a.text for a in corpus], [a.sentences for a in corpus], [sorted(a.labels) for a in corpus]
    )
    targets = [(corpus[w.article], t.sentence) for w in found for t in w.targets]
    return Examples(
        found, [a.labels[number] for a, number in targets], [a.sentences[number].of(a.text) for a, number in targets]
    )


def train(
    backbone: nn.Module, data: Examples, *, pad: int, seed: int, log: Log, schedule: Schedule = SCHEDULE
) -> Heads:
    """Tune ``backbone`` in place, and the heads that it returns with it.

    The seed sets the order of the windows only: heads start alike, so that models of several seeds can be averaged.
    """
    torch.manual_seed(0)
    heads = Heads(int(backbone.config.hidden_size)).to(backbone.device)  # type: ignore[union-attr,arg-type]
    firsts = np.concatenate([[0], np.cumsum([len(w.targets) for w in data.windows])]).astype(int)
    tone = torch.tensor([TONES.index(label.tone) for label in data.labels], device=heads.queries.device)
    claims = torch.tensor(
        [[float(c in label.claims) for c in CLAIMS] for label in data.labels], device=heads.queries.device
    )

    def loss(states: torch.Tensor, chosen: Sequence[int]) -> torch.Tensor:
        on_tones, on_claims = heads(states, [data.windows[i] for i in chosen])
        rows = torch.tensor([n for i in chosen for n in range(firsts[i], firsts[i + 1])])
        return functional.cross_entropy(
            on_tones, tone[rows], label_smoothing=SMOOTHING
        ) + CLAIM_WEIGHT * functional.binary_cross_entropy_with_logits(on_claims, claims[rows])

    log(f"tone: {len(data.labels)} sentences, {sum(len(w.ids) for w in data.windows)} tokens")
    finetune(backbone, heads, data.windows, loss, schedule, pad=pad, seed=seed, log=log)
    return heads


def calibrated(scores: NDArray[np.float32], gold: Sequence[int]) -> tuple[float, NDArray[np.float32]]:
    """A factor and an added bias (3,) for scores (sentences, 3) that make their softmax likeliest on held-out data.

    Temperature scaling with a bias, the "vector scaling" of Guo et al. 2017 with one common slope.
    """
    wanted = np.asarray(gold)

    def cost(x: NDArray[np.float64]) -> float:
        z = scores * x[0] + x[1:]
        z = z - z.max(axis=1, keepdims=True)
        return float((np.log(np.exp(z).sum(axis=1)) - z[np.arange(len(z)), wanted]).mean() + 1e-3 * (x[1:] ** 2).sum())

    found = minimize(cost, np.array([1.0, 0.0, 0.0, 0.0]), method="Nelder-Mead", options={"maxiter": 2000}).x
    return float(found[0]), found[1:].astype(np.float32)

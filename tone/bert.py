"""BERT (Devlin et al. 2019) on a processor, over texts laid end to end: what transformers' modules do, in less time.

Nothing is padded: the dense layers see all texts' tokens as one matrix, and attention goes through the texts one by
one, which keeps a text's scores in the cache. Query, key and value are one product; weights are kept in the order that
oneDNN reads; bias, GELU and the residual are added while a product is still at hand.

A text's states do not depend on what else is in the matrix, to the last bit: rows of a product are summed alike
however many there are, as long as they are not a mere handful, and attention has the text's own shape.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import torch
from torch import nn
from torch.nn import functional

ROWS: Final = 32  # the fewest rows of a matrix: with under 8, other kernels sum in another order
_STEP: Final = 256
_TYPICAL: Final = 4096  # rows that the order of the weights is chosen for; any number works
_LIMIT: Final = 100.0  # 2 to its power, summed over a text, stays within fp32 and bf16


def supports(model: nn.Module) -> bool:
    """Whether a model is a plain BERT on a processor, which `Bert` can run."""
    from transformers import BertModel

    if type(model) is not BertModel or next(model.parameters()).device.type != "cpu":
        return False
    config = model.config
    absolute = getattr(config, "position_embedding_type", None) in (None, "absolute")
    return config.hidden_act == "gelu" and absolute and not config.is_decoder


def _rows(tokens: int) -> int:
    """How many rows a matrix for so many tokens has: a multiple of 256, below that a power of 2.

    For each number of rows that it meets oneDNN keeps half a megabyte a layer's shape, so they must be few.
    """
    return max(ROWS, 1 << (tokens - 1).bit_length()) if tokens < _STEP else -(-tokens // _STEP) * _STEP


def _fused() -> bool:
    """Whether this build of PyTorch has oneDNN's dense layers with what follows them."""
    names = ("_linear_pointwise", "_reorder_linear_weight")
    return torch._C._has_mkldnn and all(hasattr(torch.ops.mkldnn, name) for name in names)


@dataclass(frozen=True, slots=True)
class Dense:
    """``x @ weight.T + bias`` and what follows it; ``fused``: the weight is in oneDNN's order."""

    weight: torch.Tensor
    bias: torch.Tensor
    fused: bool

    @classmethod
    def of(cls, *layers: Any) -> "Dense":
        """One dense layer for several with the same input (their outputs side by side)."""
        weight, bias = torch.cat([x.weight for x in layers]).detach(), torch.cat([x.bias for x in layers]).detach()
        if _fused():
            return cls(torch.ops.mkldnn._reorder_linear_weight(weight, _TYPICAL), bias, True)
        return cls(weight, bias, False)

    def plain(self, x: torch.Tensor) -> torch.Tensor:
        """The layer alone."""
        if self.fused:
            return torch.ops.mkldnn._linear_pointwise(x, self.weight, self.bias, "none", [], "")  # type: ignore[no-any-return]
        return functional.linear(x, self.weight, self.bias)

    def gelu(self, x: torch.Tensor) -> torch.Tensor:
        """The layer and the exact GELU."""
        if self.fused:
            return torch.ops.mkldnn._linear_pointwise(x, self.weight, self.bias, "gelu", [], "none")  # type: ignore[no-any-return]
        return functional.gelu(self.plain(x))

    def added(self, x: torch.Tensor, residual: torch.Tensor) -> torch.Tensor:
        """The layer, plus ``residual``."""
        if self.fused:
            return torch.ops.mkldnn._linear_pointwise.binary(x, residual, self.weight, self.bias, "add")  # type: ignore[no-any-return]
        return self.plain(x).add_(residual)


@dataclass(frozen=True, slots=True)
class Layer:
    """A layer of the encoder."""

    inputs: Dense  # query, key and value
    attended: Dense
    first_norm: nn.LayerNorm
    wide: Dense
    narrow: Dense
    second_norm: nn.LayerNorm


@dataclass(frozen=True, slots=True)
class Bert:
    """A BERT's weights as `states` needs them, in the precision of the model that they are from."""

    words: torch.Tensor
    positions: torch.Tensor
    norm: nn.LayerNorm
    layers: tuple[Layer, ...]
    heads: int

    @classmethod
    def of(cls, model: Any) -> "Bert":
        """From a model that `supports` is true for; later changes to its weights do not show here."""
        embeddings = model.embeddings
        # Every text is of the first type.
        positions = embeddings.position_embeddings.weight + embeddings.token_type_embeddings.weight[0]
        layers = tuple(
            Layer(
                Dense.of(*(getattr(layer.attention.self, name) for name in ("query", "key", "value"))),
                Dense.of(layer.attention.output.dense),
                layer.attention.output.LayerNorm,
                Dense.of(layer.intermediate.dense),
                Dense.of(layer.output.dense),
                layer.output.LayerNorm,
            )
            for layer in model.encoder.layer
        )
        words = embeddings.word_embeddings.weight.detach()
        return cls(words, positions.detach(), embeddings.LayerNorm, layers, model.config.num_attention_heads)

    @torch.inference_mode()
    def states(self, texts: Sequence[Sequence[int]]) -> torch.Tensor:
        """The states of the tokens of ``texts`` (ids), end to end: (tokens, width), and some rows without meaning."""
        lengths = [len(text) for text in texts]
        rest = _rows(sum(lengths)) - sum(lengths)
        ids = torch.tensor([token for text in texts for token in text] + [0] * rest)
        at = torch.cat([*(torch.arange(n) for n in lengths), torch.zeros(rest, dtype=torch.long)])
        x: torch.Tensor = self.norm(self.words[ids] + self.positions[at])
        for layer in self.layers:
            x = layer.first_norm(layer.attended.added(self._attention(layer.inputs.plain(x), lengths), x))
            x = layer.second_norm(layer.narrow.added(layer.wide.gelu(x), x))
        return x

    def _attention(self, inputs: torch.Tensor, lengths: Sequence[int]) -> torch.Tensor:
        """Each text's values weighed by attention within it, (tokens, width), from (tokens, 3 * width)."""
        rows, heads = len(inputs), self.heads
        split = inputs.view(rows, 3 * heads, -1)
        size = split.shape[2]
        found = inputs.new_zeros(rows, heads, size)
        nothing = inputs.new_empty(1, 1, 1)
        # Powers of 2 cost a third of powers of e.
        scale = math.log2(math.e) / math.sqrt(size)
        begin = 0
        for length in lengths:
            text = split[begin : begin + length].transpose(0, 1)
            query, key, value = text[:heads], text[heads : 2 * heads], text[2 * heads :]
            scores = torch.baddbmm(nothing, query, key.transpose(1, 2), beta=0, alpha=scale)
            # A softmax is the same whatever is subtracted first; limits take the place of finding the largest. The
            # scores of a trained encoder are well within them.
            powers = scores.clamp_(-_LIMIT, _LIMIT).exp2_()
            weighed = torch.bmm(powers, value).div_(powers.sum(2, keepdim=True))
            found[begin : begin + length] = weighed.transpose(0, 1)
            begin += length
        return found.view(rows, -1)

"""What fine-tuning changed in an encoder, kept small: a low-rank factor pair for each weight matrix.

The encoder is tuned whole; of each matrix's change only its leading singular vectors are kept (the best approximation
of that rank, Eckart and Young 1936), in half precision. That is a LoRA adapter (Hu et al. 2021) found after training
instead of learned in its shape. Vectors (biases, layer norms) are kept whole.
"""

from collections.abc import Mapping
from typing import Any, Final

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file
from safetensors.torch import save as save_tensors
from torch import nn

from tone.encoding import PRETRAINED_NAME, PRETRAINED_SHA256, Encoder, check_weights, load_backbone, pretrained_folder
from tone.models import ModelError, Stored

RANK: Final = 64
FILE: Final = "adapter.safetensors"


def extract(before: Mapping[str, torch.Tensor], tuned: nn.Module, rank: int = RANK) -> dict[str, torch.Tensor]:
    """The change from the state ``before`` to ``tuned``: ``<name>.down`` (rank, in), ``<name>.up`` (out, rank), or
    ``<name>.shift`` for vectors, all fp16. What did not change is left out.
    """
    found: dict[str, torch.Tensor] = {}
    for name, now in tuned.state_dict().items():
        change = now.detach().float() - before[name].float()
        if not change.any():
            continue
        if change.ndim == 2:
            u, s, vh = torch.linalg.svd(change, full_matrices=False)
            root = s[:rank].sqrt()
            found[f"{name}.up"] = (u[:, :rank] * root).half().contiguous()
            found[f"{name}.down"] = (root[:, None] * vh[:rank]).half().contiguous()
        else:
            found[f"{name}.shift"] = change.half().contiguous()
    return found


def apply(model: nn.Module, adapter: Mapping[str, torch.Tensor]) -> None:
    """Add an adapter to ``model`` (fp32) in place. Raises KeyError where the adapter is for another architecture."""
    parameters = dict(model.named_parameters())
    with torch.no_grad():
        for key, tensor in adapter.items():
            name, _, part = key.rpartition(".")
            if part == "shift":
                parameters[name].add_(tensor.float())
            elif part == "up":
                parameters[name].add_(tensor.float() @ adapter[f"{name}.down"].float())


def pack(adapter: Mapping[str, torch.Tensor], heads: Mapping[str, torch.Tensor]) -> bytes:
    """An adapter and its heads (``head.<name>``) as one safetensors file."""
    return save_tensors({**adapter, **{f"head.{name}": tensor.contiguous() for name, tensor in heads.items()}})


def encoder_entry(encoder: str | None) -> dict[str, Any]:
    """What a model's config says of its encoder: None stands for the pretrained one that the package brings."""
    return {"name": PRETRAINED_NAME, "sha256": PRETRAINED_SHA256} if encoder is None else {"name": encoder}


def backbone(entry: Mapping[str, Any], *, network: bool = False, attention: str | None = None) -> tuple[nn.Module, Any]:
    """The untuned encoder that a config's entry names, and its tokenizer. Raises EncoderError."""
    if entry["name"] == PRETRAINED_NAME:
        folder = pretrained_folder()
        check_weights(folder, entry["sha256"])
        return load_backbone(folder, attention=attention)
    return load_backbone(entry["name"], network=network, attention=attention)


def load(
    stored: Stored, device: torch.device | None = None, dtype: torch.dtype | None = None
) -> tuple[Encoder, dict[str, torch.Tensor]]:
    """A stored model's tuned encoder, ready to run, and its heads in fp32. Raises ModelError or EncoderError."""
    model, tokenizer = backbone(stored.config["encoder"])
    try:
        tensors = load_file(stored.file(FILE))
        heads = {name.removeprefix("head."): t.float() for name, t in tensors.items() if name.startswith("head.")}
        apply(model, {name: t for name, t in tensors.items() if not name.startswith("head.")})
    except (SafetensorError, KeyError, RuntimeError) as problem:
        raise ModelError(f"{stored.file(FILE)} does not fit its encoder: {problem}") from problem
    return Encoder.ready(model, tokenizer, device, dtype), heads

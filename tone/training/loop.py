"""The fine-tuning loop that the tagger and the tone model share."""

import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any, Final

import torch
from torch import nn

from tone.encoding import padded
from tone.windows import Window

Loss = Callable[[torch.Tensor, Sequence[int]], torch.Tensor]
Log = Callable[[str], None]

# Bounds of lengths in a batch may differ by this many tokens, so that batches differ from epoch to epoch.
SHUFFLE_TOKENS: Final = 16


@dataclass(frozen=True, slots=True)
class Schedule:
    """AdamW (Loshchilov and Hutter 2019) with a linear warm-up and decay; ``batch_tokens`` counts padding too.

    The embeddings and the lowest ``frozen_layers`` stay as they are, which saves about a quarter of the time.
    ``dropout`` is that of the encoder's layers, except of attention weights, which are never dropped.
    """

    epochs: int
    rate: float = 2e-4
    head_rate: float = 1e-3
    batch_tokens: int = 2048
    warmup: float = 0.08
    decay: float = 0.01
    frozen_layers: int = 2
    dropout: float = 0.0


def finetune(
    backbone: nn.Module,
    head: nn.Module,
    windows: Sequence[Window],
    loss: Loss,
    schedule: Schedule,
    *,
    pad: int,
    seed: int,
    log: Log,
) -> None:
    """Train ``backbone`` and ``head`` in place.

    ``loss(states, chosen)`` gives the loss of the windows with the indices ``chosen``, whose token states have the
    shape (windows, longest, width). Reproducible from ``seed`` on one machine.
    """
    rng = random.Random(seed)
    torch.manual_seed(seed)
    layers = next(module for module in backbone.modules() if isinstance(module, nn.ModuleList))
    for part in (backbone.get_submodule("embeddings"), *layers[: schedule.frozen_layers]):
        part.requires_grad_(False)
    for part in backbone.modules():
        for dropout in (child for child in part.children() if isinstance(child, nn.Dropout)):
            dropout.p = 0.0 if _attends(part) else schedule.dropout
    tuned = [p for p in backbone.parameters() if p.requires_grad]
    device = next(backbone.parameters()).device
    optimiser = torch.optim.AdamW(
        [
            {"params": tuned, "lr": schedule.rate, "weight_decay": schedule.decay},
            {"params": list(head.parameters()), "lr": schedule.head_rate, "weight_decay": 0.0},
        ],
        fused=device.type == "cuda",
    )
    plans = [_batches(windows, schedule.batch_tokens, rng) for _ in range(schedule.epochs)]
    steps = sum(map(len, plans))
    rates = torch.optim.lr_scheduler.LambdaLR(
        optimiser,
        lambda step: min(
            (step + 1) / (schedule.warmup * steps), max(0.0, (steps - step) / ((1 - schedule.warmup) * steps))
        ),
    )
    backbone.train()
    head.train()
    begun = time.monotonic()
    for epoch, plan in enumerate(plans, 1):
        total = torch.zeros((), device=device)
        for chosen in plan:
            ids, mask = padded([windows[i] for i in chosen], pad)
            with torch.autocast(device.type, dtype=torch.bfloat16):
                states: Any = backbone(input_ids=ids.to(device), attention_mask=mask.to(device)).last_hidden_state
            value = loss(states.float(), chosen)
            optimiser.zero_grad(set_to_none=True)
            value.backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_(list(chain(tuned, head.parameters())), 1.0)
            optimiser.step()
            rates.step()
            total += value.detach()  # read once an epoch: reading waits for a graphics processor
        log(f"epoch {epoch}/{schedule.epochs}: loss {total.item() / len(plan):.4f}, {time.monotonic() - begun:.0f} s")
    backbone.eval()
    head.eval()


def _attends(part: nn.Module) -> bool:
    """Whether a module weighs tokens by queries: dropping such weights takes the most time and gives the least."""
    return any(name.startswith("q") for name, _ in part.named_children())


def _batches(windows: Sequence[Window], budget: int, rng: random.Random) -> list[list[int]]:
    """Batches of alike lengths in random order."""
    keys = {i: len(w.ids) + rng.random() * SHUFFLE_TOKENS for i, w in enumerate(windows)}
    found: list[list[int]] = []
    longest = 0
    for i in sorted(keys, key=lambda i: keys[i]):
        longest = max(longest, len(windows[i].ids))
        if found and longest * (len(found[-1]) + 1) <= budget:
            found[-1].append(i)
        else:
            found.append([i])
            longest = len(windows[i].ids)
    rng.shuffle(found)
    return found

"""Train the tagger: source, cue and content tags on the tokens of annotated sentences."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

import torch
from torch import nn
from torch.nn import functional

from tone.quotes import tags
from tone.quotes.tags import Role
from tone.records import Attribution, Span
from tone.training.corpus import Labelled
from tone.training.loop import Log, Schedule, finetune
from tone.windows import Window, windows

SCHEDULE: Final = Schedule(epochs=3, rate=3e-4, head_rate=2e-3, batch_tokens=2048, frozen_layers=0, dropout=0.1)
IGNORED: Final = -100


def annotated(corpus: Sequence[Labelled]) -> list[Labelled]:
    """The articles whose spans were annotated."""
    return [article for article in corpus if article.attributions is not None]


def make_windows(tokenizer: Any, corpus: Sequence[Labelled]) -> list[Window]:
    """Every sentence of every article as a target."""
    return windows(tokenizer, [a.text for a in corpus], [a.sentences for a in corpus])


def tag_windows(all_windows: Sequence[Window], corpus: Sequence[Labelled]) -> list[list[int]]:
    """A tag for each token of each window; tokens outside its targets are `IGNORED`."""
    return [_tags(window, corpus[window.article]) for window in all_windows]


def _tags(window: Window, article: Labelled) -> list[int]:
    spans = sorted(
        {(role, span) for a in article.attributions or () for role, span in _spans_of(a)},
        key=lambda item: item[1],
    )
    found = [IGNORED] * len(window.ids)
    for target in window.targets:
        inside: list[tuple[Role, int, int]] = []
        for role, span in spans:
            at = [
                i - target.start
                for i in range(target.start, min(target.end, len(window.ids) - 1))
                if window.chars[i][0] < span.end and span.start < window.chars[i][1]
            ]
            if at:
                inside.append((role, at[0], at[-1] + 1))
        found[target.start : target.end] = tags.encode(target.end - target.start, inside)
    return found[: len(window.ids)]


def _spans_of(attribution: Attribution) -> Iterator[tuple[Role, Span]]:
    if attribution.source:
        yield "source", attribution.source
    if attribution.cue:
        yield "cue", attribution.cue
    for piece in attribution.content:
        yield "content", piece


def train(
    backbone: nn.Module,
    all_windows: Sequence[Window],
    wanted: Sequence[Sequence[int]],
    *,
    pad: int,
    seed: int,
    log: Log,
    schedule: Schedule = SCHEDULE,
) -> nn.Linear:
    """Tune ``backbone`` in place on windows and their tags (see `tag_windows`).

    The head it returns maps (…, width) to (…, tags).
    """
    torch.manual_seed(seed)
    width = int(backbone.config.hidden_size)  # type: ignore[union-attr,arg-type]
    head = nn.Linear(width, len(tags.TAGS)).to(backbone.device)  # type: ignore[arg-type]

    def loss(states: torch.Tensor, chosen: Sequence[int]) -> torch.Tensor:
        gold = torch.full(states.shape[:2], IGNORED, dtype=torch.long)
        for row, i in enumerate(chosen):
            gold[row, : len(wanted[i])] = torch.tensor(wanted[i])
        return functional.cross_entropy(
            head(states).flatten(0, 1), gold.flatten().to(states.device), ignore_index=IGNORED
        )

    log(f"quotes: {len(all_windows)} windows, {sum(len(w.ids) for w in all_windows)} tokens")
    finetune(backbone, head, all_windows, loss, schedule, pad=pad, seed=seed, log=log)
    return head

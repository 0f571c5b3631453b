"""One encoder for tone, claims and spans: it reads each sentence once where two encoders read it twice.

It learns from the labels and from teachers, which are the models of one task that `training.tone` and `training.quotes`
train. Each teacher is trained on all but a fold of the articles and asked about those it has not seen (cross-fitting):
of a labelled sentence its opinion is mixed with the label, which evens out what single readers got wrong; of a sentence
that nobody annotated for spans it is all there is to learn from, and four in five are such. Learning from another
model's probabilities is distillation (Hinton et al. 2015).
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn
from torch.nn import functional

from tone.codebook import CLAIMS, TONES
from tone.encoding import Encoder
from tone.quotes.tags import TAGS
from tone.tones import softmax
from tone.training import quotes, tone
from tone.training.corpus import Label, Labelled
from tone.training.loop import Log, Schedule, finetune
from tone.windows import Window

SCHEDULE: Final = Schedule(epochs=5, rate=3e-4, head_rate=1e-3, batch_tokens=2048, frozen_layers=0, dropout=0.05)
FOLDS: Final = 5
TRUST: Final = {"tones": 0.7, "claims": 0.7, "tags": 0.5}
"""The share of a label in what is learned of a labelled sentence; the teachers have the rest."""
CLAIM_WEIGHT: Final = 5.0
TAG_WEIGHT: Final = 2.0

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Material:
    """Articles to learn from, every sentence a target of a window.

    ``labels`` has an entry a target, ``tags`` one a window (a tag a token), None where nobody annotated.
    """

    windows: list[Window]
    labels: list[Label | None]
    tags: list[list[int] | None]
    folds: list[int]

    def firsts(self) -> NDArray[np.int64]:
        """Where each window's targets begin in ``labels``, and where the last one's end."""
        return np.concatenate([[0], np.cumsum([len(w.targets) for w in self.windows])]).astype(np.int64)


@dataclass(frozen=True, slots=True)
class Lessons:
    """Probabilities to learn: of the tones and claims (targets, 3), and of the tags of their tokens (tokens, tags).

    NaN where there is nothing to learn. In the order of the windows, whatever their size.
    """

    tones: Floats
    claims: Floats
    tags: Floats


def material(tokenizer: Any, corpus: Sequence[Labelled]) -> Material:
    """All of some articles."""
    windows = quotes.make_windows(tokenizer, corpus)
    tagged = quotes.tag_windows(windows, corpus)
    return Material(
        windows,
        [corpus[w.article].labels.get(target.sentence) for w in windows for target in w.targets],
        [tags if corpus[w.article].attributions is not None else None for w, tags in zip(windows, tagged, strict=True)],
        [fold(corpus[w.article]) for w in windows],
    )


def fold(article: Labelled) -> int:
    """The fold of an article, by its id."""
    return hashlib.sha256(article.id.encode()).digest()[1] % FOLDS


def labelled(data: Material) -> Lessons:
    """What the labels say, as probabilities of 0 and 1."""
    tones = np.full((len(data.labels), len(TONES)), np.nan, dtype=np.float32)
    claims = np.full((len(data.labels), len(CLAIMS)), np.nan, dtype=np.float32)
    for at, label in enumerate(data.labels):
        if label is not None:
            tones[at] = [label.tone == name for name in TONES]
            claims[at] = [name in label.claims for name in CLAIMS]
    eye = np.eye(len(TAGS), dtype=np.float32)
    unknown = np.full(len(TAGS), np.nan, dtype=np.float32)
    tags = [
        eye[known[i]] if known is not None else unknown
        for window, known in zip(data.windows, data.tags, strict=True)
        for i in _inside(window)
    ]
    return Lessons(tones, claims, np.array(tags, dtype=np.float32).reshape(-1, len(TAGS)))


def mixed(known: Lessons, opinions: Sequence[Lessons]) -> Lessons:
    """Labels and the mean of the opinions, the labels with a share of `TRUST` where there are both."""
    return Lessons(
        *(_mixed(getattr(known, name), [getattr(o, name) for o in opinions], trust) for name, trust in TRUST.items())
    )


def _mixed(known: Floats, opinions: Sequence[Floats], trust: float) -> Floats:
    counts = np.sum([~np.isnan(o) for o in opinions], axis=0)
    total = np.sum([np.nan_to_num(o) for o in opinions], axis=0)
    taught = np.divide(total, counts, out=np.full_like(known, np.nan), where=counts > 0)
    both = trust * known + (1 - trust) * taught
    found: Floats = np.where(np.isnan(known), taught, np.where(np.isnan(taught), known, both)).astype(np.float32)
    return found


def opinion_on_tones(
    backbone: nn.Module, tokenizer: Any, data: Material, left_out: int, *, seed: int, log: Log
) -> Lessons:
    """Train a teacher of tone and claims, in ``backbone``, and ask it about the fold that it was not given."""
    firsts = data.firsts()
    seen, texts = [], []
    for number, window in enumerate(data.windows):
        own = data.labels[firsts[number] : firsts[number + 1]]
        targets = tuple(t for t, label in zip(window.targets, own, strict=True) if label is not None)
        if data.folds[number] != left_out and targets:
            seen.append(replace(window, targets=targets))
            texts += [label for label in own if label is not None]
    taught = tone.Examples(seen, texts, [""] * len(texts))
    heads = tone.train(backbone, taught, pad=tokenizer.pad_token_id or 0, seed=seed, log=log)
    queries, weight, bias, claim_weight, claim_bias = heads.arrays()
    asked = [n for n, own in enumerate(data.folds) if own == left_out]
    vectors = Encoder.ready(backbone, tokenizer).sentence_vectors([data.windows[n] for n in asked], queries)
    found = nothing(data)
    rows = np.concatenate([np.arange(firsts[n], firsts[n + 1]) for n in asked])
    found.tones[rows] = softmax(vectors[:, 0] @ weight.T + bias)
    found.claims[rows] = 1 / (1 + np.exp(-((vectors[:, 1:] * claim_weight).sum(axis=2) + claim_bias)))
    return found


def opinion_on_tags(
    backbone: nn.Module, tokenizer: Any, data: Material, left_out: int, *, seed: int, log: Log
) -> Lessons:
    """Train a tagger, in ``backbone``, and ask it about the fold that it was not given and all that has no tags."""
    seen = [n for n, tags in enumerate(data.tags) if tags is not None and data.folds[n] != left_out]
    wanted = [tags for n in seen if (tags := data.tags[n]) is not None]
    pad = tokenizer.pad_token_id or 0
    head = quotes.train(backbone, [data.windows[n] for n in seen], wanted, pad=pad, seed=seed, log=log)
    known = set(seen)
    asked = [n for n in range(len(data.windows)) if n not in known]
    starts = np.concatenate([[0], np.cumsum([len(_inside(w)) for w in data.windows])])
    found = nothing(data)
    for part in Encoder.ready(backbone, tokenizer).states([data.windows[n] for n in asked]):
        with torch.inference_mode():
            likely = torch.softmax(head(part.states.float()), dim=-1).cpu().numpy()
        for number, start in zip(part.windows, part.starts, strict=True):
            window = asked[number]
            here = [start + i for i in _inside(data.windows[window])]
            found.tags[starts[window] : starts[window + 1]] = likely[here]
    return found


def nothing(data: Material) -> Lessons:
    """No lessons yet."""
    tokens = sum(len(_inside(w)) for w in data.windows)
    sizes = (len(data.labels), len(TONES)), (len(data.labels), len(CLAIMS)), (tokens, len(TAGS))
    return Lessons(*(np.full(size, np.nan, dtype=np.float32) for size in sizes))


def _inside(window: Window) -> list[int]:
    """The tokens of a window's targets, counted from its first."""
    return [i for target in window.targets for i in range(target.start, min(target.end, len(window.ids) - 1))]


class Heads(nn.Module):
    """The layers of all tasks."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.sentences = tone.Heads(width)
        self.tags = nn.Linear(width, len(TAGS))


def train(
    backbone: nn.Module,
    windows: Sequence[Window],
    lessons: Lessons,
    *,
    pad: int,
    seed: int,
    log: Log,
    schedule: Schedule = SCHEDULE,
) -> Heads:
    """Tune ``backbone`` in place, and the heads that it returns with it.

    As in `tone.train`, heads start alike whatever the seed.
    """
    torch.manual_seed(0)
    heads = Heads(int(backbone.config.hidden_size)).to(backbone.device)  # type: ignore[union-attr,arg-type]
    firsts = np.concatenate([[0], np.cumsum([len(w.targets) for w in windows])]).astype(int)
    inside = [np.array(_inside(w), dtype=np.int64) for w in windows]
    starts = np.concatenate([[0], np.cumsum([len(x) for x in inside])]).astype(int)
    device = heads.tags.weight.device
    tones, claims, tags = (torch.from_numpy(x).to(device) for x in (lessons.tones, lessons.claims, lessons.tags))

    def loss(states: torch.Tensor, chosen: Sequence[int]) -> torch.Tensor:
        on_tones, on_claims = heads.sentences(states, [windows[i] for i in chosen])
        rows = torch.from_numpy(np.concatenate([np.arange(firsts[i], firsts[i + 1]) for i in chosen])).to(device)
        places = np.concatenate([row * states.shape[1] + inside[i] for row, i in enumerate(chosen)])
        tokens = torch.from_numpy(np.concatenate([np.arange(starts[i], starts[i + 1]) for i in chosen])).to(device)
        on_tags = heads.tags(states.flatten(0, 1)[torch.from_numpy(places).to(device)])
        claims_off = functional.binary_cross_entropy_with_logits(
            on_claims, claims[rows].nan_to_num(), reduction="none"
        ).mean(1)
        return (
            _mean(_cross_entropy(on_tones, tones[rows]), tones[rows])
            + CLAIM_WEIGHT * _mean(claims_off, claims[rows])
            + TAG_WEIGHT * _mean(_cross_entropy(on_tags, tags[tokens]), tags[tokens])
        )

    log(f"shared: {len(lessons.tones)} sentences, {sum(len(w.ids) for w in windows)} tokens")
    finetune(backbone, heads, windows, loss, schedule, pad=pad, seed=seed, log=log)
    return heads


def _cross_entropy(scores: torch.Tensor, wanted: torch.Tensor) -> torch.Tensor:
    return -(wanted.nan_to_num() * torch.log_softmax(scores, dim=1)).sum(1)


def _mean(losses: torch.Tensor, wanted: torch.Tensor) -> torch.Tensor:
    """The mean over the rows of which something is wanted."""
    known = ~wanted[:, 0].isnan()
    return (losses * known).sum() / known.sum().clamp(min=1)

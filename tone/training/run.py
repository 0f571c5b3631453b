"""`tone train`: read the corpora, train the parts asked for, save them."""

import hashlib
import time
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final, TypeVar

import numpy as np
import torch
from torch import nn

from tone import adapters, models, tones
from tone.codebook import TONES
from tone.encoding import Encoder, best_device
from tone.quotes import tagger
from tone.training import claims, quotes, shared, tone
from tone.training.corpus import CorpusError, Labelled, read
from tone.training.loop import Log

# One article in so many is kept from the encoder, to calibrate probabilities and choose thresholds on.
HELD_OUT: Final = 10

H = TypeVar("H", bound=nn.Module)


def train(
    parts: Sequence[str],
    *,
    corpora: Sequence[Path],
    models_folder: Path,
    encoder: str | None = None,
    seed: int = 0,
    average: int = 1,
    teachers: int = 1,
    log: Log = print,
) -> None:
    """Train ``parts`` (of `models.PARTS`) from labelled folders and write them under ``models_folder``.

    "speakers" is a part too, fitted with the quotes model that is there; its weights are part of the package.

    ``encoder`` is a folder or hub name; None takes the pretrained encoder that is installed. The tone model is trained
    ``average`` times, with the seeds from ``seed`` on, and their weights averaged (a "model soup", Wortsman et al.
    2022), which costs nothing when scoring.

    "shared" trains tone and quotes on one encoder instead, with ``average`` seeds too; ``teachers`` times so many
    models of each task as there are folds teach it beside the labels (see `training.shared`).

    Raises:
        CorpusError: nothing to train on. EncoderError: no encoder. ModelError: the claims need a tone model.
        ValueError: ``average`` is below 1, or ``teachers`` below 0.
    """
    if average < 1:
        raise ValueError(f"average is at least 1, not {average}")
    if teachers < 0:
        raise ValueError(f"teachers are 0 or more, not {teachers}")
    begun = time.monotonic()
    corpus = read(corpora)
    log(f"{len(corpus)} labelled articles in {', '.join(str(folder) for folder in corpora)}")
    if "quotes" in parts:
        _train_quotes(corpus, models_folder, encoder, seed, log)
    if "tone" in parts:
        _train_tone(corpus, models_folder, encoder, range(seed, seed + average), log)
    if "shared" in parts:
        _train_shared(corpus, models_folder, encoder, range(seed, seed + average), teachers, log)
    if "claims" in parts:
        _train_claims(corpus, models_folder, seed, log)
    if "speakers" in parts:
        from tone.training import speakers  # which needs tone.evaluation, which reads corpora with this package

        speakers.refit(corpus, models_folder, log)
    log(f"trained {', '.join(parts)} in {time.monotonic() - begun:.0f} s")


def held_out(article: Labelled) -> bool:
    """Whether an article is kept for calibration: by its id, so that every part and every run agrees."""
    return hashlib.sha256(article.id.encode()).digest()[0] % HELD_OUT == 0


def _split(corpus: Sequence[Labelled]) -> tuple[list[Labelled], list[Labelled]]:
    """Training articles and held-out ones; only real ones are held out, where there are any."""
    real = any(a.corpus == "real" for a in corpus)
    kept = [a for a in corpus if held_out(a) and (a.corpus == "real" or not real)]
    chosen = {id(a) for a in kept}
    rest = [a for a in corpus if id(a) not in chosen]
    if not kept or not rest:
        raise CorpusError("too few labelled articles to hold some out for calibration")
    return rest, kept


def _training(name: str, corpus: Sequence[Labelled], *seeds: int) -> dict[str, Any]:
    """What a model's config records of its training."""
    counts = {kind: sum(a.corpus == kind for a in corpus) for kind in sorted({a.corpus for a in corpus})}
    return {"part": name, "training": {"articles": counts, "seeds": list(seeds)}}


def _load(encoder: str | None) -> tuple[nn.Module, Any, dict[str, Any]]:
    entry = adapters.encoder_entry(encoder)
    # On processors, plain attention has much the faster backward pass for windows as short as ours.
    attention = "eager" if best_device().type == "cpu" else None
    backbone, tokenizer = adapters.backbone(entry, network=encoder is not None, attention=attention)
    return backbone.to(best_device()), tokenizer, entry


def _train_quotes(corpus: Sequence[Labelled], folder: Path, encoder: str | None, seed: int, log: Log) -> None:
    backbone, tokenizer, entry = _load(encoder)
    before = {name: tensor.clone() for name, tensor in backbone.state_dict().items()}
    chosen = quotes.annotated(corpus)
    if not chosen:
        raise CorpusError("no article has annotated spans: the quotes need attributions.jsonl or {S}{K}{C} marks")
    all_windows = quotes.make_windows(tokenizer, chosen)
    tagged = quotes.tag_windows(all_windows, chosen)
    head = quotes.train(backbone, all_windows, tagged, pad=tokenizer.pad_token_id or 0, seed=seed, log=log)
    heads = {"weight": head.weight.detach().half(), "bias": head.bias.detach().half()}
    packed = adapters.pack(adapters.extract(before, backbone), heads)
    models.save(folder / "quotes", {"encoder": entry, **_training("quotes", chosen, seed)}, {adapters.FILE: packed})


def _train_tone(corpus: Sequence[Labelled], folder: Path, encoder: str | None, seeds: range, log: Log) -> None:
    shipped, tokenizer, entry = _load(encoder)
    rest, kept = _split(corpus)
    examples = tone.examples(tokenizer, rest)
    trained = [_tuned_for_tone(examples, tokenizer.pad_token_id or 0, encoder, seed, log) for seed in seeds]
    change, heads = _averaged(shipped, trained)
    config = {"encoder": entry, **_training("tone", rest, *seeds)}
    _save_tone(folder, Encoder.ready(shipped, tokenizer), change, heads, kept, config, log)


def _train_shared(
    corpus: Sequence[Labelled], folder: Path, encoder: str | None, seeds: range, teachers: int, log: Log
) -> None:
    shipped, tokenizer, entry = _load(encoder)
    rest, kept = _split(corpus)
    data = shared.material(tokenizer, rest)
    lessons = shared.labelled(data)
    if np.isnan(lessons.tags).all():
        raise CorpusError("no article has annotated spans: the encoder needs attributions.jsonl or {S}{K}{C} marks")
    opinions = [
        ask(_load(encoder)[0], tokenizer, data, left_out, seed=seed, log=log)
        for ask in (shared.opinion_on_tones, shared.opinion_on_tags)
        for seed in range(seeds.start, seeds.start + teachers)
        for left_out in range(shared.FOLDS)
    ]
    lessons = shared.mixed(lessons, opinions) if opinions else lessons
    pad = tokenizer.pad_token_id or 0
    trained = []
    for seed in seeds:
        backbone = _load(encoder)[0]
        trained.append((backbone, shared.train(backbone, data.windows, lessons, pad=pad, seed=seed, log=log)))
    change, heads = _averaged(shipped, trained)
    config = {"encoder": entry, **_training("tone", rest, *seeds), "teachers": teachers}
    _save_shared(folder, Encoder.ready(shipped, tokenizer), change, heads, kept, config, log)


def _save_shared(
    folder: Path,
    encoder: Encoder,
    change: Mapping[str, torch.Tensor],
    heads: shared.Heads,
    kept: Sequence[Labelled],
    config: Mapping[str, Any],
    log: Log,
) -> None:
    """Write a tone model, and a tagger that shares its encoder; as `_save_tone`."""
    _save_tone(folder, encoder, change, heads.sentences, kept, config, log)
    layer = {name: tensor.detach().half().contiguous() for name, tensor in heads.tags.state_dict().items()}
    tone_model = models.sha256(folder / "tone" / adapters.FILE)
    own = {**{k: v for k, v in config.items() if k != "encoder"}, "part": "quotes", "tone_model": tone_model}
    models.save(folder / "quotes", own, {tagger.HEAD: adapters.pack(layer, {})})


def _save_tone(
    folder: Path,
    encoder: Encoder,
    change: Mapping[str, torch.Tensor],
    heads: tone.Heads,
    kept: Sequence[Labelled],
    config: Mapping[str, Any],
    log: Log,
) -> None:
    """Calibrate a tone model on articles that it has not seen, and write it.

    ``encoder`` is what will run: with the low-rank ``change`` that is written, not the weights just tuned.
    """
    data = tone.examples(encoder.tokenizer, kept)
    queries, weight, bias, claim_weight, claim_bias = heads.arrays()
    vectors = encoder.sentence_vectors(data.windows, queries)
    scores = vectors[:, 0] @ weight.T + bias
    factor, shift = tone.calibrated(scores, [TONES.index(x.tone) for x in data.labels])
    found = (factor * scores + shift).argmax(axis=1)
    right = np.mean([TONES[int(i)] == label.tone for i, label in zip(found, data.labels, strict=True)])
    log(f"tone: accuracy {right:.3f} on {len(data.labels)} held-out sentences")
    layers = (queries, factor * weight, factor * bias + shift, claim_weight, claim_bias)
    packed = adapters.pack(change, {n: torch.from_numpy(x) for n, x in zip(tones.HEADS, layers, strict=True)})
    models.save(folder / "tone", config, {adapters.FILE: packed})


def _averaged(shipped: nn.Module, trained: Sequence[tuple[nn.Module, H]]) -> tuple[dict[str, torch.Tensor], H]:
    """The low-rank change from ``shipped`` to the mean of some models, which is made to it, and their mean heads."""
    backbone, heads = trained[0]
    backbone.load_state_dict(mean_state([tuned.state_dict() for tuned, _ in trained]))
    heads.load_state_dict(mean_state([own.state_dict() for _, own in trained]))
    change = adapters.extract(shipped.state_dict(), backbone)
    adapters.apply(shipped, change)
    return change, heads


def _tuned_for_tone(
    examples: tone.Examples, pad: int, encoder: str | None, seed: int, log: Log
) -> tuple[nn.Module, tone.Heads]:
    backbone, _, _ = _load(encoder)
    return backbone, tone.train(backbone, examples, pad=pad, seed=seed, log=log)


def mean_state(states: Sequence[Mapping[str, torch.Tensor]]) -> dict[str, torch.Tensor]:
    """The mean of the weights of models that were tuned from one start."""
    return {
        name: torch.stack([state[name].float() for state in states]).mean(0).to(tensor.dtype)
        for name, tensor in states[0].items()
    }


def _train_claims(corpus: Sequence[Labelled], folder: Path, seed: int, log: Log) -> None:
    import skops.io

    from tone.claims import FILE

    model = tones.load(folder)
    rest, kept = _split(corpus)

    data = tone.examples(model.encoder.tokenizer, kept)
    held_out = data.texts, model.claim_scores(model.vectors(data.windows)), data.labels
    labelled = [(a.sentences[number].of(a.text), label) for a in rest for number, label in a.labels.items()]
    log(f"claims: {len(labelled)} sentences")
    trained = claims.train([text for text, _ in labelled], [label for _, label in labelled], held_out)
    held = {"words": trained.words, "by_words": dict(trained.by_words), "weighing": dict(trained.weighing)}
    packed = skops.io.dumps(held, compression=zipfile.ZIP_DEFLATED)
    config = {
        "thresholds": dict(trained.thresholds),
        "tone_model": models.sha256(folder / "tone" / adapters.FILE),
        **_training("claims", rest, seed),
    }
    models.save(folder / "claims", config, {FILE: packed})

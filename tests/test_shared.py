"""One encoder for all tasks: what it is taught, and that it scores as a tone model and a tagger of one encoder."""

import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest
import torch

from tone import adapters, scoring
from tone.encoding import Encoded, Encoder
from tone.models import ModelError, open_model
from tone.quotes.tags import TAGS
from tone.records import Article, Scored
from tone.training import shared, train
from tone.training.corpus import Labelled, read
from tone.training.loop import Schedule
from tone.windows import Window


@pytest.fixture(scope="module")
def corpus(small_corpus: Path) -> list[Labelled]:
    return read([small_corpus])[:12]


@pytest.fixture(scope="module")
def models(tiny_encoder: Path, small_corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("shared")
    train(["shared", "claims"], corpora=[small_corpus], models_folder=folder, encoder=str(tiny_encoder), teachers=0,
          log=lambda _: None)  # fmt: skip
    return folder


def lessons(*tones: float) -> shared.Lessons:
    """Of a sentence a number, with one token."""
    column = np.array(tones, dtype=np.float32)[:, None]
    return shared.Lessons(column, column, column)


def test_labels_and_opinions_are_mixed_where_there_are_both() -> None:
    nan = float("nan")
    found = shared.mixed(lessons(1.0, nan, 1.0, nan), [lessons(0.5, 0.2, nan, nan), lessons(0.1, nan, nan, nan)])
    np.testing.assert_allclose(found.tones[:, 0], [0.7 * 1.0 + 0.3 * 0.3, 0.2, 1.0, nan], rtol=1e-6)
    np.testing.assert_allclose(found.tags[:, 0], [0.5 * 1.0 + 0.5 * 0.3, 0.2, 1.0, nan], rtol=1e-6)


def test_a_teacher_is_asked_about_what_it_has_not_seen(tiny_encoder: Path, corpus: list[Labelled]) -> None:
    entry = adapters.encoder_entry(str(tiny_encoder))
    half = [a if n % 2 else without_spans(a) for n, a in enumerate(corpus)]
    tokenizer = adapters.backbone(entry)[1]
    data = shared.material(tokenizer, half)
    fold = data.folds[0]
    of_window = np.repeat(data.folds, [len(w.targets) for w in data.windows])
    tones = shared.opinion_on_tones(adapters.backbone(entry)[0], tokenizer, data, fold, seed=0, log=lambda _: None)
    assert (~np.isnan(tones.tones[:, 0]) == (of_window == fold)).all()
    np.testing.assert_allclose(tones.tones[of_window == fold].sum(axis=1), 1, rtol=1e-5)
    tags = shared.opinion_on_tags(adapters.backbone(entry)[0], tokenizer, data, fold, seed=0, log=lambda _: None)
    hard = shared.labelled(data)
    unread = np.isnan(hard.tags[:, 0])
    assert unread.any()
    assert not unread.all()
    assert not np.isnan(tags.tags[unread]).any()
    seen = np.isnan(tags.tags[:, 0])
    assert seen.any()
    assert (hard.tags[seen].sum(axis=1) == 1).all()


def without_spans(article: Labelled) -> Labelled:
    return Labelled(article.id, article.text, article.sentences, article.labels, corpus=article.corpus)


def test_all_three_tasks_are_learned(tiny_encoder: Path, corpus: list[Labelled]) -> None:
    backbone, tokenizer = adapters.backbone(adapters.encoder_entry(str(tiny_encoder)))
    data = shared.material(tokenizer, corpus)
    known = shared.labelled(data)
    schedule = Schedule(epochs=12, rate=2e-3, head_rate=2e-2, frozen_layers=0)
    heads = shared.train(backbone, data.windows, known, pad=0, seed=0, log=lambda _: None, schedule=schedule)
    queries, weight, bias, _, _ = heads.sentences.arrays()
    encoder = Encoder.ready(backbone, tokenizer)
    guessed = encoder.sentence_vectors(data.windows, queries)[:, 0] @ weight.T + bias
    commonest = known.tones.sum(axis=0).max() / len(known.tones)
    assert (guessed.argmax(axis=1) == known.tones.argmax(axis=1)).mean() > commonest + 0.1
    by_window = {n: part.states[start:] for part in encoder.states(data.windows)
                 for n, start in zip(part.windows, part.starts, strict=True)}  # fmt: skip
    with torch.inference_mode():
        tags = np.concatenate([
            heads.tags(by_window[n].float()).argmax(1).numpy()[1 : len(window.ids) - 1]
            for n, window in enumerate(data.windows)
        ])  # fmt: skip
    outside = known.tags[:, TAGS.index("O")].mean()
    assert (tags == known.tags.argmax(axis=1)).mean() > outside + 0.1


def test_one_pass_scores_both(models: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    loaded = scoring.load_models(models)
    assert loaded.tagger.encoder is loaded.tone.encoder
    passes: list[int] = []
    states = Encoder.states

    def counted(encoder: Encoder, windows: Sequence[Window]) -> Iterator[Encoded]:
        passes.append(len(windows))
        return states(encoder, windows)

    monkeypatch.setattr(Encoder, "states", counted)
    text = "The harbour board met on Monday. “The crane is safe and will be back in use soon,” Ines Moreau said."
    (scored,) = scoring.score_batch([Article("a", text)], loaded)
    assert passes == [1]
    assert isinstance(scored, Scored)
    assert len(scored.labels) == 2


def test_a_tagger_of_another_tone_model_is_refused(models: Path, tiny_models: Path, tmp_path: Path) -> None:
    shutil.copytree(tiny_models, tmp_path / "mixed")
    shutil.rmtree(tmp_path / "mixed" / "quotes")
    shutil.copytree(models / "quotes", tmp_path / "mixed" / "quotes")
    with pytest.raises(ModelError, match=r"quotes .* trained on another tone model"):
        scoring.checksums(tmp_path / "mixed")
    assert "encoder" not in open_model(models, "quotes").config

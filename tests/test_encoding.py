"""Windows and batches: every sentence once, in context, with exact offsets."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from tone.encoding import (
    AFTER_TOKENS,
    BEFORE_TOKENS,
    SENTENCE_TOKENS,
    WINDOW_TOKENS,
    Encoder,
    EncoderError,
    Target,
    Window,
    attended,
    batches,
    check_weights,
    load_backbone,
    windows,
)
from tone.records import Span

QUERIES = np.zeros((2, 32), dtype=np.float32)
SENTENCES = [f"The {word} committee met again, and its chair said little." for word in ["first", "second", "third"]] * 8


@pytest.fixture(scope="module")
def loaded(tiny_encoder: Path) -> tuple[torch.nn.Module, Any]:
    return load_backbone(tiny_encoder)


def spans_of(sentences: list[str]) -> tuple[str, list[Span]]:
    text, spans = "", []
    for sentence in sentences:
        text += " " if text else ""
        spans.append(Span(len(text), len(text) + len(sentence)))
        text += sentence
    return text, spans


def test_every_sentence_is_a_target_once_in_order(loaded: tuple[torch.nn.Module, Any]) -> None:
    text, spans = spans_of(SENTENCES)
    made = windows(loaded[1], [text, text], [spans, spans[:3]])
    assert [(w.article, t.sentence) for w in made for t in w.targets] == [
        *((0, n) for n in range(len(spans))),
        *((1, n) for n in range(3)),
    ]
    assert all(len(w.ids) <= WINDOW_TOKENS + BEFORE_TOKENS + AFTER_TOKENS + 2 for w in made)


def test_token_offsets_give_the_words_back(loaded: tuple[torch.nn.Module, Any]) -> None:
    text, spans = spans_of(["Ünal’s café — “open”, he said.", "No one came."])
    (window,) = windows(loaded[1], [text], [spans])
    target = window.targets[0]
    covered = "".join(text[a:b] for a, b in window.chars[target.start : target.end])
    assert covered == spans[0].of(text).replace(" ", "")


def test_context_stands_before_and_after_a_wanted_sentence(loaded: tuple[torch.nn.Module, Any]) -> None:
    text, spans = spans_of(SENTENCES[:3])
    (window,) = windows(loaded[1], [text], [spans], [[1]])
    assert [t.sentence for t in window.targets] == [1]
    assert window.chars[1][0] < spans[1].start
    assert window.chars[-2][1] > spans[1].end


def test_an_endless_sentence_is_cut(loaded: tuple[torch.nn.Module, Any]) -> None:
    text = "and so on " * 500
    (window,) = windows(loaded[1], [text], [[Span(0, len(text) - 1)]])
    assert window.targets[0].end - window.targets[0].start == SENTENCE_TOKENS


def test_a_sentence_without_tokens_still_gets_a_vector(loaded: tuple[torch.nn.Module, Any]) -> None:
    model, tokenizer = loaded
    text = "\u200b. Next."
    made = windows(tokenizer, [text], [[Span(0, 1), Span(1, 2), Span(3, 8)]])
    vectors = Encoder.ready(model, tokenizer).sentence_vectors(made, QUERIES)
    assert vectors.shape == (3, 2, 32)
    assert np.isfinite(vectors).all()


def test_a_query_says_which_tokens_weigh() -> None:
    states = torch.tensor([[[9.0, 9], [1, 0], [0, 1], [9, 9]]])
    window = Window(0, (1, 2, 3, 4), ((0, 0),) * 4, (Target(0, 1, 3),))
    even, first = attended(states, [window], torch.tensor([[0.0, 0], [50, 0]]))[0]
    assert even.tolist() == [0.5, 0.5]
    assert first.tolist() == pytest.approx([1, 0])


def test_batches_hold_everything_once_within_the_budget() -> None:
    lengths = [5, 100, 7, 7, 60, 3, 512, 9]
    made = batches(lengths, budget=200)
    assert sorted(i for batch in made for i in batch) == list(range(len(lengths)))
    assert all(len(b) * max(lengths[i] for i in b) <= 200 for b in made if len(b) > 1)


def test_vectors_do_not_depend_on_what_shares_the_batch(loaded: tuple[torch.nn.Module, Any]) -> None:
    model, tokenizer = loaded
    encoder = Encoder.ready(model, tokenizer, dtype=torch.float32)
    text, spans = spans_of(SENTENCES)
    short = "Yes."
    both = encoder.sentence_vectors(windows(tokenizer, [text, short], [spans, [Span(0, 4)]]), QUERIES)
    alone = encoder.sentence_vectors(windows(tokenizer, [short], [[Span(0, 4)]]), QUERIES)
    np.testing.assert_allclose(both[-1], alone[0], atol=1e-5)


def test_other_weights_are_refused(tiny_encoder: Path) -> None:
    with pytest.raises(EncoderError, match="sha256"):
        check_weights(tiny_encoder, "0" * 64)


def test_a_missing_encoder_is_named(tmp_path: Path) -> None:
    with pytest.raises(EncoderError, match="no usable encoder"):
        load_backbone(tmp_path)
    with pytest.raises(EncoderError, match="no model"):
        check_weights(tmp_path, "0" * 64)

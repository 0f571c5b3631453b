"""Windows and batches: every sentence once, with exact offsets."""

import copy
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from tone import bert
from tone.encoding import (
    Encoder,
    EncoderError,
    attended,
    batches,
    best_precision,
    check_weights,
    filled,
    load_backbone,
)
from tone.records import Span
from tone.windows import (
    SENTENCE_TOKENS,
    WINDOW_TOKENS,
    Target,
    Window,
    windows,
)

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
    assert all(len(w.ids) <= WINDOW_TOKENS + 2 for w in made)


def test_token_offsets_give_the_words_back(loaded: tuple[torch.nn.Module, Any]) -> None:
    text, spans = spans_of(["Ünal’s café — “open”, he said.", "No one came."])
    (window,) = windows(loaded[1], [text], [spans])
    target = window.targets[0]
    covered = "".join(text[a:b] for a, b in window.chars[target.start : target.end])
    assert covered == spans[0].of(text).replace(" ", "")


def test_a_window_holds_its_targets_alone(loaded: tuple[torch.nn.Module, Any]) -> None:
    text, spans = spans_of(SENTENCES[:3])
    (window,) = windows(loaded[1], [text], [spans], [[1]])
    (target,) = window.targets
    assert (target.sentence, target.start, target.end) == (1, 1, len(window.ids) - 1)
    assert (window.chars[1][0], window.chars[-2][1]) == (spans[1].start, spans[1].end)


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
    states = torch.tensor([[5.0, 5], [9, 9], [1, 0], [0, 1], [9, 9]])
    window = Window(0, (1, 2, 3, 4), ((0, 0),) * 4, (Target(0, 1, 3),))
    even, first = attended(states, [1], [window], torch.tensor([[0.0, 0], [50, 0]]))[0]
    assert even.tolist() == [0.5, 0.5]
    assert first.tolist() == pytest.approx([1, 0])


def test_batches_hold_everything_once_within_the_budget() -> None:
    lengths = [5, 100, 7, 100, 7, 60, 100, 3, 512, 7]
    made = batches(lengths, budget=200)
    assert sorted(i for batch in made for i in batch) == list(range(len(lengths)))
    assert all(len({lengths[i] for i in b}) == 1 for b in made)
    assert all(len(b) * lengths[b[0]] <= 200 for b in made if len(b) > 1)


def test_batches_of_uneven_lengths_are_filled() -> None:
    lengths = np.random.default_rng(0).integers(5, 160, 400).tolist()
    made = list(filled(lengths, budget=1000))
    assert sorted(i for batch in made for i in batch) == list(range(len(lengths)))
    sizes = [sum(lengths[i] for i in batch) for batch in made]
    assert max(sizes) <= 1000
    assert min(sizes[:-1]) > 990
    assert list(filled([7, 1200, 3], budget=1000)) == [[1], [0, 2]]
    assert list(filled([])) == []


def test_matrices_are_of_few_sizes(loaded: tuple[torch.nn.Module, Any]) -> None:
    """OneDNN keeps memory for each size that it has met."""
    encoder = Encoder.ready(*loaded)
    assert encoder.packed
    sizes = {len(encoder.packed.states([[1] * n])) for n in range(1, 512)}
    assert sizes == {32, 64, 128, 256, 512}


def test_vectors_do_not_depend_on_what_shares_the_batch(loaded: tuple[torch.nn.Module, Any]) -> None:
    model, tokenizer = loaded
    encoder = Encoder.ready(model, tokenizer, dtype=torch.float32)
    text, spans = spans_of(SENTENCES)
    short = "Yes."
    both = encoder.sentence_vectors(windows(tokenizer, [text, short], [spans, [Span(0, 4)]]), QUERIES)
    alone = encoder.sentence_vectors(windows(tokenizer, [short], [[Span(0, 4)]]), QUERIES)
    assert np.array_equal(both[-1], alone[0])


def states_of(encoder: Encoder, made: list[Window]) -> list[torch.Tensor]:
    found = {
        number: part.states[start : start + len(made[number].ids)]
        for part in encoder.states(made)
        for number, start in zip(part.windows, part.starts, strict=True)
    }
    return [found[number] for number in range(len(made))]


@pytest.mark.parametrize("dtype", [torch.float32, torch.bfloat16])
@pytest.mark.parametrize("fused", [True, False])
def test_bert_end_to_end_gives_the_states_of_its_modules(
    loaded: tuple[torch.nn.Module, Any], dtype: torch.dtype, fused: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not fused:
        monkeypatch.setattr(bert, "_fused", lambda: False)
    model, tokenizer = copy.deepcopy(loaded[0]), loaded[1]
    with torch.no_grad():
        for parameter in model.parameters():  # as spread as a trained encoder's, so that attention is uneven
            parameter.add_(torch.randn(parameter.shape, generator=torch.Generator().manual_seed(1)) * 0.2)
    text, spans = spans_of(SENTENCES)
    made = windows(tokenizer, [text, "Yes."], [spans, [Span(0, 4)]])
    with torch.inference_mode():
        expected = [model(input_ids=torch.tensor([w.ids])).last_hidden_state[0] for w in made]
    encoder = Encoder.ready(model, tokenizer, torch.device("cpu"), dtype)
    assert encoder.packed
    for found, plain in zip(states_of(encoder, made), expected, strict=True):
        assert found.dtype == dtype
        torch.testing.assert_close(
            found.float(), plain, atol=1e-5 if dtype == torch.float32 else 0.15, rtol=0, check_stride=False
        )


def test_another_kind_of_encoder_runs_as_it_is(loaded: tuple[torch.nn.Module, Any]) -> None:
    from transformers import DistilBertConfig, DistilBertModel

    tokenizer = loaded[1]
    torch.manual_seed(0)
    model = DistilBertModel(
        DistilBertConfig(
            vocab_size=len(tokenizer), dim=32, n_layers=1, n_heads=2, hidden_dim=64, max_position_embeddings=512
        )
    )
    encoder = Encoder.ready(model, tokenizer, dtype=torch.float32)
    assert encoder.packed is None
    text, spans = spans_of(SENTENCES)
    made = windows(tokenizer, ["Yes.", text], [[Span(0, 4)], spans])
    with torch.inference_mode():
        expected = [model(input_ids=torch.tensor([w.ids])).last_hidden_state[0] for w in made]
    for found, plain in zip(states_of(encoder, made), expected, strict=True):
        torch.testing.assert_close(found, plain, atol=1e-5, rtol=0)


@pytest.mark.parametrize("dtype", [torch.float32, torch.bfloat16])
def test_states_are_the_same_to_the_bit_in_any_order_and_company(
    loaded: tuple[torch.nn.Module, Any], dtype: torch.dtype
) -> None:
    model, tokenizer = loaded
    encoder = Encoder.ready(copy.deepcopy(model), tokenizer, torch.device("cpu"), dtype)
    texts = [" ".join(f"word{n}" for n in range(size)) for size in range(1, 60)]
    made = windows(tokenizer, texts, [[Span(0, len(text))] for text in texts])
    queries = np.random.default_rng(0).normal(size=QUERIES.shape).astype(np.float32)
    together = encoder.sentence_vectors(made, queries)
    order = np.random.default_rng(1).permutation(len(made))
    assert np.array_equal(encoder.sentence_vectors([made[i] for i in order], queries), together[order])
    for number in (0, 7, 58):
        assert np.array_equal(encoder.sentence_vectors([made[number]], queries)[0], together[number])


def test_windows_of_the_same_tokens_run_once(loaded: tuple[torch.nn.Module, Any]) -> None:
    model, tokenizer = loaded
    encoder = Encoder.ready(model, tokenizer)
    text, spans = spans_of(SENTENCES)
    made = windows(tokenizer, [text, "Yes.", text], [spans, [Span(0, 4)], spans])
    parts = list(encoder.states(made))
    assert sorted(number for part in parts for number in part.windows) == list(range(len(made)))
    once = list(encoder.states([w for w in made if w.article < 2]))
    assert [part.states.shape for part in parts] == [part.states.shape for part in once]
    vectors = encoder.sentence_vectors(made, QUERIES)
    assert np.array_equal(vectors[: len(spans)], vectors[-len(spans) :])


def test_nothing_to_encode(loaded: tuple[torch.nn.Module, Any]) -> None:
    encoder = Encoder.ready(*loaded)
    assert encoder.sentence_vectors([], QUERIES).shape == (0, 2, 32)


@pytest.mark.parametrize(
    ("capability", "expected"), [((9, 0), torch.bfloat16), ((7, 5), torch.float16), ((6, 1), torch.float32)]
)
def test_a_graphics_processor_runs_what_it_multiplies_fast(
    capability: tuple[int, int], expected: torch.dtype, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(torch.cuda, "get_device_capability", lambda device: capability)
    assert best_precision(torch.device("cuda")) == expected


@pytest.mark.parametrize("variables", [{"ATEN_CPU_CAPABILITY": "avx2"}, {"ONEDNN_MAX_CPU_ISA": "AVX2"}])
def test_a_processor_without_bf16_runs_fp32(variables: dict[str, str]) -> None:
    code = "import torch; from tone.encoding import best_precision; print(best_precision(torch.device('cpu')))"
    done = subprocess.run(
        [sys.executable, "-c", code], env={**os.environ, **variables}, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "torch.float32"


def test_other_weights_are_refused(tiny_encoder: Path) -> None:
    with pytest.raises(EncoderError, match="sha256"):
        check_weights(tiny_encoder, "0" * 64)


def test_a_missing_encoder_is_named(tmp_path: Path) -> None:
    with pytest.raises(EncoderError, match="no usable encoder"):
        load_backbone(tmp_path)
    with pytest.raises(EncoderError, match="no model"):
        check_weights(tmp_path, "0" * 64)

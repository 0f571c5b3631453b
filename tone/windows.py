"""Articles cut into the windows that an encoder reads.

A `Window` holds some consecutive sentences of one article, its targets: what a sentence means, and who says it, shows
in those around it. Longer windows, and what stands before and after them as well, made no label better.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from tone.records import Span

WINDOW_TOKENS: Final = 128
SENTENCE_TOKENS: Final = 254


@dataclass(frozen=True, slots=True)
class Target:
    """A sentence of a window: its number in the article, its tokens ``start`` to ``end`` (exclusive) in the window."""

    sentence: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Window:
    """Token ids with [CLS] and [SEP], each token's characters in the article ((0, 0) for those two), and targets."""

    article: int
    ids: tuple[int, ...]
    chars: tuple[tuple[int, int], ...]
    targets: tuple[Target, ...]


def windows(
    tokenizer: Any,
    texts: Sequence[str],
    sentences: Sequence[Sequence[Span]],
    wanted: Sequence[Sequence[int]] | None = None,
) -> list[Window]:
    """Cut articles into windows, in reading order.

    ``sentences[i]`` are the sentence spans of ``texts[i]``; ``wanted[i]`` the numbers of those that must become targets
    (all, if not given). A sentence longer than `SENTENCE_TOKENS` is cut off.
    """
    ids, offsets = _tokens(tokenizer, texts, sentences)
    first, last = tokenizer.cls_token_id, tokenizer.sep_token_id
    made: list[Window] = []
    base = 0
    for article, spans in enumerate(sentences):
        targets = list(range(len(spans))) if wanted is None else sorted(wanted[article])
        sizes = [min(len(ids[base + i]), SENTENCE_TOKENS) for i in range(len(spans))]
        for group in _groups(targets, sizes):
            window_ids, chars, marks = [first], [(0, 0)], []
            for number in group:
                at, size = base + number, sizes[number]
                marks.append(Target(number, len(window_ids), len(window_ids) + max(size, 1)))
                window_ids += ids[at][:size]
                chars += offsets[at][:size]
            made.append(Window(article, (*window_ids, last), (*chars, (0, 0)), tuple(marks)))
        base += len(spans)
    return made


def _tokens(
    tokenizer: Any, texts: Sequence[str], sentences: Sequence[Sequence[Span]]
) -> tuple[list[list[int]], list[list[tuple[int, int]]]]:
    """Each sentence's token ids and their characters in its article, a list a sentence of all articles."""
    flat = [text[s.start : s.end] for text, spans in zip(texts, sentences, strict=True) for s in spans]
    if not flat:
        return [], []
    # Behind the tokenizer of transformers, which takes longer to hand the same over. A model's files may say that it
    # cuts off and pads.
    plain = tokenizer.backend_tokenizer
    plain.no_truncation()
    plain.no_padding()
    encoded = plain.encode_batch(flat, add_special_tokens=False)
    starts = [s.start for spans in sentences for s in spans]
    chars = [[(start + a, start + b) for a, b in own.offsets] for start, own in zip(starts, encoded, strict=True)]
    return [own.ids for own in encoded], chars


def _groups(targets: Sequence[int], sizes: Sequence[int]) -> Iterator[range]:
    """Runs of consecutive targets that fit a window together."""
    at = 0
    while at < len(targets):
        begin, total = at, sizes[targets[at]]
        at += 1
        while at < len(targets) and targets[at] == targets[at - 1] + 1 and total + sizes[targets[at]] <= WINDOW_TOKENS:
            total += sizes[targets[at]]
            at += 1
        yield range(targets[begin], targets[at - 1] + 1)

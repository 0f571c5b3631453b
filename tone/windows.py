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


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of articles' sentences.

    ``ids`` and ``chars`` (characters of the article) are a list a sentence, of all articles one after the other;
    ``sentences[i]`` are the sentence spans of article ``i``; ``ends`` are the ids of [CLS] and [SEP].
    """

    ids: Sequence[Sequence[int]]
    chars: Sequence[Sequence[tuple[int, int]]]
    sentences: Sequence[Sequence[Span]]
    ends: tuple[int, int]


def tokens(tokenizer: Any, texts: Sequence[str], sentences: Sequence[Sequence[Span]]) -> Tokens:
    """Cut sentences into tokens; ``sentences[i]`` are the sentence spans of ``texts[i]``."""
    ends = tokenizer.cls_token_id, tokenizer.sep_token_id
    flat = [text[s.start : s.end] for text, spans in zip(texts, sentences, strict=True) for s in spans]
    if not flat:
        return Tokens([], [], sentences, ends)
    # Behind the tokenizer of transformers, which takes longer to hand the same over. A model's files may say that it
    # cuts off and pads.
    plain = tokenizer.backend_tokenizer
    plain.no_truncation()
    plain.no_padding()
    encoded = plain.encode_batch(flat, add_special_tokens=False)
    starts = [s.start for spans in sentences for s in spans]
    chars = [[(start + a, start + b) for a, b in own.offsets] for start, own in zip(starts, encoded, strict=True)]
    return Tokens([own.ids for own in encoded], chars, sentences, ends)


def windows(
    tokenizer: Any,
    texts: Sequence[str],
    sentences: Sequence[Sequence[Span]],
    wanted: Sequence[Sequence[int]] | None = None,
) -> list[Window]:
    """What `cut` makes of the sentences' tokens."""
    return cut(tokens(tokenizer, texts, sentences), wanted)


def cut(found: Tokens, wanted: Sequence[Sequence[int]] | None = None) -> list[Window]:
    """Cut articles into windows, in reading order.

    ``wanted[i]`` are the numbers of the sentences of article ``i`` that must become targets (all, if not given). A
    sentence longer than `SENTENCE_TOKENS` is cut off.
    """
    ids, offsets, (first, last) = found.ids, found.chars, found.ends
    made: list[Window] = []
    base = 0
    for article, spans in enumerate(found.sentences):
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

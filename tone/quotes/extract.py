"""From what the tagger found to attributions, with quotation marks as a second witness.

On real news, a quotation of five words and more is reported speech 98 times in 100, so one that the tagger missed is
content all the same, and content that covers part of one is stretched to its marks. Shorter ones (scare quotes, titles)
are left to the tagger.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import Final

from tone.quotes.linking import link
from tone.quotes.marks import quotations
from tone.quotes.relays import original_sources
from tone.quotes.tagger import Piece
from tone.records import Attribution, Span

SURE_WORDS: Final = 5
# A guess, below those 98: what the tagger missed is less sure. It has not been measured by itself.
MARKS_PROBABILITY: Final = 0.9


def attributions(
    text: str, sentences: Sequence[Span], paragraphs: Sequence[Span], pieces: Sequence[Piece]
) -> list[Attribution]:
    """All attributions of an article, in reading order."""
    quoted = [q for q in quotations(text, paragraphs) if len(q.span.of(text).split()) >= SURE_WORDS]
    starts = [s.start for s in sentences]
    inside: list[list[Piece]] = [[] for _ in sentences]
    clips: list[list[Span]] = [[] for _ in sentences]
    for piece in pieces:
        inside[max(0, bisect_right(starts, piece.span.start) - 1)].append(piece)
    for quotation in quoted:
        span = quotation.span
        for number in range(max(0, bisect_right(starts, span.start) - 1), bisect_left(starts, span.end)):
            # Where the closing mark is missing, a cue says better where the quotation ends.
            if not quotation.closed and any(piece.role == "cue" for piece in inside[number]):
                continue
            clip = _stripped(text, max(span.start, starts[number]), min(span.end, sentences[number].end))
            if clip:
                clips[number].append(clip)
    found: list[Attribution] = []
    for sentence, own, quotes in zip(sentences, inside, clips, strict=True):
        if own or quotes:
            found += original_sources(text, sentence, link(text, reconciled(own, quotes)))
    return found


def reconciled(pieces: Sequence[Piece], quotes: Sequence[Span]) -> list[Piece]:
    """A sentence's pieces made to agree with its quotations, in reading order."""
    kept = list(pieces)
    for quote in quotes:
        # Who is quoted within a quotation is part of what is said there.
        kept = [p for p in kept if p.role == "content" or p.span.overlap(quote) < p.span.end - p.span.start]
        touching = [p for p in kept if p.role == "content" and p.span.overlap(quote)]
        others = [p for p in kept if p.role != "content" and p.span.overlap(quote)]
        kept = [p for p in kept if p not in touching and p not in others]
        start = min([quote.start, *(p.span.start for p in touching)])
        end = max([quote.end, *(p.span.end for p in touching)])
        probability = max((p.probability for p in touching), default=MARKS_PROBABILITY)
        kept.append(Piece("content", Span(start, end), probability))
        kept += [cut for p in others if (cut := _outside(p, quote))]
    return sorted(kept, key=lambda p: p.span)


def _outside(piece: Piece, quote: Span) -> Piece | None:
    """What a source or cue keeps when the part within a quotation is taken away."""
    before, after = quote.start - piece.span.start, piece.span.end - quote.end
    if max(before, after) <= 0:
        return None
    span = Span(piece.span.start, quote.start) if before >= after else Span(quote.end, piece.span.end)
    return Piece(piece.role, span, piece.probability)


def _stripped(text: str, start: int, end: int) -> Span | None:
    inner = text[start:end]
    left = len(inner) - len(inner.lstrip())
    return Span(start + left, start + len(inner.rstrip())) if inner.strip() else None

"""Spans to attributions: which content comes with which cue, and which source with both.

Everything is decided within a sentence, by cost: how far apart two spans stand and what stands between them. An
attribution's pieces (a quote broken by its cue) are the contents that share a cue. A cue without a source of its own
("…, adding that …") takes over that of the cue before it.
"""

from collections.abc import Sequence
from typing import Final

from tone.quotes.kinds import kind_of
from tone.quotes.tagger import Piece
from tone.records import Attribution, Span

# Costs are in characters: another span in between counts like so many of them.
CONTENT_BETWEEN: Final = 60
CUE_BETWEEN: Final = 60
SOURCE_BETWEEN: Final = 15
WRONG_SIDE: Final = 4


def link(text: str, pieces: Sequence[Piece]) -> list[Attribution]:
    """The attributions that one sentence's pieces, in reading order, make up."""
    sources = [p.span for p in pieces if p.role == "source"]
    cues = [p.span for p in pieces if p.role == "cue"]
    contents = [p for p in pieces if p.role == "content"]
    spans = [c.span for c in contents]
    source_of = _pair_sources(sources, cues, spans)
    members: dict[int | None, list[Piece]] = {}
    for content in contents:
        members.setdefault(_nearest_cue(text, content.span, cues, spans), []).append(content)
    _feed_empty_cues(members, cues)
    found: list[Attribution] = []
    free = [s for i, s in enumerate(sources) if i not in source_of.values()]
    last: Span | None = None
    for number, cue in enumerate(cues):
        own = source_of.get(number)
        source = sources[own] if own is not None else last
        last = source or last
        if number in members:
            found.append(_attribution(text, members[number], source, cue))
    for group in _runs(text, members.get(None, [])):
        nearest = min(free, key=lambda s: s.gap(group[0].span), default=None)
        if nearest:
            free.remove(nearest)
        found.append(_attribution(text, group, nearest, None))
    return sorted(found, key=lambda a: a.content[0])


def _attribution(text: str, pieces: Sequence[Piece], source: Span | None, cue: Span | None) -> Attribution:
    spans = tuple(p.span for p in pieces)
    probability = sum(p.probability for p in pieces) / len(pieces)
    return Attribution(spans, source, cue, kind_of(text, spans), probability)


def _between(a: Span, b: Span, others: Sequence[Span]) -> int:
    low, high = min(a.end, b.end), max(a.start, b.start)
    return sum(low <= o.start and o.end <= high and o not in (a, b) for o in others)


def _pair_sources(sources: Sequence[Span], cues: Sequence[Span], contents: Sequence[Span]) -> dict[int, int]:
    """Cue number to source number, the closest pairs first; each is used once."""
    if len(sources) == len(cues) == 1:
        return {0: 0}
    costs = sorted(
        (
            s.gap(c)
            + CONTENT_BETWEEN * _between(s, c, contents)
            + CUE_BETWEEN * _between(s, c, cues)
            + SOURCE_BETWEEN * _between(s, c, sources),
            number,
            own,
        )
        for own, s in enumerate(sources)
        for number, c in enumerate(cues)
    )
    chosen: dict[int, int] = {}
    for _, number, own in costs:
        if number not in chosen and own not in chosen.values():
            chosen[number] = own
    return chosen


def _nearest_cue(text: str, content: Span, cues: Sequence[Span], contents: Sequence[Span]) -> int | None:
    """The cue that costs least, None where the sentence has none."""

    def cost(number: int) -> int:
        cue = cues[number]
        # Direct speech tends to stand before its cue ("…," he said), reported speech after it (said that …).
        quoted = text[content.end - 1] in "\"”’'" and text[content.end - 2 : content.end - 1] == ","
        wrong = (content.start < cue.start) != quoted
        return (
            content.gap(cue)
            + CONTENT_BETWEEN * _between(content, cue, contents)
            + CUE_BETWEEN * _between(content, cue, cues)
            + WRONG_SIDE * wrong
        )

    return min(range(len(cues)), key=cost) if len(cues) > 1 else None if not cues else 0


def _feed_empty_cues(members: dict[int | None, list[Piece]], cues: Sequence[Span]) -> None:
    """A cue left without content takes the nearest piece of a neighbour that has several."""
    for number, cue in enumerate(cues):
        if number in members:
            continue
        spare = [(k, p) for k, group in members.items() if len(group) > 1 for p in group]
        if spare:
            giver, piece = min(spare, key=lambda kp: kp[1].span.gap(cue))
            members[giver].remove(piece)
            members[number] = [piece]


def _runs(text: str, contents: Sequence[Piece]) -> list[list[Piece]]:
    """Contents without a cue, those of one broken quote together."""
    runs: list[list[Piece]] = []
    for piece in contents:
        if runs and len(text[runs[-1][-1].span.end : piece.span.start]) <= 60:
            runs[-1].append(piece)
        else:
            runs.append([piece])
    return runs

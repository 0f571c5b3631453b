"""Whether content is direct speech, reported speech, or reported speech with quoted words in it."""

from collections.abc import Sequence
from typing import Final

from tone.codebook import Kind
from tone.records import Span

OPENING: Final = "\"“‘'«„"
QUOTED: Final = '"“”‘«„'


def kind_of(text: str, content: Sequence[Span]) -> Kind:
    """Direct when every piece opens with a quotation mark, mixed when some of it is quoted, else indirect."""
    pieces = [span.of(text).strip() for span in content]
    if all(p[:1] and p[:1] in OPENING for p in pieces):
        return "direct"
    return "mixed" if any(mark in p for p in pieces for mark in QUOTED) else "indirect"

"""What quotation marks say of direct speech, whatever the tagger thinks.

A quotation runs from an opening mark to its closing mark, or to the end of its paragraph where it is not closed: by
convention a quotation that goes on opens anew in the next paragraph. So an unbalanced mark costs at most a paragraph.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from tone.records import Span

# For each opening mark, the marks that close it, the proper one first: feeds mix straight and curly ones.
CLOSING_OF: Final = {"“": ("”", '"'), "«": ("»",), "„": ("“", "”"), "‘": ("’",), '"': ('"”',)}
_OPENING: Final = re.compile(f"[{''.join(CLOSING_OF)}]")
_CLOSING: Final = {mark: tuple(re.compile(f"[{own}]") for own in closing) for mark, closing in CLOSING_OF.items()}
_DOUBLED: Final = re.compile("''|``")
_WRONG_WAY: Final = re.compile(r"(?m)^”(?=\w)")
_LINE: Final = re.compile(r"[^\n]+")
# A stray mark must not make a whole page a quotation.
LONGEST_UNCLOSED: Final = 1500


@dataclass(frozen=True, slots=True)
class Quotation:
    """A span in quotation marks, the marks included; ``closed`` unless it runs to the end of its paragraph."""

    span: Span
    closed: bool


def quotations(text: str, paragraphs: Sequence[Span]) -> list[Quotation]:
    """In reading order, none inside another."""
    plain = _plain(text)
    found = [quotation for paragraph in paragraphs for quotation in _in_paragraph(plain, paragraph)]
    return [replace(q, span=Span(q.span.start, q.span.end + 1)) if _half(text, q) else q for q in found]


@lru_cache(maxsize=1)  # of one article it is asked more than once
def marked(text: str) -> tuple[Span, ...]:
    """Where a text is in quotation marks, each line a paragraph, in reading order."""
    return tuple(q.span for q in quotations(text, [Span(*line.span()) for line in _LINE.finditer(text)]))


def _plain(text: str) -> str:
    """The text with marks that feeds write in odd ways as they are meant, character for character."""
    doubled = _DOUBLED.sub('""', text) if "''" in text or "``" in text else text
    return _WRONG_WAY.sub("“", doubled) if "”" in text else doubled


def _half(text: str, quotation: Quotation) -> bool:
    """Whether only the first half of a doubled closing mark is in the quotation."""
    return quotation.closed and text.startswith("''", quotation.span.end - 1)


def _in_paragraph(text: str, paragraph: Span) -> list[Quotation]:
    found: list[Quotation] = []
    at = paragraph.start
    while mark := _OPENING.search(text, at, paragraph.end):
        at = mark.start()
        if not _opens(text, at, paragraph):
            at += 1
            continue
        end = _closing(text, at, paragraph)
        if end is not None:
            found.append(Quotation(Span(at, end + 1), closed=True))
            at = end + 1
        elif text[at] in "‘'" or paragraph.end - at > LONGEST_UNCLOSED:
            at += 1  # an apostrophe, or a stray mark
        else:
            found.append(Quotation(Span(at, paragraph.end), closed=False))
            break
    return found


def _closing(text: str, at: int, paragraph: Span) -> int | None:
    """Where the mark that opens at ``at`` is closed, before its like opens again."""
    again = text.find(text[at], at + 1, paragraph.end) if text[at] not in '"‘„' else -1
    limit = again if again > 0 else paragraph.end
    for marks in _CLOSING[text[at]]:
        for mark in marks.finditer(text, at + 1, limit):
            if _closes(text, mark.start(), paragraph):
                return mark.start()
    return None


def _opens(text: str, at: int, paragraph: Span) -> bool:
    before = text[at - 1] if at > paragraph.start else " "
    after = text[at + 1] if at + 1 < paragraph.end else " "
    return not before.isalnum() and not after.isspace() and not (text[at] == '"' and before in ".,!?")


def _closes(text: str, at: int, paragraph: Span) -> bool:
    after = text[at + 1] if at + 1 < paragraph.end else " "
    return not after.isalnum() and not (text[at] in '"’' and text[at - 1].isspace())

"""What quotation marks say of direct speech, whatever the tagger thinks.

A quotation runs from an opening mark to its closing mark, or to the end of its paragraph where it is not closed: by
convention a quotation that goes on opens anew in the next paragraph. So an unbalanced mark costs at most a paragraph.
"""

from collections.abc import Sequence
from typing import Final

from tone.records import Span

CLOSING_OF: Final = {"“": '”"', "«": "»", "„": "“”", "‘": "’", '"': '"'}
# A stray mark must not make a whole page a quotation.
LONGEST_UNCLOSED: Final = 1500


def quotations(text: str, paragraphs: Sequence[Span]) -> list[Span]:
    """Spans in quotation marks, marks included, in reading order, none inside another."""
    return [span for paragraph in paragraphs for span in _in_paragraph(text, paragraph)]


def _in_paragraph(text: str, paragraph: Span) -> list[Span]:
    found: list[Span] = []
    at = paragraph.start
    while at < paragraph.end:
        closing = CLOSING_OF.get(text[at])
        if closing is None or not _opens(text, at, paragraph):
            at += 1
            continue
        end = next(
            (i for i in range(at + 1, paragraph.end) if text[i] in closing and _closes(text, i, paragraph)), None
        )
        # A closing mark that never comes: a quotation that goes on, except for an apostrophe-like mark.
        if end is None:
            if text[at] in "‘'" or paragraph.end - at > LONGEST_UNCLOSED:
                at += 1
                continue
            end = paragraph.end - 1
        found.append(Span(at, end + 1))
        at = end + 1
    return found


def _opens(text: str, at: int, paragraph: Span) -> bool:
    before = text[at - 1] if at > paragraph.start else " "
    after = text[at + 1] if at + 1 < paragraph.end else " "
    if text[at] == '"':
        return not before.isalnum() and not after.isspace() and before not in ".,!?"
    return not before.isalnum() and not after.isspace()


def _closes(text: str, at: int, paragraph: Span) -> bool:
    after = text[at + 1] if at + 1 < paragraph.end else " "
    return not after.isalnum() and not (text[at] in '"’' and text[at - 1].isspace())

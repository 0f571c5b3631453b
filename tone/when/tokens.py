"""A sentence as words, numbers and marks, with where they stand."""

import re
from typing import Final, NamedTuple

# Dates in figures stay whole, and so do numbers such as 4,300 and 10.30, which are no days. "Tuesday's" is two tokens.
_TOKEN: Final = re.compile(
    r"""
    (?<!\w) [0-9]{4}-[0-9]{1,2}-[0-9]{1,2} (?!\w)
  | (?<!\w) [0-9]{1,2}([/.-])[0-9]{1,2}\1[0-9]{4} (?!\w)
  | [0-9]++ (?:[.,:][0-9]++)++ \w*+
  | \w++
  | ['’](?:s|t|ll|re|ve|d|m)\b
  | [^\w\s\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]
    """,
    re.VERBOSE | re.IGNORECASE,
)
_PADDING: Final = ("",) * 12


class Tokens(NamedTuple):
    """``words`` are lower case with straight apostrophes and end in empty ones, so that one may look ahead."""

    text: str
    words: list[str]
    raw: list[str]
    spans: list[tuple[int, int]]

    def capital(self, at: int) -> bool:
        """Whether the token begins with a capital letter."""
        return self.raw[at][:1].isupper()

    def slice(self, first: int, end: int) -> str:
        """The text from the token ``first`` to the one before ``end``."""
        return self.text[self.spans[first][0] : self.spans[end - 1][1]]


def tokenize(text: str) -> Tokens:
    """Split ``text``; linear in its length."""
    raw: list[str] = []
    spans: list[tuple[int, int]] = []
    for found in _TOKEN.finditer(text):
        raw.append(found.group())
        spans.append(found.span())
    words = [word.lower().replace("’", "'") for word in raw]
    words.extend(_PADDING)
    return Tokens(text, words, raw, spans)

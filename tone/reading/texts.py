"""Text files: their characters as they are, with what a front matter and the file name tell about them."""

import re
from typing import Final

from tone.reading.dates import leading_date, parse_date
from tone.reading.decoding import decode
from tone.reading.limits import Limits
from tone.reading.streams import contents
from tone.reading.walking import File

_BYTES_A_CHAR: Final = 4  # at most, in UTF-8, UTF-16 and UTF-32
_MARK: Final = 4  # bytes of the longest byte order mark

_KNOWN: Final = frozenset({"title", "date", "source", "url", "topic"})
_LINE: Final = re.compile(r"([^\r\n]*)(?:\r\n|\r|\n|\Z)")
_KEY: Final = re.compile(r"([A-Za-z_][\w-]*):(?:[ \t]+(.*))?")
_BLANK: Final = re.compile(r"\s*(?:#.*)?")  # or a comment
_MORE: Final = re.compile(r"\s+.*|-\s.*")  # of the key above: a list, or a value over several lines
_SPACE: Final = re.compile(r"\s*")


def text_fields(file: File, limits: Limits) -> tuple[dict[str, object], int]:
    """The fields of a text file, and where its body starts. The text is all that it decodes to, front matter included.

    Raises:
        UnreadableError, UnicodeDecodeError, OSError, EOFError: the file cannot be read, or is too long.
    """
    with file.open(limits) as stream:
        text = decode(contents(stream, _BYTES_A_CHAR * limits.article_chars + _MARK, "article"))
    known, body_start = front_matter(text)
    return {**known, "date": parse_date(known.get("date")) or leading_date(file.path.name), "text": text}, body_start


def front_matter(text: str) -> tuple[dict[str, str], int]:
    """What ``key: value`` lines between two ``---`` lines at the top say, and where the prose after them begins.

    Without such lines, or where other lines stand between them: nothing, and 0.
    """
    line = _LINE.match(text)
    if line is None or line[1].rstrip() != "---":
        return {}, 0
    known: dict[str, str] = {}
    below_key = False
    while line.end() < len(text) and (line := _LINE.match(text, line.end())):
        if line[1].rstrip() == "---":
            start = _SPACE.match(text, line.end())
            return (known, start.end()) if known and start else ({}, 0)
        if entry := _KEY.fullmatch(line[1].rstrip()):
            below_key = True
            if (key := entry[1].lower()) in _KNOWN:
                known[key] = _unquoted((entry[2] or "").strip())
        elif not _BLANK.fullmatch(line[1]) and not (below_key and _MORE.fullmatch(line[1])):
            break
    return {}, 0


def _unquoted(value: str) -> str:
    """A value without the quotation marks around it, and with those inside it as they are meant."""
    if len(value) < 2 or value[0] != value[-1] or value[0] not in "\"'":
        return value
    quote = value[0]
    return value[1:-1].replace(f"\\{quote}" if quote == '"' else "''", quote)

"""Fields of whatever kind → one article, or the reason why not."""

from collections.abc import Mapping
from numbers import Integral, Real
from typing import Final

from tone.reading.dates import parse_date
from tone.records import Article, Skipped

FIELDS: Final = ("id", "text", "title", "date", "source", "url", "topic")


class UnreadableError(Exception):
    """An input cannot be read; the message is the reason, with what varies from case to case after a colon.

    ``article`` is the id of the article in question, where it is known.
    """

    def __init__(self, reason: str, article: str | None = None) -> None:
        super().__init__(reason)
        self.article = article


Row = tuple[int, Mapping[str, object] | UnreadableError]
"""A row of a file of many articles: its number from 1, and its fields or why it has none."""


def article(
    fields: Mapping[str, object], *, name: str, default_id: str, max_chars: int, body_start: int = 0
) -> Article | Skipped:
    """The article that ``fields`` (of ``FIELDS``, all but text optional) describe; ``name`` is that of the input."""
    article_id = default_id
    try:
        article_id = _identifier(fields.get("id"), default_id)
        return Article(
            id=article_id,
            text=_text(fields.get("text"), body_start, max_chars),
            title=_label(fields.get("title"), "title"),
            date=parse_date(fields.get("date")),
            source=_label(fields.get("source"), "source"),
            url=_label(fields.get("url"), "url"),
            topic=_label(fields.get("topic"), "topic"),
            body_start=body_start,
        )
    except UnreadableError as refusal:
        return Skipped(name, article_id, str(refusal))


def over_long(what: str, limit: int, unit: str) -> UnreadableError:
    """The refusal of an article, a page or another thing with more than ``limit`` characters, bytes or other units."""
    return UnreadableError(f"over-long {what}: more than {limit:,} {unit}")


def printable(text: str) -> str:
    """``text`` with lone surrogates, as undecodable file names have them, written out: it can be saved as UTF-8."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def _text(value: object, body_start: int, max_chars: int) -> str:
    if value is None:
        raise UnreadableError("missing text")
    if not isinstance(value, str):
        raise UnreadableError(f"text is not a string: {type(value).__name__}")
    if len(value) > max_chars:
        raise over_long("article", max_chars, "characters")
    if not value[body_start:].strip():
        raise UnreadableError("empty text")
    return _sound(value, "text")


def _identifier(value: object, default: str) -> str:
    if value is None or isinstance(value, bool | str | Real):
        return _label(value, "id", strip=False) or default
    raise UnreadableError(f"id is neither a string nor a number: {type(value).__name__}")


def _label(value: object, field: str, *, strip: bool = True) -> str | None:
    """A short text, or None where there is none: a number is written out, other types tell nothing."""
    if isinstance(value, bool):
        return None
    if isinstance(value, Integral):
        return str(int(value))
    if isinstance(value, Real):
        number = float(value)
        if number != number:  # NaN, how a table may say that there is nothing
            return None
        return str(int(number)) if number.is_integer() else str(number)  # 7.0: an integer column with gaps
    if not isinstance(value, str) or not value.strip():
        return None
    return _sound(value.strip() if strip else value, field)


def _sound(text: str, field: str) -> str:
    """``text``, if every format that results are saved in can hold it."""
    if "\0" in text:
        raise UnreadableError(f"NUL character: in the {field}")
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise UnreadableError(f"not valid Unicode: in the {field}, at character {error.start}") from error
    return text

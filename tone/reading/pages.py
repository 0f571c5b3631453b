"""Web pages: their main text and what they say of themselves, by trafilatura."""

import logging
import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from tone.reading.articles import UnreadableError, over_long
from tone.reading.decoding import decode_html
from tone.reading.limits import Limits
from tone.reading.streams import contents
from tone.reading.walking import File

_DOCUMENT: Final = re.compile(r"<(?:!doctype|html)\b", re.IGNORECASE)
_ELEMENT: Final = re.compile(r"<[a-z]", re.IGNORECASE)
_NEWLINES: Final = re.compile(r"[\r\n][ \t\r\n]*")
_NOISY: Final = ("trafilatura", "htmldate", "courlan", "justext")


def file_fields(file: File, limits: Limits) -> tuple[dict[str, object], int]:
    """The fields of a web page in a file of its own, as `page_fields` gives them. Its body starts at 0.

    Raises:
        UnreadableError: the page has no main text, or is too long.
        OSError, EOFError: the file cannot be read.
    """
    with file.open(limits) as stream:
        page = contents(stream, limits.page_bytes, "page")
    return page_fields(page, limits), 0


def page_fields(
    page: bytes, limits: Limits, *, charset: str | None = None, url: str | None = None
) -> dict[str, object]:
    """The fields of a web page; the text is its main text, with an empty line between paragraphs.

    ``charset`` and ``url`` are those that it was sent with, where known: they go before what the page says itself.

    Raises:
        UnreadableError: the page has no main text, or too many elements.
    """
    markup = decode_html(page, charset)
    if sum(1 for _ in _ELEMENT.finditer(markup)) > limits.page_elements:
        raise over_long("page", limits.page_elements, "elements")
    if not _DOCUMENT.search(markup):
        markup = f"<html><body>{markup}</body></html>"  # trafilatura takes a piece of a page for no page
    # A newline means no more than a space in HTML, but trafilatura would keep it: a wrapped paragraph would fall apart.
    markup = _NEWLINES.sub(" ", markup)
    with _quiet():
        import trafilatura
        from trafilatura.settings import Document

        found = trafilatura.bare_extraction(
            markup,
            url=url,
            include_comments=False,
            with_metadata=True,
            # Only a date that the page states: the extensive search takes any that it mentions.
            date_extraction_params={"original_date": True, "extensive_search": False},
        )
    text = (found.text or "").strip() if isinstance(found, Document) else ""
    if not isinstance(found, Document) or not text:
        raise UnreadableError("no main text in the HTML")
    return {
        "text": text.replace("\n", "\n\n"),
        "title": found.title,
        "date": found.date,
        "source": found.sitename,
        "url": url or found.url,
    }


@contextmanager
def _quiet() -> Iterator[None]:
    """Without the warnings and log lines of the extraction: what matters of them becomes a reason."""
    levels = {name: logging.getLogger(name).level for name in _NOISY}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for name in levels:
            logging.getLogger(name).setLevel(logging.CRITICAL + 1)
        try:
            yield
        finally:
            for name, level in levels.items():
                logging.getLogger(name).setLevel(level)

"""Web pages: their main text and what they say of themselves, by trafilatura."""

import logging
import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from tone.reading.articles import UnreadableError
from tone.reading.decoding import decode_html
from tone.reading.texts import contents
from tone.reading.walking import File

_MAX_MARKUP: Final = 20_000_000  # bytes; what trafilatura allows
_DOCUMENT: Final = re.compile(r"<(?:!doctype|html)\b", re.IGNORECASE)
_NEWLINES: Final = re.compile(r"[\r\n][ \t\r\n]*")
_NOISY: Final = ("trafilatura", "htmldate", "courlan", "justext")


def page_fields(file: File, max_chars: int) -> tuple[dict[str, object], int]:
    """The fields of a web page; the text is its main text, with an empty line between paragraphs. Its body starts at 0.

    Raises:
        UnreadableError: the page has no main text, or is too long.
        OSError, EOFError: the file cannot be read.
    """
    markup = decode_html(contents(file, max(_MAX_MARKUP, max_chars)))
    if not _DOCUMENT.search(markup):
        markup = f"<html><body>{markup}</body></html>"  # trafilatura takes a piece of a page for no page
    # A newline means no more than a space in HTML, but trafilatura would keep it: a wrapped paragraph would fall apart.
    markup = _NEWLINES.sub(" ", markup)
    with _quiet():
        import trafilatura
        from trafilatura.settings import Document

        page = trafilatura.bare_extraction(
            markup,
            include_comments=False,
            with_metadata=True,
            # Only a date that the page states: the extensive search takes any that it mentions.
            date_extraction_params={"original_date": True, "extensive_search": False},
        )
    text = (page.text or "").strip() if isinstance(page, Document) else ""
    if not isinstance(page, Document) or not text:
        raise UnreadableError("no main text in the HTML")
    fields: dict[str, object] = {
        "text": text.replace("\n", "\n\n"),
        "title": page.title,
        "date": page.date,
        "source": page.sitename,
        "url": page.url,
    }
    return fields, 0


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

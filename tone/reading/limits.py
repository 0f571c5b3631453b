"""How much reading takes of one input before it refuses it."""

from dataclasses import dataclass, fields
from typing import Final


@dataclass(frozen=True, slots=True)
class Limits:
    """The most that is read of one input. What is larger becomes a ``Skipped`` whose reason names the limit.

    They bound memory and time whatever the input: an article, a line or a page over its limit costs itself only, and
    an archive that unpacks to more than its limit is read up to there. There is none on the number of files or rows,
    which are read one after the other.

    Raises:
        ValueError: a limit is below 1.
    """

    article_chars: int = 2_000_000
    """Characters of an article's text; about 300,000 words."""

    line_chars: int = 20_000_000
    """Characters of a line of JSON or of a row of a table, with all of its fields. The longest is held in memory."""

    page_bytes: int = 20_000_000
    """Bytes of a web page, unpacked. The extraction of the main text takes no more."""

    page_elements: int = 20_000
    """Elements of a web page: the extraction takes time up to their square, at this limit 15 s."""

    unpacked_bytes: int = 10_000_000_000
    """Bytes that a ``.gz`` may unpack to. Common Crawl's archives of news unpack to about half of that."""

    def __post_init__(self) -> None:
        for field in fields(self):
            if getattr(self, field.name) < 1:
                raise ValueError(f"the limit {field.name} must be 1 or more, not {getattr(self, field.name)}")


DEFAULT: Final = Limits()

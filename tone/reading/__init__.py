"""Files, frames and strings in, articles out: a lazy stream in which a bad input becomes a ``Skipped``."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from tone.reading.articles import FIELDS, article
from tone.reading.files import count_file, read_file
from tone.reading.limits import DEFAULT, Limits
from tone.reading.walking import File, walk
from tone.records import Article, Skipped

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Limits", "count", "from_frame", "from_texts", "read"]


def read(inputs: Sequence[str | Path], *, limits: Limits = DEFAULT) -> Iterator[Article | Skipped]:
    """The articles of files and folders, in the order of ``inputs``; a folder's by name, subfolders in their place.

    Read by ending: ``.txt``, ``.md``, ``.html``, ``.htm``, ``.jsonl``, ``.csv`` and ``.warc``, each also with ``.gz``,
    and ``.parquet``. Hidden files inside a folder are ignored; anything else that gives no article gives a ``Skipped``,
    and so does what exceeds ``limits``. One file is open at a time, nothing is read before it is asked for, and of what
    has been read only the ids are kept. Of articles with one id the first wins.

    Raises:
        TypeError: ``inputs`` is one path, not a sequence of them.
    """
    if isinstance(inputs, str | Path):
        raise TypeError("inputs is a sequence of paths: put a single path in a list")
    return _unique(_read(inputs, limits))


def count(inputs: Sequence[str | Path], *, limits: Limits = DEFAULT) -> int:
    """How many items `read` will give, without making them: for a progress bar."""
    return sum(count_file(found, limits) if isinstance(found, File) else 1 for i in inputs for found in walk(Path(i)))


def from_texts(texts: Sequence[str], *, limits: Limits = DEFAULT) -> Iterator[Article | Skipped]:
    """An article a string, with its position (from 0) as its id.

    Raises:
        TypeError: ``texts`` is one string, not a sequence of them.
    """
    if isinstance(texts, str):
        raise TypeError("texts is a sequence of strings: put a single text in a list")
    return (
        article({"text": text}, name=f"text {number}", default_id=str(number), max_chars=limits.article_chars)
        for number, text in enumerate(texts)
    )


def from_frame(frame: "pd.DataFrame", *, limits: Limits = DEFAULT) -> Iterator[Article | Skipped]:
    """An article a row, from the column ``text`` and the others of the fields of an article that are there.

    Those are ``id``, ``title``, ``date``, ``source``, ``url`` and ``topic``. A row without an id takes its position
    (from 0). Other columns are ignored.

    Raises:
        ValueError: there is no column ``text``, or one of the columns twice.
    """
    columns = [name for name in frame.columns if name in FIELDS]
    if "text" not in columns:
        raise ValueError(f"the frame has no column 'text', only {[str(name) for name in frame.columns]}")
    if len(columns) > len(set(columns)):
        raise ValueError(f"the frame has a column twice: {columns}")
    # As objects, with None for what is missing: NaN, NaT and NA would each have to be known apart below.
    values = [frame[name].astype(object).where(frame[name].notna(), None) for name in columns]
    rows = (dict(zip(columns, row, strict=True)) for row in zip(*values, strict=True))
    return _unique(
        (name, article(fields, name=name, default_id=str(number), max_chars=limits.article_chars))
        for number, fields in enumerate(rows)
        for name in (f"row {number}",)
    )


def _read(inputs: Sequence[str | Path], limits: Limits) -> Iterator[tuple[str, Article | Skipped]]:
    for given in inputs:
        for found in walk(Path(given)):
            if isinstance(found, File):
                name = found.name  # one string for all of its articles
                yield from ((name, item) for item in read_file(found, limits))
            else:
                yield found.input, found


def _unique(named: Iterable[tuple[str, Article | Skipped]]) -> Iterator[Article | Skipped]:
    """The items, less the articles whose id an earlier one has. ``named`` pairs each with the name of its input."""
    first: dict[str, str] = {}
    for name, item in named:
        if isinstance(item, Article) and item.id in first:
            yield Skipped(name, item.id, f"duplicate id: first in {first[item.id]}")
            continue
        if isinstance(item, Article):
            first[item.id] = name
        yield item

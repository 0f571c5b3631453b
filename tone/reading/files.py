"""One file → its articles: the formats by ending, and what can go wrong with any of them."""

import gzip
import zlib
from collections.abc import Callable, Iterator, Mapping
from typing import Final

from tone.reading.articles import UnreadableError, article, printable
from tone.reading.pages import page_fields
from tone.reading.tables import Row, csv_rows, jsonl_rows, parquet_rows
from tone.reading.texts import text_fields
from tone.reading.walking import File
from tone.records import Article, Skipped

Fields = tuple[dict[str, object], int]  # of an article, and where its body starts

ONE_ARTICLE: Final[Mapping[str, Callable[[File, int], Fields]]] = {
    ".txt": text_fields,
    ".md": text_fields,
    ".html": page_fields,
    ".htm": page_fields,
}
ROWS: Final[Mapping[str, Callable[[File, int], Iterator[Row]]]] = {
    ".jsonl": jsonl_rows,
    ".csv": csv_rows,
    ".parquet": parquet_rows,
}
ARCHIVES: Final = frozenset({".warc", ".warc.gz"})

_MAX_DETAIL: Final = 200


def read_file(file: File, max_chars: int) -> Iterator[Article | Skipped]:
    """The articles of one file and what had to be skipped of it: at least one item, and no exception."""
    kind = file.ending if file.ending == ".parquet.gz" else file.ending.removesuffix(".gz")
    if kind in ONE_ARTICLE:
        yield _one(file, ONE_ARTICLE[kind], max_chars)
    elif kind in ROWS:
        yield from _several(file, ROWS[kind], max_chars)
    elif file.ending in ARCHIVES:
        yield Skipped(file.name, None, "WARC is not read yet")
    else:
        yield Skipped(file.name, None, f"unknown file type {printable(file.ending) or '(no ending)'}")


def count_file(file: File, max_chars: int) -> int:
    """How many items `read_file` gives, or 1 where that cannot be told."""
    rows_of = ROWS.get(file.ending.removesuffix(".gz"))
    if rows_of is None:
        return 1
    try:
        return max(1, sum(1 for _ in rows_of(file, max_chars)))
    except Exception:  # reading it for good will say what is wrong
        return 1


def _one(file: File, fields_of: Callable[[File, int], Fields], max_chars: int) -> Article | Skipped:
    try:
        fields, body_start = fields_of(file, max_chars)
    except Exception as error:  # the last resort: no parser's failure may end the batch
        return Skipped(file.name, file.id, explain(error))
    return article(fields, name=file.name, default_id=file.id, max_chars=max_chars, body_start=body_start)


def _several(file: File, rows_of: Callable[[File, int], Iterator[Row]], max_chars: int) -> Iterator[Article | Skipped]:
    empty = True
    try:
        for number, fields in rows_of(file, max_chars):
            empty = False
            if isinstance(fields, UnreadableError):
                yield Skipped(file.name, None, str(fields))
            else:
                default_id = f"{file.id}:{number}"
                yield article(fields, name=file.name, default_id=default_id, max_chars=max_chars)
    except Exception as error:  # the last resort, as above: the rows before it have been read
        yield Skipped(file.name, None, explain(error))
    else:
        if empty:
            yield Skipped(file.name, None, "no articles in the file")


def explain(error: Exception) -> str:
    """The reason that a file could not be read, or not to its end."""
    match error:
        case UnreadableError():
            reason = str(error)
        case FileNotFoundError():
            reason = "no such file or folder"
        case PermissionError():
            reason = "unreadable: permission denied"
        case EOFError():
            reason = "truncated gzip"
        case gzip.BadGzipFile() | zlib.error():
            reason = f"broken gzip: {error}"
        case UnicodeDecodeError():
            reason = f"broken {error.encoding}: at byte {error.start}"
        case OSError():
            reason = f"unreadable: {error.strerror or error}"
        case _:
            reason = f"unforeseen error: {type(error).__name__}: {error}"
    return printable(reason[:_MAX_DETAIL])

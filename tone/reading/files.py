"""One file → its articles: the formats by ending, and what can go wrong with any of them."""

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from tone.reading import pages
from tone.reading.archives import responses, warc_rows
from tone.reading.articles import Row, UnreadableError, article, printable
from tone.reading.limits import Limits
from tone.reading.reasons import explain
from tone.reading.tables import csv_rows, jsonl_rows, parquet_rows
from tone.reading.texts import text_fields
from tone.reading.walking import File
from tone.records import Article, Skipped

Fields = tuple[dict[str, object], int]  # of an article, and where its body starts

ONE_ARTICLE: Final[Mapping[str, Callable[[File, Limits], Fields]]] = {
    ".txt": text_fields,
    ".md": text_fields,
    ".html": pages.file_fields,
    ".htm": pages.file_fields,
}
ROWS: Final[Mapping[str, Callable[[File, Limits], Iterator[Row]]]] = {
    ".jsonl": jsonl_rows,
    ".csv": csv_rows,
    ".parquet": parquet_rows,
    ".warc": warc_rows,
}


def read_file(file: File, limits: Limits) -> Iterator[Article | Skipped]:
    """The articles of one file and what had to be skipped of it: at least one item, and no exception."""
    kind = _kind(file)
    if kind in ONE_ARTICLE:
        yield _one(file, ONE_ARTICLE[kind], limits)
    elif kind in ROWS:
        yield from _several(file, ROWS[kind], limits)
    else:
        yield Skipped(file.name, None, f"unknown file type {printable(file.ending) or '(no ending)'}")


def count_file(file: File, limits: Limits) -> int:
    """How many items `read_file` gives, without extracting the text of archived pages."""
    kind = _kind(file)
    rows = responses(file, limits) if kind == ".warc" else ROWS[kind](file, limits) if kind in ROWS else iter(())
    number = 0
    try:
        for _ in rows:
            number += 1
    except Exception:  # which gives an item when it is read for good
        number += 1
    return max(1, number)


def _kind(file: File) -> str:
    return file.ending if file.ending == ".parquet.gz" else file.ending.removesuffix(".gz")


def _one(file: File, fields_of: Callable[[File, Limits], Fields], limits: Limits) -> Article | Skipped:
    try:
        fields, body_start = fields_of(file, limits)
    except Exception as error:  # the last resort: no parser's failure may end the batch
        return Skipped(file.name, file.id, explain(error))
    return article(fields, name=file.name, default_id=file.id, max_chars=limits.article_chars, body_start=body_start)


def _several(
    file: File, rows_of: Callable[[File, Limits], Iterator[Row]], limits: Limits
) -> Iterator[Article | Skipped]:
    name, empty = file.name, True
    try:
        for number, fields in rows_of(file, limits):
            empty = False
            if isinstance(fields, UnreadableError):
                yield Skipped(name, fields.article, str(fields))
            else:
                yield article(fields, name=name, default_id=f"{file.id}:{number}", max_chars=limits.article_chars)
    except Exception as error:  # the last resort, as above: the rows before it have been read
        yield Skipped(name, None, explain(error))
    else:
        if empty:
            yield Skipped(name, None, "no articles in the file")

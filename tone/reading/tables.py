"""Files of many articles, a row each: JSON lines, CSV and Parquet, read a part at a time."""

import csv
import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final, TextIO

from tone.reading.articles import FIELDS, UnreadableError, over_long
from tone.reading.decoding import decoded
from tone.reading.walking import File

if TYPE_CHECKING:
    import pyarrow as pa

Row = tuple[int, dict[str, object] | UnreadableError]  # its number from 1, and its fields or why it has none

_DELIMITERS: Final = ",;\t"
_MAX_FIELD: Final = 2**31 - 1  # what every platform allows; the module's own limit is 131,072 characters
_ESCAPED: Final = 12  # characters that JSON may take for one: an escaped surrogate pair
_OTHER_FIELDS: Final = 1_000_000  # characters of a JSON line beside the text
_BATCH: Final = 64  # rows of a Parquet file in memory


def jsonl_rows(file: File, max_chars: int) -> Iterator[Row]:
    """The objects of a file of JSON lines, by line. Blank lines are no rows.

    Raises:
        UnreadableError, OSError, EOFError: the file cannot be read, or not further.
    """
    limit = _ESCAPED * max_chars + _OTHER_FIELDS
    with file.open() as stream, decoded(stream, newline="\n") as text:
        for number, line in enumerate(_lines(text, limit), start=1):
            if line is None:
                yield number, UnreadableError(f"{over_long(max_chars)}, line {number}")
            elif line.strip():
                yield number, _json_object(line, number)


def csv_rows(file: File, max_chars: int) -> Iterator[Row]:
    """The rows of a CSV file under its first line, by the line that each starts on. Commas, semicolons or tabs.

    Raises:
        UnreadableError: no column is called "text".
        OSError, EOFError: the file cannot be read, or not further.
    """
    csv.field_size_limit(_MAX_FIELD)
    with file.open() as stream, decoded(stream, newline="") as lines:
        first = lines.readline()
        if not first.strip():
            return
        delimiter = next((mark for mark in _DELIMITERS if "text" in _header(first, mark)), None)
        if delimiter is None:
            raise _no_text_column(_header(first, _DELIMITERS[0]))
        columns = _header(first, delimiter)
        reader = csv.reader(lines, delimiter=delimiter, strict=True)
        while True:
            number = reader.line_num + 2  # after the lines that the rows before took, and the header
            try:
                values = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                yield number, UnreadableError(f"broken CSV row: line {number}, {error}")
                continue
            if any(values[len(columns) :]):
                yield number, UnreadableError(f"more fields than columns in a CSV row: line {number}")
            elif values:
                yield number, dict(zip(columns, values, strict=False))  # a short row: no value in the last columns


def parquet_rows(file: File, max_chars: int) -> Iterator[Row]:
    """The rows of a Parquet file.

    Raises:
        UnreadableError: no column is called "text", or the file is broken.
        OSError: the file cannot be read.
    """
    number = 0
    for batch in _batches(file):
        names = [name.strip().lower() for name in batch.schema.names]
        for row in range(batch.num_rows):
            number += 1
            yield number, _parquet_row({name: batch.column(i)[row] for i, name in enumerate(names)}, number)


def _lines(stream: TextIO, limit: int) -> Iterator[str | None]:
    """The lines of ``stream``, None for each of more than ``limit`` characters."""
    while line := stream.readline(limit):
        if len(line) < limit or line.endswith("\n"):
            yield line
            continue
        while len(line) == limit and not line.endswith("\n"):
            line = stream.readline(limit)
        yield None


def _json_object(line: str, number: int) -> dict[str, object] | UnreadableError:
    try:
        value = json.loads(line)
    except json.JSONDecodeError as error:
        return UnreadableError(f"not valid JSON: line {number}, {error.msg} at character {error.pos}")
    except (ValueError, RecursionError) as error:  # a number of thousands of digits, brackets thousands deep
        return UnreadableError(f"not valid JSON: line {number}, {error}")
    if not isinstance(value, dict):
        return UnreadableError(f"JSON line is not an object: line {number}")
    return value


def _header(line: str, delimiter: str) -> list[str]:
    return [name.strip().lower() for name in next(csv.reader([line], delimiter=delimiter))]


def _no_text_column(columns: list[str]) -> UnreadableError:
    return UnreadableError(f"no text column: only {', '.join(columns)}")


def _batches(file: File) -> Iterator["pa.RecordBatch"]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    with file.open() as stream:
        try:
            table = pq.ParquetFile(stream)
            wanted = [name for name in table.schema_arrow.names if name.strip().lower() in FIELDS]
            if "text" not in [name.strip().lower() for name in wanted]:
                raise _no_text_column(table.schema_arrow.names)
            yield from table.iter_batches(batch_size=_BATCH, columns=wanted)
        except (pa.ArrowException, OSError) as error:
            raise UnreadableError(f"broken Parquet: {error}") from error


def _parquet_row(cells: dict[str, Any], number: int) -> dict[str, object] | UnreadableError:
    fields: dict[str, object] = {}
    for name, cell in cells.items():
        try:
            fields[name] = cell.as_py()
        except UnicodeDecodeError:
            return UnreadableError(f"not valid Unicode: in the {name}, row {number}")
        except (ValueError, OverflowError):
            if name != "date":
                raise
            fields[name] = None  # a day beyond those that Python knows
    return fields

"""Files of many articles, a row each: JSON lines, CSV and Parquet, read a part at a time."""

import csv
import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

from tone.reading.articles import FIELDS, Row, UnreadableError, over_long
from tone.reading.decoding import decoded
from tone.reading.limits import Limits
from tone.reading.lines import RowLines, lines
from tone.reading.walking import File

if TYPE_CHECKING:
    import pyarrow as pa

_DELIMITERS: Final = ",;\t"
_MAX_FIELD: Final = 2**31 - 1  # what every platform allows; the module's own limit is 131,072 characters
_BATCH: Final = 16  # rows of a Parquet file in memory
_BUFFER: Final = 1 << 20  # bytes that are read of a Parquet column at a time
_BYTES_A_CHAR: Final = 4  # at most, in UTF-8


def jsonl_rows(file: File, limits: Limits) -> Iterator[Row]:
    """The objects of a file of JSON lines, by line. Blank lines are no rows.

    Raises:
        UnreadableError, OSError, EOFError: the file cannot be read, or not further.
    """
    with file.open(limits) as stream, decoded(stream, newline="\n") as text:
        for number, line in enumerate(lines(text, limits.line_chars), start=1):
            if line is None:
                yield number, over_long("line", limits.line_chars, f"characters in {number}")
            elif line.strip():
                yield number, _json_object(line, number)


def csv_rows(file: File, limits: Limits) -> Iterator[Row]:
    """The rows of a CSV file under its first line, by the line that each starts on. Commas, semicolons or tabs.

    Where a closing quotation mark is missing, the rows after it are read all the same.

    Raises:
        UnreadableError: no column is called "text".
        OSError, EOFError: the file cannot be read, or not further.
    """
    csv.field_size_limit(_MAX_FIELD)  # ours is that of the whole row
    with file.open(limits) as stream, decoded(stream, newline="") as text:
        below = lines(text, limits.line_chars)
        first = next(below, "")
        if first is None:
            raise over_long("line", limits.line_chars, "characters in the header")
        if not first.strip():
            return
        delimiter = next((mark for mark in _DELIMITERS if "text" in _header(first, mark)), None)
        if delimiter is None:
            raise _no_text_column(_header(first, _DELIMITERS[0]))
        columns = _header(first, delimiter)
        taken = RowLines(below, limits.line_chars)
        reader = csv.reader(taken, delimiter=delimiter, strict=True)
        while True:
            taken.begin()
            number = taken.number + 1
            try:
                values = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                last = taken.number
                alone = taken.back(len(columns), delimiter) or last == number
                where = f"line {number}" if alone else f"lines {number} to {last}"
                yield number, UnreadableError(f"broken CSV row: {where}, {error}")
                continue
            if any(values[len(columns) :]):
                yield number, UnreadableError(f"more fields than columns in a CSV row: line {number}")
            elif values:
                yield number, dict(zip(columns, values, strict=False))  # a short row: no value in the last columns


def parquet_rows(file: File, limits: Limits) -> Iterator[Row]:
    """The rows of a Parquet file.

    Raises:
        UnreadableError: no column is called "text", or the file is broken or has over-long rows.
        OSError: the file cannot be read.
    """
    number = 0
    for batch in _batches(file, limits):
        names = [name.strip().lower() for name in batch.schema.names]
        for row in range(batch.num_rows):
            number += 1
            yield number, _parquet_row({name: batch.column(i)[row] for i, name in enumerate(names)}, number)


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


def _batches(file: File, limits: Limits) -> Iterator["pa.RecordBatch"]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    with file.open(limits) as stream:
        try:
            table = pq.ParquetFile(stream, buffer_size=_BUFFER, pre_buffer=False)  # else a column is read whole
            wanted = [name for name in table.schema_arrow.names if name.strip().lower() in FIELDS]
            if "text" not in [name.strip().lower() for name in wanted]:
                raise _no_text_column(table.schema_arrow.names)
            for group in range(table.num_row_groups):
                if _mean_bytes(table.metadata.row_group(group)) > _BYTES_A_CHAR * limits.line_chars:
                    raise over_long("rows", limits.line_chars, "characters on average")
                yield from table.iter_batches(batch_size=_BATCH, row_groups=[group], columns=wanted)
        except (pa.ArrowException, OSError) as error:
            raise UnreadableError(f"broken Parquet: {error}") from error


def _mean_bytes(group: Any) -> float:
    """Bytes of a row of a Parquet row group, unpacked: its pages are unpacked whole, so it is better to know before."""
    mean: float = group.total_byte_size / max(1, group.num_rows)
    return mean


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

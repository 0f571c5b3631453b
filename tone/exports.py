"""Tables as files that other programs open: Excel workbooks, CSV, Parquet, JSON.

Names and texts come out of articles that anybody may have written, and a spreadsheet runs a cell that looks like a
formula. So in CSV such cells get an apostrophe in front (OWASP, "CSV Injection"), and in a workbook they are text.
"""

import json
import math
import re
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    import pandas as pd

ENDINGS: Final = (".xlsx", ".csv", ".parquet", ".json")
"""What `export` can write."""

FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a cell begins with that a spreadsheet may take for a formula, white space that it drops included."""

SHEET_ROWS: Final = 1_048_576
"""Rows that a sheet of a workbook can have, its header among them."""

CELL_CHARACTERS: Final = 32_767
"""Characters that a cell of a workbook can hold."""

_SHEET_NAME: Final = 28  # characters; it may have 31, and openpyxl numbers those that are alike
_CUT: Final = " […]"
_NO_FILE_NAME: Final = re.compile(r'[\x00-\x1f<>:"/\\|?*\[\]]')
_NO_CELL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # control characters that XML does not have
_WIDTHS: Final = (8, 60)  # of columns, in characters
_FIRST_YEAR: Final = 1900  # before it, spreadsheets have no dates
_SAMPLE: Final = 200  # rows from which a column's width is taken


class ExportError(ValueError):
    """Tables cannot be written as asked; the message says why and what to do."""


def export(tables: "Mapping[str, pd.DataFrame]", path: str | Path) -> list[Path]:
    """Write tables to ``path``, in the format that its ending names, and return the files written.

    - ``.xlsx``: a workbook, a sheet a table, with the header frozen and filters; needs the extra ``excel``. Texts of
      more than 32,767 characters are cut, and end with […].
    - ``.csv``, ``.parquet``: one table makes the file; several make a folder of that name without its ending, with a
      file each, ``speakers.csv`` and so on. CSV is UTF-8 with a byte order mark, by which Excel knows it; cells that
      begin like a formula have an apostrophe before them, numbers stay as they are.
    - ``.json``: an object that holds each table as an array of objects; days as YYYY-MM-DD, null for what is missing.

    Raises:
        ExportError: another ending, no table, openpyxl is not installed, or a table is too long for a sheet.
        OSError: the file cannot be written.
    """
    path = Path(path)
    if path.suffix.lower() not in ENDINGS:
        raise ExportError(f"cannot export to {path.name!r}: the name must end in {', '.join(ENDINGS)}")
    if not tables:
        raise ExportError("there is no table to export")
    match path.suffix.lower():
        case ".xlsx":
            _workbook(tables, path)
        case ".json":
            whole = {name: records(table) for name, table in tables.items()}
            path.write_text(json.dumps(whole, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        case ending:
            return list(_files(tables, path, ending))
    return [path]


def csv_text(table: "pd.DataFrame", *, decimals: int | None = None) -> str:
    """A table as comma-separated values with a header, safe to open in a spreadsheet; fractions with ``decimals``.

    Texts and column names that begin like a formula get an apostrophe in front; numbers stay as they are.
    """
    texts = table.select_dtypes(exclude=["number", "bool", "datetime", "datetimetz", "timedelta"]).columns
    safe = table.assign(**{name: table[name].astype(object).map(_disarm) for name in texts}).rename(columns=_disarm)
    fractions = None if decimals is None else f"%.{decimals}f"
    return safe.to_csv(index=False, float_format=fractions, lineterminator="\n")


def records(table: "pd.DataFrame") -> list[dict[str, Any]]:
    """A row a dict that JSON can hold: days as YYYY-MM-DD, None for what is missing."""
    columns = [[_plain(value) for value in table[name].astype(object)] for name in table.columns]
    return [dict(zip(map(str, table.columns), row, strict=True)) for row in zip(*columns, strict=True)]


def _disarm(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    # The csv module leaves a carriage return unquoted, and a spreadsheet begins a row after it.
    text = value.replace("\r\n", "\n").replace("\r", "\n")
    return f"'{text}" if text.startswith(FORMULA) else text


def _plain(value: Any) -> Any:
    """A cell as Python has it: a day as text, None for what is missing (JSON has no NaN and no infinity)."""
    import pandas as pd

    if hasattr(value, "item"):
        value = value.item()
    if value is None or value is pd.NA or value is pd.NaT or (isinstance(value, float) and not math.isfinite(value)):
        return None
    return value if isinstance(value, str | bool | int | float) else _day(value)


def _day(value: Any) -> str:
    """A date or moment as ISO text, without a time that is midnight; anything else as text."""
    return value.isoformat().removesuffix("T00:00:00") if isinstance(value, date) else str(value)


def _files(tables: "Mapping[str, pd.DataFrame]", path: Path, ending: str) -> Iterator[Path]:
    if len(tables) == 1:
        targets = [path]
    else:
        folder = path.with_suffix("")
        folder.mkdir(parents=True, exist_ok=True)
        targets = [folder / f"{_NO_FILE_NAME.sub('_', name)}{ending}" for name in tables]
    for target, table in zip(targets, tables.values(), strict=True):
        if ending == ".csv":
            target.write_text(csv_text(table), encoding="utf-8-sig", newline="")
        else:
            table.to_parquet(target, index=False)
        yield target


def _workbook(tables: "Mapping[str, pd.DataFrame]", path: Path) -> None:
    try:
        from openpyxl import Workbook
    except ModuleNotFoundError as missing:
        raise ExportError("writing .xlsx needs openpyxl: pip install 'tone[excel]'") from missing
    for name, table in tables.items():
        if len(table) >= SHEET_ROWS:
            raise ExportError(
                f"the table {name} has {len(table):,} rows, a sheet holds {SHEET_ROWS - 1:,}: "
                "export to .csv or .parquet, or filter"
            )
    with path.open("wb") as stream:  # before the work: openpyxl makes a mess of a path that it cannot write
        book = Workbook(write_only=True)
        for name, table in tables.items():
            _fill(book.create_sheet(_NO_FILE_NAME.sub("_", name)[:_SHEET_NAME]), table)
        book.save(stream)


def _fill(sheet: Any, table: "pd.DataFrame") -> None:
    """Write a table into an empty sheet: a frozen, bold header with filters, widths by what is in the columns."""
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    def cell(value: Any) -> Any:
        if isinstance(value, str):
            made = WriteOnlyCell(sheet, value)
            made.data_type = "s"  # openpyxl takes what begins with = for a formula
            if value.startswith(FORMULA):
                made.quotePrefix = True  # so that it stays text when somebody edits the cell
            return made
        if isinstance(value, float):
            made = WriteOnlyCell(sheet, value)
            made.number_format = "0.00"
            return made
        return value

    header = [cell(_excel(str(name))) for name in table.columns]
    for head in header:
        head.font = Font(bold=True)
    columns = [[_excel(value) for value in table[name].astype(object)] for name in table.columns]
    letters = [get_column_letter(number) for number in range(1, len(columns) + 1)]
    for letter, name, values in zip(letters, table.columns, columns, strict=True):
        sheet.column_dimensions[letter].width = _width([str(name), *values[:_SAMPLE]])
    sheet.freeze_panes = "A2"
    if letters:
        sheet.auto_filter.ref = f"A1:{letters[-1]}{len(table) + 1}"
    sheet.append(header)
    for row in zip(*columns, strict=True):
        sheet.append([cell(value) for value in row])


def _width(values: list[Any]) -> int:
    """The width of a column in characters; fractions show two decimals."""
    widest = max(4 if isinstance(value, float) else len(str(value)) for value in values)
    return min(max(widest + 2, _WIDTHS[0]), _WIDTHS[1])


def _excel(value: Any) -> Any:
    """A cell as a workbook can hold it; None for what is missing."""
    plain = _plain(value)
    if not isinstance(plain, str):
        return plain
    if isinstance(value, date):
        is_day = value.year >= _FIRST_YEAR and "T" not in plain
        return date(value.year, value.month, value.day) if is_day else plain
    text = _NO_CELL.sub("\N{REPLACEMENT CHARACTER}", plain)
    return text if len(text) <= CELL_CHARACTERS else text[: CELL_CHARACTERS - len(_CUT)] + _CUT

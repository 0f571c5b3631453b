"""Table cells as plain Python values, whatever columns a table has."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import pandas as pd

from tone.show import printable

Record = dict[str, Any]


def records(frame: pd.DataFrame, needed: Sequence[str], optional: Sequence[str] = ()) -> list[Record]:
    """The rows as dicts of these columns; nulls, and columns that are optional and not there, as None.

    Text has its control characters made visible, one for one. Raises ValueError where a needed column is missing.
    """
    missing = [name for name in needed if name not in frame.columns]
    if missing:
        raise ValueError(f"the table lacks the column{'s' if len(missing) > 1 else ''} {', '.join(missing)}")
    columns = {
        name: [_plain(value) for value in frame[name].tolist()] if name in frame.columns else [None] * len(frame)
        for name in (*needed, *optional)
    }
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def clean(text: str) -> str:
    """``text`` with what cannot be shown or written (control characters, lone surrogates) replaced, one for one."""
    return printable(text).encode("utf-8", "replace").decode("utf-8")


def line(value: object) -> str:
    """A name or title on one line, clean; empty for None."""
    return "" if value is None else " ".join(clean(str(value)).split())


def once(frame: pd.DataFrame) -> pd.DataFrame:
    """The rows that are of no copy of another article (`copy_of` is null, or there is no such column)."""
    return frame[frame["copy_of"].isna()] if "copy_of" in frame.columns else frame


def day(value: object) -> str | None:
    """A date as YYYY-MM-DD, None for None."""
    return None if value is None else value.isoformat()[:10] if isinstance(value, date) else str(value)[:10]


def long_span(first: str, last: str) -> str:
    """One or two days in words: ``2 May 2026``, ``2 May 2026 to 14 June 2026``."""
    days = [date.fromisoformat(text) for text in dict.fromkeys((first, last))]
    return " to ".join(f"{one.day} {one:%B %Y}" for one in days)


def signed(number: float) -> str:
    """A whole number with its sign, and a minus as wide as the plus: ``+60``, ``0``, ``−23``."""
    return f"{round(number):+d}".replace("-", "−").replace("+0", "0")


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return clean(value)
    return None if value is None or value is pd.NaT or value is pd.NA or value != value else value

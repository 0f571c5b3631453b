"""Days, and the periods that they fall into. A period is named by its first day."""

import re
from datetime import date
from typing import Final, Literal, get_args

import numpy as np
import numpy.typing as npt
import pandas as pd

Every = Literal["day", "week", "month"]
EVERY: Final[tuple[Every, ...]] = get_args(Every)
"""The lengths that a period can have. Weeks begin on Monday (ISO 8601)."""

Day = date | str
Stretch = str | tuple[Day | None, Day | None]
"""A stretch of time as a caller gives it, see `span`."""

Span = tuple[pd.Timestamp | None, pd.Timestamp | None]
"""First and last day, both included; None where it is open."""

_Dates = npt.NDArray[np.datetime64]
_NO_DAY: Final = "datetime64[s]"
_WRITTEN: Final = re.compile(r"\d{4}(?:-\d\d){0,2}")


def day(value: Day | None, name: str) -> pd.Timestamp | None:
    """A day given as a date or ``YYYY-MM-DD``; ``name`` is what an error calls it. Raises ValueError."""
    if value is None:
        return None
    try:
        return pd.Timestamp(value if isinstance(value, date) else date.fromisoformat(value)).normalize()
    except (ValueError, TypeError):
        raise ValueError(f"{name} must be a date as YYYY-MM-DD, not {value!r}") from None


def days(table: pd.DataFrame, column: str = "date") -> pd.Series:
    """A column as days; NaT everywhere where there is no such column. Raises ValueError."""
    if column not in table.columns:
        return pd.Series(pd.NaT, index=table.index, dtype=_NO_DAY)
    try:
        return pd.to_datetime(table[column], format="ISO8601").astype(_NO_DAY).dt.normalize()
    except (ValueError, TypeError):
        raise ValueError(f"the column {column} must hold dates without a time zone, or nulls") from None


def between(since: Day | None, until: Day | None) -> Span:
    """First and last day as given. Raises ValueError where they are no days, or the first is after the last."""
    first, last = day(since, "since"), day(until, "until")
    if first is not None and last is not None and first > last:
        raise ValueError(f"since ({first:%Y-%m-%d}) is after until ({last:%Y-%m-%d})")
    return first, last


def span(value: Stretch, name: str) -> Span:
    """A stretch of time: a pair (since, until), a year, month or day as ``2026``, ``2026-03``, ``2026-03-09``, or two
    of them with ``..`` between, either left out where it is open. Raises ValueError.
    """
    if not isinstance(value, str):
        try:
            since, until = value
        except (TypeError, ValueError):
            raise ValueError(f"{name} must be a pair of days (since, until), not {value!r}") from None
        return between(since, until)
    since, dots, until = (part.strip() for part in value.partition(".."))
    if not (since or until):
        raise ValueError(f"{name} must be like 2026-03 or 2026-01-15..2026-02-28, not {value!r}")
    first, last = _edges(since, name), _edges(until if dots else since, name)
    return between(first[0], last[1])


def starts(days: pd.Series, every: Every) -> pd.Series:
    """The first day of the period that each day is in; NaT stays NaT. Raises ValueError for an unknown ``every``."""
    return pd.Series(_floor(days.to_numpy().astype("datetime64[D]"), every), days.index).astype(_NO_DAY)


def all_starts(first: pd.Timestamp, last: pd.Timestamp, every: Every) -> pd.DatetimeIndex:
    """The first days of all periods from the one that begins on ``first`` to the one that begins on ``last``."""
    unit, step = ("M", 1) if every == "month" else ("D", 7 if every == "week" else 1)
    low, high = (moment.to_datetime64().astype(f"datetime64[{unit}]") for moment in (first, last))
    return pd.DatetimeIndex(np.arange(low, high + 1, step).astype(_NO_DAY))


def _floor(dates: _Dates, every: Every) -> _Dates:
    match every:
        case "day":
            floored = dates
        case "week":
            floored = dates - (dates.astype(int) + 3) % 7  # day 0, 1 January 1970, was a Thursday
        case "month":
            floored = dates.astype("datetime64[M]").astype("datetime64[D]")
        case _:
            raise ValueError(f"unknown period {every!r}; choose from {', '.join(EVERY)}")
    return floored


def _edges(text: str, name: str) -> tuple[date | None, date | None]:
    """First and last day of the year, month or day that ``text`` writes."""
    if not text:
        return None, None
    try:
        if not _WRITTEN.fullmatch(text):
            raise ValueError(text)
        start = np.datetime64(text)
        return start.astype("datetime64[D]").item(), ((start + 1).astype("datetime64[D]") - 1).item()
    except ValueError:
        raise ValueError(f"{name} must name days, months or years like 2026-03-09, not {text!r}") from None

"""Stretches of days, and the calendar that they are cut from.

A week runs from Monday to Sunday. Seasons are those of the northern hemisphere by whole months, winter from December to
February. A function raises ValueError or OverflowError where there is no such day (31 April, the year 10000).
"""

import datetime
from calendar import monthrange
from dataclasses import dataclass
from typing import Final, Literal

Unit = Literal["day", "week", "weekend", "month", "quarter", "season", "half", "year", "decade"]
Part = Literal["early", "mid", "late", "start", "end", "later"]

_DAY: Final = datetime.timedelta(1)
_MONTHS: Final = {"month": 1, "quarter": 3, "season": 3, "half": 6, "year": 12, "decade": 120}


@dataclass(frozen=True, slots=True)
class Period:
    """The days from ``start`` to ``end``, both inclusive. ``closing``: it is the end of something longer."""

    start: datetime.date
    end: datetime.date
    unit: Unit = "day"
    closing: bool = False


def day(date: datetime.date) -> Period:
    """One day."""
    return Period(date, date)


def days(date: datetime.date, count: int) -> datetime.date:
    """The day ``count`` days after ``date``, or before it."""
    return date + count * _DAY


def add_months(date: datetime.date, count: int) -> datetime.date:
    """The same day ``count`` months on; the last one of a month that is shorter."""
    year, month = divmod(date.year * 12 + date.month - 1 + count, 12)
    return datetime.date(year, month + 1, min(date.day, monthrange(year, month + 1)[1]))


def months(year: int, first: int, unit: Unit) -> Period:
    """The unit that begins with the month ``first`` of ``year``: a month, a quarter, a season, a half, a year …"""
    start = datetime.date(year, first, 1)
    return Period(start, add_months(start, _MONTHS[unit]) - _DAY, unit)


def week(date: datetime.date) -> Period:
    """The week of a day."""
    monday = date - date.weekday() * _DAY
    return Period(monday, monday + 6 * _DAY, "week")


def weekend(date: datetime.date) -> Period:
    """The Saturday and Sunday that end the week of a day."""
    sunday = week(date).end
    return Period(sunday - _DAY, sunday, "weekend")


def current(unit: Unit, date: datetime.date, offset: int = 0) -> Period:
    """The week, weekend, month, quarter, half, year or decade of a day, or that ``offset`` later.

    On a Sunday "this week" is the one that begins, with the Sunday itself: nothing else of it is to come.
    """
    if unit == "day":
        return day(days(date, offset))
    if unit in {"week", "weekend"}:
        if unit == "week" and offset == 0 and date.weekday() == 6:
            return Period(date, date + 7 * _DAY, "week")
        return (week if unit == "week" else weekend)(days(date, 7 * offset))
    if unit == "decade":
        return months(date.year // 10 * 10 + 10 * offset, 1, unit)
    length = _MONTHS[unit]
    start = add_months(datetime.date(date.year, (date.month - 1) // length * length + 1, 1), length * offset)
    return months(start.year, start.month, unit)


def part(whole: Period, which: Part, today: datetime.date) -> Period:
    """A part of a period.

    ``early``, ``mid`` and ``late`` are thirds: of a month its days 1-10, 11-20 and from 21; of a year four months each;
    of a quarter or a season its months; of a week Monday and Tuesday, Wednesday, and Thursday to Sunday. ``start`` and
    ``end`` are the first and last seven days of a month, month of a quarter, a season or a year, year of a decade; of a
    week Monday and Tuesday, and Friday to Sunday. ``later`` is what follows on today.
    """
    if whole.unit in {"day", "weekend"}:
        return whole
    if which == "later":
        return Period(min(max(whole.start, today + _DAY), whole.end), whole.end, whole.unit)
    if whole.unit == "week":
        monday = whole.end - 6 * _DAY
        first, last = {"early": (0, 1), "mid": (2, 2), "late": (3, 6), "start": (0, 1), "end": (4, 6)}[which]
        return Period(monday + first * _DAY, monday + last * _DAY, "day", which == "end")
    start, end = whole.start, whole.end
    if whole.unit == "month":
        tenth, twentieth = start + 9 * _DAY, start + 19 * _DAY
        thirds = {"early": (start, tenth), "mid": (tenth + _DAY, twentieth), "late": (twentieth + _DAY, end)}
        edges = {"start": (start, start + 6 * _DAY), "end": (end - 6 * _DAY, end)}
    else:
        length = _MONTHS[whole.unit]
        third, edge = length // 3, 12 if whole.unit == "decade" else 1
        cuts = [add_months(start, third), add_months(start, length - third)]
        thirds = {"early": (start, cuts[0] - _DAY), "mid": (cuts[0], cuts[1] - _DAY), "late": (cuts[1], end)}
        edges = {
            "start": (start, add_months(start, edge) - _DAY),
            "end": (add_months(start, length - edge), end),
        }
    first_day, last_day = (thirds | edges)[which]
    return Period(first_day, last_day, "day", which == "end")


def half(whole: Period, which: int) -> Period:
    """The first (1) or second half: of a month from its 16th, of a longer period by months, of a week from Thursday."""
    if whole.unit == "month":
        second = whole.start + 15 * _DAY
    elif whole.unit == "year":
        second = add_months(whole.start, 6)
    else:
        second = whole.start + ((whole.end - whole.start).days + 1) // 2 * _DAY
    return Period(whole.start, second - _DAY) if which == 1 else Period(second, whole.end)


def quarter(whole: Period, which: int) -> Period:
    """A quarter, 1 to 4, of a year."""
    return months(whole.start.year, 3 * which - 2, "quarter")


def nth_week(whole: Period, nth: int) -> Period:
    """The first, second … seven days of a month; for -1 its last seven."""
    start = whole.end - 6 * _DAY if nth < 0 else whole.start + 7 * (nth - 1) * _DAY
    return Period(start, min(start + 6 * _DAY, whole.end), "week")


def nth_weekday(whole: Period, weekday: int, nth: int) -> Period:
    """The first, second … Monday of a month; for -1 its last."""
    if nth < 0:
        return day(whole.end - (whole.end.weekday() - weekday) % 7 * _DAY)
    found = whole.start + ((weekday - whole.start.weekday()) % 7 + 7 * (nth - 1)) * _DAY
    if found > whole.end:
        raise ValueError(f"no weekday number {nth} in {whole}")
    return day(found)

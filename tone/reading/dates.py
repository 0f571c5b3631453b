"""Dates as files hold them → ``date``, or None: a date in doubt is no date."""

import re
from datetime import date, datetime
from typing import Final

MONTHS: Final = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)

_ISO_START: Final = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?!\d)")
_WEEKDAY: Final = re.compile(r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+", re.IGNORECASE)
_DAY_FIRST: Final = re.compile(r"(?P<day>\d{1,2})(?:st|nd|rd|th)?\s+(?P<month>[A-Za-z]{3,9})\.?,?\s+(?P<year>\d{4})\b")
_MONTH_FIRST: Final = re.compile(
    r"(?P<month>[A-Za-z]{3,9})\.?\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<year>\d{4})\b"
)


def parse_date(value: object) -> date | None:
    """The day of a date, a datetime or a string.

    Strings: ISO dates and datetimes, "19 April 2025", "April 19, 2025", with short months, a weekday before or a time
    after. Others, such as 03/04/2025, which may mean two days, give None.
    """
    if value != value:  # NaT, which is a datetime too
        return None
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    return _parse(value.strip()) if isinstance(value, str) else None


def leading_date(name: str) -> date | None:
    """The date that a file name begins with, as YYYY-MM-DD."""
    found = _ISO_START.match(name)
    return _day(*found.groups()) if found else None


def _parse(text: str) -> date | None:
    if found := _ISO_START.match(text):
        return _day(*found.groups())
    text = _WEEKDAY.sub("", text, count=1) if _WEEKDAY.match(text) else text
    if found := _DAY_FIRST.match(text) or _MONTH_FIRST.match(text):
        return _day(found["year"], _month(found["month"]), found["day"])
    try:
        return datetime.fromisoformat(text).date()  # 20250419, 2025-W16-6
    except ValueError:
        return None


def _month(name: str) -> int:
    """The number of a month that has been spelt out or cut short, 0 for another word."""
    lower = name.lower()
    return next((number for number, month in enumerate(MONTHS, start=1) if month.startswith(lower)), 0)


def _day(year: str, month: str | int, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:  # such as 31 April
        return None

"""Weeks, months, years and seasons seen from today: "next week", "this summer", "the coming year", "next June"."""

import datetime
from typing import Final, cast

from tone.when.dates import Read, month, month_name
from tone.when.expressions import Expression, once
from tone.when.numbers import ends_there, year_after, year_number
from tone.when.periods import Period, Unit, add_months, current, day, days, months, week, weekend
from tone.when.tokens import Tokens
from tone.when.words import DAY_PARTS, DETERMINERS, SEASON_STARTS, SEASONAL, SEASONS, UNITS, WEEKDAYS

_COMING: Final = 1
_PAST: Final = -1


def determined(t: Tokens, i: int, today: datetime.date) -> Read | None:
    """ "This week", "next month", "the coming year", "last summer", "this coming Friday", "next June"."""
    offset = DETERMINERS.get(t.words[i])
    j = i + 1
    if offset is None:
        return None
    coming = t.words[i] in {"coming", "upcoming"}
    if offset == 0 and t.words[j] in {"coming", "upcoming"}:
        offset, coming, j = _COMING, True, j + 1
    word = t.words[j]
    if word in DAY_PARTS and t.words[i] == "this":
        return once(day(today)), j + 1
    if word in WEEKDAYS:
        return _weekday(WEEKDAYS[word], t.words[i], coming, today), j + 1
    if word in UNITS:
        unit = _unit(UNITS[word], offset, coming, t.words[i], today)
        return (once(unit), j + 1) if unit else None
    if word in SEASONS:
        return _of_season(SEASONS[word], offset, coming, today), j + 1
    named = month_name(t, j)
    if named and offset >= 0:
        number = named[0]
        if offset == _COMING and not coming:
            return once(months(today.year + 1, number, "month")), named[1]
        return Expression(lambda k: months(today.year + k, number, "month"), "year"), named[1]
    return (once(months(today.year - 1, named[0], "month")), named[1]) if named else None


def _weekday(number: int, word: str, coming: bool, today: datetime.date) -> Expression:
    """ "This Friday" may be today, "this coming Friday" not; "next Friday" is that of the next calendar week."""
    first = days(today, (number - today.weekday()) % 7)
    if coming or word == "following":
        return once(day(days(today, 7) if first == today else first))
    if word in {"this", "current"}:
        return Expression(lambda k: day(days(first, 7 * k)), "week")
    if word == "next":
        return once(day(days(week(days(today, 7)).start, number)))
    return once(day(days(first, -7)))


def _unit(name: str, offset: int, coming: bool, word: str, today: datetime.date) -> Period | None:
    if name == "fortnight":
        return Period(days(today, 1), days(today, 14)) if offset == _COMING else None
    if name in {"day", "hour"}:
        return None
    unit = cast(Unit, name)
    if coming and unit == "weekend":
        return weekend(days(today, 2))
    if coming and unit in {"week", "month", "year"}:
        end = days(today, 7) if unit == "week" else add_months(today, 1 if unit == "month" else 12)
        return Period(days(today, 1), end, unit)
    return current(unit, today, offset) if not (offset == 0 and word == "the" and unit == "weekend") else None


def _of_season(first: int, offset: int, coming: bool, today: datetime.date) -> Expression:
    """ "This summer" is the one that lasts or comes next, "next summer" that of the next calendar year.

    Winter counts to the year in which it begins: in the first half of a year "next winter" begins in that year.
    """
    if offset == _COMING and not coming:
        year = today.year if first == 12 and today.month <= 6 else today.year + 1
        return once(months(year, first, "season"))
    if offset == _PAST:
        return once(months(today.year - (2 if first == 12 and today.month < 3 else 1), first, "season"))
    return Expression(lambda k: months(today.year + k, first, "season"), "year")


def season(t: Tokens, i: int, today: datetime.date, inside: bool = False) -> Read | None:
    """ "Spring 2027", "the fall of 2026", "by summer"; without a year only after a preposition or ``inside`` a part."""
    first = SEASONS.get(t.words[i])
    if first is None:
        return None
    if year := year_after(t, i + 1, today):
        return once(months(year[0], first, "season")), year[1]
    before = t.words[i - 1] if i else ""
    bare = before != "the"
    if not bare:
        before = t.words[i - 2] if i > 1 else ""
    after = t.words[i + 1]
    allowed = inside or (before in SEASON_STARTS and (not bare or t.words[i] != "fall"))
    if not allowed or after in {"of", "in", "and", "'s", "-"}:
        return None
    if not inside and not ends_there(t, i + 1) and after not in SEASONAL:  # "the autumn statement"
        return None
    return Expression(lambda k: months(today.year + k, first, "season"), "year"), i + 1


def whole(t: Tokens, i: int, today: datetime.date) -> Read | None:
    """What something may be a part of: "the month", "next year", "June 2026", "summer", "2027", "the 2030s"."""
    j = i + 1 if t.words[i] == "the" else i
    word = t.words[j]
    if j > i and word in {"week", "weekend", "month", "year", "decade"}:
        return once(current(cast(Unit, word), today)), j + 1
    if word == "today" or (word == "day" and j > i):
        return once(day(today)), j + 1
    if (number := year_number(word)) is not None:
        return once(months(number, 1, "year")), j + 1
    if word[-1:] == "s" and (decade := year_number(word[:-1])) and decade % 10 == 0:
        return once(months(decade, 1, "decade")), j + 1
    return determined(t, j, today) or month(t, j, today) or season(t, j, today, inside=True)

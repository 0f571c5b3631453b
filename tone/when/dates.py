"""Days, months and years of the calendar: "14 May", "May 14-16, 2026", "2026-05-14", "the 21st", "Easter"."""

import datetime
from typing import Final

from tone.when.expressions import Expression, once
from tone.when.holidays import HOLIDAY_STARTS, HOLIDAYS
from tone.when.numbers import day_list, day_number, ends_there, is_ordinal, year_after, year_number
from tone.when.periods import Period, add_months, day, months
from tone.when.tokens import Tokens
from tone.when.words import (
    BEFORES,
    DOUBTFUL_MONTHS,
    EVENTS,
    MONTH_STARTS,
    MONTHS,
    ORDINAL_STARTS,
    OTHER_CALENDARS,
    PARTS,
    SET,
    SHORT_MONTHS,
    WEEKDAYS,
    YEAR_STARTS,
)

Read = tuple[Expression, int]  # and the token after it
_LONGEST_HOLIDAY: Final = max(map(len, HOLIDAYS))


def month_name(t: Tokens, i: int) -> tuple[int, int] | None:
    """A month, 1 to 12, and the token after it and the full stop of its short form."""
    word = t.words[i]
    if word in MONTHS and t.capital(i):
        return MONTHS[word], i + 1
    if word in SHORT_MONTHS and t.capital(i):
        return SHORT_MONTHS[word], i + 1 + (t.words[i + 1] == ".")
    return None


def month_first(t: Tokens, i: int, today: datetime.date) -> Read | None:
    """ "May", "May 2026", "May 14", "Dec. 14-16", "May 14, 2026"; without a day only where it cannot be a name."""
    return _days_of_month(t, i, today) or (month(t, i, today) if _is_month(t, i) else None)


def _days_of_month(t: Tokens, i: int, today: datetime.date) -> Read | None:
    named = month_name(t, i)
    if named is None:
        return None
    days = day_list(t, named[1] + (t.words[named[1]] == "the" and is_ordinal(t.words[named[1] + 1])))
    if days is None:
        return None
    first, last, j = days
    return _dated(named[0], first, last, j, year_after(t, j, today, comma=True), today)


def _dated(month: int, first: int, last: int, j: int, year: tuple[int, int] | None, today: datetime.date) -> Read:
    def at(number: int, base: int = year[0] if year else today.year) -> Period:
        return Period(datetime.date(base + number, month, first), datetime.date(base + number, month, last))

    if year:
        return once(at(0)), year[1]
    return Expression(at, "year"), j


def month(t: Tokens, i: int, today: datetime.date) -> Read | None:
    """A month without a day, whatever stands before it."""
    named = month_name(t, i)
    if named is None or day_number(t.words[named[1]]) is not None:
        return None
    number, j = named
    if year := year_after(t, j, today):
        return once(months(year[0], number, "month")), year[1]
    return Expression(lambda k: months(today.year + k, number, "month"), "year"), j


def _is_month(t: Tokens, i: int) -> bool:
    word, before, two_before = t.words[i], t.words[i - 1] if i else "", t.words[i - 2] if i > 1 else ""
    named = month_name(t, i)
    if named is None:
        return False
    after = t.words[named[1]]
    if year_number(after) or (after == "of" and year_number(t.words[named[1] + 1])):
        return True
    if word in SHORT_MONTHS and (t.words[i + 1] != "." or before not in MONTH_STARTS):
        return False
    if word not in DOUBTFUL_MONTHS:
        return True
    if after == "'s":
        return before in {"in", "since", "last", "next", "this"} or (word != "may" and t.words[named[1] + 1] in EVENTS)
    if before in {"a", "an", "the"}:
        return after not in {"on", ""} and after.isalpha() and not t.capital(named[1])
    if before in {"for", "to"}:
        return two_before in SET or two_before in MONTHS
    if before in {"and", "or", "-", "–"}:
        return two_before in MONTHS or two_before in PARTS
    if before == "of":
        return two_before in PARTS
    if word == "may" and before in {"by", "from", "after", "before", "between"}:
        return ends_there(t, named[1]) and after != ","
    return before in MONTH_STARTS


def day_first(t: Tokens, i: int, today: datetime.date) -> Read | None:
    """ "14 May", "14th of May 2026", "3 and 5 June", "the 21st", "the 15th of next month"."""
    days = day_list(t, i)
    if days is None:
        return None
    first, last, j = days
    named = month_name(t, j + (t.words[j] == "of"))
    if named:
        return _dated(named[0], first, last, named[1], year_after(t, named[1], today, comma=True), today)
    return _day_of_month(t, i, days, today) if is_ordinal(t.words[i]) else None


def _day_of_month(t: Tokens, i: int, days: tuple[int, int, int], today: datetime.date) -> Read | None:
    first, last, j = days
    before = t.words[i - 1] if i else ""
    if before == "the":
        before = t.words[i - 2] if i > 1 else ""
    if before not in ORDINAL_STARTS and before not in WEEKDAYS:
        return None

    def at(number: int) -> Period:
        base = add_months(today.replace(day=1), number)
        return Period(base.replace(day=first), base.replace(day=last))

    if t.words[j] == "of" and t.words[j + 2] == "month" and t.words[j + 1] in {"next", "this", "the"}:
        return once(at(1 if t.words[j + 1] == "next" else 0)), j + 3
    return (Expression(at, "month"), j) if ends_there(t, j) else None


def figures(t: Tokens, i: int, _: datetime.date) -> Read | None:
    """A date in figures: ISO, or day and month in an order that only one reading allows."""
    word = t.words[i]
    mark = next((mark for mark in "-/." if word.count(mark) == 2), None)
    parts = word.split(mark) if mark else []
    if not all(part.isdecimal() for part in parts) or not parts:
        return None
    if len(parts[0]) == 4:
        return once(day(datetime.date(*map(int, parts)))), i + 1
    one, two, year = map(int, parts)
    if one != two and one <= 12 and two <= 12:
        return None
    number, month_number = (one, two) if two <= 12 else (two, one)
    return once(day(datetime.date(year, month_number, number))), i + 1


def year(t: Tokens, i: int, _: datetime.date) -> Read | None:
    """A year after a preposition, or before an event."""
    number = year_number(t.words[i])
    if number is None or not i:
        return None
    before, after = t.words[i - 1], t.words[i + 1]
    whole = months(number, 1, "year")
    if before in {"the", "its", "their", "'s", "upcoming", "coming", "looming"} and after in EVENTS:
        return Expression(lambda _: whole, weak=True), i + 1
    counted = after.isalpha() and not ends_there(t, i + 1) and after.endswith("s")
    starts = before in YEAR_STARTS or (before == "for" and i > 1 and t.words[i - 2] in SET)
    return (once(whole), i + 1) if starts and not counted else None


def holiday(t: Tokens, i: int, today: datetime.date) -> Read | None:
    """A day with a name, with or without its year."""
    if t.words[i] not in HOLIDAY_STARTS or not t.capital(i) or (i and t.words[i - 1] in OTHER_CALENDARS):
        return None
    for length in range(_LONGEST_HOLIDAY, 0, -1):
        of_year = HOLIDAYS.get(tuple(t.words[i : i + length]))
        if of_year is not None:
            break
    else:
        return None
    j = i + length
    if year := year_after(t, j, today):
        return once(day(of_year(year[0]))), year[1]
    # "The Christmas market" opens at another time, "before the Christmas recess" says one.
    weak = not ends_there(t, j) and BEFORES.isdisjoint(t.words[max(0, i - 3) : i])
    return Expression(lambda number: day(of_year(today.year + number)), "year", weak=weak), j


def new_year(t: Tokens, i: int, today: datetime.date) -> Read | None:
    """ "The new year": January; as the end of a stretch of time its first day."""
    if t.words[i + 1] != "year" or not i or t.words[i + 2] == "'s":
        return None
    before = t.words[i - 1] if t.words[i - 1] != "the" or i < 2 else t.words[i - 2]
    if before in {"by", "until", "till", "before", "after"}:
        return once(day(datetime.date(today.year + 1, 1, 1))), i + 2
    if before in {"in", "into", "early", "for", "during", "of"}:
        return once(months(today.year + 1, 1, "month")), i + 2
    return None

"""Lengths of time from now: "in two weeks", "within 48 hours", "in the coming days", "a week from Monday"."""

import datetime
from typing import Final

from tone.when.dates import Read
from tone.when.days import day_of
from tone.when.expressions import once, then
from tone.when.numbers import count
from tone.when.periods import Period, add_months, current, day, days
from tone.when.tokens import Tokens
from tone.when.verbs import FUTURE
from tone.when.words import ANCHORS, COUNT_FILLERS, PLURALS, RECORDS, UNITS

# How far "the coming days", "a few weeks" reach, in days; months and years by the calendar.
_VAGUE_DAYS: Final = {"hour": 1, "day": 7, "fortnight": 28, "week": 28}
_VAGUE_MONTHS: Final = {"month": 6, "year": 60}
_LENGTHS: Final = {"day": 1, "week": 7, "fortnight": 14}
_MONTHS: Final = {"month": 1, "year": 12}
_HALF_DAY: Final = 12
_RECORD_WINDOW: Final = 7


def _after(today: datetime.date, number: int, unit: str) -> datetime.date:
    if unit == "hour":
        return days(today, -(-number // 24))  # no hour is known: the day may have begun or be over
    return days(today, number * _LENGTHS[unit]) if unit in _LENGTHS else add_months(today, number * _MONTHS[unit])


def _vague(today: datetime.date, unit: str, inside: bool = False) -> Period:
    """From tomorrow on; from today on within days, and where it is a matter of hours."""
    end = days(today, _VAGUE_DAYS[unit]) if unit in _VAGUE_DAYS else add_months(today, _VAGUE_MONTHS[unit])
    return Period(today if inside or unit == "hour" else days(today, 1), end)


def _point(today: datetime.date, least: int, most: int, unit: str) -> Period:
    """ "In two weeks" is that day, "in two months" that month, "in two years" that year."""
    if unit == "hour":
        return Period(days(today, least // 24), _after(today, most, unit) if most >= _HALF_DAY else today)
    start, end = _after(today, least, unit), _after(today, most, unit)
    if unit == "month":
        return Period(current("month", start).start, current("month", end).end)
    if unit == "year":
        return Period(current("year", start).start, current("year", end).end)
    return Period(start, end)


def _counted(t: Tokens, i: int) -> tuple[int, int, str, int] | None:
    """ "Two weeks", "a few days", "one month": least, most, unit, and the token after it."""
    number = count(t, i)
    if number is None:
        return None
    least, most, j = number
    j += t.words[j] in {"more", "short", "working", "business", "calendar", "full"}
    unit = PLURALS.get(t.words[j]) or (UNITS.get(t.words[j]) if most == 1 else None)
    return (least, most, unit, j + 1) if unit in _VAGUE_DAYS or unit in _VAGUE_MONTHS else None


def _since_when(t: Tokens, i: int) -> bool:
    """ "The first visit in two years", but "the first visit will be in two years"."""
    for word in reversed(t.words[max(0, i - _RECORD_WINDOW) : i]):
        if word in FUTURE or word == "to":
            return False
        if word in RECORDS:
            return True
    return False


def from_now(t: Tokens, i: int, today: datetime.date) -> Read | None:
    """ "In two weeks", "within 48 hours", "in a few days", "within days", "in a year's time", "within the week"."""
    inside = t.words[i] in {"within", "inside"}
    if not inside and _since_when(t, i):
        return None
    j = i + 1
    if inside and t.words[j] == "the" and t.words[j + 1] in {"hour", "day", "week", "fortnight", "month", "year"}:
        return once(Period(today, _after(today, 1, UNITS[t.words[j + 1]]))), j + 2
    while t.words[j] in COUNT_FILLERS:
        j += 1
    if t.words[j : j + 3] == ["a", "matter", "of"]:
        j += 3
    bare = PLURALS.get(t.words[j])
    if bare is not None:
        if t.words[j - 1] == "the":
            return None
        end = j + 1
        period = _vague(today, bare, inside)
    else:
        counted = _counted(t, j)
        if counted is None:
            return None
        least, most, unit, end = counted
        if not most:
            period = _vague(today, unit, inside)
        else:
            period = Period(today, _after(today, most, unit)) if inside else _point(today, least, most, unit)
    if t.words[end] in {"'s", "'", "’"} and t.words[end + 1] == "time":
        end += 2
    elif t.words[end] == "time":
        end += 1
    elif t.words[end] == "from" and t.words[end + 1] in {"now", "today"}:
        end += 2
    if t.words[end] in ANCHORS:
        return None
    return once(period, loose=True), end


def coming(t: Tokens, i: int, today: datetime.date) -> Read | None:
    """ "The coming days", "the next two weeks", "the next few months"."""
    if t.words[i] not in {"coming", "next", "following"}:
        return None
    unit = PLURALS.get(t.words[i + 1])
    if unit is not None:
        return once(_vague(today, unit)), i + 2
    counted = _counted(t, i + 1)
    if counted is None:
        return None
    _, most, unit, end = counted
    if not most:
        return once(_vague(today, unit)), end
    return once(Period(today if unit == "hour" else days(today, 1), _after(today, most, unit))), end


def on_from(t: Tokens, i: int, today: datetime.date) -> Read | None:
    """ "A week from Monday", "two weeks from now", "a fortnight today", "two days after Christmas"."""
    bare = PLURALS.get(t.words[i])
    if bare is not None:
        if t.words[i + 1] == "ahead" or t.words[i + 1 : i + 3] == ["to", "come"]:
            end = i + 2 + (t.words[i + 1] == "to")
            return (once(_vague(today, bare)), end) if t.words[end] not in ANCHORS else None
        return (once(_vague(today, bare)), i + 3) if t.words[i + 1 : i + 3] == ["from", "now"] else None
    counted = _counted(t, i)
    if counted is None or (t.words[i] in {"a", "an"} and i > 1 and t.words[i - 2].isdecimal()):  # "20 houses a week"
        return None
    least, most, unit, j = counted
    link = t.words[j]
    if link in {"'s", "'"} and t.words[j + 1] == "time":
        return once(_point(today, least, most, unit)), j + 2
    if link == "hence" or (link == "from" and t.words[j + 1] in {"now", "today"}):
        period = _point(today, least, most, unit) if most else _vague(today, unit)
        return once(period), j + (1 if link == "hence" else 2)
    if unit not in _LENGTHS or not most:
        return None
    if link in {"today", "tomorrow"}:
        return once(day(_after(days(today, link == "tomorrow"), most, unit))), j + 1
    if link not in {"from", "on", "after", "before"}:
        return None
    read = day_of(t, j + 1, today)
    if read is None or t.words[read[1]] == "'s":
        return None
    length = most * _LENGTHS[unit]
    if link == "from" and i and t.words[i - 1] == "for":  # "for a week from 2 June"
        return then(read[0], lambda period: Period(period.start, days(period.start, length - 1))), read[1]
    sign = -1 if link == "before" else 1
    return then(read[0], lambda period: day(days(period.start, sign * length))), read[1]

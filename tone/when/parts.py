"""Parts of weeks, months and years: "early June", "the end of the month", "the first half of 2027"."""

import datetime
from collections.abc import Callable
from typing import cast

from tone.when.dates import Read
from tone.when.expressions import Expression, occurrence, once, then
from tone.when.numbers import year_after
from tone.when.periods import (
    Part,
    Period,
    Unit,
    current,
    day,
    days,
    half,
    months,
    nth_week,
    nth_weekday,
    part,
    quarter,
)
from tone.when.tokens import Tokens
from tone.when.units import whole
from tone.when.words import ORDINALS, PARTS, QUARTERS, WEEKDAYS


def partial(t: Tokens, i: int, today: datetime.date) -> Read | None:
    """ "Early June", "late next week", "mid-July", "the end of March", "later this month", "early in the year"."""
    word = t.words[i]
    which = PARTS.get(word)
    if which is None:
        return None
    j = i + 1
    edge = word not in {"early", "mid", "late", "later", "earlier"}
    if t.words[j] == "of" or (t.words[j] in {"-", "–"} and word != "close") or (t.words[j] == "in" and not edge):
        j += 1
    elif edge:
        return None
    read = whole(t, j, today) or numbered(t, j + (t.words[j] == "the"), today)
    if read is None:
        return None
    if word == "earlier":
        return once(day(days(today, -1))), read[1]
    return then(read[0], lambda period: part(period, cast(Part, which), today)), read[1]


def ending(t: Tokens, i: int, today: datetime.date) -> Read | None:
    """ "Year-end", "month's end"."""
    if t.words[i] not in {"month", "year"} or t.words[i + 1] not in {"-", "'s"} or t.words[i + 2] != "end":
        return None
    return once(part(current(cast(Unit, t.words[i]), today), "end", today)), i + 3


def numbered(t: Tokens, i: int, today: datetime.date) -> Read | None:
    """ "The first quarter of next year", "Q1", "second half of June", "last week of May", "first Monday in June"."""
    if t.words[i] in QUARTERS:
        return _quarter(t, i + 1, QUARTERS[t.words[i]], today)
    nth, j = ORDINALS.get(t.words[i]), i + 1
    if nth is None:
        return None
    j += t.words[j] in {"few", "couple"}
    word = t.words[j]
    if word == "quarter" and nth > 0:
        return _quarter(t, j + 1, nth, today)
    if word in {"half", "part"} and (year := year_after(t, j + 1, today)):
        return once(half(months(year[0], 1, "year"), nth)), year[1]
    if word == "of":  # "the first of June"
        return _of(t, j + 1, {"month"}, lambda period: day(period.start), today) if nth == 1 else None
    if t.words[j + 1] not in {"of", "in"}:
        return None
    if word in {"half", "part"} and nth in {1, 2}:
        return _of(t, j + 2, {"week", "month", "quarter", "year", "decade"}, lambda period: half(period, nth), today)
    if word in WEEKDAYS:
        weekday = WEEKDAYS[word]
        return _of(t, j + 2, {"month"}, lambda period: nth_weekday(period, weekday, nth), today)
    if word == "week":
        return _of(t, j + 2, {"month"}, lambda period: nth_week(period, nth), today)
    if word in {"days", "weeks", "months"}:
        edge: Part = "start" if nth > 0 else "end"
        if word != "days":
            edge = "early" if nth > 0 else "late"
        return _of(t, j + 2, {"month", "year"}, lambda period: part(period, edge, today), today)
    if word == "day" and nth in {1, -1}:
        return _of(t, j + 2, {"month"}, lambda period: day(period.start if nth > 0 else period.end), today)
    return None


def _of(t: Tokens, i: int, units: set[str], change: Callable[[Period], Period], today: datetime.date) -> Read | None:
    read = whole(t, i, today)
    if read is None:
        return None
    period = occurrence(read[0], 0)
    return (then(read[0], change), read[1]) if period is not None and period.unit in units else None


def _quarter(t: Tokens, i: int, nth: int, today: datetime.date) -> Read | None:
    """A quarter whose year may follow; else that of the current year or the next."""
    if year := year_after(t, i, today):
        return once(quarter(months(year[0], 1, "year"), nth)), year[1]
    if t.words[i] == "of" and (of := _of(t, i + 1, {"year"}, lambda period: quarter(period, nth), today)):
        return of
    if t.words[i] == "of":
        return None
    return Expression(lambda number: quarter(months(today.year + number, 1, "year"), nth), "year"), i

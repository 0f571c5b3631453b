"""What an expression of time means before the tense has spoken: one period, or one that comes round again.

"14 May" is a day of every year, "Friday" one of every week. Which of them is meant is decided last, when everything
around it ("early", "between", "of next year") has been read: an expression is a function from a number to a period, and
what is read around it changes that function.
"""

import datetime
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final, Literal

from tone.when.periods import Period

At = Callable[[int], Period]
Cycle = Literal["once", "week", "month", "year"]
_YEARS_APART: Final = 8  # between two leap days, at most


@dataclass(frozen=True, slots=True)
class Expression:
    """``at(0)`` is the period in this year or month, or the first such weekday from today on; ``at(1)`` the next one.

    ``at`` raises ValueError where there is none (29 February 2025). ``loose``: beside a verb in the past it is a length
    of time and no date ("it fell in two weeks"). ``weak``: it names something ("the 2026 election", "the Christmas
    market").
    """

    at: At
    cycle: Cycle = "once"
    loose: bool = False
    weak: bool = False


def once(period: Period, loose: bool = False) -> Expression:
    """An expression that means one period only."""
    return Expression(lambda _: period, loose=loose)


def then(expression: Expression, change: Callable[[Period], Period]) -> Expression:
    """The expression with ``change`` made to its period, whichever it will be."""
    at = expression.at
    return replace(expression, at=lambda number: change(at(number)))


def occurrence(expression: Expression, number: int) -> Period | None:
    """``expression.at(number)``, None where there is none."""
    try:
        return expression.at(number)
    except (ValueError, OverflowError):
        return None


def _numbers(expression: Expression) -> range:
    if expression.cycle == "once":
        return range(1)
    return range(0 if expression.cycle == "week" else -1, _YEARS_APART + 1)


def ahead(expression: Expression, today: datetime.date) -> tuple[int, Period] | None:
    """The first period that has not ended before ``today``, with its number; None where it has gone by."""
    for number in _numbers(expression):
        period = occurrence(expression, number)
        if period is not None and period.end >= today:
            return number, period
    return None


def between(first: Expression, last: Expression) -> Expression:
    """From the start of ``first`` to the end of ``last``: "from 30 May to 2 June", "Monday to Thursday"."""

    def following(start: Period, number: int) -> Period:
        for later in range(number, number + 3) if last.cycle != "once" else (0,):
            end = occurrence(last, later)
            if end is not None and end.end >= start.start:
                return Period(start.start, end.end)
        raise ValueError(f"nothing follows on {start}")

    def leading() -> Period:
        """The last one before an end that is fixed: "between 3 March and 5 May 2027"."""
        end = last.at(0)
        years = end.start.year - first.at(0).start.year
        for number in range(years + 1, years - 2, -1):
            start = occurrence(first, number)
            if start is not None and start.start <= end.end:
                return Period(start.start, end.end)
        raise ValueError(f"nothing comes before {end}")

    if first.cycle == "year" and last.cycle == "once":
        return Expression(lambda _: leading())
    if first.cycle == "once" and last.cycle != "once":
        return Expression(lambda _: following(first.at(0), -1 if last.cycle != "week" else 0))
    return Expression(lambda number: following(first.at(number), number), first.cycle)


def within(inner: Expression, outer: Expression) -> Expression | None:
    """The one of ``inner`` that lies in ``outer``: "Friday" of "next week"; None where there is none."""
    whole = occurrence(outer, 0)
    if outer.cycle != "once" or whole is None:
        return None
    for number in range(-1, 9):
        period = occurrence(inner, number)
        if period is not None and whole.start <= period.start and period.end <= whole.end:
            return once(period)
    return None

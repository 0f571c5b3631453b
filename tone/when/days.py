"""Days of the week and days near: "Friday", "Tuesday next week", "Monday week", "tomorrow", "the week of May 12"."""

import datetime
from typing import Final, cast

from tone.when.dates import Read, day_first, figures, holiday, month_first
from tone.when.expressions import Expression, ahead, once, then
from tone.when.numbers import is_ordinal
from tone.when.periods import Period, Unit, current, day, days, week, weekend
from tone.when.tokens import Tokens
from tone.when.words import AFTER_WEEKDAY, BEFORE_WEEKDAY, DAY_PARTS, SHORT_WEEKDAYS, WEEKDAYS

_NEAR: Final = {"today": 0, "tonight": 0, "tomorrow": 1, "yesterday": -1}


def weekday(t: Tokens, i: int, today: datetime.date) -> Read | None:
    """A day of the week; with its date the date: "Friday, May 23", "Friday the 23rd"."""
    word = t.words[i]
    number, j = WEEKDAYS.get(word), i + 1
    if number is None:
        number = SHORT_WEEKDAYS.get(word)
        if number is None or t.words[j] != "." or not t.capital(i) or (i and t.words[i - 1] == "the"):
            return None
        j += 1
    if i and t.words[i - 1] in BEFORE_WEEKDAY:
        return None
    if t.words[j] in AFTER_WEEKDAY and t.capital(j):
        return None
    k = j + (t.words[j] in {",", "("})
    k += t.words[k] == "the" and is_ordinal(t.words[k + 1])
    dated = month_first(t, k, today) or day_first(t, k, today) or figures(t, k, today)
    if dated and _is_day(dated[0], today):
        return dated
    expression = _weekly(number, today)
    if t.words[j] == "week" and t.words[j + 1] not in {"of", "'s"}:
        return then(expression, lambda period: day(days(period.start, 7))), j + 1
    return expression, j + (t.words[j] in DAY_PARTS)


def _weekly(number: int, today: datetime.date) -> Expression:
    first = days(today, (number - today.weekday()) % 7)
    return Expression(lambda k: day(days(first, 7 * k)), "week")


def _is_day(expression: Expression, today: datetime.date) -> bool:
    found = ahead(expression, today)
    return found is None or found[1].unit == "day"


def near(t: Tokens, i: int, today: datetime.date) -> Read | None:
    """ "Today", "tomorrow night", "the day after tomorrow", "overnight"."""
    word = t.words[i]
    if word in _NEAR:
        return once(day(days(today, _NEAR[word]))), i + 1 + (t.words[i + 1] in DAY_PARTS)
    if word == "overnight":
        return once(Period(today, days(today, 1))), i + 1
    if word == "day" and t.words[i + 1] in {"after", "before"}:
        step = 1 if t.words[i + 1] == "after" else -1
        read = day_of(t, i + 2 + (t.words[i + 2] == "the"), today)
        if read is None or t.words[read[1]] == "'s":
            return None
        return then(read[0], lambda period: day(days(period.start, step))), read[1]
    return None


def day_of(t: Tokens, i: int, today: datetime.date) -> Read | None:
    """An expression for one day or a few, such as others may be counted from."""
    word = t.words[i]
    read = near(t, i, today) if word in _NEAR else None
    read = read or weekday(t, i, today) or month_first(t, i, today) or day_first(t, i, today)
    read = read or figures(t, i, today) or holiday(t, i, today)
    return read if read and _is_day(read[0], today) else None


def week_of(t: Tokens, i: int, today: datetime.date) -> Read | None:
    """ "The week of May 12", "the week beginning Monday", "the weekend of 17 May", "the week after next"."""
    word, after = t.words[i], t.words[i + 1]
    if after == "after" and t.words[i + 2] == "next" and word in {"week", "month", "year"}:
        return once(current(cast(Unit, word), today, 2)), i + 3
    if word == "weekend" and i and t.words[i - 1] == "the" and after not in {"of", "'s"}:
        return Expression(lambda k: weekend(days(today, 7 * k)), "week"), i + 1
    if word not in {"week", "weekend"} or after not in {"of", "beginning", "commencing", "starting", "ending"}:
        return None
    j = i + 2
    while t.words[j] in {"the", "on"}:
        j += 1
    read = day_of(t, j, today)
    if read is None:
        return None
    expression, end = read
    if word == "weekend":
        return then(expression, lambda period: weekend(period.start)), end
    if after == "of":
        return then(expression, lambda period: week(period.start)), end
    if after == "ending":
        return then(expression, lambda period: Period(days(period.start, -6), period.start, "week")), end
    return then(expression, lambda period: Period(period.start, days(period.start, 6), "week")), end

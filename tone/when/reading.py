"""The expressions of time in a sentence, in reading order, each as long as it can be read."""

import datetime
from collections.abc import Callable, Iterable
from typing import Final, NamedTuple, cast

from tone.when import words
from tone.when.dates import Read, day_first, figures, holiday, month_first, new_year, year
from tone.when.days import near, week_of, weekday
from tone.when.durations import coming, from_now, on_from
from tone.when.expressions import Expression, ahead, between, once, within
from tone.when.holidays import HOLIDAY_STARTS
from tone.when.parts import ending, numbered, partial
from tone.when.periods import Part, Unit, current, part
from tone.when.tokens import Tokens
from tone.when.units import determined, season
from tone.when.verbs import MOVES

Rule = Callable[[Tokens, int, datetime.date], Read | None]

# The rules that may read on from a word, in the order in which they are tried.
_STARTS: Final[tuple[tuple[Rule, Iterable[str]], ...]] = (
    (holiday, HOLIDAY_STARTS),
    (partial, words.PARTS),
    (numbered, [*words.ORDINALS, *words.QUARTERS]),
    (coming, ["coming", "next", "following"]),
    (new_year, ["new"]),
    (determined, words.DETERMINERS),
    (from_now, ["in", "within", "inside"]),
    (near, ["today", "tonight", "tomorrow", "yesterday", "overnight", "day"]),
    (week_of, ["week", "weekend", "month", "year"]),
    (ending, ["month", "year"]),
    (on_from, [*words.NUMBERS, *words.PLURALS, "few", "several", "couple"]),
    (weekday, [*words.WEEKDAYS, *words.SHORT_WEEKDAYS]),
    (month_first, [*words.MONTHS, *words.SHORT_MONTHS]),
    (season, words.SEASONS),
)
_RULES: Final[dict[str, tuple[Rule, ...]]] = {
    word: tuple(rule for rule, starts in _STARTS if word in set(starts)) for _, starts in _STARTS for word in starts
}
_FIGURES: Final[tuple[Rule, ...]] = (figures, day_first, on_from, year)
_WIDTHS: Final[dict[Unit, int]] = {
    "day": 0, "weekend": 1, "week": 2, "month": 3, "quarter": 4, "season": 4, "half": 5, "year": 6, "decade": 7,
}  # fmt: skip
_DATELINE: Final = 8  # tokens of a place and an agency
_MOVED: Final = 25  # tokens between "postponed" and its date, at most
_LISTED: Final = 4  # joins in a list such as "Monday, Tuesday and Thursday"
_LISTS: Final = frozenset({"and", "or", ","})


class Found(NamedTuple):
    """An expression in the tokens ``first`` to ``end`` (exclusive)."""

    first: int
    end: int
    expression: Expression


def expressions(t: Tokens, today: datetime.date) -> list[Found]:
    """All expressions of time, none within another. ``today`` is the day from which they are seen."""
    found: list[Found] = []
    i, count = 0, len(t.raw)
    while i < count:
        one = _read(t, i, today)
        if one is None:
            i += 1
            continue
        one = _nested(t, one, today)
        for _ in range(_LISTED):
            one = _joined(t, one, today) or one
        i = one.end
        if not _dateline(t, one):
            found.append(one)
    return found


def _dateline(t: Tokens, one: Found) -> bool:
    """ "LORNE, Nov 4 - Pilots will strike": the day of the article."""
    place = one.first and all(t.raw[i].isupper() or not t.raw[i].isalnum() for i in range(one.first))
    return bool(place) and one.first <= _DATELINE and t.words[one.end] in {"-", "–", "—", "("}


def _read(t: Tokens, i: int, today: datetime.date) -> Found | None:
    word = t.words[i]
    for rule in _RULES.get(word) or (_FIGURES if "0" <= word[:1] <= "9" else ()):
        try:
            read = rule(t, i, today)
        except (ValueError, OverflowError):  # 31 April, the year 10000
            continue
        if read is not None:
            return Found(i, read[1], read[0])
    return None


def _nested(t: Tokens, one: Found, today: datetime.date) -> Found:
    """ "Tuesday of next week", "next week, on Tuesday", "the 15th of next month": the narrower within the wider."""
    j = one.end
    while t.words[j] in {"of", "in", ",", "on", "the"} and j < one.end + 3:
        j += 1
    other = _read(t, j, today)
    if other is None:
        return one
    inner, outer = _by_width(one, other, today)
    narrowed = within(inner.expression, outer.expression) if inner.expression.cycle != "once" else None
    return Found(one.first, other.end, narrowed) if narrowed else one


def _by_width(one: Found, other: Found, today: datetime.date) -> tuple[Found, Found]:
    return (one, other) if _width(one, today) <= _width(other, today) else (other, one)


def _width(found: Found, today: datetime.date) -> int:
    period = ahead(found.expression, today)
    return _WIDTHS[period[1].unit] if period else 0


def _joined(t: Tokens, one: Found, today: datetime.date) -> Found | None:
    """ "Monday to Thursday", "between May and October", "Saturday and Sunday", "this week or next"."""
    link, j = t.words[one.end], one.end + 1
    if link not in words.RANGES and link not in _LISTS:
        return None
    opened = _opening(t, one.first)
    if link in {"to", "until", "till"} and moving(t, one.first):
        return None
    if opened or link == "or":
        while t.words[j] in words.RANGE_FILLERS or (t.words[j][:1].isdigit() and ":" in t.words[j]):
            j += 1
    other = _read(t, j, today)
    if other is None:
        return _or_next(t, one, j, today) if link == "or" else None
    if link in _LISTS and not (opened == "between" and link == "and"):
        same = one.expression.cycle == other.expression.cycle and _width(one, today) == _width(other, today)
        if not same or (link == "," and t.words[other.end] not in {"and", "or"}) or t.words[other.end] == "'s":
            return None
    return Found(one.first, other.end, between(one.expression, other.expression))


def _or_next(t: Tokens, one: Found, j: int, today: datetime.date) -> Found | None:
    """ "This month or next", "late this year or early next"."""
    which = words.PARTS.get(t.words[j])
    at = j + (which is not None)
    period = ahead(one.expression, today)
    if t.words[at] != "next" or period is None:
        return None
    units: tuple[Unit, ...] = ("week", "month", "quarter", "year")
    unit = next((unit for unit in units if unit in t.words[one.first : one.end]), None)
    if unit is None:
        return None
    following = current(unit, today, 1)
    if which in {"early", "mid", "late"}:
        following = part(following, cast(Part, which), today)
    return Found(one.first, at + 1, between(one.expression, once(following)))


def _opening(t: Tokens, first: int) -> str | None:
    """ "From" or "between", where it opens the expression."""
    i = first - 1
    while i >= max(0, first - 7) and (t.words[i] in words.FILLERS or t.words[i] == "in" or t.words[i][:1].isdigit()):
        i -= 1
    return t.words[i] if i >= 0 and t.words[i] in {"from", "between"} else None


def moving(t: Tokens, i: int) -> bool:
    """Whether something was postponed, moved, brought forward … in the words before token ``i``."""
    return any(word in MOVES for word in t.words[max(0, i - _MOVED) : i])

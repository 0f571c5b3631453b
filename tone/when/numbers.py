"""Numbers in a sentence: of days, of years, of how many."""

import datetime
from typing import Final

from tone.when.tokens import Tokens
from tone.when.words import FUNCTION, MONTHS, NUMBERS, SHORT_MONTHS, WEEKDAYS

_JOINS: Final = frozenset(["-", "–", "—", "to", "and", "or", "through", "thru", "&", "/"])
YEARS: Final = range(1900, 2200)


def day_number(word: str) -> int | None:
    """1 to 31, from "14" or "14th"."""
    figure = word[:-2] if word[-2:] in {"st", "nd", "rd", "th"} else word
    if not (figure.isascii() and figure.isdecimal() and len(figure) <= 2):
        return None
    return number if 1 <= (number := int(figure)) <= 31 else None


def is_ordinal(word: str) -> bool:
    """Whether it is a day in the form "14th"."""
    return word[-1:].isalpha() and day_number(word) is not None


def day_list(t: Tokens, i: int) -> tuple[int, int, int] | None:
    """The first and last of the days from token ``i`` on ("14", "14-16", "3, 4 and 5"), and the token after them."""
    first = day_number(t.words[i])
    if first is None:
        return None
    last, j = first, i + 1
    while t.words[j] in _JOINS or (t.words[j] == "," and t.words[j + 2] in {"and", "or"}):
        number = day_number(t.words[j + 1])
        if number is None or number <= last:
            break
        if t.words[j] in {"and", "or"} and not (ends_there(t, j + 2) or _month_next(t, j + 2)):
            break
        last, j = number, j + 2
    return first, last, j


def _month_next(t: Tokens, i: int) -> bool:
    at = i + 1 if t.words[i] == "of" else i
    return t.words[at] in MONTHS or t.words[at] in SHORT_MONTHS


def ends_there(t: Tokens, i: int) -> bool:
    """Whether a date may end before token ``i``; a noun there would make it count or name something else."""
    word = t.words[i]
    return not word[:1].isalnum() or word in FUNCTION or word in WEEKDAYS


def year_number(word: str) -> int | None:
    """A year from 1900 to 2199."""
    return int(word) if len(word) == 4 and word.isascii() and word.isdecimal() and int(word) in YEARS else None


def year_after(t: Tokens, i: int, today: datetime.date, comma: bool = False) -> tuple[int, int] | None:
    """The year that follows a date ("2026", "of next year"; with ``comma`` also ", 2026"), and the token after it."""
    word = t.words[i]
    at = i + 1 if word == "of" or (comma and word == ",") else i
    year = year_number(t.words[at])
    if year is not None:
        return year, at + 1
    if word != "," and t.words[at + 1] == "year" and t.words[at] in {"this", "next", "last"}:
        return today.year + {"last": -1, "this": 0, "next": 1}[t.words[at]], at + 2
    return None


def count(t: Tokens, i: int) -> tuple[int, int, int] | None:
    """How many: the least, the most and the token after it: "two", "two or three", "48", "a couple of".

    0 and 0 for "a few" and "several", which do not say how many.
    """
    word = t.words[i]
    if word in {"few", "several"} or (word == "a" and t.words[i + 1] in {"few", "handful"}):
        return 0, 0, i + (2 if word == "a" else 1) + (t.words[i + 1] == "handful")
    if "couple" in {word, t.words[i + 1] if word == "a" else ""}:
        after = i + (2 if word == "a" else 1)
        return 2, 2, after + (t.words[after] == "of")
    first = _cardinal(t, i)
    if first is None:
        return None
    least, j = first
    if t.words[j] in {"or", "to", "-", "–"} and (second := _cardinal(t, j + 1)) and second[0] > least:
        return least, second[0], second[1]
    return least, least, j


def _cardinal(t: Tokens, i: int) -> tuple[int, int] | None:
    word = t.words[i]
    if word.isascii() and word.isdecimal() and len(word) <= 3:
        return int(word), i + 1
    number = NUMBERS.get(word)
    if number is None:
        return None
    ones = NUMBERS.get(t.words[i + 2], 10) if t.words[i + 1] == "-" else 10
    return (number + ones, i + 3) if number >= 20 and ones < 10 else (number, i + 1)

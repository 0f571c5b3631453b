"""Days with names, as functions of the year."""

import datetime
from collections.abc import Callable, Mapping
from typing import Final

from dateutil.easter import easter

from tone.when.periods import months, nth_weekday


def _fixed(month: int, day: int) -> Callable[[int], datetime.date]:
    return lambda year: datetime.date(year, month, day)


def _from_easter(days: int) -> Callable[[int], datetime.date]:
    return lambda year: easter(year) + datetime.timedelta(days)


def _nth(month: int, weekday: int, nth: int) -> Callable[[int], datetime.date]:
    return lambda year: nth_weekday(months(year, month, "month"), weekday, nth).start


HOLIDAYS: Final[Mapping[tuple[str, ...], Callable[[int], datetime.date]]] = {
    ("christmas", "eve"): _fixed(12, 24),
    ("christmas", "day"): _fixed(12, 25),
    ("christmas",): _fixed(12, 25),
    ("boxing", "day"): _fixed(12, 26),
    ("new", "year", "'s", "eve"): _fixed(12, 31),
    ("new", "year", "'s", "day"): _fixed(1, 1),
    ("new", "year", "'s"): _fixed(1, 1),
    ("valentine", "'s", "day"): _fixed(2, 14),
    ("st", "patrick", "'s", "day"): _fixed(3, 17),
    ("st", ".", "patrick", "'s", "day"): _fixed(3, 17),
    ("may", "day"): _fixed(5, 1),
    ("juneteenth",): _fixed(6, 19),
    ("canada", "day"): _fixed(7, 1),
    ("independence", "day"): _fixed(7, 4),
    ("fourth", "of", "july"): _fixed(7, 4),
    ("bastille", "day"): _fixed(7, 14),
    ("halloween",): _fixed(10, 31),
    ("guy", "fawkes", "night"): _fixed(11, 5),
    ("bonfire", "night"): _fixed(11, 5),
    ("veterans", "day"): _fixed(11, 11),
    ("armistice", "day"): _fixed(11, 11),
    ("good", "friday"): _from_easter(-2),
    ("easter", "monday"): _from_easter(1),
    ("easter", "sunday"): _from_easter(0),
    ("easter",): _from_easter(0),
    ("ash", "wednesday"): _from_easter(-46),
    ("palm", "sunday"): _from_easter(-7),
    ("pentecost",): _from_easter(49),
    ("memorial", "day"): _nth(5, 0, -1),
    ("labor", "day"): _nth(9, 0, 1),
    ("columbus", "day"): _nth(10, 0, 2),
    ("thanksgiving", "day"): _nth(11, 3, 4),
    ("thanksgiving",): _nth(11, 3, 4),
}
HOLIDAY_STARTS: Final = frozenset(words[0] for words in HOLIDAYS)

"""Where the claim of a denial is sought: around it, and in what means the same elsewhere."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from tone.denials.meaning import Vectors
from tone.denials.pairing import Closeness, Said, possible, score
from tone.denials.wording import denied, denies

Days = NDArray[np.datetime64]
Encode = Callable[[Sequence[str]], Vectors]

DAYS_AFTER: Final = 3
"""How many days after a denial a claim may be dated: papers report it late."""

_BEFORE: Final = 8
_AFTER: Final = 3
_ELSEWHERE: Final = 12


@dataclass(frozen=True, slots=True)
class Match:
    """A claim for a denial: its place among the sentences, and how likely it is the denied one, 0 to 1."""

    place: int
    likely: float


def best_matches(
    said: Sequence[Said], days: Days, denials: Sequence[int], days_before: int | None, encode: Encode
) -> list[Match | None]:
    """For each denial, given by its place, the likeliest claim; None where no sentence may be it.

    ``said`` has all sentences, those of an article together and in order; ``days`` their dates, NaT where unknown.
    Sought are the 8 sentences before the denial, the 3 after it, and the 12 of other articles that mean most alike,
    among those that affirm and that are dated at most `DAYS_AFTER` days later and ``days_before`` days earlier.
    """
    if not denials:
        return []
    articles = np.unique(np.array([s.article for s in said], dtype=object), return_inverse=True)[1]
    in_time = np.zeros(len(said), dtype=bool)
    for day in np.unique(days[denials]):
        in_time |= _in_time(days, day, days_before)
    affirming = np.array([near and not denies(s.text) for near, s in zip(in_time, said, strict=True)], dtype=bool)
    around = {at: _around(articles, at) for at in denials}
    read = sorted(
        {*np.flatnonzero(affirming).tolist(), *denials, *(place for near in around.values() for place in near)}
    )
    meanings = _Meanings.of(said, read, denials, encode)
    found: list[Match | None] = []
    for at in denials:
        reached = affirming & (articles != articles[at]) & _in_time(days, days[at], days_before)
        elsewhere = meanings.most_alike(at, np.flatnonzero(reached))
        places = [place for place in (*around[at], *elsewhere) if possible(said[at], said[place])]
        matches = [
            Match(place, score(said[at], said[place], meanings.close(at, place, _turns(said, place, at))))
            for place in places
        ]
        found.append(max(matches, key=lambda match: match.likely, default=None))
    return found


def _in_time(days: Days, day: np.datetime64, days_before: int | None) -> NDArray[np.bool_]:
    if np.isnat(day):
        return np.ones(len(days), dtype=bool)
    fits = days <= day + np.timedelta64(DAYS_AFTER, "D")
    if days_before is not None:
        fits &= days >= day - np.timedelta64(days_before, "D")
    return np.asarray(fits | np.isnat(days))


def _around(articles: NDArray[np.int64], at: int) -> list[int]:
    nearby = range(max(0, at - _BEFORE), min(len(articles), at + _AFTER + 1))
    return [place for place in nearby if articles[place] == articles[at] and place != at]


def _turns(said: Sequence[Said], claim: int, denial: int) -> int:
    if claim > denial or said[claim].article != said[denial].article:
        return 0
    speakers = {said[claim].speaker, said[denial].speaker} - {None}
    return 1 + sum(s.speaker not in speakers for s in said[claim + 1 : denial])


@dataclass(frozen=True, slots=True)
class _Meanings:
    """Vectors of the texts that were read; ``row`` finds that of a place, ``denied`` is of what a denial denies."""

    vectors: Vectors
    row: NDArray[np.int64]
    denied: dict[int, Vectors]

    @classmethod
    def of(cls, said: Sequence[Said], read: Sequence[int], denials: Sequence[int], encode: Encode) -> "_Meanings":
        parts = {at: denied(said[at].text) for at in denials}
        distinct = {text: n for n, text in enumerate(dict.fromkeys([*(said[at].text for at in read), *parts.values()]))}
        vectors = encode(list(distinct))
        row = np.zeros(len(said), dtype=np.int64)
        row[read] = [distinct[said[at].text] for at in read]
        return cls(vectors, row, {at: vectors[distinct[part]] for at, part in parts.items()})

    def most_alike(self, denial: int, places: NDArray[np.int64]) -> list[int]:
        """Of the places those that mean most alike, the likeliest first."""
        alike = (self.vectors @ (self.denied[denial] + self.vectors[self.row[denial]]))[self.row[places]]
        if len(alike) > _ELSEWHERE:
            most = np.sort(np.argpartition(-alike, _ELSEWHERE)[:_ELSEWHERE])
            places, alike = places[most], alike[most]
        return [int(place) for place in places[np.argsort(-alike, kind="stable")]]

    def close(self, denial: int, claim: int, turns: int) -> Closeness:
        own, other = self.vectors[self.row[denial]], self.vectors[self.row[claim]]
        return Closeness(float(self.denied[denial] @ other), float(own @ other), turns)

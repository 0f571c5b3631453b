"""Sketches of articles: a small sample of an article's shingles, enough to find copies without the texts.

A shingle is a run of four words, as a hash of 32 bits. Of each article those with the smallest hashes are kept (Broder
1997, "On the resemblance and containment of documents"): of two articles the kept shingles below the smaller of both
limits are a random sample of the shingles of each, so that the part of the sample that both share is an unbiased
estimate of what they share. A short article keeps all its shingles and is compared exactly.

MinHash signatures, as the packages datasketch and rensa make them, estimate resemblance only: they show neither that a
short article is part of a long one nor which shingles are page furniture. Hence this is our own.

A sketch is an array of uint64: a hash of all words in order; the number of words and that of different shingles, in 32
bits each; then the kept hashes, ascending, two to an element (the last one twice where their number is odd).
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

Sketch = NDArray[np.uint64]
Hashes = NDArray[np.uint32]
Numbers = NDArray[np.int64]

SHINGLE: Final = 4
ABOVE: Final = 1 << 32
"""The limit of an article with all its shingles: above every hash."""

_ALL: Final = 200
_MOST: Final = 500
_HEAD: Final = 2
_BLOCK: Final = 2048
_PART: Final = 1 << 18
_WORD: Final = re.compile(r"\w+")
_INVISIBLE: Final = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))


def sketch(text: str) -> Sketch:
    """The sketch of an article's text: 2 to 252 elements, that is 16 bytes to 2 KB; 1 KB for 400 words.

    Up to 200 different shingles all are kept, then a quarter of those beyond, and never more than 500 (from 1,400 words
    on). Case, punctuation and white space do not count. The same text gives the same sketch on every machine.
    """
    plain = unicodedata.normalize("NFKC", text.translate(_INVISIBLE)).casefold()
    words = np.array([_hash_word(word) for word in _WORD.findall(plain)], dtype=np.uint64)
    hashes = _shingles(words)
    kept = hashes[: int(_kept(np.array(len(hashes))))]
    head = np.array([_hash(words.tobytes()), len(words) << 32 | len(hashes)], dtype=np.uint64)
    return np.concatenate([head, np.pad(kept, (0, len(kept) % 2), mode="edge").view(np.uint64)])


def _hash(plain: bytes) -> int:
    # Python's own hash differs from run to run.
    return int.from_bytes(blake2b(plain, digest_size=8).digest(), "little")


@lru_cache(maxsize=1 << 16)
def _hash_word(word: str) -> int:
    return _hash(word.encode("utf-8", "surrogatepass"))


_MULTIPLIERS: Final = np.array([_hash(bytes([place])) | 1 for place in range(SHINGLE)], dtype=np.uint64)


def _shingles(words: NDArray[np.uint64]) -> Hashes:
    """The different shingles, ascending."""
    count = max(len(words) - SHINGLE + 1, 0)
    parts = [words[k : k + count] * _MULTIPLIERS[k] for k in range(SHINGLE)]
    return np.unique((np.sum(parts, axis=0, dtype=np.uint64) >> 32).astype(np.uint32))


def _kept(shingles: Numbers) -> Numbers:
    """How many are kept of so many."""
    return np.asarray(np.minimum(np.minimum(shingles, _ALL + np.maximum(shingles - _ALL, 0) // 4), _MOST))


@dataclass(slots=True)
class Samples:
    """The kept shingles of many articles in one array.

    Article i has ``values[ends[i] : ends[i + 1]]``, ascending: all its shingles below ``limits[i]``.
    """

    values: Hashes
    ends: Numbers
    limits: Numbers

    def __len__(self) -> int:
        return len(self.limits)

    def sizes(self) -> Numbers:
        """How many shingles of each article are here."""
        return np.asarray(np.diff(self.ends))

    def shingles(self) -> NDArray[np.float64]:
        """How many shingles each article has, an estimate where not all are here."""
        return self.sizes() * (ABOVE / self.limits)

    def by_value(self, below: int = ABOVE) -> Iterator[tuple[Hashes, Numbers]]:
        """Yield (values, articles) of the shingles below a value, ascending by both, all of one value together.

        In some hundred parts, so that little memory is needed beside the samples themselves.
        """
        parts = 1 + len(self.values) * below // ABOVE // max(_PART, len(self.values) >> 7)
        for low, high in pairwise(below * part // parts for part in range(parts + 1)):
            packed = np.concatenate([np.empty(0, np.uint64), *(self._between(low, high - 1))])
            packed.sort()
            values = (packed >> 32).astype(np.uint32)
            packed &= 0xFFFFFFFF
            yield values, packed.view(np.int64)

    def _between(self, low: int, high: int) -> Iterator[NDArray[np.uint64]]:
        for first in range(0, len(self), _BLOCK):
            ends = self.ends[first : first + _BLOCK + 1]
            values = self.values[ends[0] : ends[-1]]
            at = np.flatnonzero((values >= low) & (values <= high))
            articles = np.searchsorted(ends, ends[0] + at, side="right") + (first - 1)
            yield values[at].astype(np.uint64) << 32 | articles.astype(np.uint64)

    def remove(self, odd: Hashes) -> None:
        """Take these values (ascending) out of all articles, in place."""
        moved, sizes = 0, [np.zeros(1, np.int64)]
        for first in range(0, len(self), _BLOCK):
            ends = self.ends[first : first + _BLOCK + 1]
            values = self.values[ends[0] : ends[-1]]
            stay = ~among(values, odd)
            before = np.concatenate([[0], np.cumsum(stay)])
            sizes.append(np.diff(before[ends - ends[0]]))
            self.values[moved : moved + before[-1]] = values[stay]
            moved += int(before[-1])
        self.values, self.ends = self.values[:moved], np.cumsum(np.concatenate(sizes))

    def below(self, articles: Numbers, limits: Numbers) -> NDArray[np.uint64]:
        """The values of some articles below a limit each, in the upper half the article's place in ``articles``."""
        sizes = self.sizes()[articles]
        places = np.repeat(np.arange(len(articles)), sizes)
        at = np.arange(len(places)) + np.repeat(self.ends[articles] - (np.cumsum(sizes) - sizes), sizes)
        values = self.values[at]
        under = values < limits[places]
        return np.asarray(places[under].astype(np.uint64) << 32 | values[under])


def heads(sketches: Iterable[Sketch]) -> tuple[NDArray[np.uint64], Numbers, Numbers]:
    """Of each sketch the hash of all words, the number of words, and that of different shingles."""
    same, counts = np.fromiter((own[:_HEAD] for own in sketches), np.dtype((np.uint64, _HEAD))).T
    return same, (counts >> 32).astype(np.int64), (counts & 0xFFFFFFFF).astype(np.int64)


def samples(sketches: Iterable[Sketch], shingles: Numbers, chosen: Numbers) -> Samples:
    """The samples of the chosen sketches, in that order: 4 bytes a shingle kept.

    ``shingles`` is how many each of the sketches has, as `heads` tells; no more than one sketch is held at a time.
    """
    kept = _kept(shingles[chosen])
    part = kept < shingles[chosen]
    # The last one kept is the limit: of those below it, all are known.
    ends = np.concatenate([[0], np.cumsum(kept - part)])
    values = np.empty(ends[-1], np.uint32)
    limits = np.full(len(chosen), ABOVE)
    places = np.full(len(shingles), -1)
    places[chosen] = np.arange(len(chosen))
    for place, whole in zip(places.tolist(), sketches, strict=True):
        if place >= 0:
            own = whole[_HEAD:].view(np.uint32)
            size = ends[place + 1] - ends[place]
            values[ends[place] : ends[place + 1]] = own[:size]
            if part[place]:
                limits[place] = own[size]
    return Samples(values, ends, limits)


def among(values: Hashes, some: Hashes) -> NDArray[np.bool_]:
    """Which of the values are among some others, which ascend."""
    if not len(some):
        return np.zeros(len(values), np.bool_)
    found = some[np.minimum(np.searchsorted(some, values), len(some) - 1)] == values
    return np.asarray(found)

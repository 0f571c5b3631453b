"""Which articles of a collection are copies of others: wire copy with another headline, cut, or with a local paragraph.

Articles are compared by their sketches (`tone.sketches`): samples of the runs of four words (shingles) that they hold.
What is done with the shingles of a whole collection is done by sorting them, part by part, so that a million articles
fit into the memory of a laptop.
"""

import datetime
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from tone.sketches import ABOVE, SHINGLE, Hashes, Numbers, Samples, Sketch, heads, samples, sketch

__all__ = ["COPIED", "SHARED", "WORDS", "copies", "sketch"]

WORDS: Final = 30
"""Articles of fewer words are copies only of articles with the very same words."""
SHARED: Final = 0.6
"""A copy and its original share at least this part of the shorter one's shingles."""
COPIED: Final = 1 / 3
"""And at least this part of the later one's: an article with more that is new is one of its own."""
SEEN: Final = 6
"""And at least so many shingles of both samples: fewer may be chance."""

_FURNITURE_ARTICLES: Final = 4
_OTHER_TEXT: Final = 0.3
# Pairs are looked for among a quarter of all shingles: of the 16 that the shortest copies share with their originals,
# 99 in 100 times at least one is of that quarter; of those of 60 words, practically always.
_LOOKED_AT: Final = ABOVE // 4
_HINT: Final = 0.1  # of the shingles looked at that both would share, were they the same
_FIRST: Final = 3
_PAIRS_AT_ONCE: Final = 1024
# In how many articles a shingle is, in quarters of an octave.
_HELD: Final = np.unique((2 ** (np.arange(4 * 24) / 4)).astype(np.int64))


def copies(ids: Sequence[str], dates: Sequence[datetime.date | None], sketches: Iterable[Sketch]) -> list[str | None]:
    """For each article the id of the one that it is a copy of; None for an original.

    The sketches are gone through twice, one at a time, so that they may be read from a disk.

    The original is the earliest by date, then by place in the sequence; articles without a date come last. All copies
    of one article point to the same original, which is never itself a copy. An article is a copy of an earlier one
    where both share `SHARED` of the shingles of the shorter and `COPIED` of those of the later; case, punctuation and
    white space do not count. What many articles share that are otherwise different (page furniture: menus, appeals,
    standing paragraphs) does not count either, where at least four articles of the collection show it.

    Up to 200 words that is exact. Of longer articles samples are compared: 249 shingles of 400 words, 500 from 1,400
    words on. They estimate what two articles of 400 words share to within 0.02 (standard error), and of 2,000 words to
    within 0.03: only pairs so near to a bound may be judged otherwise. A short cut from a long article is found where
    `SEEN` of its shingles are in the long one's sample: from one of 5,000 words 100 in most cases and 170 practically
    always, from one of 20,000 words 400 and 700, but hardly ever 100. So few are a rough estimate: where half of an
    article is from another, ten or more times as long, one such article in ten counts as its copy. The very same words
    are found at any length.

    Of a million articles of 400 words it takes three minutes on one core and 2.2 GB beside the sketches; of 20,000 two
    seconds and 20 MB.

    The result depends on nothing but the arguments. Raises ValueError where the sequences differ in length.
    """
    same, words, shingles = heads(sketches)
    if not len(ids) == len(dates) == len(same):
        raise ValueError(f"as many ids, dates and sketches are needed, not {len(ids)}, {len(dates)} and {len(same)}")
    order = np.array(sorted(range(len(ids)), key=lambda i: (dates[i] or datetime.date.max, i)), np.int64)
    same, words = same[order], words[order]
    _, first, group = np.unique(same, return_index=True, return_inverse=True)
    places = np.arange(len(order))
    original = np.where(words > 0, first[group], places)
    distinct = np.flatnonzero((original == places) & (words >= WORDS))
    later, earlier = _alike(samples(sketches, shingles, order[distinct]))
    original[distinct[later]] = distinct[earlier]
    found: list[str | None] = [None] * len(ids)
    roots = original.tolist()
    for at, before in enumerate(roots):
        # In order, so that what an earlier article is a copy of is already known.
        roots[at] = roots[before]
        if roots[at] != at:
            found[order[at]] = ids[order[roots[at]]]
    return found


def _alike(articles: Samples) -> tuple[Numbers, Numbers]:
    """Copies, and for each the earliest article before it that it is a copy of. The samples lose their furniture."""
    articles.remove(_furniture(articles))
    later, earlier = _candidates(articles)
    alike = [np.zeros(0, np.bool_)]
    for at in range(0, len(later), _PAIRS_AT_ONCE):
        part = slice(at, at + _PAIRS_AT_ONCE)
        alike.append(_is_copy(articles, later[part], earlier[part]))
    chosen = np.concatenate(alike)
    copied, first = np.unique(later[chosen], return_index=True)
    return copied, earlier[chosen][first]


def _is_copy(articles: Samples, later: Numbers, earlier: Numbers) -> NDArray[np.bool_]:
    limits = np.minimum(articles.limits[later], articles.limits[earlier])
    new, old = articles.below(later, limits), articles.below(earlier, limits)
    both = np.intersect1d(new, old, assume_unique=True)
    shared, in_new, in_old = (
        np.bincount((own >> 32).astype(np.int64), minlength=len(later)) for own in (both, new, old)
    )
    enough = np.maximum(SHARED * np.minimum(in_new, in_old), COPIED * in_new)
    return np.asarray(shared >= np.maximum(enough, SEEN))


def _candidates(articles: Samples) -> tuple[Numbers, Numbers]:
    """Pairs (later, earlier) that share more than a hint, ascending by both.

    Each article is paired with the first few that hold one of its shingles and with the one just before it, so that
    many copies of one article make few pairs.
    """
    found, counts = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
    for _, holders, sizes in _shared(articles, 2, _LOOKED_AT):
        first = np.repeat(np.cumsum(sizes) - sizes, sizes)
        place = np.arange(len(holders)) - first
        pairs = [holders[place > k] << 32 | holders[first[place > k] + k] for k in range(_FIRST)]
        before = np.flatnonzero(place > _FIRST)
        pairs.append(holders[before] << 32 | holders[before - 1])
        of_these, how_often = np.unique(np.concatenate(pairs), return_counts=True)
        found.append(of_these)
        counts.append(how_often)
    keys, pair = np.unique(np.concatenate(found), return_inverse=True)
    seen = np.bincount(pair, weights=np.concatenate(counts), minlength=len(keys))
    later, earlier = keys >> 32, keys & 0xFFFFFFFF
    length, limits = articles.shingles(), np.minimum(articles.limits, _LOOKED_AT)
    fewest = np.minimum(length[later], length[earlier])
    expected = fewest * np.minimum(limits[later], limits[earlier]) / ABOVE
    likely = (fewest > WORDS - SHINGLE) & (seen >= _HINT * expected)
    return later[likely], earlier[likely]


def _furniture(articles: Samples) -> Hashes:
    """The shingles of page furniture, ascending.

    Wire copy makes up most of the articles that hold it; furniture does not: the rest of its articles is rarer. So a
    shingle is furniture where the articles that hold it consist, on average, to more than 1 - `SHARED` of shingles that
    at most half as many articles hold.
    """
    # Of each article, how many of its shingles are held by so many articles; then by so many or fewer.
    held = np.zeros((len(articles), len(_HELD)), np.uint16)
    for _, holders, sizes in _shared(articles, 2):
        np.add.at(held, (holders, np.repeat(_column(sizes), sizes)), 1)
    held[:, 0] = articles.sizes() - held.sum(axis=1, dtype=np.int64)
    np.cumsum(held, axis=1, dtype=np.uint16, out=held)
    odd = [np.zeros(0, np.uint32)]
    for values, holders, sizes in _shared(articles, _FURNITURE_ARTICLES):
        rarer = held[holders, np.repeat(_column(sizes / 2), sizes)] / held[holders, -1]
        mean = np.bincount(np.repeat(np.arange(len(sizes)), sizes), weights=rarer, minlength=len(sizes)) / sizes
        odd.append(values[mean > _OTHER_TEXT])
    return np.concatenate(odd)


def _shared(articles: Samples, least: int, below: int = ABOVE) -> Iterator[tuple[Hashes, Numbers, Numbers]]:
    """Yield (values, articles that hold the first, then those of the next …, how many hold each), in parts.

    Only values below a limit that at least so many articles hold; values and the articles of each ascend.
    """
    for values, holders in articles.by_value(below):
        starts = np.flatnonzero(np.concatenate([values[:1] == values[:1], values[1:] != values[:-1]]))
        sizes = np.diff(np.concatenate([starts, [len(values)]]))
        enough = sizes >= least
        yield values[starts[enough]], holders[np.repeat(enough, sizes)], sizes[enough]


def _column(held_by: NDArray[np.int64] | NDArray[np.float64]) -> Numbers:
    return np.asarray(np.searchsorted(_HELD, held_by, side="right") - 1)

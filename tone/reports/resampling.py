"""How far a net tone would move with other articles: the Bayesian bootstrap (Rubin 1981, Annals of Statistics 9).

Whole articles are resampled, since the sentences of one article are alike: each gets an exponential weight anew in each
round. One article of mean length, a third of it in each tone, stands for what was not seen (a Dirichlet process prior
of weight one), so that who has only ever sounded cautious gets an interval with a width. Where there is one article
only, its sentences are resampled instead, which is the Dirichlet posterior of their tones (prior 1/3 a tone); that
tells nothing about other articles.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

Floats = npt.NDArray[np.float64]
Units = tuple[Floats, Floats]
"""What is resampled for one figure, arrays of one length: constructive minus cautious sentences, and all sentences, of
each article; or of each sentence where there is one article only."""

LEVEL: Final = (0.025, 0.975)
_BLOCK: Final = 2048


def units(said: pd.DataFrame, row: "pd.Series[int]") -> list[Units]:
    """The units of rows 0, 1, … of a report; ``row`` says which row each sentence (``article, tone``) counts in.

    Their order does not depend on that of the sentences.
    """
    leaning = (said["tone"] == "constructive").astype(float) - (said["tone"] == "cautious").astype(float)
    sorted_up = said[["article"]].assign(row=row, leaning=leaning).sort_values(["row", "article", "leaning"])
    articles = sorted_up.groupby(["row", "article"], sort=True)["leaning"].agg(["sum", "size"])
    sums, sizes = articles["sum"].to_numpy(float), articles["size"].to_numpy(float)
    single = sorted_up["leaning"].to_numpy()
    found: list[Units] = []
    start = 0
    for low, high in _runs(articles.index.get_level_values("row").to_numpy()):
        stop = start + int(sizes[low:high].sum())
        if high - low > 1:
            found.append((sums[low:high], sizes[low:high]))
        else:
            found.append((single[start:stop], np.ones(stop - start)))
        start = stop
    return found


def resampled(groups: Sequence[Units], *, rounds: int, seed: int, side: int = 0) -> Iterator[Floats]:
    """The net tone of each group in each round, ``(rounds,)`` a group; other ``side``s are drawn independently.

    Raises ValueError for no rounds.
    """
    if rounds < 1:
        raise ValueError(f"rounds must be at least 1, not {rounds}")
    # All groups share the weights: that is fast, and makes the draws of one independent of which others there are.
    weights = _weights(min(_BLOCK, max((len(length) for _, length in groups), default=0)), rounds, seed, 0, side)
    unseen = np.random.default_rng([seed, 0, 2 * side + 1]).gamma(1 / 3, size=(3, rounds))
    for leaning, length in groups:
        prior = unseen * length.mean()
        net_sum, total = prior[0] - prior[1], prior.sum(axis=0)
        for block, start in enumerate(range(0, len(length), _BLOCK)):
            lean, long = leaning[start : start + _BLOCK], length[start : start + _BLOCK]
            drawn = weights[: len(long)] if block == 0 else _weights(len(long), rounds, seed, block, side)
            net_sum += lean @ drawn
            total += long @ drawn
        yield net_sum / total


def ends(draws: Iterator[Floats], observed: Floats) -> tuple[Floats, Floats]:
    """Lower and upper ends of the middle 95 % of the draws of each figure, widened to hold what was observed."""
    found = np.array([np.quantile(drawn, LEVEL) for drawn in draws]).reshape(-1, 2)
    return np.minimum(found[:, 0], observed), np.maximum(found[:, 1], observed)


def _weights(number: int, rounds: int, seed: int, block: int, side: int) -> Floats:
    """Weights of one block of units, ``number`` x ``rounds``; asking for more units leaves those of the first alone."""
    return np.random.default_rng([seed, block, 2 * side]).exponential(size=(number, rounds))


def _runs(values: npt.NDArray[np.int64]) -> Iterator[tuple[int, int]]:
    """Start and end of each run of equal values."""
    changes = np.flatnonzero(values[1:] != values[:-1]) + 1
    return pairwise([0, *changes.tolist(), len(values)] if len(values) else [])

"""The tagger's labels, and the best label sequence that makes sense: spans begin before they go on."""

from collections.abc import Iterable, Sequence
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

Role = Literal["source", "cue", "content"]

ROLES: Final[tuple[Role, ...]] = ("source", "cue", "content")
TAGS: Final = ("O", *(f"{mark}-{role}" for role in ROLES for mark in "BI"))


def _begin(role: Role) -> int:
    return TAGS.index(f"B-{role}")


_ALLOWED: Final = np.array(
    [[not after.startswith("I") or before[1:] == after[1:] for after in TAGS] for before in TAGS]
)
_STEP: Final = np.where(_ALLOWED, 0.0, -np.inf)
_START: Final = np.array([-np.inf if tag.startswith("I") else 0.0 for tag in TAGS])


def encode(length: int, spans: Iterable[tuple[Role, int, int]]) -> list[int]:
    """A tag for each of ``length`` tokens, from token spans (role, start, end exclusive)."""
    tags = [0] * length
    for role, start, end in spans:
        for at in range(start, end):
            tags[at] = _begin(role) + (at > start)
    return tags


def best_path(scores: NDArray[np.float32]) -> NDArray[np.int64]:
    """The likeliest sequence of tags in which no span goes on that has not begun (Viterbi 1967).

    ``scores`` are log-probabilities (tokens, tags).
    """
    # Where each token's likeliest tags make sense together, nothing is likelier.
    likeliest: NDArray[np.int64] = scores.argmax(axis=1)
    if _START[likeliest[0]] == 0 and _ALLOWED[likeliest[:-1], likeliest[1:]].all():
        return likeliest
    length = len(scores)
    back = np.zeros((length, len(TAGS)), dtype=np.int64)
    so_far = scores[0] + _START
    for at in range(1, length):
        ways = so_far[:, None] + _STEP
        back[at] = ways.argmax(axis=0)
        so_far = ways[back[at], np.arange(len(TAGS))] + scores[at]
    path = np.zeros(length, dtype=np.int64)
    path[-1] = so_far.argmax()
    for at in range(length - 1, 0, -1):
        path[at - 1] = back[at, path[at]]
    return path


def decode(path: Sequence[int] | NDArray[np.int64]) -> list[tuple[Role, int, int]]:
    """Token spans (role, start, end exclusive) of a sequence of tags, in order."""
    found: list[tuple[Role, int, int]] = []
    tags = np.asarray(path)
    for at, tag in zip((inside := tags.nonzero()[0]).tolist(), tags[inside].tolist(), strict=True):
        role = ROLES[(tag - 1) // 2]
        if (tag - 1) % 2 and found and found[-1][0] == role and found[-1][2] == at:
            found[-1] = (role, found[-1][1], at + 1)
        else:
            found.append((role, at, at + 1))
    return found

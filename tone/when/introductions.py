"""What stands before an expression and changes its days: "by", "until", "before", "after", "postponed to"."""

import datetime
from collections.abc import Callable, Mapping
from typing import Final, Literal, NamedTuple

from tone.when.periods import Period, days
from tone.when.reading import Found, moving
from tone.when.tokens import Tokens
from tone.when.verbs import AGAIN
from tone.when.words import DEADLINES, FILLERS, FUNCTION, MONTHS, NEVER, NOON, SHORT_MONTHS, WEEKDAYS

Kind = Literal["plain", "deadline", "before", "after", "until after", "since", "for", "moved", "former"]
_THAN: Final[Mapping[str, Kind]] = {"later": "deadline", "rather": "former"}
_KINDS: Final[Mapping[str, Kind]] = {
    "ahead": "before", "after": "after", "following": "after", "since": "since", "for": "for", "instead": "former",
}  # fmt: skip
_AFTERWARDS: Final = 7  # days that "after Friday" is taken to speak of
_FAR: Final = 9
_DENIED: Final = 10


class Introduction(NamedTuple):
    """``first``: the token where the expression's own words begin. ``named``: "Tuesday's vote", "the May 14 vote"."""

    kind: Kind
    first: int
    named: bool


def introduction(t: Tokens, found: Found) -> Introduction:
    """The introduction of an expression; ``plain`` where its days are what they are."""
    if found.first and t.words[found.first - 1] == "not":
        return Introduction("former", found.first, False)
    named = t.words[found.end] == "'s" or _before_noun(t, found)
    k = found.first - 1
    while k >= max(0, found.first - _FAR) and (t.words[k] in FILLERS or t.words[k][:1].isdigit()):
        k -= 1
    kind = _kind(t, k) if k >= 0 else "plain"
    if kind == "before" and t.words[k + 1] in NOON:  # of that very day
        kind = "plain"
    changes = kind in {"deadline", "before", "after", "until after"} and not (named and kind != "deadline")
    start = k - (t.words[k] in {"than", "to"} or kind == "until after") if changes else found.first
    return Introduction(kind, start, named)


def _before_noun(t: Tokens, found: Found) -> bool:
    """ "The May 14 vote", "the Friday deadline"."""
    if not found.first or t.words[found.first - 1] not in {"the", "a"}:
        return False
    dated = any(word in MONTHS or word in SHORT_MONTHS or word in WEEKDAYS for word in t.words[found.first : found.end])
    return dated and t.words[found.end].isalpha() and t.words[found.end] not in FUNCTION


def _kind(t: Tokens, k: int) -> Kind:
    word, before = t.words[k], t.words[k - 1] if k else ""
    if word in {"until", "till", "til"} and moving(t, k):
        return "moved"
    if word in DEADLINES:
        return "plain" if word in {"until", "till", "til"} and _denied(t, k) else "deadline"
    if word == "before":
        if before == "or":  # "on or before"
            return "deadline"
        return "plain" if _denied(t, k) else "before"
    if word == "to":
        if before == "prior" or (before == "up" and "'s" in t.words[k + 1 : k + 4]):
            return "before"
        moved = moving(t, k) or not AGAIN.isdisjoint(t.words[max(0, k - _DENIED) : k])
        return "deadline" if before == "up" else "moved" if moved else "plain"
    if word == "after" and before in {"until", "till", "to"}:
        return "until after"
    if word == "from":
        return "former" if moving(t, k) else "plain"
    if word == "than":
        return _THAN.get(before, "plain")
    return _KINDS.get(word, "plain")


def _denied(t: Tokens, k: int) -> bool:
    """ "Will not rule until Friday", "cannot open before June": on Friday, in June."""
    return not NEVER.isdisjoint(t.words[max(0, k - _DENIED) : k])


def introduced(kind: Kind, named: bool, today: datetime.date) -> Callable[[Period], Period]:
    """How the introduction changes a period."""

    def change(period: Period) -> Period:
        if kind == "deadline":
            return Period(today, period.end)
        if named:
            return period
        if kind == "before":
            end = period.end if period.closing else days(period.start, -1)
            return Period(today, max(end, today))
        if kind in {"after", "until after"}:
            return Period(days(period.end, 1), days(period.end, _AFTERWARDS))
        return period

    return change

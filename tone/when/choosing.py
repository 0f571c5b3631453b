"""Which of a sentence's expressions its schedule claim speaks of."""

import datetime
from dataclasses import dataclass
from typing import Final

from tone.when.expressions import ahead, occurrence
from tone.when.introductions import Introduction, introduced, introduction
from tone.when.numbers import YEARS
from tone.when.periods import Period
from tone.when.reading import Found, expressions
from tone.when.tense import tense
from tone.when.tokens import Tokens, tokenize
from tone.when.verbs import ARRANGEMENTS, MOVES, STOPS
from tone.when.words import FORMERLY

# No sentence is longer; what is goes on unread, so that no text takes long.
LONGEST: Final = 2_000
_JUST_GONE: Final = 60
_FAR_AHEAD: Final = 240
_LATELY: Final = 6
_NEAR: Final = 9


@dataclass(frozen=True, slots=True)
class When:
    """The days that a claim speaks of, ``start`` to ``end`` inclusive, and the words that say so (``expression``)."""

    start: datetime.date
    end: datetime.date
    expression: str


def resolve(text: str, date: datetime.date) -> When | None:
    """When the event takes place of which a sentence makes a schedule claim, in an article of ``date``.

    None where nothing is said that can be dated ("soon") or only what has gone by, and for articles from before 1900 or
    after 2199. The rules are in the package's docstring; only the first 2,000 characters are read.
    """
    if date.year not in YEARS:
        return None
    t = tokenize(text[:LONGEST])
    moves = not (MOVES | STOPS).isdisjoint(t.words)
    best: tuple[int, Period, str] | None = None
    every = expressions(t, date)
    ends = [0, *(found.end for found in every)]
    starts = [*(found.first for found in every[1:]), len(t.raw)]
    for after, found, before in zip(ends, every, starts, strict=False):
        ranked = _ranked(t, found, (after, before), moves, date)
        if ranked and (best is None or ranked[0] > best[0]):
            rank, period, first = ranked
            best = rank, period, t.slice(first, found.end)
    if best is None:
        return None
    _, period, words = best
    return When(max(period.start, date), period.end, words)


def _ranked(
    t: Tokens, found: Found, around: tuple[int, int], moves: bool, date: datetime.date
) -> tuple[int, Period, int] | None:
    """How likely the claim speaks of the expression (4: a new date, to 0: an old one), its days, its first token."""
    intro = introduction(t, found)
    if intro.kind == "since":
        return None
    seen = ahead(found.expression, date)
    if seen is None:
        return None
    number, period = seen
    spoken, opening = tense(t, found, *around)
    open_end = intro.kind in {"deadline", "for", "moved", "until after"} or opening == "before"
    open_end = open_end or (intro.kind == "before" and intro.named) or t.words[found.end] == "deadline"
    settled = found.expression.cycle == "once" and period.start > date and not found.expression.loose
    if spoken == "past" and not (open_end or settled):
        return None
    speaks = "future" if open_end or settled or spoken in {"future", "arranged"} else opening
    rank = _rank(t, found, intro, moves, speaks)
    certain = settled or spoken == "future" or intro.kind in {"deadline", "before"}
    if (rank == 0 or not certain) and _just_gone(found, number, period, date):
        return None
    if rank == 0 and _more_likely_past(found, period, date):
        return None
    changed = introduced(intro.kind, intro.named, date)(period)
    return (rank, changed, intro.first) if changed.end >= date else None


def _rank(t: Tokens, found: Found, intro: Introduction, moves: bool, speaks: str) -> int:
    if intro.kind == "moved":
        return 4
    if intro.kind == "former" or _formerly(t, found, moves):
        return 0
    years = found.expression.cycle == "once" and t.words[found.end] == "'s" and t.words[found.end - 1] == "year"
    if years or found.expression.weak or (intro.kind == "after" and intro.named) or speaks in {"after", "following"}:
        return 1
    return 3 if speaks == "future" else 2


def _formerly(t: Tokens, found: Found, moves: bool) -> bool:
    """ "Originally set for 3 May", "a debate planned for Friday", "had been due on Monday"; not "is now set for"."""
    for i in range(found.first - 1, max(-1, found.first - _NEAR), -1):
        word, before = t.words[i], t.words[i - 1] if i else ""
        if word in FORMERLY:
            return word not in {"first", "earlier"} or t.words[i + 1] in ARRANGEMENTS
        if word in ARRANGEMENTS and before not in FORMERLY:
            standing = before in {"is", "are", "be", "now", "'s", "been", "has", "have"}
            return moves and (not standing or t.words[i - 2] == "had")
        if word in {";", "will", "would"}:
            return False
    return False


def _just_gone(found: Found, number: int, period: Period, date: datetime.date) -> bool:
    """Whether a day of the year without any tense went by of late and is far ahead: "the 14 May agreement" in June."""
    if found.expression.cycle != "year" or (period.start - date).days < _FAR_AHEAD:
        return False
    last = occurrence(found.expression, number - 1)
    return last is not None and (date - last.end).days <= _JUST_GONE


def _more_likely_past(found: Found, period: Period, date: datetime.date) -> bool:
    """An old date that came round lately is taken to have gone by: "had been due on Monday", said on Tuesday."""
    return found.expression.cycle == "week" and (period.start - date).days >= _LATELY

"""Whether the words around an expression speak of what was or of what will be.

The nearest verb decides: first to the left in the clause, then to its right, then further to the left, but not beyond
another expression of time, which has that verb to itself. "Will meet on Friday", "talks on Monday failed", "said on
Tuesday that …" and "said Tuesday's vote would …" come out as they should.
"""

from typing import Final, Literal

from tone.when.reading import Found
from tone.when.tokens import Tokens
from tone.when.verbs import (
    ADJECTIVES_FOLLOW,
    AFTER_SPEECH,
    ARRANGED,
    ARRANGEMENTS,
    BREAKS,
    CHANGED,
    FUTURE,
    MODALS,
    NO_INFINITIVES,
    NO_VERB_AFTER_TO,
    NO_VERBS,
    PAST,
    PAST_INFINITIVES,
    PRESENT,
    PRESENT_PLURAL,
    QUOTES,
    SOFT_BREAKS,
    SPEECH,
)
from tone.when.words import FILLERS, NOON

Tense = Literal["past", "future", "arranged", None]
Verb = Literal["past", "future", "arranged", "clause", None]
_FAR: Final = 30
_NEAR: Final = 12


def tense(t: Tokens, found: Found, after: int, before: int) -> tuple[Tense, str]:
    """The tense around an expression, and the word that opens its clause ("after", "before"; empty where none does).

    The words from token ``after`` to token ``before`` are its own; those around them belong to other expressions.
    """
    lowest = max(after, found.first - _FAR)
    edge = found.first - 1  # of the clause
    while edge >= lowest and not _breaks(t, edge):
        edge -= 1
    left = _nearest(t, range(found.first - 1, edge, -1), found)
    if left == "clause":
        return _right(t, found, before, False), ""
    if left is not None:
        return left, ""
    opening = t.words[edge] if edge >= lowest else ""
    leads = opening != "than" and all(word in FILLERS or word == "by" for word in t.words[edge + 1 : found.first])
    opening = opening if opening in BREAKS else ""
    right = _right(t, found, before, leads)
    if right:
        return right, opening
    further = _nearest(t, range(edge, lowest - 1, -1), found)
    return (None if further == "clause" else further), opening


def _nearest(t: Tokens, places: range, found: Found) -> Verb:
    """The first word with a tense, going from the expression to the left, and not into or out of a quotation."""
    for i in places:
        if t.words[i] in QUOTES:
            return None
        if verb := _verb(t, i, found):
            return verb
    return None


def _right(t: Tokens, found: Found, before: int, leads: bool) -> Tense:
    """The first verb to the right in the clause; "on Friday, ministers will …" where the expression leads it."""
    at = found.end + (leads and t.words[found.end] == ",")
    for i in range(at, min(before, at + _NEAR)):
        if _breaks(t, i):
            return None
        verb = _verb(t, i, None)
        if leads and i == at and t.words[i].endswith("ed"):  # "this week, retired teachers will …"
            continue
        if verb and verb != "clause":
            return verb
    return None


def _breaks(t: Tokens, i: int) -> bool:
    """Whether a clause may end here; "before midnight on Friday" goes on."""
    return (t.words[i] in BREAKS and t.words[i + 1] not in NOON) or t.words[i] in SOFT_BREAKS


def _verb(t: Tokens, i: int, found: Found | None) -> Verb:
    """What the word says of tense. ``clause``: a verb of speech with a clause of its own before the expression."""
    word, before = t.words[i], t.words[i - 1] if i else ""
    if word in FUTURE or word in PRESENT or (word == "won" and t.words[i + 1] == "'t"):
        return "future"
    if word in PRESENT_PLURAL and before.endswith("s") and len(before) > 3:
        return "future"
    if word in ARRANGEMENTS:
        return "arranged"
    if word in CHANGED and before not in MODALS:
        return "past" if found and t.words[found.end] != "'s" else "arranged"
    if word == "to":
        return _infinitive(t, i)
    if word == "agreed" and t.words[i + 1] == "to":
        return "future"
    if word in SPEECH:
        return _speech(t, i, found)
    if word in PAST:
        if before in MODALS:
            return None
        auxiliary = word in {"was", "were", "had", "been"}
        return "arranged" if auxiliary and not ARRANGED.isdisjoint(t.words[i + 1 : i + 4]) else "past"
    if word.endswith("ed") and len(word) > 4 and word not in NO_VERBS and not t.capital(i):
        return None if before in ADJECTIVES_FOLLOW else "past"
    return None


def _infinitive(t: Tokens, i: int) -> Literal["past", "future", None]:
    verb, before = t.words[i + 1], t.words[i - 1] if i else ""
    if not verb.isalpha() or t.capital(i + 1) or verb in NO_VERB_AFTER_TO or before in NO_INFINITIVES:
        return None
    if verb.endswith("ing") or (verb.endswith("s") and not verb.endswith(("ss", "us"))):
        return None
    return "past" if not PAST_INFINITIVES.isdisjoint(t.words[max(0, i - 2) : i]) else "future"


def _speech(t: Tokens, i: int, found: Found | None) -> Literal["past", "clause", None]:
    if found is None:
        return "past"
    between = t.words[i + 1 : found.first]
    if not between and t.words[found.end] == "'s":
        return "clause"
    return "past" if not between or between[0] in AFTER_SPEECH else "clause"

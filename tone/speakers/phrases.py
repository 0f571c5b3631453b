"""Take a source noun phrase apart: its main part, head noun, modifiers, appositions."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from tone.records import Span
from tone.speakers import lexicon
from tone.speakers.names import fold

_TOKEN = re.compile(r"\S+")
_EDGES: Final = " \t\r\n,.;:“”\"‘’'«»—–-()[]"
_QUOTES: Final = "“”\"'‘’()[],;:"
_COMMA = re.compile(r",(?! (?:Jr|Sr)\b)\s|\s[—–-]\s|\s(?=\([^)]*\)?(?!\)?\s[A-Za-z]))")
_WROTE = re.compile(r"(?:wrote|issued|sent|posted|made|filed|gave)$")
_ABBREVIATION = re.compile(r"(?:\b[A-Z]|\b(?:Jr|Sr|Inc|Corp|Ltd|Co|Bros))\.$")
_AFTER_NOUN = re.compile(
    r"\s(?:who|whom|which|that|whose|where|speaking|across|in recent|this (?:week|month|year)|last (?:week|month|year)"
    r"|granted|requesting|insisting on|on condition|on (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b"
)
_NO_MARKS: Final = str.maketrans("", "", '“”"')
_COUNTING: Final = lexicon.DETERMINERS | {"least", "at", "more", "than", "about", "of", "own", "out"}
_TELLING_NOTHING: Final = lexicon.DETERMINERS | lexicon.HEAD_STOPS | lexicon.GENERIC
_WEAK_TAILS: Final = frozenset({"familiar", "close", "briefed", "speaking", "involved", "involving"})
_COMPOUND_ROLES: Final = frozenset({("chief", "of", "staff"), ("secretary", "of", "state"), ("head", "of", "state")})


@dataclass(frozen=True, slots=True)
class Phrase:
    """A source as read: spans into the article's text, words folded.

    Attributes:
        span: the whole phrase, without quotation marks and commas at its ends.
        main: its part before the first comma.
        head: its head noun, without a possessive ending; empty for an empty phrase.
        head_span: where the head noun stands.
        before: the words before the head, with the determiner.
        after: the words from the first preposition or relative pronoun on, within ``main``.
        appositions: the parts after commas, dashes and within parentheses.
        proper: whether the head noun is capitalised as a name is.
    """

    span: Span
    main: Span
    head: str
    head_span: Span
    before: tuple[str, ...]
    after: tuple[str, ...]
    appositions: tuple[Span, ...]
    proper: bool

    @property
    def definite(self) -> bool:
        """Whether it speaks of somebody known: "the official", "his lawyer", "Larkfield's chief"."""
        return _definite(self.before)

    @property
    def determined(self) -> bool:
        """Whether any determiner stands before it; headlines leave them away."""
        return bool(self.before) and (self.before[0] in lexicon.DETERMINERS or self.definite)

    @property
    def plural(self) -> bool:
        """Whether the head noun looks plural."""
        return is_plural(self.head)

    @property
    def words(self) -> tuple[str, ...]:
        """All words of its main part, without possessive endings."""
        return _unowned((*self.before, self.head, *self.after))

    @property
    def modifiers(self) -> frozenset[str]:
        """The words that tell this one from others of its kind."""
        return _telling((*self.before, *self.after))


def unowned(word: str) -> str:
    """A word without a possessive ending."""
    if word.endswith(("'s", "’s")):
        return word[:-2]
    return word[:-1] if word.endswith(("'", "’")) else word


@lru_cache(maxsize=2048)
def _definite(before: tuple[str, ...]) -> bool:
    return bool(before) and (
        before[0] in ("the", "this", "that", "these", "those", "his", "her", "its", "their")
        or any(word.endswith(("'s", "s'")) for word in before)
    )


@lru_cache(maxsize=2048)
def _unowned(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(map(unowned, words))


@lru_cache(maxsize=2048)
def _telling(words: tuple[str, ...]) -> frozenset[str]:
    return frozenset(word for word in _unowned(words) if word and word not in _TELLING_NOTHING)


@lru_cache(maxsize=8192)
def is_plural(noun: str) -> bool:
    """Whether a folded noun looks plural: "officials", "people", "police"."""
    if noun in (
        "people",
        "men",
        "women",
        "police",
        "children",
        "staff",
        "others",
        "some",
        "many",
        "most",
        "both",
        "all",
    ):
        return True
    if noun.endswith(("women", "smen", "lawmen", "clergymen", "chairmen")):
        return True
    return len(noun) > 3 and noun.endswith("s") and not noun.endswith(("ss", "us", "is", "'s"))


@lru_cache(maxsize=8192)
def singular(noun: str) -> str:
    """The singular of a folded noun, as far as its ending tells."""
    if noun == "people":
        return "person"
    if noun.endswith("men"):
        return noun[:-2] + "an"
    if noun.endswith("ies") and len(noun) > 4:
        return noun[:-3] + "y"
    return noun[:-1] if is_plural(noun) and noun.endswith("s") else noun


def read(text: str, span: Span) -> Phrase | None:
    """Take a source apart.

    Args:
        text: the article's text.
        span: the source in it.

    Returns:
        The phrase, or None where nothing but punctuation is in the span.
    """
    start, end = span.start, span.end
    while start < end and text[start] in _EDGES:
        start += 1
    while end > start and text[end - 1] in _EDGES and not _ABBREVIATION.search(text, start, end):
        if text[end - 1] == ")" and "(" in text[start:end]:
            break
        end -= 1
    if start >= end:
        return None
    cuts = list(_COMMA.finditer(text, start, end))
    main = Span(start, cuts[0].start() if cuts else end)
    edges = [(cut.end(), cuts[i + 1].start() if i + 1 < len(cuts) else end) for i, cut in enumerate(cuts)]
    tokens = list(_TOKEN.finditer(text, main.start, main.end))
    if not tokens:
        return None
    folded = [fold(token.group()).strip(_QUOTES) or "-" for token in tokens]
    stop = next((i for i in range(1, len(folded)) if _stops(folded, i)), len(tokens))
    head = tokens[stop - 1]
    written = head.group().strip(_QUOTES)
    return Phrase(
        span=Span(start, end),
        main=main,
        head=unowned(folded[stop - 1]),
        head_span=Span(head.start(), head.end()),
        before=tuple(folded[: stop - 1]),
        after=tuple(folded[stop:]),
        appositions=tuple(Span(a, b) for a, b in edges if a < b),
        proper=any(c.isupper() for c in written[:3]) and not (stop == 1 and folded[0] in lexicon.NOT_NAMES),
    )


def _stops(folded: list[str], index: int) -> bool:
    """Whether the head noun stands before this word."""
    before, word = folded[index - 1], folded[index]
    if before in lexicon.DOCUMENTS and index + 1 < len(folded) and _WROTE.match(folded[index + 1]):
        return True  # "a memo Roe wrote"
    going = word.endswith("ing") and len(word) > 5
    if going and (is_plural(before) or before in lexicon.ROLES or before in lexicon.BODY_NOUNS):
        return True  # "Democrats trying to win the Senate"
    if word not in lexicon.HEAD_STOPS:
        return word == "though"
    return tuple(folded[index - 1 : index + 2]) not in _COMPOUND_ROLES


def description(text: str, phrase: Phrase) -> str:
    """The shortest form of an unnamed source that still says who it is.

    Determiners, counting words, what follows a relative pronoun, and appositions are left away.

    Args:
        text: the article's text.
        phrase: the source in it.

    Returns:
        For "a senior official who asked not to be named": "senior official". Never empty.
    """
    whole = phrase.main.of(text)
    parts = _AFTER_NOUN.split(whole)[0].split()
    if phrase.after and phrase.after[0] in _WEAK_TAILS and frozenset(phrase.before) - _COUNTING - lexicon.GENERIC:
        parts = parts[: len(phrase.before) + 1]  # "federal officials familiar with the review": the adjective suffices
    while len(parts) > 1 and fold(parts[0]).strip(_QUOTES) in _COUNTING:
        parts = parts[1:]
    return " ".join(parts).translate(_NO_MARKS).strip(" ,.;:") or whole

"""Personal names: what is the surname, can two names be one person's, which is the fuller."""

import re
import unicodedata
from functools import lru_cache

from tone.speakers import given, lexicon

_APOSTROPHES = re.compile("[’‘`´ʼ]")
_WORD = re.compile(r"[^\W_]+(?:['.-][^\W_]+)*")
_POSSESSIVE = re.compile(r"['’]s?$")
_GLUED_ARTICLE = re.compile(r"^(?:al|el|ul)-(?=\w)")


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """Lower case, without accents and full stops, with one kind of apostrophe: the form in which words are compared.

    Args:
        text: any text.

    Returns:
        The folded text.
    """
    if not text.isascii():
        text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
        text = _APOSTROPHES.sub("'", text)
    return text.casefold().replace(".", "")


@lru_cache(maxsize=4096)
def words(name: str) -> tuple[str, ...]:
    """The folded words of a name, in order, without possessive endings and punctuation between them."""
    return tuple(_POSSESSIVE.sub("", word) for word in _WORD.findall(fold(name)))


@lru_cache(maxsize=4096)
def core(name: str) -> tuple[str, ...]:
    """The folded words of a personal name without "Jr." and the like."""
    kept = [word for word in words(name) if word not in lexicon.SUFFIXES]
    return tuple(kept) or words(name)


@lru_cache(maxsize=4096)
def _bare(word: str) -> str:
    """A surname for comparison: "al-Rashdi", "Alrashdi" stay apart, but "al-Rashdi" meets "Rashdi"."""
    return _GLUED_ARTICLE.sub("", word).replace("-", "").replace("'", "")


@lru_cache(maxsize=4096)
def surname(name: str) -> str:
    """The last word of a personal name, bare of "al-", hyphens and apostrophes; empty for an empty name."""
    parts = core(name)
    return _bare(parts[-1]) if parts else ""


def tails(name: str) -> set[str]:
    """Every form a surname alone may take: "van der Berg", "der Berg", "Berg"; "Calva Ruiz", "Ruiz", "Calva"."""
    parts = core(name)
    ends = {" ".join(parts[i:]) for i in range(1, len(parts))}
    ends |= {_bare(part) for part in parts[1:] if len(part) > 1 and part not in lexicon.PARTICLES}
    ends |= {_bare(" ".join(parts[i:]).replace(" ", "")) for i in range(1, len(parts)) if parts[i] in lexicon.PARTICLES}
    return ends


@lru_cache(maxsize=4096)
def same_given(one: str, other: str) -> bool:
    """Whether two given names can be one person's: equal, an initial of the other, or its short form."""
    a, b = one.replace("-", ""), other.replace("-", "")
    if a == b:
        return True
    if min(len(a), len(b)) <= 2 and a[0] == b[0]:  # an initial, or two: "h", "hr"
        return True
    return any(a in group and b in group for group in given.NICKNAMES)


@lru_cache(maxsize=4096)
def compatible(one: str, other: str) -> bool:
    """Whether two names of at least two words can be one person's.

    The surnames must be equal, and the given names equal, initials or short forms of one another; a middle name, or a
    second surname, may be missing in one of them.
    """
    a, b = core(one), core(other)
    if set(words(one)) & lexicon.SUFFIXES != set(words(other)) & lexicon.SUFFIXES:  # father and son
        return False
    if len(a) < 2 or len(b) < 2:
        return False
    if (a == b or set(a) < set(b) or set(b) < set(a)) and same_given(a[0], b[0]):
        return True
    short, long = sorted((a, b), key=len)
    if len(short) < len(long) and long[-len(short) :] == short:
        return True  # "Bou Raad", "van der Berg" after the full name; "DJ Nora Pell"
    if _bare(a[-1]) != _bare(b[-1]):
        return False
    return same_given(a[0], b[0]) and same_middle(one, other)


def same_middle(one: str, other: str) -> bool:
    """Whether the middle names of two names agree, or one has none."""
    middles = [[p for p in core(name)[1:-1] if p not in lexicon.PARTICLES] for name in (one, other)]
    return not all(middles) or all(same_given(x, y) for x, y in zip(*middles, strict=False))


def fullness(name: str) -> tuple[int, int]:
    """A key by which the fullest of several forms of one name sorts last: its words, then its letters."""
    return len(core(name)), len(name)


def gender(name: str) -> str | None:
    """The gender that a given name tells, ``"m"`` or ``"f"``, by the lists, else by "-a" and "-o"; None otherwise."""
    first = core(name)[0] if core(name) else ""
    female, male = first in given.FEMALE_NAMES, first in given.MALE_NAMES
    if female != male:
        return "f" if female else "m"
    return None if female or len(first) < 4 else {"a": "f", "o": "m"}.get(first[-1])


def known_given(word: str) -> bool:
    """Whether a folded word is on the list of given names."""
    return word in given.FEMALE_NAMES or word in given.MALE_NAMES

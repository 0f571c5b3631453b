"""One name a person and body over a whole collection of articles: a survey of all names, then what each becomes."""

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import combinations, product
from typing import Final

from rapidfuzz.distance import DamerauLevenshtein

from tone.records import SpeakerKind
from tone.speakers import given, lexicon, names
from tone.speakers.names import words

EXPANDED: Final = "; full name from another article"
"""What the rule of a speaker says beside, where a surname alone became a full name."""
_LONG_ENOUGH: Final = 6
"""From how many letters on a surname may differ by one from another spelling of it."""


@dataclass(frozen=True, slots=True)
class Names:
    """What the names of a collection become; ``full`` has the surnames that one full name only has."""

    persons: Mapping[str, str]
    full: Mapping[str, str]
    bodies: Mapping[str, str]

    def of(self, name: str, kind: SpeakerKind) -> tuple[str, bool]:
        """The name that a speaker gets, and whether it is a full name in place of a surname alone."""
        if kind == "unnamed":
            return name, False
        if kind == "body":
            return self.bodies.get(name, name), False
        if len(names.core(name)) > 1:
            return self.persons.get(name, name), False
        full = self.full.get(names.surname(name))
        return (name, False) if full is None else (full, True)


@dataclass(frozen=True, slots=True)
class Survey:
    """The names of a collection, taken note of article by article; a name of one article takes some 8 bytes."""

    _seen: "dict[str, array[int]]" = field(default_factory=dict)  # full names: the articles that use them
    _bodies: Counter[str] = field(default_factory=Counter)

    def add(self, article: int, name: str, kind: SpeakerKind, attributions: int = 1) -> None:
        """Take note of a speaker's name and to how many attributions of an article it belongs.

        ``article`` is the article's number in the collection, never less than that of the call before.
        """
        if kind == "body":
            self._bodies[name] += attributions
        elif kind == "person" and len(names.core(name)) > 1:
            places = self._seen.setdefault(name, array("q"))
            if not places or places[-1] != article:
                places.append(article)

    def names(self) -> Names:
        """What each name becomes.

        Spellings of one full name (accents, hyphens, "al-", one letter of a long surname, a missing middle name) become
        the most frequent of them, unless one article uses both: then they are two people. A surname alone becomes the
        full name where one speaker of the collection has it, and it is not as common as Smith. Bodies are compared
        without case, articles and the order around "of". Unnamed sources stay: two articles' "senior official" need not
        be one. The order of the articles does not matter.
        """
        persons = _same_persons(self._seen)
        full = _by_surname({persons.get(name, name) for name in self._seen})
        alone = {
            surname: next(iter(fit))
            for surname, fit in full.items()
            if len(fit) == 1 and surname not in given.COMMON_SURNAMES
        }
        return Names(persons, alone, _same_bodies(self._bodies))


# --- persons ---------------------------------------------------------------------------------------------------------


def _same_persons(seen: "Mapping[str, array[int]]") -> dict[str, str]:
    """Which full names become which: spellings of one person to the most frequent, then fullest."""
    links: dict[str, set[str]] = defaultdict(set)
    for one, other in _pairs(seen):
        if _one_person(one, other) and set(seen[one]).isdisjoint(seen[other]):
            links[one].add(other)
            links[other].add(one)
    renamed: dict[str, str] = {}
    for name, others in links.items():
        group = {name, *others}
        if all(group - {member} <= links[member] for member in group):  # all fit one another: no third person between
            renamed[name] = max(group, key=lambda n: (len(seen[n]), names.fullness(n), n))
    return renamed


def _pairs(full_names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Pairs of names that may be one person's, some more than once: all pairs would be the square of their number.

    The first two letters of the surname must be the same.
    """
    by_start: dict[str, list[str]] = defaultdict(list)
    for name in sorted(full_names):
        by_start[_collapsed(name)[1][:2]].append(name)
    for some in by_start.values():
        yield from _pairs_among(some)


def _pairs_among(some: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Pairs of names whose surnames begin alike, and which share more.

    What `_one_person` lets pass shares the surname, with its particles or without; or the given name and all letters of
    the surname but one; or one name has the last word of the other among its own.
    """
    alike: dict[tuple[str, ...], list[str]] = defaultdict(list)
    last: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    ending: dict[str, list[str]] = defaultdict(list)
    within: dict[str, list[str]] = defaultdict(list)
    for name in some:
        first, surname = _collapsed(name)
        parts = names.core(name)
        alike["surname", surname].append(name)
        last[names.surname(name)][surname].append(name)
        # Two words one edit apart give the same where the right letter is left out of one or both.
        shorter = {surname[:at] + surname[at + 1 :] for at in range(len(surname))}
        for letters in {surname, *shorter} if len(surname) >= _LONG_ENOUGH else ():
            alike["spelling", first, letters].append(name)
        ending[parts[-1]].append(name)
        for word in set(parts[:-1]) if len(parts) > 2 else ():
            within[word].append(name)
    for group in alike.values():
        yield from combinations(group, 2)
    for by_surname in last.values():
        for these, those in combinations(by_surname.values(), 2):
            yield from product(these, those)
    for word, longer in within.items():
        yield from ((one, other) for one in ending.get(word, ()) for other in longer if one != other)


def _one_person(one: str, other: str) -> bool:
    """Whether two full names are spellings of one."""
    if set(words(one)) & lexicon.SUFFIXES != set(words(other)) & lexicon.SUFFIXES or not names.same_middle(one, other):
        return False
    (given, surname), (given2, surname2) = _collapsed(one), _collapsed(other)
    if (given, surname) == (given2, surname2) or names.compatible(one, other):
        return True
    if given != given2:
        return surname == surname2 and len(given) >= _LONG_ENOUGH and DamerauLevenshtein.distance(given, given2) == 1
    return min(len(surname), len(surname2)) >= _LONG_ENOUGH and DamerauLevenshtein.distance(surname, surname2) == 1


def _collapsed(name: str) -> tuple[str, str]:
    """Given name and surname as bare letters, particles joined to the surname: ("salim", "alrashdi")."""
    parts = names.core(name)
    at = next((i for i, part in enumerate(parts) if i and part in lexicon.PARTICLES), len(parts) - 1)
    return _letters(parts[:1]), _letters(parts[at:])


def _letters(parts: Iterable[str]) -> str:
    return "".join(c for part in parts for c in part if c.isalnum())


def _by_surname(full_names: Iterable[str]) -> dict[str, set[str]]:
    """The full names that a name of one word may stand for: by surname, or by a family name put first."""
    found: dict[str, set[str]] = defaultdict(set)
    for name in full_names:
        parts = names.core(name)
        found[names.surname(name)].add(name)
        if not names.known_given(parts[0]) and len(parts[0]) > 1:
            found[parts[0]].add(name)
    return found


# --- bodies ----------------------------------------------------------------------------------------------------------


def _same_bodies(counts: Counter[str]) -> dict[str, str]:
    """Which names of bodies become which: one normalised form, the most frequent spelling."""
    groups: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for name in counts:
        groups[_normalised(name)].append(name)
    best = {key: max(group, key=lambda n: (counts[n], sum(c.isupper() for c in n), n)) for key, group in groups.items()}
    return {name: best[key] for key, group in groups.items() for name in group if name != best[key]}


def _normalised(name: str) -> tuple[str, ...]:
    """A body's words without articles and joints, in one order: "Ministry of Justice" is the "Justice Ministry"."""
    text = " ".join(words(name)).replace("united states", "us").replace("dept", "department")
    return tuple(sorted(word for word in text.split() if word not in ("the", "of", "for", "and"))) or (name,)

"""The persons and bodies of an article, and which of them a name can mean."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from tone.speakers import lexicon, names, nations
from tone.speakers.evidence import gender_of
from tone.speakers.mentions import Mention
from tone.speakers.names import fold, words

_PLACES: Final = lexicon.COUNTRIES | lexicon.CAPITALS | lexicon.US_STATES


@dataclass(slots=True, eq=False)
class Entity:
    """A person or a body of one article, gathered mention by mention.

    Attributes:
        name: the fullest form found.
        kind: which of the two.
        gender: ``"m"``, ``"f"`` or None; ``"n"`` for what cannot be a person.
        sure: whether a title or a pronoun told the gender, not only the given name.
        roles: folded nouns saying what it is ("senator", "agency").
        about: every folded word of its titles and appositions.
        nouns: the head nouns of its titles and appositions, any noun.
        starts: where it is mentioned, in characters, ascending.
        forms: the folded names and abbreviations that a body goes by.
        weak: whether only its capital letter says that it is a name.
        located: whether a dateline or the like says that it is a place.
        nations: the countries that its name, titles and appositions tell.
        place: whether it is the name of a place, which may stand for its government but is no company or group.
        people: whether it is the name of a people or the adjective of a country.
        told: every folded word of its name, titles and appositions.
        named_as_body: whether a word of its name says that it is a body ("Commission").
        platform: whether it is only named as where somebody wrote ("on X").
    """

    name: str
    kind: Literal["person", "body"]
    gender: str | None = None
    sure: bool = False
    roles: set[str] = field(default_factory=set)
    about: set[str] = field(default_factory=set)
    nouns: set[str] = field(default_factory=set)
    starts: list[int] = field(default_factory=list)
    forms: set[str] = field(default_factory=set)
    weak: bool = False
    located: bool = False
    nations: frozenset[str] = frozenset()
    place: bool = False
    people: bool = False
    platform: bool = False
    named_as_body: bool = False
    told: frozenset[str] = frozenset()

    def settle(self) -> None:
        """Draw conclusions once everything about it has been gathered."""
        own = words(self.name)
        self.starts.sort()
        self.told = frozenset([*self.about, *self.roles, *own])
        self.nations = nations.told_by(self.told)
        self.place = self.located or not _PLACES.isdisjoint(self.forms)
        self.named_as_body = not lexicon.BODY_WORDS.isdisjoint(own)
        self.people = not nations.DEMONYMS.keys().isdisjoint(self.forms)

    @property
    def first(self) -> int:
        """Where it is mentioned first; far beyond any text where never."""
        return self.starts[0] if self.starts else 1 << 60

    def last_before(self, at: int) -> int:
        """The start of its last mention before ``at``, or -1."""
        index = bisect_left(self.starts, at)
        return self.starts[index - 1] if index else -1

    def count_before(self, at: int) -> int:
        """How many of its mentions start before ``at``."""
        return bisect_left(self.starts, at)

    def first_after(self, at: int) -> int:
        """The start of its first mention after ``at``, or -1."""
        index = bisect_left(self.starts, at + 1)
        return self.starts[index] if index < len(self.starts) else -1


@dataclass(frozen=True, slots=True)
class Cast:
    """The persons and bodies of an article, and its mentions in reading order.

    Attributes:
        persons, bodies: the entities.
        mentions: the names in the text; ``starts`` and ``ends`` are where they stand.
        owners: the entity that the mention starting at a character names.
        surnames: the persons who go by a folded surname.
        parts: the folded words of all names.
    """

    persons: list[Entity]
    bodies: list[Entity]
    mentions: Sequence[Mention]
    starts: Sequence[int]
    ends: Sequence[int]
    owners: dict[int, Entity]
    surnames: dict[str, list[Entity]]
    parts: frozenset[str] = frozenset()

    def owner(self, mention: Mention) -> Entity | None:
        """The entity that a mention names, None where it is unknown or could be several."""
        return self.owners.get(mention.span.start)

    def within(self, start: int, end: int) -> Sequence[Mention]:
        """The mentions that share characters with ``start`` to ``end``."""
        return self.mentions[bisect_left(self.ends, start + 1) : bisect_left(self.starts, end)]

    def next_start(self, at: int) -> int | None:
        """Where the first mention after a character starts."""
        index = bisect_left(self.starts, at + 1)
        return self.starts[index] if index < len(self.starts) else None

    def people(self, name: str, title: str = "") -> list[Entity]:
        """The persons whom a name can mean: full names, then surnames, then given names; title and gender must fit."""
        parts = names.core(name)
        if len(parts) > 1:
            exact = [p for p in self.persons if fold(p.name) == fold(name)]
            exact = exact or [p for p in self.persons if names.compatible(p.name, name)]
            if exact:
                return exact
        key = "".join(parts).replace("-", "").replace("'", "")
        found = self.surnames.get(names.surname(name), []) if len(parts) == 1 else []
        found = found or self.surnames.get(key, []) or self.surnames.get(" ".join(parts), [])
        if not found and len(parts) == 1:
            found = [p for p in self.persons if names.core(p.name)[:1] == parts]
        return _fitting(found, title)

    def body(self, name: str) -> Entity | None:
        """The body that a name, a short form of it or an abbreviation means, None where there is none or several."""
        parts = words(name)
        folded = " ".join(parts)
        for body in self.bodies:
            if folded in body.forms:
                return body
        wanted = set(parts) - lexicon.DETERMINERS
        longer = []
        for body in self.bodies if wanted else ():
            whole = words(body.name)
            if len(whole) > len(parts) and parts[-1] in (whole[-1], whole[0]) and wanted <= set(whole):
                longer.append(body)
        return longer[0] if len(longer) == 1 else None


def _fitting(people: Sequence[Entity], title: str) -> list[Entity]:
    """Those whom a title fits: by gender, then by role, as long as somebody is left."""
    if len(people) < 2 or not title:
        return list(people)
    said = title.split()
    gender = lexicon.HONORIFICS.get(said[-1]) or gender_of(said)
    fit = [p for p in people if not gender or p.gender in (gender, None)]
    fit = [p for p in fit if gender and p.gender == gender] or fit
    return [p for p in fit if set(said) & p.roles] or fit

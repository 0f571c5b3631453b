"""Gather the cast of an article from its mentions: who is a person, who a body, which names are one and the same."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from tone.records import Article, Span
from tone.speakers import evidence, lexicon, names
from tone.speakers.cast import Cast, Entity
from tone.speakers.mentions import UPPER, Mention, find
from tone.speakers.names import fold, words

_ABBREVIATION = re.compile(r"\s?\((?:the |or )?([A-Z][A-Za-z&.-]{1,9})(?:, [^)]*)?\)")
_PARENTHESISED = re.compile(r"\(([A-Z]{2,8})\)")
_LONG_FORM_WORD = re.compile(r"[\w&’'-]+")
_CAPITAL_LETTERS: Final = re.compile(f"[{UPPER}]")
_LEGAL_FORM = re.compile(r"(?:inc|corp|ltd|co)\b", re.IGNORECASE)
_WHERE: Final = re.compile(r"\b(?:on|via|to) $")
"""Before the name of a platform where somebody wrote."""
_SHORT: Final = lexicon.BODY_WORDS - {"house", "senate", "congress", "parliament", "government", "state", "today"}
"""Single words that may be short for the name of a body."""
_FULL_FORMS: Final = [(short, full.split("; ")) for short, full in lexicon.ABBREVIATIONS.items()]
_JOINERS: Final = frozenset({"of", "and", "for", "the", "on", "in", "to", "de", "&"})


@dataclass(frozen=True, slots=True)
class _Sorted:
    """Mentions by what they look like: persons (full or titled names), bodies and places, single words yet unknown."""

    people: list[Mention]
    bodies: list[Mention]
    lone: list[Mention]
    singles: frozenset[str]


def gather(article: Article, sources: Sequence[Span] = ()) -> Cast:
    """Find the persons and bodies of an article.

    Args:
        article: any article; its title is read for full names too.
        sources: where sources of attributions stand; an unknown name in one is more likely a person's.

    Returns:
        Its cast.
    """
    text = article.text
    mentions = find(text)
    found = _sort(text, mentions, sources)
    persons = _persons(found, article.title or "")
    surnames: dict[str, list[Entity]] = defaultdict(list)
    for person in persons:
        for tail in names.tails(person.name) or {names.surname(person.name)}:
            surnames[tail].append(person)
    starts, ends = [m.span.start for m in mentions], [m.span.end for m in mentions]
    parts = frozenset(word for mention in mentions for word in words(mention.name))
    cast = Cast(persons, _bodies(text, found.bodies), mentions, starts, ends, {}, dict(surnames), parts)
    _tell_genders(text, cast)
    _claim(text, cast, found, frozenset(s.start for s in sources))
    for entity in (*cast.persons, *cast.bodies):
        entity.settle()
        if fold(entity.name) in lexicon.PLATFORMS:
            entity.platform = all(_WHERE.search(text, max(0, start - 5), start) for start in entity.starts)
    return cast


# --- sorting mentions ------------------------------------------------------------------------------------------------


def _sort(text: str, mentions: Sequence[Mention], sources: Sequence[Span]) -> _Sorted:
    singles = frozenset([fold(m.name) for m in mentions if m.form in ("name", "person") and len(words(m.name)) == 1])
    found = _Sorted([], [], [], singles)
    order = sorted(sources)
    source_starts = [s.start for s in order]
    doubtful: dict[str, list[tuple[Mention, bool]]] = defaultdict(list)
    for mention in mentions:
        count = len(names.core(mention.name))
        if mention.form == "person" and (count > 1 or mention.title):
            found.people.append(mention)
        elif mention.form in ("body", "place"):
            found.bodies.append(mention)
        elif count == 1:
            acronym = 1 < len(fold(mention.name)) < 7 and mention.name.isupper()
            (found.bodies if acronym else found.lone).append(mention)
        else:
            place = bisect_left(source_starts, mention.span.start + 1) - 1
            inside = place >= 0 and mention.span.start < order[place].end
            doubtful[fold(mention.name)].append((mention, inside))
    for group in doubtful.values():
        person = evidence.personal(text, group, singles)
        (found.people if person else found.bodies).extend(m for m, _ in group)
    return found


# --- grouping names --------------------------------------------------------------------------------------------------


def _persons(found: _Sorted, headline: str) -> list[Entity]:
    """Group the full names; then give a person to each titled or famous surname that no full name covers."""
    persons: list[Entity] = []
    by_word: dict[str, list[Entity]] = defaultdict(list)
    for mention in sorted(found.people, key=lambda m: m.span):
        core = names.core(mention.name)
        if len(core) < 2:
            continue
        person = next((p for part in core for p in by_word[part] if names.compatible(p.name, mention.name)), None)
        if person is None:
            person = Entity(mention.name, "person")
            persons.append(person)
        elif names.fullness(mention.name) > names.fullness(person.name):
            person.name = mention.name
        for part in core:
            if person not in by_word[part]:
                by_word[part].append(person)
    persons = [person for person in persons if not _glued(person, persons, found)]
    covered = {t for p in persons for t in names.tails(p.name)} | {names.core(p.name)[0] for p in persons}

    def add(name: str, key: str) -> None:
        if key not in covered:
            persons.append(Entity(name, "person"))
            covered.add(key)

    title_words = headline.split()
    in_sentence_case = sum(w[:1].islower() for w in title_words) > 0.4 * len(title_words)
    for given, last in pairwise(title_words):
        surname = re.sub(r"\W+$|['’]s$", "", last)
        likely = in_sentence_case and given.isalpha() and given.istitle() and fold(given) not in lexicon.NOT_NAMES
        if fold(surname) in found.singles and (names.known_given(fold(given)) or likely):
            add(f"{given} {surname}", names.surname(surname))
    for mention in found.bodies:
        for first, last in pairwise(mention.name.split()):
            if names.known_given(fold(first)) and fold(last) in found.singles:  # the Nora Pell Show
                add(f"{first} {last}", names.surname(last))
    for mention in found.people:
        if len(names.core(mention.name)) == 1 and mention.title.split()[-1] not in lexicon.BODY_WORDS:
            add(mention.name, names.surname(mention.name))
    return persons


def _glued(person: Entity, persons: Sequence[Entity], found: _Sorted) -> bool:
    """Whether a name is a surname that a headline set behind another word: "Ohio Pell" beside "Nora Pell"."""
    first = names.core(person.name)[0]
    once = sum(names.core(m.name) == names.core(person.name) for m in found.people) == 1
    full = [p for p in persons if p is not person and names.surname(p.name) == names.surname(person.name)]
    return once and not names.known_given(first) and any(names.known_given(names.core(p.name)[0]) for p in full)


def _bodies(text: str, mentions: Sequence[Mention]) -> list[Entity]:
    """Group the names of bodies, with the abbreviations that the text gives in parentheses or by their initials."""
    bodies: dict[str, Entity] = {}
    for short in _PARENTHESISED.finditer(text):
        whole = _long_form(text, short)
        if whole:
            name = whole.of(text)
            key = " ".join(words(name))
            bodies.setdefault(key, Entity(name, "body", forms={key})).forms.add(fold(short.group(1)))
    for mention in mentions:
        key = " ".join(words(mention.name))
        if key not in bodies:
            bodies[key] = Entity(mention.name, "body", forms={key}, located=mention.form == "place")
        given = _ABBREVIATION.match(text, mention.span.end)
        if given and given.group(1)[0].lower() in {word[0] for word in words(mention.name)}:
            bodies[key].forms.add(fold(given.group(1)))
    for body in bodies.values():
        letters = "".join(_CAPITAL_LETTERS.findall(body.name)).lower()
        if len(words(body.name)) > 2 and len(letters) > 2:
            body.forms |= {letters, letters.removeprefix("us")}
    for key, names_of in _FULL_FORMS:
        full = next((n for n in names_of if n in bodies), None) if key in bodies else None
        if full:
            bodies[full].forms.add(key)
    for key in [k for k, b in bodies.items() if " " not in k and b.name.isupper()]:
        if any(key in body.forms for k, body in bodies.items() if k != key):
            del bodies[key]
    for key in [key for key in bodies if key in _SHORT]:
        if sum(key in (words(b.name)[0], words(b.name)[-1]) for k, b in bodies.items() if " " in k) == 1:
            del bodies[key]  # "the Times" after the New Haven Times
    return list(bodies.values())


def _long_form(text: str, short: re.Match[str]) -> Span | None:
    """Where the name stands whose initials follow in parentheses (after Schwartz and Hearst, 2003), if anywhere."""
    letters = list(short.group(1).lower())
    first, skipped = None, 0
    for token in reversed(list(_LONG_FORM_WORD.finditer(text, max(0, short.start() - 100), short.start()))):
        if not letters:
            break
        word = token.group()
        if word[0].isupper() and word[0].lower() == letters[-1]:
            letters.pop()
            first = token
        elif word[0].islower():
            if fold(word) not in _JOINERS:
                return None
        elif first is None and not _LEGAL_FORM.match(word):
            skipped += 1  # "… and Prevention (CDC)"
            if skipped > 1:
                return None
    return Span(first.start(), short.start() - 1) if first and not letters else None


# --- who is meant ----------------------------------------------------------------------------------------------------


def _claim(text: str, cast: Cast, found: _Sorted, source_starts: frozenset[int]) -> None:
    """Note every mention with the entity it names, and what title and apposition say about it."""
    for mention in found.people:
        people = cast.people(mention.name, mention.title)
        if len(people) == 1:
            _note(text, cast, mention, people[0])
    for mention in found.bodies:
        body = cast.body(mention.name)
        if body:
            _note(text, cast, mention, body)
    weak: dict[str, Entity] = {}
    for mention in found.lone:
        people = cast.people(mention.name)
        if len(people) > 1:
            continue
        key = fold(mention.name)
        owner = people[0] if people else cast.body(mention.name) or weak.get(key)
        if owner is None:
            owner = weak[key] = Entity(mention.name, "body", forms={" ".join(words(mention.name))}, weak=True)
        _note(text, cast, mention, owner)
    for entity in weak.values():
        _settle(text, cast, entity, source_starts)


def _settle(text: str, cast: Cast, entity: Entity, source_starts: frozenset[int]) -> None:
    """Decide on a lone capitalised word: a person where pronouns take it up, else a body, or nothing at all."""
    subject = evidence.surname_like(text, entity.name, entity.starts, source_starts)
    votes = []
    for start in entity.starts if subject else ():
        gender = evidence.pronoun_after(text, start + len(entity.name), cast.next_start(start) or len(text))
        votes += [gender] if gender else []
    if not subject:
        entity.gender = "n"
    if votes and not entity.roles & lexicon.BODY_NOUNS:
        entity.kind, entity.weak, entity.gender = "person", False, max(("m", "f"), key=votes.count)
        cast.persons.append(entity)
        cast.surnames.setdefault(names.surname(entity.name), []).append(entity)
    else:
        cast.bodies.append(entity)


def _note(text: str, cast: Cast, mention: Mention, entity: Entity) -> None:
    cast.owners[mention.span.start] = entity
    entity.starts.append(mention.span.start)
    told = evidence.told(text, mention, entity.kind == "person")
    if told.words:
        entity.about.update(told.words)
        entity.nouns.update(told.nouns)
        entity.roles.update([word for word in told.words if word in lexicon.ROLES or word in lexicon.BODY_NOUNS])


def _tell_genders(text: str, cast: Cast) -> None:
    """Gender by titles, then given names, then the pronouns that take mentions up."""
    votes: dict[Entity, list[str]] = defaultdict(list)
    order = [m for m in cast.mentions if m.form not in ("body", "place")]
    for index, mention in enumerate(order):
        people: Iterable[Entity] = cast.surnames.get(names.surname(mention.name), [])
        title = mention.title.split()
        told = (lexicon.HONORIFICS.get(title[-1]) or evidence.gender_of(title)) if title else None
        candidates = list(people)
        if len(candidates) != 1 and len(names.core(mention.name)) > 1:
            candidates = cast.people(mention.name)
        if told and len(candidates) > 1:
            candidates = [p for p in candidates if names.gender(p.name) == told]
        if len(candidates) != 1:
            continue
        if told:
            votes[candidates[0]] += [told] * 4
        limit = order[index + 1].span.start if index + 1 < len(order) else len(text)
        pronoun = evidence.pronoun_after(text, mention.span.end, limit)
        if pronoun:
            votes[candidates[0]] += [pronoun] * 2
    for person in cast.persons:
        counted = votes[person]
        alone = len(names.core(person.name)) == 1
        heard = set(counted)
        by_name = None if alone else names.gender(person.name)
        counted += [by_name] * 3 if by_name else []
        person.gender = max(("m", "f"), key=counted.count) if counted else None
        person.sure = heard == {person.gender}

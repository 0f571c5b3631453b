"""Nouns that mean a person: "the foreign minister", "a New York regulator", "a spokesman for the company"."""

import re
from typing import Final

from tone.records import Attribution, Span
from tone.speakers import lexicon, names, phrases
from tone.speakers.bodies import AHEAD, LEDE, as_body, body, known
from tone.speakers.cast import Entity
from tone.speakers.discourse import Discourse, Found, learned, made, named, nobody
from tone.speakers.evidence import gender_of
from tone.speakers.names import words
from tone.speakers.phrases import Phrase

_SPOKESPERSON: Final = lexicon.STANDS_FOR["spokesman"]
_OF_PARTY: Final = frozenset(
    {"democrat", "republican", "officer", "lawmaker", "senator", "congressman", "congresswoman", "co-host"}
)
_AGED: Final = re.compile(r"\d\d-year-old$")
_CONTENT_WORD: Final = re.compile(r"[^\W\d_]{4,}")
_NATIONAL: Final = lexicon.COUNTRIES | frozenset(lexicon.DEMONYMS)
_PARAGRAPHS_ON: Final = 2


def is_role(noun: str) -> bool:
    """Whether a folded noun says what a person is or does."""
    return noun in lexicon.ROLES or noun in lexicon.STANDS_FOR or bool(_AGED.search(noun))


def role(scene: Discourse, phrase: Phrase) -> Found | None:
    """The person that a noun means: by titles and appositions, before or, in the lede and for spokespeople, after.

    Args:
        scene: the article as read so far.
        phrase: a singular source whose head is a common noun.

    Returns:
        None where nobody of the article fits.
    """
    at = phrase.span.start
    if phrase.definite:
        found = _known(scene, phrase)
        if found:
            return found
    spokesperson = phrase.head in _SPOKESPERSON
    if at < LEDE or spokesperson or phrase.definite or not phrase.determined:
        found = _named_later(scene, phrase) or _named_next(scene, phrase)
        if found:
            return found
    return _spokesperson(scene, phrase) if spokesperson else None


def _own(scene: Discourse, phrase: Phrase) -> set[Entity | None]:
    """Those named within the source: "Poe's lawyer" is not Poe."""
    return {scene.cast.owner(m) for m in scene.cast.within(phrase.main.start, phrase.main.end)}


def _proper_modifiers(scene: Discourse, phrase: Phrase) -> frozenset[str]:
    """The capitalised words that tell this one from others: "Oman" in "a spokesman for the Oman foreign ministry"."""
    inside = scene.cast.within(phrase.main.start, phrase.main.end)
    return frozenset(w for m in inside for w in words(m.name)) & phrase.modifiers


def _match(person: Entity, phrase: Phrase, proper: frozenset[str]) -> float:
    """How well a person's titles and appositions fit a role; 0 where the noun does not."""
    if phrase.head in person.roles:
        score = 2.0
    elif phrase.head in person.nouns:
        score = 1.8
    elif lexicon.STANDS_FOR.get(phrase.head, frozenset()) & (person.roles | person.about):
        score = 1.2
    else:
        return 0.0
    about = person.about | person.roles
    if proper and not proper & about:
        score -= 0.7
    if "former" in phrase.before:
        score += 0.8 if "former" in about else -0.5
    return score + 0.8 * len(phrase.modifiers & about) - 0.5 * min(3, len(phrase.modifiers - about))


def _fits_gender(person: Entity, noun: str) -> bool:
    gender = gender_of((noun,))
    return not gender or person.gender in (gender, None)


def _known(scene: Discourse, phrase: Phrase) -> Found | None:
    """Somebody mentioned before whose role fits best, with weight for who is on the reader's mind."""
    at, own, proper = phrase.span.start, _own(scene, phrase), _proper_modifiers(scene, phrase)
    salience = scene.salience(at)
    scores: dict[Entity, float] = {}
    for person in scene.cast.persons:
        if person in own or person.last_before(at) < 0 or not _fits_gender(person, phrase.head):
            continue
        match = _match(person, phrase, proper)
        if match > 0.4:
            scores[person] = match + 0.5 * max(0.0, salience.get(person, 0.0))
    if phrase.head == "president" and not phrase.modifiers and not any("president" in p.roles for p in scores):
        scores = {p: salience.get(p, 0.0) for p in scene.cast.persons if names.surname(p.name) in lexicon.PRESIDENTS}
    best = sorted(scores, key=lambda p: (-round(scores[p], 1), -p.last_before(at)))
    if len(best) > 1 and scores[best[0]] - scores[best[1]] < 0.1:
        places = [scene.paragraph(p.last_before(at)) for p in best[:2]]
        if places[0] == places[1]:
            return nobody("ambiguous: two persons fit the role")
    return named(best[0], "role") if best else _last_speaker(scene, phrase, salience)


def _last_speaker(scene: Discourse, phrase: Phrase, salience: dict[Entity, float]) -> Found | None:
    """A description of which nothing is known ("the 61-year-old"): the last speaker, of whom as little is known."""
    last = scene.past[-1] if scene.past else None
    person = last.found.entity if last else None
    if last is None or person is None or person.kind != "person" or phrase.before[:1] != ("the",):
        return None
    if not _fits_gender(person, phrase.head) or salience.get(person, 0.0) <= 2.0:
        return None
    loose = _AGED.search(phrase.head) or phrase.head in _OF_PARTY
    close = scene.paragraph(phrase.span.start) == last.end_paragraph or not phrase.modifiers
    unknown = phrase.head in lexicon.ROLES and not person.roles & lexicon.ROLES
    return named(person, "description of the last speaker") if loose or (unknown and close) else None


def _named_later(scene: Discourse, phrase: Phrase) -> Found | None:
    """A person first named further on whose role fits; nobody for those whom newspapers keep unnamed."""
    at, own, proper = phrase.span.start, _own(scene, phrase), _proper_modifiers(scene, phrase)
    spokesperson = phrase.head in _SPOKESPERSON
    relation = phrase.definite and phrase.before[0] not in ("the", "this", "that")
    best: tuple[float, Entity] | None = None
    for person in scene.cast.persons:
        first = person.first_after(at)
        if first < 0 or person in own or not _fits_gender(person, phrase.head):
            continue
        if (person.last_before(at) >= 0 and phrase.definite) or (first > at + AHEAD and not spokesperson):
            continue
        shared = phrase.modifiers & person.about
        if relation and not (shared and phrase.head in person.roles):
            continue
        if phrase.head in lexicon.VAGUE and not _may_be_named(person, phrase, shared):
            continue
        match = _match(person, phrase, proper)
        if spokesperson and match:
            match = 1.0 + len(shared) if not proper or proper & person.about or not person.about & _NATIONAL else 0.0
        if match > 0.6 and (best is None or match > best[0]):
            best = (match, person)
    if best:
        return learned(best[1], phrase, "role, named later")
    return None if phrase.determined else headline(scene, phrase)


def _may_be_named(person: Entity, phrase: Phrase, shared: frozenset[str]) -> bool:
    """Whether a vague noun ("an official") may be somebody named later: by its very word, "former", or what fits."""
    if {"senior", "familiar", "condition"} & {*phrase.before, *phrase.after}:
        return False
    return phrase.head in person.roles or "former" in phrase.before or (phrase.definite and bool(shared))


def headline(scene: Discourse, phrase: Phrase) -> Found | None:
    """A headline's "says minister": whoever the article quotes later in most of the same words, else first.

    Args:
        scene: the article as read so far.
        phrase: a source without a determiner, in the first paragraph.

    Returns:
        None elsewhere, or where nobody is quoted later.
    """
    current = scene.current
    senior = "senior" in phrase.before and phrase.head in lexicon.VAGUE
    if current is None or senior or scene.paragraph(phrase.span.start) > 0:
        return None
    wanted = _content_words(scene, current)
    best: tuple[float, Entity] | None = None
    later = [a for a in scene.order if a.source and a.source.start > phrase.span.end]
    for place, attribution in enumerate(later):
        owner = _speaking(scene, attribution, phrase.head in lexicon.BODY_NOUNS)
        if owner:
            score = len(wanted & _content_words(scene, attribution)) - 0.3 * place
            best = (score, owner) if best is None or score > best[0] else best
    return learned(best[1], phrase, "headline, quoted later") if best else None


def _content_words(scene: Discourse, attribution: Attribution) -> set[str]:
    return {w for c in attribution.content for w in _CONTENT_WORD.findall(c.of(scene.text).lower())}


def _speaking(scene: Discourse, attribution: Attribution, bodies_too: bool) -> Entity | None:
    """The first person, or body, named in the source of an attribution."""
    source = attribution.source
    owners = [scene.cast.owner(m) for m in scene.cast.within(source.start, source.end)] if source else []
    return next((o for o in owners if o and (o.kind == "person" or (bodies_too and not o.place))), None)


def _named_next(scene: Discourse, phrase: Phrase) -> Found | None:
    """A person of whom nothing else is known, first named as the source of the next attribution."""
    at = phrase.span.end
    spokesperson = phrase.head in _SPOKESPERSON
    if not spokesperson and (scene.paragraph(at) > 1 or phrase.head in lexicon.VAGUE or not is_role(phrase.head)):
        return None
    ahead = [a.source for a in scene.order if a.source and a.source.start > at]
    sources = ahead[:1] if spokesperson else ahead[:3]
    for source in sources:
        if scene.paragraph(source.start) - scene.paragraph(at) > _PARAGRAPHS_ON:
            return None
        owners = [scene.cast.owner(m) for m in scene.cast.within(source.start, source.end)]
        owner = next((o for o in owners if o and not o.place), None)
        if owner is None:
            continue
        new = owner.kind == "person" and owner.first >= source.start and not owner.roles & lexicon.ROLES
        if new and len(names.core(owner.name)) > 1 and _fits_gender(owner, phrase.head):
            return learned(owner, phrase, "role, named next")
        return None
    return None


def _spokesperson(scene: Discourse, phrase: Phrase) -> Found | None:
    """A spokesperson who stays unnamed, by whom they speak for: "Steltrex spokesman"."""
    speaks_for = _speaks_for(scene, phrase)
    if speaks_for is None or not speaks_for.speaker.name:
        return None
    name = f"{speaks_for.speaker.name} {phrase.head}"
    told = frozenset(phrase.words) | frozenset(words(name))
    return Found(made(name, "spokesperson of a body", "unnamed"), None, phrase.head, told)


def _speaks_for(scene: Discourse, phrase: Phrase) -> Found | None:
    text = scene.text
    if phrase.after[:1] in (("for",), ("of",), ("from",)):
        start = text.lower().find(phrase.after[0], phrase.head_span.end) + len(phrase.after[0]) + 1
        inner = phrases.read(text, Span(start, phrase.main.end))
        mentions = scene.cast.within(start, phrase.main.end)
        owner = scene.cast.owner(mentions[-1]) if mentions and inner and inner.proper else None
        if owner:
            return named(owner, "body")
        return body(scene, inner) if inner and inner.head in lexicon.BODY_NOUNS else None
    mentions = scene.cast.within(phrase.main.start, phrase.head_span.start)
    if mentions:
        owner = scene.cast.owner(mentions[-1])
        return named(owner, "body") if owner else None
    nouns = [w for w in phrase.before if w in lexicon.BODY_NOUNS]
    if nouns:
        found = known(scene, as_body(phrase, nouns[-1], phrase.span))
        if found:
            return found
    if nouns or not phrase.modifiers:
        return next((p.found for p in reversed(scene.past[-3:]) if p.found.speaker.kind == "body"), None)
    return None

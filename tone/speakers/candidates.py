"""Whom a source that holds no name can mean."""

from collections.abc import Iterator
from dataclasses import dataclass

from tone.speakers import features, lexicon, nations, phrases
from tone.speakers.cast import Entity
from tone.speakers.discourse import Found, described, named, nobody
from tone.speakers.features import Features
from tone.speakers.names import words
from tone.speakers.phrases import Phrase, description
from tone.speakers.questions import MEMORY, Question
from tone.speakers.sources import subject_of

_PRONOUNS = ("pronoun", "group pronoun")
_ONE = ("pronoun", "person noun")
_SPOKESPERSON = lexicon.STANDS_FOR["spokesman"]
_NEAR = ("group pronoun", "running quote", "words alone", "cue alone")


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody a source can mean, and the features that speak for it; ``rule`` is the kind of the question."""

    who: Entity | Found
    rule: str
    features: Features

    @property
    def found(self) -> Found:
        """The speaker, with what is known of them."""
        return self.who if isinstance(self.who, Found) else named(self.who, self.rule)


def candidates(question: Question) -> list[Candidate]:
    """Everybody whom a source can mean; last the source itself, by its description, or nobody."""
    kind = question.kind
    itself = Candidate(_itself(question), kind, features.of_itself(question))
    if kind == "plural noun":  # a group is whom it says it is: no antecedent was ever likelier
        return [itself]
    found = [Candidate(entity, kind, features.of_entity(question, entity)) for entity in _entities(question)]
    found += [Candidate(f, kind, features.of_description(question, f)) for f in _descriptions(question)]
    if kind == "group pronoun":
        found += [Candidate(f, kind, features.of_subject(question, f, n)) for f, n in _subjects(question)]
    return [*found, itself]


def _entities(question: Question) -> Iterator[Entity]:
    """The persons and bodies of the article that a source of this kind can mean."""
    scene, at, kind, cast = question.scene, question.at, question.kind, question.scene.cast
    main = question.phrase.main if question.phrase else None
    own = {cast.owner(m) for m in cast.within(main.start, main.end)} if main else set()
    spoke = {past.found.entity for past in scene.past[-MEMORY:]}
    persons = () if kind in ("group pronoun", "body noun") else cast.persons
    bodies = () if kind == "person noun" else cast.bodies
    back = question.back[-1].start
    spokesperson = kind == "person noun" and question.phrase and question.phrase.head in _SPOKESPERSON
    near, one = kind in _NEAR, kind in _ONE
    for entity in (*persons, *bodies):
        if near and entity not in spoke and entity.last_before(at) < back:
            continue
        if entity in own or entity.people or entity.platform or not entity.starts:
            continue
        if spokesperson and _no_spokesperson(entity):
            continue
        if one and (entity.gender == "n" or (entity.kind == "body" and not entity.weak)):
            continue
        against = question.gender and entity.gender not in (question.gender, None)
        if against and (entity.sure or kind == "person noun"):
            continue
        if kind == "body noun" and question.phrase and _another(question.phrase, entity):
            continue
        if kind == "person noun" and question.phrase and _of_another(question, question.phrase, entity):
            continue
        if question.nations and entity.nations and entity.nations.isdisjoint(question.nations):
            continue  # "the Omani minister" is no Iranian
        yield entity


def _of_another(question: Question, phrase: Phrase, person: Entity) -> bool:
    """Whether somebody has the same office with another: "Orland's foreign ministry spokesman" is not Kestria's."""
    if phrase.head == "minister" and "prime" in person.about and "prime" not in phrase.before:
        return True  # nor is a minister the prime minister
    told = features.owner(question, phrase, person.about)
    if told != "other name":
        return False
    names = phrase.modifiers & question.scene.cast.parts
    office = not (phrase.modifiers - names).isdisjoint(person.about)
    return office or any(
        features.same_word(phrase, past.found) and not names.isdisjoint(past.found.words)
        for past in question.scene.past
        if past.found.entity is None
    )


def _no_spokesperson(person: Entity) -> bool:
    """Whether somebody has another office: a minister is nobody's spokesman."""
    return not lexicon.ROLES.isdisjoint(person.roles) and _SPOKESPERSON.isdisjoint(person.about)


def _another(phrase: Phrase, entity: Entity) -> bool:
    """Whether a noun for a body cannot mean a name: a place, a bare noun, the Finance Ministry by "labour ministry"."""
    if entity.place and phrase.head not in lexicon.STATE_NOUNS:
        return True
    parts = set(words(entity.name))
    if entity.weak and parts <= lexicon.BODY_NOUNS:
        return True
    modifiers = phrase.modifiers - nations.WORDS
    return phrase.head in parts and bool(modifiers) and modifiers.isdisjoint(parts | entity.about)


def _descriptions(question: Question) -> Iterator[Found]:
    """The sources without a name that spoke before: lately, or ever, where the noun is the same."""
    phrase = question.phrase
    noun = phrase if phrase and question.kind not in _PRONOUNS else None
    for past in question.recent:
        if past.found.entity is None and (not noun or question.kind == "document" or _same(question, past.found)):
            yield past.found
    seen = {past.found.speaker.name for past in question.recent}
    for past in reversed(question.scene.past[:-MEMORY] if noun else ()):
        found = past.found
        if found.entity is None and found.speaker.name and found.speaker.name not in seen and _same(question, found):
            seen.add(found.speaker.name)
            yield found


def _same(question: Question, found: Found) -> bool:
    return question.phrase is not None and features.same_word(question.phrase, found)


def _subjects(question: Question) -> Iterator[tuple[Found, int]]:
    """The noun phrases without a name that this sentence and the two before start with, and how far back."""
    scene = question.scene
    for distance, sentence in enumerate(scene.sentences_back(question.at, 2)):
        subject = subject_of(scene, sentence, sentence.end)
        phrase = phrases.read(scene.text, subject) if subject else None
        if phrase is None or phrase.head in lexicon.PRONOUN_WORDS:
            continue
        if not scene.cast.within(phrase.head_span.start, phrase.head_span.end):
            yield described(description(scene.text, phrase), phrase), distance


def _itself(question: Question) -> Found:
    if question.phrase is None:
        return nobody("no source")
    if question.kind in _PRONOUNS:
        return nobody("no antecedent")
    return described(description(question.scene.text, question.phrase), question.phrase)

"""What speaks for and against somebody's being meant by a source.

The names are those of the weights in weights.json; every value lies between 0 and 3.
"""

from collections.abc import Sequence, Set
from math import log
from typing import Final

from tone.speakers import lexicon, nations
from tone.speakers.cast import Entity
from tone.speakers.discourse import STANDINGS, Found, Past, anchor
from tone.speakers.names import words
from tone.speakers.phrases import Phrase, singular
from tone.speakers.questions import REACH, Question

Features = dict[str, float]

_LEDE: Final = 900
_MOST: Final = 3
_PASSIVE: Final = lexicon.BE | lexicon.LEFT_OPEN | {"it"}
_ANY_STUDY: Final = "report|findings|study|review|survey|audit|memo|letter|analysis|poll|ranking|paper"
_GENERIC: Final = ("document", "paper", "report", "text", "survey", "study")
_STEM: Final = 4
"""By how many letters the name of a country and its adjective are alike."""
_PARTIES: Final = frozenset({"republican", "democrat", "independent", "conservative", "liberal"})
_RANKS: Final = frozenset({"prime", "vice", "deputy", "assistant"})
_OFFICES: Final = lexicon.ROLES | lexicon.STANDS_FOR.keys()
_NOUNS: Final = ("person noun", "body noun", "document")


def of_entity(question: Question, entity: Entity) -> Features:
    """For a person or body that the article names."""
    scene, at = question.scene, question.at
    kind = "weak" if entity.weak else "place" if entity.place else entity.kind
    found: Features = {kind: 1.0}
    before = entity.count_before(at)
    if not before:
        found["later"] = 1.0
        found["how much later"] = min(2.0, log(1 + max(0, entity.first_after(at) - at) / 200))
        if question.next_speaker is entity:
            found["speaks next"] = 1.0
    else:
        places = [*question.resumed.get(entity, ()), *question.standings.get(entity, ())]
        if len(places) > 1:
            places.sort(key=lambda place: (place[1], STANDINGS.index(place[0])))
        found |= _stands(question, places)
        found["mentions"] = min(_MOST, log(1 + before))
    if scene.chief(entity):
        found["chief"] = 1.0
    if entity.kind == "body" and entity.named_as_body:
        found["name of a body"] = 1.0
    own = question.attribution.content
    for content in own:
        if entity.count_before(content.start) < entity.count_before(content.end):
            found["in the words themselves"] = 1.0
            break
    if entity in question.ranks:
        found |= _spoke(question, question.ranks[entity])
    if question.phrase is None:
        if scene.introduces(entity, own[0].start):
            found["introduces"] = 1.0
        return found
    if question.gender and (entity.kind == "person" or entity.weak):
        fits = "unknown" if entity.gender is None else "sure" if entity.sure else "likely"
        found["gender against" if entity.gender not in (question.gender, None) else f"gender {fits}"] = 1.0
    if question.kind == "group pronoun" and question.many:
        found["one body, they"] = 1.0
    if question.kind in _NOUNS:
        found |= _described_as(question, question.phrase, entity, "" if before else "later, ")
    return found


def _spoke(question: Question, rank: int) -> Features:
    """How lately somebody spoke: as which of the distinct speakers counted back, how many paragraphs ago, and where."""
    past, nth = question.recent[rank], rank + 1
    ago = min(2, max(0, question.scene.paragraph(question.at) - past.paragraph))
    found = {"spoke": 1.0, f"spoke {min(nth, 3)}": 1.0, f"spoke {min(nth, 2)}, paragraphs {ago}": 1.0}
    if question.phrase is None and not rank and question.scene.left_open():
        found["left open"] = 1.0
    if question.kind == "document" and question.phrase:
        sentence = question.scene.sentence(anchor(past.attribution)).of(question.scene.text)
        if f" {question.phrase.head}" in sentence.lower().partition("in a")[2]:
            found["said in one"] = 1.0
    return found


def _stands(question: Question, places: Sequence[tuple[str, int]]) -> Features:
    """How prominent a mention is, and how far back: the latest outside of quotations, else the latest within."""
    outside = [place for place in places if place[0] != "quoted"] or places
    if not outside:
        return {"not lately": 1.0}
    standing, distance = outside[0]
    scene = question.scene
    sentence = question.back[min(distance, len(question.back) - 1)]
    found = {f"{standing} {distance}": 1.0}
    if scene.paragraph(sentence.start) == scene.paragraph(question.at):
        found[f"{standing}, this paragraph"] = 1.0
    if standing != "subject" and any(place[0] == "subject" for place in outside):
        found["also subject"] = 1.0
    return found


def _ago(question: Question, past: Past) -> int:
    """How many sentences back a source stands that has been resolved; it counts as a mention, a pronoun too."""
    source = past.phrase.span.start if past.phrase else question.at
    return question.scene.sentences_between(source, question.at)


def _described_as(question: Question, phrase: Phrase, entity: Entity, later: str) -> Features:
    """How a noun fits what titles, appositions and the name itself tell of an entity."""
    level = _level(question, phrase, entity)
    about = entity.told
    same = bool(question.nations) and not question.nations.isdisjoint(entity.nations)
    modifiers = phrase.modifiers - nations.WORDS if same else phrase.modifiers
    shared = len(modifiers & about)
    found = {
        later + level: 1.0,
        later + "modifiers shared": min(_MOST, float(shared)),
        later + "modifiers missing": min(_MOST, float(len(modifiers) - shared)),
        later + "proper": float(phrase.proper),
        later + "indefinite": float(not phrase.definite),
        later + "headline": float(not phrase.determined),
    }
    if level == "unknown":
        found[later + "unknown, chief"] = float(question.scene.chief(entity))
        found[later + "unknown, name of a body"] = float(entity.named_as_body)
    told = _country(question, entity.nations)
    whose = None if told or question.kind != "person noun" else owner(question, phrase, about)
    found |= {whose: 1.0} if whose else told
    found["other rank"] = float(level == "its word" and not (entity.about & _RANKS) <= set(phrase.words))
    if "former" in phrase.before:
        found["former" if "former" in about else "not former"] = 1.0
    found["called so before"] = float(_called(question, entity, phrase.head))
    if question.kind == "document":
        noun = _ANY_STUDY if phrase.head in _GENERIC else phrase.head
        found["beside the document"] = float(question.scene.beside(entity, noun, question.at))
    if later and question.at < _LEDE:
        found["says the same later"] = min(_MOST, float(question.scene.says_later(entity, question.attribution)))
    return found


def _country(question: Question, told: frozenset[str]) -> Features:
    """Whether a noun and somebody it may mean are of one country, as far as the text says so."""
    if not question.nations:
        return {}
    return {"same country" if question.nations & told else "other country" if told else "country unknown": 1.0}


def owner(question: Question, phrase: Phrase, about: Set[str]) -> str | None:
    """Whether the names in a noun phrase are told of an entity too: "Steltrex spokesman", "the Kestrian envoy".

    Args:
        question: what is asked.
        phrase: its noun phrase.
        about: the words told of the entity.

    Returns:
        "same name", "other name", "name unknown" where nothing with a name is told of it; None without a name.
    """
    names = phrase.modifiers & question.scene.cast.parts
    if not names:
        return None
    if any(name[:_STEM] == word[:_STEM] for name in names for word in about):
        return "same name"
    return "name unknown" if about.isdisjoint(question.scene.cast.parts) else "other name"


def _called(question: Question, entity: Entity, head: str) -> bool:
    """Whether a source with this noun has been found to mean an entity before."""
    return head in question.scene.called.get(entity, ())


def _level(question: Question, phrase: Phrase, entity: Entity) -> str:
    head, parts = singular(phrase.head), words(entity.name)
    for word in (phrase.head, head):
        if word in entity.roles or word in entity.nouns or (word in _PARTIES and word in entity.about):
            return "its word"
    if _called(question, entity, phrase.head):
        return "its word"
    if question.kind == "person noun" and head not in lexicon.ROLES and head not in lexicon.STANDS_FOR:
        return "no role"
    if parts and phrase.head in (parts[0], parts[-1]):
        return "its class"
    classes = lexicon.BODY_CLASSES.get(phrase.head, frozenset()) | lexicon.STANDS_FOR.get(phrase.head, frozenset())
    if not classes.isdisjoint(entity.about) or (entity.kind == "body" and not classes.isdisjoint(parts)):
        return "its class"
    known = lexicon.ROLES if entity.kind == "person" else lexicon.BODY_NOUNS
    return "another word" if entity.roles & known else "unknown"


def of_description(question: Question, found: Found) -> Features:
    """For a source without a name that spoke before."""
    features: Features = {
        "unnamed": 1.0,
        "unnamed body" if found.speaker.kind == "body" else "unnamed person": 1.0,
        "unnamed group": float(found.plural),
        "unnamed role": float(singular(found.head) in lexicon.ROLES and not found.plural),
        "unnamed document": float(found.head in lexicon.DOCUMENTS),
    }
    scene, phrase = question.scene, question.phrase
    if found.speaker.name in question.ranks:
        features |= _spoke(question, question.ranks[found.speaker.name])
    past = next(p for p in reversed(scene.past) if p.found.speaker.name == found.speaker.name)
    if past.phrase:
        ago = _ago(question, past)
        features |= _stands(question, [("subject", ago)] if 0 <= ago <= REACH else [])
    if question.kind == "group pronoun":
        agrees = "number agrees" if question.many == found.plural else "number differs"
        features["one body, they" if question.many and found.speaker.kind == "body" else agrees] = 1.0
    if question.kind in _NOUNS:
        features |= _country(question, nations.told_by(found.words))
    if phrase and same_word(phrase, found):
        features["same word"] = 1.0
        features["same number"] = float(phrase.head == found.head)
        features["other modifiers"] = min(_MOST, float(len(phrase.modifiers - found.words)))
        features["same word, indefinite"] = float(not phrase.definite)
    if phrase and phrase.head in _GENERIC:
        features["unnamed document, any document"] = features["unnamed document"]
    return features


def same_word(phrase: Phrase, found: Found) -> bool:
    """Whether a noun and a description have one head noun, whatever their number."""
    return bool(found.head) and singular(found.head) == singular(phrase.head)


def of_subject(question: Question, found: Found, distance: int) -> Features:
    """For a noun phrase without a name that a sentence starts with: "Organizers are ready, they say"."""
    agrees = "number agrees" if found.plural == question.many else "number differs"
    return {f"phrase {distance}": 1.0, f"phrase, {agrees}": 1.0}


def of_itself(question: Question) -> Features:
    """For the source's own description; for a pronoun, or no source at all, for nobody."""
    phrase = question.phrase
    found: Features = {"itself": 1.0}
    if phrase is None:
        text, attribution = question.scene.text, question.attribution
        found["doubt"] = 1.0 - attribution.probability
        found["few words"] = float(sum(len(c.of(text).split()) for c in attribution.content) < 4)
        cue = attribution.cue.of(text).lower().split() if attribution.cue else []
        found["passive cue"] = float(not _PASSIVE.isdisjoint(cue))
    elif question.kind in _NOUNS:
        scene, at = question.scene, question.at
        found["definite" if phrase.definite else "indefinite" if phrase.determined else "headline"] = 1.0
        found["of a country"] = float(bool(question.nations))
        found["modifiers"] = min(_MOST, float(len(phrase.modifiers)))
        found["proper"] = float(phrase.proper)
        found["proper within a sentence"] = float(phrase.proper and scene.sentence(at).start != at)
        found["lede"] = float(at < _LEDE)
        found["with a name"] = float(bool(scene.cast.within(phrase.main.start, phrase.main.end)))
        found["owned"] = float(phrase.before[:1] in (("his",), ("her",), ("its",), ("their",)))
        found["no role"] = float(singular(phrase.head) not in _OFFICES)
        found["introduced"] = float(question.kind == "document" and scene.introduced(phrase.head, at))
    return found

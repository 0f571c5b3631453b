"""Sources that are pronouns."""

import re

from tone.speakers import lexicon, phrases
from tone.speakers.cast import Entity
from tone.speakers.discourse import Discourse, Found, made, named, nobody
from tone.speakers.phrases import Phrase, singular

_THE_BODY = re.compile(r"(?:But |And |Still, |Yet )?[Tt]he ((?:[a-z-]+ ){1,2}([a-z-]+))\b")
_TIE = 0.1
"""Under which difference two persons fit a pronoun equally."""
_UNKNOWN_GENDER = 0.5
_SOON = 400
"""Within how many characters a pronoun's person may be named only afterwards."""
_REACH = 3
"""Over how many paragraphs "they" and "it" look back for a speaker."""


def pronoun(scene: Discourse, phrase: Phrase) -> Found | None:
    """Resolve a source that is a pronoun, or starts with one ("he and others", "her statement").

    Args:
        scene: the article as read so far.
        phrase: the source.

    Returns:
        None where it is no pronoun.
    """
    first = phrase.before[0] if phrase.before else phrase.head
    if first in lexicon.PRONOUNS and (first not in ("his", "her") or not phrase.before):
        return he_or_she(scene, phrase.span.start, lexicon.PRONOUNS[first])
    if first == "both" and phrase.before:
        return None
    if (first in lexicon.PLURAL and not (first == "their" and phrase.before)) or (
        first in lexicon.IMPERSONAL and not phrase.before
    ):
        return they(scene, phrase.span.start, first)
    if first in lexicon.RELATIVE and not phrase.before:
        return _relative(scene, phrase) or nobody("no antecedent")
    if first in lexicon.FIRST and not phrase.before:
        return _first_person(scene, phrase)
    if first in lexicon.SECOND and not phrase.before:
        return nobody("second person")
    return None


def he_or_she(scene: Discourse, at: int, gender: str) -> Found:
    """The person whom "he" or "she" means: the most present one of that gender, or an unnamed source just before."""
    fitting = {e: s for e, s in scene.salience(at).items() if e.gender in (gender, None)}
    scores = {
        entity: score - (_UNKNOWN_GENDER if entity.gender is None else 0.0)
        for entity, score in fitting.items()
        if entity.kind == "person"
    } or {entity: score for entity, score in fitting.items() if entity.weak and not entity.place}
    best = sorted(scores, key=lambda e: -scores[e])
    last = scene.past[-1] if scene.past else None
    if last and last.found.entity is None and singular(last.found.head) in lexicon.ROLES and not last.found.plural:
        weight = 2.9 - (scene.paragraph(at) - last.end_paragraph)
        if last.found.speaker.name and weight > 1 and (not best or scores[best[0]] < weight):
            return last.found.by("pronoun for an unnamed source")
    if not best:
        return _against_name(scene, at) or _named_after(scene, at, gender) or nobody("no antecedent")
    if len(best) > 1 and scores[best[0]] - scores[best[1]] < _TIE:
        return nobody("ambiguous: two persons fit the pronoun")
    return Found(made(best[0].name, "pronoun"), best[0])


def _against_name(scene: Discourse, at: int) -> Found | None:
    """The last speaker, though the given name is commonly the other gender's, where nobody else fits."""
    last = scene.past[-1] if scene.past else None
    person = last.found.entity if last else None
    if (
        last is None
        or person is None
        or person.kind != "person"
        or person.sure
        or scene.paragraph(at) - last.end_paragraph > 1
    ):
        return None
    return Found(made(person.name, "pronoun against the usual gender of the name"), person)


def _named_after(scene: Discourse, at: int, gender: str) -> Found | None:
    """Somebody of that gender first named soon after."""
    for mention in scene.cast.within(at, at + _SOON):
        owner = scene.cast.owner(mention)
        if (
            owner
            and owner.kind == "person"
            and owner.gender in (gender, None)
            and owner.first >= at
            and not scene.in_content(mention.span.start)
        ):
            return Found(made(owner.name, "pronoun, named after"), owner)
    return None


def they(scene: Discourse, at: int, word: str) -> Found:
    """The body or group that "they" or "it" means: the last that spoke, else the subject of a sentence just before."""
    singular = word in lexicon.IMPERSONAL
    for past in reversed(scene.past[-4:]):
        found = past.found
        if scene.paragraph(at) - past.end_paragraph >= _REACH or not found.speaker.name or past.at >= at:
            continue
        if found.speaker.kind == "body" or (
            found.entity is None and found.speaker.kind == "unnamed" and found.plural != singular
        ):
            return found.by("pronoun for a body" if singular else "plural pronoun")
    bodies: dict[Entity, float] = {
        e: s - e.weak for e, s in scene.salience(at).items() if e.kind == "body" and not _is_place(e)
    }
    described_body = _body_at_start(scene, at) if singular else None
    if described_body:
        return described_body
    if bodies:
        return named(max(bodies, key=lambda e: bodies[e]), "pronoun for a body" if singular else "plural pronoun")
    return nobody("no antecedent")


def _body_at_start(scene: Discourse, at: int) -> Found | None:
    """A body without a name that this sentence or the one before starts with: "The broadcasting regulator …"."""
    for sentence in scene.sentences_back(at, 1):
        start = _THE_BODY.match(scene.text, sentence.start, sentence.end)
        if start and start.group(2) in lexicon.BODY_NOUNS and not scene.in_content(start.start(1)):
            return Found(
                made(start.group(1), "pronoun for a body", "body"),
                None,
                start.group(2),
                frozenset(start.group(1).split()),
            )
    return None


def _is_place(entity: Entity) -> bool:
    form = next(iter(entity.forms), "")
    return form in lexicon.CAPITALS or form in lexicon.US_STATES or form in lexicon.DEMONYMS


def _relative(scene: Discourse, phrase: Phrase) -> Found | None:
    """ "Who", "which": the person or body named last before it in its sentence."""
    at = phrase.span.start
    before = scene.cast.within(scene.sentence(at).start, at)
    for mention in reversed(before):
        owner = scene.cast.owner(mention)
        if (
            owner is None
            or (owner.kind != "person" and phrase.head in ("who", "whom", "whose"))
            or mention.form == "place"
        ):
            continue
        return named(owner, "relative pronoun")
    return None


def _first_person(scene: Discourse, phrase: Phrase) -> Found:
    """ "I" inside what somebody is quoted as saying; the author's own stays open."""
    for past in reversed(scene.past):
        if any(c.start < phrase.span.start < c.end for c in past.attribution.content):
            return past.found.by("first person")
    for attribution in scene.order:
        if any(c.start < phrase.span.start < c.end for c in attribution.content) and attribution.source:
            outer = phrases.read(scene.text, attribution.source)
            people = scene.cast.within(outer.main.start, outer.main.end) if outer else []
            owner = scene.cast.owner(people[-1]) if people else None
            if owner:
                return named(owner, "first person")
    return nobody("author")

"""Sources that are described, not named: by a role, as a body, or as somebody who stays unnamed."""

import re
from dataclasses import replace
from typing import Final

from tone.records import Span
from tone.speakers import lexicon, phrases, pronouns
from tone.speakers.bodies import body
from tone.speakers.discourse import Discourse, Found, described, made, named
from tone.speakers.names import words
from tone.speakers.phrases import Phrase, description, singular
from tone.speakers.roles import headline, is_role, role

_PART_OF: Final = frozenset({"one", "some", "many", "most", "several", "all", "few"})
_MEMBERS: Final = frozenset({"authors", "researchers", "groups", "writers", "editors", "auditors", "investigators"})
_JUDGES: Final = frozenset({"justices", "judges"})


def noun(scene: Discourse, phrase: Phrase) -> Found | None:
    """Resolve a source by its head noun.

    Args:
        scene: the article as read so far.
        phrase: the source.

    Returns:
        A person or body of the article, or an unnamed source met before; None where it is to be described.
    """
    head = phrase.head
    if phrase.after[:1] == ("of",) and head in _PART_OF:
        return _part_of(scene, phrase)
    if phrase.definite and not phrase.plural:
        before = _met_before(scene, phrase)
        if before:
            return before
    if phrase.plural:
        return _plural(scene, phrase)
    is_body = head in lexicon.BODY_NOUNS
    if is_body and is_role(head) and not phrase.definite:
        found = role(scene, phrase)
        if found:
            return found
    if is_body:
        found = body(scene, phrase)
        if found is None and not phrase.determined:
            found = headline(scene, phrase)
        if found:
            return found
    if is_role(head) or (phrase.definite and not phrase.proper and not is_body):
        return role(scene, phrase)
    return None


def describe(scene: Discourse, phrase: Phrase) -> Found:
    """The source by its own description, which later mentions of it are resolved to."""
    kind = "body" if phrase.head in lexicon.BODY_NOUNS and not phrase.plural else "unnamed"
    return described(_with_owner(scene, phrase), "description", phrase, "body" if kind == "body" else "unnamed")


def _with_owner(scene: Discourse, phrase: Phrase) -> str:
    """The description, with "his" or a surname in the possessive replaced by the full name: "Nora Pell's office"."""
    short = description(scene.text, phrase)
    if phrase.before[:1] in (("his",), ("her",)):
        owner = pronouns.he_or_she(scene, phrase.span.start, lexicon.PRONOUNS[phrase.before[0]]).speaker
        return f"{owner.name}’s {short}" if owner.name else short
    for mention in scene.cast.within(phrase.main.start, phrase.head_span.start):
        entity = scene.cast.owner(mention)
        if entity and entity.kind == "person" and scene.possessive(mention) and mention.name in short:
            return short[short.index(mention.name) :].replace(mention.name, entity.name, 1)
    return short


def _part_of(scene: Discourse, phrase: Phrase) -> Found | None:
    """ "One of the officials", "many of them": one of the group met last, or the group."""
    one = phrase.head == "one"
    of = phrase.main.of(scene.text).lower().find(" of ")
    inner = phrases.read(scene.text, Span(phrase.main.start + of + 4, phrase.main.end))
    them = inner is None or inner.head == "them"
    for past in reversed(scene.past):
        found = past.found
        if found.plural and found.speaker.name and (them or (inner and inner.head == found.head)):
            if not one:
                return replace(found, speaker=made(found.speaker.name, "part of a group", "unnamed"))
            return _single(found.speaker.name, found.head, found.words)
    if inner is None or them:
        return None
    name = description(scene.text, inner)
    return _single(name, inner.head, frozenset(inner.words)) if one else described(name, "part of a group", inner)


def _single(name: str, head: str, told: frozenset[str]) -> Found:
    """One of a described group: its description in the singular."""
    one = re.sub(rf"\b{re.escape(head)}\b", singular(head), name, count=1, flags=re.IGNORECASE)
    return Found(made(one, "one of a group", "unnamed"), None, singular(head), told)


def _met_before(scene: Discourse, phrase: Phrase) -> Found | None:
    """An unnamed source again: "the official" after "a senior official", if no named person fits better."""
    at, wanted = phrase.span.start, phrase.modifiers
    if phrase.proper:
        return None
    if phrase.head not in lexicon.VAGUE and any(
        phrase.head in p.roles and wanted <= p.about and p.last_before(at) >= 0 for p in scene.cast.persons
    ):
        return None
    for past in reversed(scene.past):
        found = past.found
        if found.entity is not None and phrase.head in found.entity.roles & lexicon.ROLES and past.at < at:
            return None
        same = found.entity is None and found.speaker.name is not None and found.head == phrase.head
        if same and past.at < at and wanted <= found.words:
            return found.by("description given before")
    return None


def _plural(scene: Discourse, phrase: Phrase) -> Found | None:
    """A plural that stands for a group or body spoken of before: "the groups", "the authors", "justices"."""
    at = phrase.span.start
    if phrase.definite and not phrase.modifiers:
        for past in reversed(scene.past):
            found = past.found
            if found.entity is None and found.speaker.name and found.head == phrase.head and past.at < at:
                return found.by("description given before")
    if phrase.head in _JUDGES and not phrase.modifiers:
        courts = [b for b in scene.cast.bodies if words(b.name)[-1:] == ("court",) and b.last_before(at) >= 0]
        if courts:
            return named(max(courts, key=lambda b: b.last_before(at)), "plural noun for a body")
    if phrase.definite and phrase.head in _MEMBERS:
        for past in reversed(scene.past[-4:]):
            if past.found.speaker.kind == "body" and past.found.speaker.name:
                return replace(past.found, speaker=made(past.found.speaker.name, "plural noun for a body", "body"))
    return None

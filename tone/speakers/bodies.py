"""Nouns that mean a body: "the agency", "the Dunmore committee", "a watchdog group"."""

import re
from dataclasses import replace
from typing import Final

from tone.records import Span
from tone.speakers import lexicon
from tone.speakers.cast import Entity
from tone.speakers.discourse import Discourse, Found, bare, learned, made, named
from tone.speakers.names import words
from tone.speakers.phrases import Phrase, description

LEDE: Final = 900
"""How many characters into an article a source may stay unnamed until the name comes."""
AHEAD: Final = 2500
"""How far ahead, in characters, that name may come."""
_THEIRS: Final = frozenset({"company", "firm", "group", "organization", "organisation", "charity"})
_FEW: Final = (("neither",), ("both",), ("each",), ("no",), ("every",))
_POSSESSIVES: Final = (("his",), ("her",), ("their",), ("its",))
_FARTHEST: Final = -2.0
"""Below which score a body was mentioned too long ago to be meant."""


def body(scene: Discourse, phrase: Phrase) -> Found | None:
    """The body that a noun means: one named before, or, for a source in the lede, one named soon after.

    Args:
        scene: the article as read so far.
        phrase: a source whose head is a common noun for a body.

    Returns:
        None where no body of the article fits.
    """
    at = phrase.span.start
    if phrase.before[:1] in _FEW:
        return None
    in_lede = at < LEDE and phrase.determined and not phrase.definite
    if scene.cast.within(phrase.main.start, phrase.head_span.start) and not in_lede:
        return _with_name(scene, phrase)
    if phrase.after[:1] == ("of",) and _names_after(scene, phrase):
        return None  # "the city of Port Ellery" is a name of its own
    if phrase.definite:
        found = known(scene, phrase) or _small_named(scene, phrase)
        if found:
            return found
    if (phrase.determined and at >= LEDE) or phrase.before[:1] in _POSSESSIVES:
        return None
    return _named_later(scene, phrase) or _small_named(scene, phrase)


def _names_after(scene: Discourse, phrase: Phrase) -> bool:
    return any(m.form != "person" for m in scene.cast.within(phrase.head_span.end, phrase.main.end))


def _classes(noun: str) -> frozenset[str]:
    """The last words of names that a noun may refer to."""
    return lexicon.BODY_CLASSES.get(noun, frozenset()) | {noun}


def _fits(entity: Entity, phrase: Phrase) -> float:
    """How well a body's name and appositions fit a noun: 0 where nothing does."""
    parts, heads = words(entity.name), _classes(phrase.head)
    commercial = phrase.head in lexicon.COMMERCIAL and bool(entity.roles & lexicon.COMMERCIAL)
    if phrase.head in entity.roles or commercial:
        score = 3.0
    elif parts and (parts[-1] in heads or parts[0] in heads):
        score = 2.5
    else:
        acronym = phrase.head == "agency" and entity.name.isupper() and not entity.place
        score = 1.5 if acronym or any(p in heads for p in parts) or entity.roles & heads else 0.0
    if not score:
        return 0.0
    known_words = set(parts) | entity.about
    shared, missing = phrase.modifiers & known_words, len(phrase.modifiers - known_words)
    if phrase.definite and missing and not shared and phrase.head not in lexicon.COMMERCIAL:
        return 0.0  # "the labour ministry" is not the Finance Ministry
    score += 0.8 * len(shared)
    return score - (0.9 * missing if phrase.definite else 0.4 * min(missing, 3))


def known(scene: Discourse, phrase: Phrase) -> Found | None:
    """The body that a definite noun refers back to: one that fits and was mentioned or quoted lately.

    Args:
        scene: the article as read so far.
        phrase: the noun.

    Returns:
        None where none fits.
    """
    at = phrase.span.start
    recent = {p.found.entity: i for i, p in enumerate(scene.past[-6:])}
    scores: dict[Entity, float] = {}
    for entity in scene.cast.bodies:
        last = entity.last_before(at)
        country = phrase.head in ("country", "state", "nation", "kingdom", "republic")
        if last < 0 or entity.people or (entity.place and not country):
            continue
        fits = _fits(entity, phrase)
        if phrase.head in lexicon.COMMERCIAL:
            outlet = set(words(entity.name)[-1:]) & lexicon.OUTLETS
            fits = 0.0 if outlet else fits or _company(scene, entity, phrase, recent)
        if fits > 0.5:
            scores[entity] = 2 * fits - (at - last) / 500 + (1.0 + 0.3 * recent[entity] if entity in recent else 0.0)
    best = max(scores, key=lambda e: scores[e], default=None)
    return named(best, "noun for a body") if best and scores[best] > _FARTHEST else None


def _company(scene: Discourse, entity: Entity, phrase: Phrase, recent: dict[Entity | None, int]) -> float:
    """How likely "the company" is a body of which nothing is known but its name."""
    if phrase.modifiers or set(words(entity.name)[-1:]) & lexicon.BODY_NOUNS:
        return 0.0
    if entity in recent:
        return 1.6
    return 0.9 if not entity.weak and scene.is_subject(entity) else 0.0


def _named_later(scene: Discourse, phrase: Phrase) -> Found | None:
    """A body first named further on that fits; for a headline without determiners, any that fits."""
    at = phrase.span.start
    loose = replace(phrase, before=("a", *phrase.before[1:])) if phrase.definite else phrase
    own = {scene.cast.owner(m) for m in scene.cast.within(phrase.main.start, phrase.main.end)}
    fit = [b for b in scene.cast.bodies if b not in own and not b.place and _fits(b, loose) > 1]
    later = [b for b in fit if at < b.first < at + AHEAD] or ([] if phrase.determined else fit)
    return learned(min(later, key=lambda b: b.first), phrase, "body named later") if later else None


def _with_name(scene: Discourse, phrase: Phrase) -> Found | None:
    """A body noun with a name before it: "the Hale administration", "Mr Strang's company"."""
    last = scene.cast.within(phrase.main.start, phrase.head_span.start)[-1]
    owner = scene.cast.owner(last)
    if owner and owner.kind == "person" and scene.possessive(last):
        theirs = [b for b in scene.cast.bodies if " " in b.name and set(words(b.name)) <= owner.about and not b.place]
        return named(theirs[0], "body of a person") if theirs and phrase.head in _THEIRS else None
    whole = {w for w in words(bare(phrase.main.of(scene.text))) if w not in lexicon.HEAD_STOPS}
    longer = [b for b in scene.cast.bodies if whole <= set(words(b.name)) and not b.weak]
    if len(longer) == 1:
        return named(longer[0], "short form of a body")
    return Found(made(description(scene.text, phrase), "body", "body"), None, phrase.head, frozenset(phrase.words))


def _small_named(scene: Discourse, phrase: Phrase) -> Found | None:
    """ "The ministry" after, or in a headline before, "the interior ministry": a body whose name is written small."""
    if phrase.modifiers or phrase.head not in lexicon.SMALL_NAMED:
        return None
    at = phrase.span.start
    hits = [m for m in _small_names(phrase.head).finditer(scene.text) if m.group(1).split()[0] not in lexicon.GENERIC]
    before = [m for m in hits if m.end() <= at]
    chosen = before[-1] if before else next((m for m in hits if m.start() > at), None)
    if chosen is None:
        return None
    name = chosen.group(1)
    return Found(made(name, "noun for a body", "body"), None, phrase.head, frozenset(words(name)))


_PATTERNS: dict[str, re.Pattern[str]] = {}


def _small_names(noun: str) -> re.Pattern[str]:
    if noun not in _PATTERNS:
        _PATTERNS[noun] = re.compile(
            r"\b(?:[Tt]he|[Aa]n?|[Ii]ts|[\w’']+['’]s) "
            rf"((?:[A-Z][a-z]+ )?(?:(?!of |and |the )[a-z][a-z-]+ ){{1,2}}{noun})\b"
        )
    return _PATTERNS[noun]


def as_body(phrase: Phrase, noun: str, span: Span) -> Phrase:
    """ "A company spokesman" read as "the company"."""
    return Phrase(span, span, noun, span, ("the",), (), (), False)

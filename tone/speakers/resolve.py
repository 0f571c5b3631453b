"""Who is behind each attribution, by rules that say their name."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from tone.records import Article, Attribution, Span, Speaker
from tone.speakers import lexicon, phrases
from tone.speakers.discourse import Discourse, Found, made
from tone.speakers.documents import document
from tone.speakers.names import fold
from tone.speakers.naming import coordinated, name
from tone.speakers.nouns import describe, noun
from tone.speakers.phrases import Phrase
from tone.speakers.pronouns import pronoun
from tone.speakers.running import ahead, beside, without_source

RULES: Final[tuple[Callable[[Discourse, Phrase], Found | None], ...]] = (pronoun, coordinated, document, name, noun)
"""What is tried on a source, in this order, until one finds something; after them, the source's own description."""

NO_POSITION: Final = re.compile(
    r"\bdeclin\w+ to (?:say|comment|discuss|confirm|answer|elaborate|speculate|identify|name)\b"
    r"|\b(?:not|[a-z]+n[’']t) comment\b|\brefrain\w* from\b|\bnever apologi[sz]ed\b|\bnot respond\b"
)
"""Cues that report a silence: who keeps it has stated no position."""

_SPEAKS: Final = re.compile(
    r"(?:that |how )?([^“”\"]{2,90}?)\s(?:has |have |had |also |previously |later )?"
    r"(?:said|says|say|told|warned|charged|announced|denied|claimed|argued|insisted|acknowledged|testified|accused)\b"
)


def resolve(article: Article, sentences: Sequence[Span], attributions: Sequence[Attribution]) -> list[Speaker]:
    """Find who each attribution comes from.

    Args:
        article: the article that the spans point into.
        sentences: its sentences, in reading order.
        attributions: its attributions, in any order.

    Returns:
        One speaker an attribution, in the order given. ``name`` is None where the rules abstain; ``rule`` says why.
    """
    if not attributions:
        return []
    scene = Discourse(article, sentences, attributions)
    found: dict[int, Speaker] = {}
    for attribution in scene.order:
        source = snapped(scene, attribution.source) if attribution.source else beside(scene, attribution.cue)
        phrase = phrases.read(article.text, source) if source else None
        scene.current = attribution
        result = from_source(scene, phrase) if phrase else _from_ahead(scene, attribution)
        if attribution.cue and NO_POSITION.search(attribution.cue.of(article.text)):
            result = replace(result, speaker=made(None, "declined, no position"))
        result = relayed(scene, attribution, result)
        scene.remember(attribution, phrase, result)
        found[id(attribution)] = result.speaker
    return [found[id(attribution)] for attribution in attributions]


def _from_ahead(scene: Discourse, attribution: Attribution) -> Found:
    source = ahead(scene, attribution)
    phrase = phrases.read(scene.text, source) if source else None
    if phrase is None:
        return without_source(scene, attribution)
    return from_source(scene, phrase).by("cue ahead")


def from_source(scene: Discourse, phrase: Phrase) -> Found:
    """Whoever a source means, by the first rule that knows; its description where none does."""
    for rule in RULES:
        result = rule(scene, phrase)
        if result is not None:
            return result
    return describe(scene, phrase)


def snapped(scene: Discourse, source: Span) -> Span:
    """A source that ends after a title or within a name, stretched over the name: a tagger may cut it short."""
    for mention in scene.cast.within(source.start, source.end + 2):
        cut_in = mention.span.start < source.end < mention.span.end
        cut_off = source.end <= mention.span.start and bool(mention.title)
        if cut_in or cut_off:
            return Span(source.start, mention.span.end)
    return source


def relayed(scene: Discourse, attribution: Attribution, found: Found) -> Found:
    """The original source where an outlet only passes on what somebody said: its content starts with them speaking."""
    name = found.speaker.name
    if found.speaker.kind != "body" or name is None or not set(fold(name).split()) & lexicon.OUTLETS:
        return found
    content = attribution.content[0]
    inner = _SPEAKS.match(scene.text, content.start, content.end)
    phrase = phrases.read(scene.text, Span(inner.start(1), inner.end(1))) if inner else None
    if phrase is None or phrase.head in lexicon.DOCUMENTS or len(phrase.words) > 14:
        return found
    original = from_source(scene, phrase)
    if original.speaker.name is None:
        return found
    return replace(original, speaker=made(original.speaker.name, "relayed by an outlet", original.speaker.kind))

"""Who is behind each attribution: by the name in its source, else whom the source most likely means."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from tone.records import Article, Attribution, Span, Speaker
from tone.speakers import lexicon, phrases
from tone.speakers.candidates import Candidate
from tone.speakers.discourse import Discourse, Found, made
from tone.speakers.documents import issuer
from tone.speakers.issuing import issued_before
from tone.speakers.names import fold
from tone.speakers.naming import coordinated, name
from tone.speakers.phrases import Phrase, singular
from tone.speakers.questions import Question, is_pronoun
from tone.speakers.ranking import ranked
from tone.speakers.sources import source_of

Watch = Callable[[Question, Sequence[Candidate]], None]

_NO_POSITION: Final = re.compile(
    r"\bdeclin\w+ to (?:say|comment|discuss|confirm|answer|elaborate|speculate|identify|name)\b"
    r"|\b(?:not|[a-z]+n[’']t) comment\b|\brefrain\w* from\b|\bnever apologi[sz]ed\b|\bnot respond\b"
)
_SPEAKS: Final = re.compile(
    r"(?:that |how )?([^“”\"]{2,90}?)\s(?:has |have |had |also |previously |later )?"
    r"(?:said|says|say|told|stated|states|added|wrote|confirmed|warned|charged|announced|denied|claimed|argued|insisted"
    r"|acknowledged|testified|accused)\b"
)
_CITING: Final = re.compile(
    r"\b[Cc]iting ((?:an?|the|one|two|three|several|some|unnamed|unidentified|informed|its|their)\s[^,.;:“”\"]{2,80}?)"
    r"(?=[,.;:”\"]|\s(?:as|who|which|that)\b|$)"
)
_COUNT: Final = re.compile(r"^(?:two|three|four|five|six|several|some) ", re.IGNORECASE)
_OF_THEM: Final = re.compile(r"\b(?:one|some|many|most|several|all|few) of\s", re.IGNORECASE)


def resolve(
    article: Article,
    sentences: Sequence[Span],
    attributions: Sequence[Attribution],
    watch: Watch | None = None,
) -> list[Speaker]:
    """Find who each attribution comes from.

    Args:
        article: the article that the spans point into.
        sentences: its sentences, in reading order.
        attributions: its attributions, in any order.
        watch: sees every question put to the ranking and its candidates, for training.

    Returns:
        One speaker an attribution, in the order given. ``name`` is None where nobody is named; ``rule`` says why.
    """
    if not attributions:
        return []
    scene = Discourse(article, sentences, attributions)
    found: dict[int, Speaker] = {}
    for attribution in scene.order:
        source = source_of(scene, attribution)
        phrase = phrases.read(article.text, source) if source else None
        result = relayed(scene, attribution, meant(scene, attribution, phrase, watch), watch)
        if attribution.cue and _NO_POSITION.search(attribution.cue.of(article.text)):
            result = replace(result, speaker=made(None, "declined, no position"))
        scene.remember(attribution, phrase, result)
        found[id(attribution)] = result.speaker
    return [found[id(attribution)] for attribution in attributions]


def meant(scene: Discourse, attribution: Attribution, phrase: Phrase | None, watch: Watch | None = None) -> Found:
    """Whom a source means; ``phrase`` is None for words without one."""
    if phrase is None:
        return ranked(scene, attribution, None, watch)
    part = _OF_THEM.match(scene.text, phrase.main.start, phrase.main.end)
    group = phrases.read(scene.text, Span(part.end(), phrase.main.end)) if part else None
    if part and group:
        found = meant(scene, attribution, group, watch)
        return _one_of(found) if phrase.head == "one" else found
    if is_pronoun(scene.text, phrase):
        return ranked(scene, attribution, phrase, watch)
    by_name = coordinated(scene, phrase) or issuer(scene, attribution, phrase) or name(scene, phrase)
    by_name = by_name or issued_before(scene, attribution, phrase)
    return by_name or ranked(scene, attribution, phrase, watch)


def _one_of(group: Found) -> Found:
    """One of a group without a name: its description in the singular; a named group's own name."""
    if group.entity or not group.speaker.name or not group.plural:
        return group
    noun = re.compile(rf"\b{re.escape(group.head)}\b", re.IGNORECASE)
    one = _COUNT.sub("", noun.sub(singular(group.head), group.speaker.name, count=1))
    return Found(replace(group.speaker, name=one, rule="one of a group"), None, singular(group.head), group.words)


def relayed(scene: Discourse, attribution: Attribution, found: Found, watch: Watch | None = None) -> Found:
    """The original source where an outlet only passes on what somebody said: it cites them, or they speak in it."""
    outlet = found.speaker.name
    if found.speaker.kind != "body" or outlet is None:
        return found
    inner = None
    if attribution.cue and attribution.cue.of(scene.text).startswith("report"):
        sentence = scene.sentence(attribution.cue.start)
        inner = _CITING.search(scene.text, sentence.start, sentence.end)
    if inner is None and set(fold(outlet).split()) & lexicon.OUTLETS:
        content = attribution.content[0]
        inner = _SPEAKS.match(scene.text, content.start, content.end)
    phrase = phrases.read(scene.text, Span(inner.start(1), inner.end(1))) if inner else None
    if phrase is None or phrase.head in lexicon.DOCUMENTS or len(phrase.words) > 14:
        return found
    original = meant(scene, attribution, phrase, watch)
    return original.by("relayed by an outlet") if original.speaker.name else found

"""Documents of which an earlier sentence tells who issued them: "Poe posted a statement. The statement said …"."""

import re
from dataclasses import replace
from functools import cache
from typing import Final

from tone.records import Attribution, Span
from tone.speakers import lexicon, phrases
from tone.speakers.discourse import Discourse, Found, anchor, named
from tone.speakers.names import words
from tone.speakers.naming import name
from tone.speakers.phrases import Phrase
from tone.speakers.ranking import ranked

RULE: Final = "document issued before"
_BACK: Final = 12
"""How many sentences back the issuing may be told."""
_LEAD: Final = re.compile(
    r"(?:(?:But|And|Yet|Still|So|Earlier|Later|Meanwhile),? )?"
    r"(?:(?:On|In|At|After|Before|Following|Late|Earlier|Shortly)\b[^,;:“”\"]{1,50}, )?"
)
_NOUN_PHRASE: Final = r"([^;:“”\"\n]{2,90}?)"
_ASIDE: Final = (
    r"(?:,? (?:on|in|late|early|later|also|then|has|had|have|earlier|separately|meanwhile)\b[^,;:“”\"]{0,25}?){0,2}"
)
_ISSUED: Final = "posted|issued|published|released|put out|shared|circulated|sent out|distributed|read out"
_DOCUMENT: Final = r"(?:an?|the|its|his|her|their|another|one) (?:[\w-]+ ){0,3}"
_PASSED_ON: Final = re.compile(
    r"(?: (?:state )?(?:news )?agency| (?:state )?(?:radio|television|TV))?,? (?:also |has )?(reported|quoted|cited)\b"
)
_CITES: Final = re.compile(r"\b(?:citing|quot(?:ed|ing)|cited)\b")


def issued_before(scene: Discourse, attribution: Attribution, phrase: Phrase) -> Found | None:
    """Whoever issued "the statement", or passed on words as "the report", by what an earlier sentence says outright.

    Args:
        scene: the article as read so far.
        attribution: whose source it is.
        phrase: the source.

    Returns:
        None where it is no such document, or no sentence says so, or somebody has spoken in another one since.
    """
    if phrase.head not in lexicon.DOCUMENTS or phrase.plural or phrase.modifiers or phrase.appositions:
        return None
    if phrase.before[:1] not in (("the",), ("this",), ("that",)):
        return None
    for sentence in scene.sentences_back(phrase.span.start, _BACK)[1:]:
        told_of = scene.text.find(phrase.head, sentence.start, sentence.end) >= 0
        if not told_of and phrase.head != "report":
            continue
        active, passive, other, _ = _patterns(phrase.head)
        opening = _LEAD.match(scene.text, sentence.start, sentence.end)
        start = opening.end() if opening else sentence.start
        told = active.match(scene.text, start, sentence.end) or passive.search(scene.text, start, sentence.end)
        if told and not scene.in_content(told.start()):
            return _meant(scene, attribution, Span(*told.span(1)))
        if phrase.head == "report":
            outlet = _outlet(scene, sentence)
            if outlet:
                return outlet
        if other.search(scene.text, sentence.start, sentence.end):
            return _spoken(scene, sentence, phrase.head)
    return None


@cache
def _patterns(head: str) -> tuple[re.Pattern[str], ...]:
    """Somebody issues such a document; it is by somebody; there is one of which neither is told."""
    document = _DOCUMENT + re.escape(head)
    return (
        re.compile(rf"{_NOUN_PHRASE}{_ASIDE} (?:{_ISSUED}) {document}\b"),
        re.compile(rf"\b{document} (?:\w+ ){{0,3}}by ([^,.;:“”\"\n]{{2,70}})"),
        re.compile(rf"\b(?:an?|another|one|in the|in its|['’]s) (?:[\w-]+ ){{0,3}}{re.escape(head)}\b"),
        re.compile(rf"\bin (?:an?|another) (?:[\w-]+ ){{0,3}}{re.escape(head)}\b"),
    )


def _spoken(scene: Discourse, sentence: Span, head: str) -> Found | None:
    """Whoever spoke in a sentence "in a statement"."""
    for past in reversed(scene.past):
        at, cue = anchor(past.attribution), past.attribution.cue
        if at < sentence.start:
            return None
        if cue and at < sentence.end and _patterns(head)[3].search(scene.text, cue.end, sentence.end):
            return _by(past.found)
    return None


def _meant(scene: Discourse, attribution: Attribution, span: Span) -> Found | None:
    """Whom the noun phrase means that issues a document."""
    inner = phrases.read(scene.text, span)
    if inner is None or inner.head in lexicon.PRONOUN_WORDS or inner.head in lexicon.DOCUMENTS:
        return None
    found = name(scene, inner) or ranked(scene, attribution, inner)
    return _by(found)


def _by(found: Found) -> Found | None:
    """The same, as surely as it was found, by this rule; None where nobody was."""
    return replace(found, speaker=replace(found.speaker, rule=RULE)) if found.speaker.name else None


def _outlet(scene: Discourse, sentence: Span) -> Found | None:
    """The outlet that reported, quoted or cited somebody in a sentence."""
    for mention in scene.cast.within(sentence.start, sentence.end):
        owner = scene.cast.owner(mention)
        passed_on = _PASSED_ON.match(scene.text, mention.span.end, sentence.end)
        if owner is None or owner.kind == "person" or owner.place or passed_on is None:
            continue
        outlet = not lexicon.OUTLETS.isdisjoint(words(owner.name)) or "agency" in passed_on.group()
        if outlet or _CITES.search(scene.text, passed_on.start(1), sentence.end):
            return named(owner, RULE)
    return None

"""Attributions without a source: quotes that run on, lead-ins, cues whose subject stands elsewhere."""

import re
from typing import Final

from tone.records import Attribution, Span
from tone.speakers.discourse import Discourse, Found, Past, named, nobody

_BE = re.compile(r"\b(?:is|are|was|were|be|been|being|it)\b", re.IGNORECASE)
_PARTICIPLE = re.compile(
    r"^(?:believed|expected|thought|considered|accused|asked|seen|known|understood|reported|hoped|feared)$",
    re.IGNORECASE,
)
_DETERMINER = "(?:[Tt]he|[Aa]n?|[Oo]ne|[Tt]wo|[Tt]hree|[Ss]everal|[Ss]ome|[Mm]any|[Hh]is|[Hh]er|[Ii]ts|[Tt]heir)"
_NOUN_PHRASE = rf"{_DETERMINER} (?:[\w’'-]+ ){{0,4}}?[\w’'-]+"
_PHRASE_BEFORE = re.compile(rf"(?:^|[\s“\"‘'(])((?:[Hh]e|[Ss]he|[Tt]hey|[Ii]t|[Ii]|[Ww]e)|{_NOUN_PHRASE})\s$")
_PHRASE_AFTER = re.compile(rf"\s((?:he|she|they|it)\b|{_NOUN_PHRASE}(?=[,.;:]|\s(?:on|in|at|during|of)\b|$))")
_TITLE_ONLY = re.compile(r"\s(?:(?:the |a |an )?(?:(?!to |that |from |with |by |at |for |on )[\w’'.-]+ ){0,4})?")
_SUBJECT = re.compile(
    rf"(?:But |And |Yet )?({_DETERMINER} (?:[a-z’'-]+ ){{0,3}}[a-z’'-]+)"
    r"(?= (?:has|have|had|was|were|is|are|will|would|also|[a-z]+ed)\b)"
)
_PREPOSITION = re.compile(r"\b(?:from|of|in|at|on|near|with|by|to|for|inside|outside)\s$")
_LEAD_IN = re.compile(r":[\s“\"‘']*$")
_OPENING: Final = ("“", '"', "‘", "'", "«", "„")
_CLOSING: Final = ("”", '"', "’", "'", "»")


def without_source(scene: Discourse, attribution: Attribution) -> Found:
    """Find who is behind words that have no source beside them.

    Args:
        scene: the article as read so far.
        attribution: one without a source.

    Returns:
        The last speaker for a quote that runs on, the subject of its sentence, the lead-in; nobody for a passive.
    """
    start = attribution.content[0].start
    cue = attribution.cue
    if cue and is_passive(cue.of(scene.text)):
        return nobody("no source")
    last = next((p for p in reversed(scene.past) if p.found.speaker.name or p.found.speaker.rule != "no source"), None)
    if cue:
        here = scene.sentence(cue.start)
        if last and scene.sentence(last.at) == here:
            return last.found.by("same sentence")
        subject = scene.subject(here, cue.start)
        if subject:
            return named(subject, "subject of the sentence")
    else:
        lead = _LEAD_IN.search(scene.text, max(0, start - 8), start)
        if lead:
            sentence = scene.sentence(max(0, lead.start() - 1))
            subject = scene.subject(sentence, start)
            if subject and (not last or last.at < sentence.start):
                return named(subject, "lead-in")
    return _running(scene, attribution, last) or nobody("no source")


def is_passive(cue: str) -> bool:
    """Whether a cue without a source leaves open who says so: "is believed", "was accused of", "it is feared"."""
    return bool(_BE.search(cue) or _PARTICIPLE.match(cue))


def beside(scene: Discourse, cue: Span | None) -> Span | None:
    """The source right before or after a cue, where the tagger marked none: "Roe said", "said the ministry".

    Args:
        scene: the article.
        cue: the words that attribute.

    Returns:
        A span of the text, or None where neither a name, a pronoun nor a noun phrase stands there.
    """
    text = scene.text
    if cue is None or is_passive(cue.of(text)):
        return None
    sentence = scene.sentence(cue.start)
    before = _PHRASE_BEFORE.search(text, max(sentence.start, cue.start - 90), cue.start)
    names = scene.cast.within(max(sentence.start, cue.start - 2), cue.start)
    if names and not scene.possessive(names[-1]) and not scene.in_content(names[-1].span.start):
        return names[-1].span
    # "Footage from the hall shows …": what hangs on a preposition is no subject.
    if (
        before
        and not scene.in_content(before.start(1))
        and not _PREPOSITION.search(text, max(0, before.start(1) - 12), before.start(1))
    ):
        return Span(before.start(1), before.end(1))
    after = _PHRASE_AFTER.match(text, cue.end, min(sentence.end, cue.end + 90))
    if after and not scene.in_content(after.start(1)):
        return Span(after.start(1), after.end(1))
    names = scene.cast.within(cue.end, min(sentence.end, cue.end + 40))
    if names and text[cue.end : names[0].span.start].count(" ") <= 4 and not scene.in_content(names[0].span.start):
        opening = text[cue.end : names[0].span.start]
        if _TITLE_ONLY.fullmatch(opening):
            return Span(cue.end + 1, names[0].span.end)
    subject = _SUBJECT.match(text, sentence.start, cue.start) if cue.of(text).endswith("ing") else None
    return Span(subject.start(1), subject.end(1)) if subject and not scene.in_content(subject.start(1)) else None


def ahead(scene: Discourse, attribution: Attribution) -> Span | None:
    """The source that stands further on in the same quotation: "We waited. Nobody came," Roe said.

    Args:
        scene: the article as read so far.
        attribution: one that opens a quotation, without source and cue.

    Returns:
        A span of the text; None where the quotation closes before, or the paragraph has a speaker already.
    """
    start = attribution.content[0].start
    paragraph = scene.paragraph(start)
    spoken_here = any(p.end_paragraph == paragraph and p.found.speaker.name for p in scene.past[-2:])
    if attribution.cue or spoken_here or not scene.text.startswith(_OPENING, start):
        return None
    for later in scene.order:
        begins = later.content[0].start
        if begins <= start or scene.paragraph(begins) != paragraph:
            continue
        if any(mark in scene.text[start + 1 : begins] for mark in '”»"'):
            return None
        source = later.source or beside(scene, later.cue)
        if source:
            return source
    return None


def _running(scene: Discourse, attribution: Attribution, last: Past | None) -> Found | None:
    start = attribution.content[0].start
    paragraph = scene.paragraph(start)
    opens = scene.text.startswith(_OPENING, start)
    near = last is not None and paragraph - last.end_paragraph <= 1
    if last and last.end_paragraph == paragraph:
        return last.found.by("running quote")
    if last and near and opens and _left_open(scene, last):
        return last.found.by("running quote")
    before = scene.sentences_back(start, 1)
    if opens and not attribution.cue and len(before) > 1 and scene.paragraph(before[1].start) == paragraph:
        subject = scene.subject(before[1], start)
        if subject and subject.kind == "person":
            return named(subject, "subject of the sentence before")
    asked = scene.sentences_back(start, 1)[-1]
    if opens and scene.text[asked.end - 1 : asked.end] == "?" and not scene.in_content(asked.start):
        answered = next((p.found for p in scene.past if p.found.speaker.rule == "answer in an interview"), None)
        first = min(scene.cast.persons, key=lambda p: p.first, default=None)
        if answered or first:
            return answered or (named(first, "answer in an interview") if first else None)
    if last and opens:
        return last.found.by("running quote" if near else "running quote, from afar")
    if opens and scene.cast.persons:
        first = min(scene.cast.persons, key=lambda p: p.first)
        if first.first < start:
            return named(first, "only person so far") if sum(p.first < start for p in scene.cast.persons) == 1 else None
    return None


def _left_open(scene: Discourse, past: Past) -> bool:
    """Whether the last content ends without a closing quotation mark though it opened one."""
    content = past.attribution.content
    whole = "".join(c.of(scene.text) for c in content).rstrip()
    return whole.startswith(_OPENING) and not whole.endswith(_CLOSING)

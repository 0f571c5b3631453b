"""Where the source of an attribution stands: as tagged, mended where the tagger cut it, found where it saw none."""

import re
from typing import Final

from tone.records import Attribution, Span
from tone.speakers import lexicon
from tone.speakers.discourse import Discourse
from tone.speakers.names import fold

_PASSIVE: Final = re.compile(rf"\b(?:{'|'.join(lexicon.BE)}|it)\b|^(?:{'|'.join(lexicon.LEFT_OPEN)})$", re.IGNORECASE)
_DETERMINER: Final = "(?:[Tt]he|[Aa]n?|[Oo]ne|[Tt]wo|[Tt]hree|[Ss]everal|[Ss]ome|[Mm]any|[Hh]is|[Hh]er|[Ii]ts|[Tt]heir)"
_NOUN_PHRASE: Final = rf"{_DETERMINER} (?:[\w’'-]+ ){{0,4}}?[\w’'-]+"
_PHRASE_BEFORE: Final = re.compile(rf"(?:^|[\s“\"‘'(])((?:[Hh]e|[Ss]he|[Tt]hey|[Ii]t|[Ii]|[Ww]e)|{_NOUN_PHRASE})\s$")
_PHRASE_AFTER: Final = re.compile(rf"\s((?:he|she|it)\b|{_NOUN_PHRASE}(?=[,.;:]|\s(?:on|in|at|during|of)\b|$))")
_PREPOSITION: Final = re.compile(r"\b(?:from|of|in|at|on|near|with|by|to|for|inside|outside|than|about|against)\s$")
_TITLE_ONLY: Final = re.compile(
    r"\s(?:(?:the |a |an )?(?:(?!to |that |from |with |by |at |for |on |of |in |about )[\w’'.-]+ ){0,4})?"
)
_LEADS: Final = (
    re.compile(r"(?:(?:But|And|Yet|Still|So),? )?"),
    re.compile(r"(?:(?:But|And|Yet|Still|So),? )?[A-Z][^,;:“”\"]{1,50}, "),
)
_SUBJECT: Final = re.compile(
    rf"({_DETERMINER} (?:[a-z’'-]+ ){{0,3}}[a-z’'-]+|(?:[A-Z][\w’-]+ ){{0,3}}[A-Z]?[\w’-]+s)"
    r"(?=, [a-z]| (?:has|have|had|was|were|is|are|will|would|also|[a-z]+ed|wrote|said|told)\b)"
)
_SAID: Final = re.compile(
    r"\b(?:said|says|told|tells|added|adds|asked|wrote|writes|tweeted|continued|replied|responded|explained|noted|argued"
    r"|recalled|warned|insisted|declared|quipped|joked|concluded|testified|stated|remarked|pressed|repeated)\b"
)
_ACCORDING: Final = re.compile(r"\b[Aa]ccording to ([^,.;:“”\"]{2,80}?)(?=[,.;:”\"]|$|\s(?:who|which)\b)")
_NAME_SAID: Final = re.compile(r"\s*([A-Z][\w’.-]*(?: [A-Z][\w’.-]*){0,3}) [a-z]+(?:ed|s|d)[.]")
_SIGNED: Final = re.compile(r"[—–-]{1,2}\s?([^—–\n(“”\"]{1,60}?)\s\(@\w+\)")
_WAS_DONE: Final = re.compile(r"\b(?:been|was|were|is|are|being) \w+(?:ed|en|un|ld|de)(?: by)?$")
_BY: Final = re.compile(
    r"(?: by)? ((?:(?:the|an?|some|many|several|his|her|its|their|other) )?(?:[\w’'-]+ ){0,3}?[\w’'-]+)"
    r"(?=[,.;:]| (?:for|as|of|in|on|after|over|who|that|to|and)\b|$)"
)
_TELL: Final = re.compile(r"\b(?:tell|told|tells|telling|reminded|reminding|assured|assuring|informed|informing)$")
_DATELINE: Final = re.compile(r"[A-Z][A-Z ,.]+(?:\([^)]*\) ?)?\s?[-–—]+ ")
_TO_SOMEBODY: Final = re.compile(r"\b(?:from|to|against|at|into|over) $")
_RELATIVE: Final = re.compile(r",? (?:who|which|that)\b|\s?$")
_APPOSED: Final = re.compile(r"(?: [\w’'-]+){0,4} ")
_OF: Final = (" for ", " of ", " for the ", " of the ")
_WORD: Final = re.compile(r"\S+")
_EDGES: Final = ",.;:”\"'"
_LOOSE: Final = lexicon.BE | lexicon.AUXILIARIES | {"first", "also", "later", "now", "then", "once", "still", "only"}
"""Words that end no noun phrase."""


def source_of(scene: Discourse, attribution: Attribution) -> Span | None:
    """Where the source stands; None where the words have none of their own."""
    if attribution.source:
        instead = _instead_of_object(scene, attribution)
        return instead or _mended(scene, attribution.source, attribution.cue)
    found = _beside(scene, attribution.cue)
    if found or attribution.cue:
        return found
    return _in_same_quotation(scene, attribution) or _beside_words(scene, attribution)


# --- sources that the tagger marked ----------------------------------------------------------------------------------


def _mended(scene: Discourse, source: Span, cue: Span | None) -> Span:
    """A source stretched over what the tagger cut off, and without an adverb or auxiliary at its end."""
    text = scene.text
    dateline = _DATELINE.match(text, source.start, source.end)
    source = Span(dateline.end(), source.end) if dateline else source
    whole = source.of(text).rstrip()
    written = whole.split()
    while len(written) > 1 and written[-1] in _LOOSE:
        whole = whole.removesuffix(written.pop()).rstrip()
    end = source.start + len(whole) if whole else source.end
    only_determiner = len(written) == 1 and fold(written[0]) in lexicon.DETERMINERS
    for mention in scene.cast.within(source.start, end + 2):
        cut_in = mention.span.start < end < mention.span.end
        cut_off = end <= mention.span.start and bool(mention.title)
        if cut_in or cut_off or only_determiner:
            return Span(source.start, mention.span.end)
    if only_determiner:
        end = _noun_after(scene, end)
    names = scene.cast.within(cue.start - 2, cue.start) if cue and end < cue.start else ()
    if names and names[-1].span.start > end and _APPOSED.fullmatch(text, end, names[-1].span.start):
        return Span(source.start, names[-1].span.end)  # "radio | host Jane Roe"
    return Span(source.start, end)


def _noun_after(scene: Discourse, at: int) -> int:
    """Where the noun phrase ends that a determiner opens: at its role, body or document, and whose it is."""
    for word in list(_WORD.finditer(scene.text, at, at + 60))[:5]:
        written = word.group().rstrip(_EDGES)
        noun = fold(written)
        if noun in lexicon.ROLES or noun in lexicon.BODY_NOUNS or noun in lexicon.DOCUMENTS:
            end = word.start() + len(written)
            names = scene.cast.within(end, end + 12)
            return names[0].span.end if names and scene.text[end : names[0].span.start] in _OF else end
    return at


def _instead_of_object(scene: Discourse, attribution: Attribution) -> Span | None:
    """The true source where the tagger took an object: by whom, of a passive; the subject, of a second verb."""
    source, cue, text = attribution.source, attribution.cue, scene.text
    if source is None or cue is None:
        return None
    sentence = scene.sentence(cue.start)
    said = cue.of(text)
    if source.start >= cue.end:
        told = _TELL.search(said) and source.start <= cue.end + 1
        to = text[cue.end : source.start] == " to " and not said.lower().endswith("according")
        return subject_of(scene, sentence, cue.start) if told or to else None
    passive = _WAS_DONE.search(said) and (said.endswith(" by") or text.startswith(" by ", cue.end))
    if passive or said.endswith(" from"):
        by = _BY.match(text, cue.end, sentence.end)
        if by:
            return Span(by.start(1), by.end(1))
    object_of = _TO_SOMEBODY.search(text, max(sentence.start, source.start - 12), source.start)
    if object_of and not _RELATIVE.match(text[source.end : cue.start]):
        return subject_of(scene, sentence, source.start)
    return None


# --- sources that it did not -----------------------------------------------------------------------------------------


def _beside(scene: Discourse, cue: Span | None) -> Span | None:
    """The source right before or after a cue ("Roe said", "said the ministry"), else the subject of its sentence."""
    text = scene.text
    if cue is None:
        return None
    sentence = scene.sentence(cue.start)
    according = _ACCORDING.match(text, cue.start, sentence.end)
    if according:
        return Span(*according.span(1))
    names = scene.cast.within(max(sentence.start, cue.start - 2), cue.start)
    passive = _PASSIVE.search(cue.of(text))
    adjacent = names and not scene.possessive(names[-1]) and not scene.in_content(names[-1].span.start)
    if adjacent and (not passive or passive.group().lower() in lexicon.LEFT_OPEN):
        return names[-1].span
    if passive:
        return None  # "is believed", "was accused of", "it is feared": nobody says who
    before = _PHRASE_BEFORE.search(text, max(sentence.start, cue.start - 90), cue.start)
    # "Footage from the hall shows …": what hangs on a preposition is no subject.
    hangs = before and _PREPOSITION.search(text, max(0, before.start(1) - 12), before.start(1))
    if before and not hangs and not scene.in_content(before.start(1)):
        return Span(before.start(1), before.end(1))
    after = _PHRASE_AFTER.match(text, cue.end, min(sentence.end, cue.end + 90))
    if after and not scene.in_content(after.start(1)):
        return Span(after.start(1), after.end(1))
    first = next(iter(scene.cast.within(cue.end, min(sentence.end, cue.end + 40))), None)
    free = first and not scene.in_content(first.span.start) and not scene.possessive(first)
    if first and free and _TITLE_ONLY.fullmatch(text[cue.end : first.span.start]):
        return Span(cue.end + 1, first.span.end)
    return subject_of(scene, sentence, cue.start)


def subject_of(scene: Discourse, sentence: Span, before: int) -> Span | None:
    """The name or noun phrase that a sentence starts with, after a conjunction and an adverbial, if not attributed.

    Args:
        scene: the article.
        sentence: one of its sentences.
        before: up to which character to look.

    Returns:
        A span of the text; None where something else starts the sentence.
    """
    text = scene.text
    for lead in _LEADS:
        opening = lead.match(text, sentence.start, before)
        at = opening.end() if opening else sentence.start
        if scene.in_content(at):
            continue
        mention = next(iter(scene.cast.within(at, at + 60)), None)
        title = text[at : mention.span.start] if mention else ""
        plain = title in ("", "the ", "The ") or (mention and mention.title and fold(title).strip() == mention.title)
        if mention and plain and mention.span.end < before and not scene.possessive(mention):
            return Span(at, mention.span.end)
        subject = _SUBJECT.match(text, at, before)
        if subject:
            return Span(subject.start(1), subject.end(1))
    return None


def _in_same_quotation(scene: Discourse, attribution: Attribution) -> Span | None:
    """The source of other words in the same quotation: "We waited. Nobody came," Roe said."""
    here = scene.quotation(attribution.content[0].start)
    for other in scene.sharing(here) if here else ():
        if here and other is not attribution and any(c.overlap(here) for c in other.content):
            if other.source and not other.source.overlap(here):
                return _mended(scene, other.source, other.cue)
            source = _beside(scene, other.cue) if other.cue else _beside_words(scene, other)
            if source and not source.overlap(here):
                return source
    return None


def _beside_words(scene: Discourse, attribution: Attribution) -> Span | None:
    """The source of words whose cue the tagger missed: '…," said Roe', '…?" Roe asked.', "… — Jane Roe (@jroe)"."""
    text = scene.text
    sentence = scene.sentence(attribution.content[-1].end - 1)
    for verb in [m for cue in (_ACCORDING, _SAID) for m in cue.finditer(text, sentence.start, sentence.end)]:
        source = None if scene.in_content(verb.start()) else _beside(scene, Span(*verb.span()))
        if source and not scene.in_content(source.start):
            return source
    after = _NAME_SAID.match(text, sentence.end) if text[sentence.end - 1] in "”\"’'" else None
    if after:
        return Span(*after.span(1))
    start = attribution.content[0].start
    end = text.find("\n", start)
    signed = _SIGNED.search(text, start, end if end >= 0 else len(text))
    return Span(signed.start(1), signed.end()) if signed else None

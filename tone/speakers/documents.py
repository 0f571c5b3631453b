"""Sources that are documents and name who issued them."""

import re
from typing import Final

from tone.records import Attribution, Span
from tone.speakers import lexicon, nations, phrases
from tone.speakers.discourse import Discourse, Found, made
from tone.speakers.mentions import Mention
from tone.speakers.names import fold
from tone.speakers.naming import of_mention, only_a_capital
from tone.speakers.phrases import Phrase, singular, unowned
from tone.speakers.ranking import ranked

_RULE: Final = "document of a named issuer"
_ISSUED_BY: Final = re.compile(r"\b(?:by|from)\b(?:\s(?!(?:in|at|of|for|to|on)\s)[\w’'-]+){0,6}\s$")
_SEEN_BY: Final = re.compile(r"\b(?:seen|obtained|reviewed|viewed|cited|read) by\b")
_WROTE: Final = re.compile(
    r"\s(?:wrote|issued|released|sent|posted|published|filed|made|hung|displayed|circulated|gave|prepared)\b"
)
_WORD: Final = re.compile(r"\S+")
_BY_NOUN: Final = re.compile(r"\b(?:by|from)\s(?=[a-z])")


def issuer(scene: Discourse, attribution: Attribution, phrase: Phrase) -> Found | None:
    """The issuer whom a document's source names: "Poe's letter", "a report by Kestrin", "the ministry's study".

    Returns:
        None where it names none, or is no document.
    """
    text, head = scene.text, phrase.head_span
    if phrase.proper and scene.cast.within(head.start, head.end):
        return None  # the Lagos Post
    if phrase.head not in lexicon.DOCUMENTS:
        return None
    inside = scene.cast.within(phrase.span.start, phrase.span.end)
    for mention in inside:
        ahead = text[phrase.span.start : mention.span.start]
        if "funded" in ahead:
            return None  # who pays for a study does not speak in it
        by = bool(_ISSUED_BY.search(ahead)) and not _SEEN_BY.search(ahead)
        if by or _owns(scene, mention, phrase) or _WROTE.match(text, mention.span.end):
            found = _named(scene, mention, phrase)
            if found:
                return found
    for word in reversed(list(_WORD.finditer(text, phrase.main.start, head.start))):
        noun = unowned(fold(word.group()))
        if noun in lexicon.BODY_NOUNS and noun not in lexicon.KEPT_BY:
            found = _nested(scene, attribution, Span(phrase.main.start, word.end()))
            if found:
                return found
    by_noun = _BY_NOUN.search(phrase.span.of(text))
    return _nested(scene, attribution, Span(phrase.span.start + by_noun.end(), phrase.span.end)) if by_noun else None


def _owns(scene: Discourse, mention: Mention, phrase: Phrase) -> bool:
    """Whether a name stands before the document's noun, or after it with "of"."""
    if mention.span.start < phrase.head_span.start:
        return mention.span.end <= phrase.head_span.start or scene.possessive(mention)
    between = scene.text[phrase.head_span.end : mention.span.start]
    return between in (" of ", " of the ") and mention.form in ("person", "body")


def _nested(scene: Discourse, attribution: Attribution, span: Span) -> Found | None:
    """The body or person that a noun phrase inside the source means."""
    end = span.end - 2 if span.of(scene.text).endswith(("'s", "’s")) else span.end
    inner = phrases.read(scene.text, Span(span.start, end))
    if inner is None or inner.head in lexicon.DOCUMENTS:
        return None
    if inner.head not in lexicon.BODY_NOUNS and singular(inner.head) not in lexicon.ROLES:
        return None
    found = ranked(scene, attribution, inner)
    return found.by(_RULE) if found.speaker.name else None


def _named(scene: Discourse, mention: Mention, phrase: Phrase) -> Found | None:
    """Whoever a mention names, if it can issue documents; a demonym stands for its country."""
    folded = " ".join(fold(word) for word in mention.name.split())
    if folded in nations.DEMONYMS:
        return Found(made(nations.DEMONYMS[folded].title(), _RULE, "body"))
    owner = scene.cast.owner(mention)
    nobody = folded in lexicon.CALENDAR or folded in lexicon.PLATFORMS or mention.form == "place"
    if nobody or only_a_capital(scene, mention) or (owner is not None and owner.place):
        return None
    found = of_mention(scene, mention, phrase, _RULE)
    return found if found.speaker.name else None

"""Sources that are documents: whoever issued them, else the document itself."""

import re
from typing import Final

from tone.records import Span
from tone.speakers import lexicon, nouns, phrases, pronouns
from tone.speakers.discourse import Discourse, Found, described, made, named
from tone.speakers.mentions import Mention
from tone.speakers.names import fold
from tone.speakers.naming import is_person, of_mention, only_a_capital
from tone.speakers.phrases import Phrase, description, singular

_ISSUED_BY = re.compile(r"\b(?:by|from)\b(?:\s(?!(?:in|at|of|for|to|on)\s)[\w’'-]+){0,6}\s$")
_SEEN_BY = re.compile(r"\b(?:seen|obtained|reviewed|viewed|cited|read) by\b")
_PUT_OUT = re.compile(
    r"\b(?:issued|released|published|filed|wrote|sent|posted|commissioned|conducted|prepared)\b"
    r"|\bin (?:an?|the|his|her|its)(?: [\w-]+){0,3} $"
)
_WROTE = re.compile(
    r"\s(?:wrote|issued|released|sent|posted|published|filed|made|hung|displayed|circulated|gave|prepared)\b"
)
_BESIDE = re.compile(r"(?:['’]s?)?(?:\s[\w-]+){0,1}\s|['’]s?(?:\s[\w-]+){0,4}\s")
_WORD = re.compile(r"\S+")
_BY_NOUN = re.compile(r"\b(?:by|from)\s(?=[a-z])")
_POSSESSIVE = re.compile(r"['’]s?$")
_GENERIC: Final = ("document", "paper", "report", "text", "survey", "study")
_ANY_STUDY: Final = "report|findings|study|review|survey|audit|memo|letter|analysis|poll|ranking|paper"
_HEADLINE: Final = 200
"""Up to which character a source may lack a determiner because a headline does."""
_SOON: Final = 900
"""How far ahead, in characters, the words that a document reports may be."""
_BACK: Final = 2500
"""How far back, in characters, the issuer of a document may be named."""
_RELAYS: Final = re.compile(r"(\s(?:news )?agency)?\s(?:reported|reports|quoted|cited)\b")


def document(scene: Discourse, phrase: Phrase) -> Found | None:
    """Resolve a source that is a document.

    Args:
        scene: the article as read so far.
        phrase: the source.

    Returns:
        Its issuer; the document itself where none is named; None where the source is no document.
    """
    if phrase.proper and scene.cast.within(phrase.head_span.start, phrase.head_span.end):
        return None  # the Lagos Post
    if phrase.head == "figures" and lexicon.RANKS & set(phrase.before):
        return None  # "the party's top figures" are people
    owned = phrase.before[:1] in (("his",), ("her",), ("its",), ("their",))
    if phrase.head not in lexicon.DOCUMENTS or (phrase.head == "paper" and phrase.definite and not owned):
        return None
    found = _within(scene, phrase) or (_thing_of(scene, phrase) if owned else None)
    if found is None and not phrase.plural and (phrase.definite or not phrase.before):
        found = _before(scene, phrase)
    return found or _after(scene, phrase) or described(description(scene.text, phrase), "document", phrase)


def _thing_of(scene: Discourse, phrase: Phrase) -> Found | None:
    """ "His count", "her posts", "its ledger": whoever the pronoun means."""
    first = phrase.before[0]
    if first in ("his", "her"):
        return pronouns.he_or_she(scene, phrase.span.start, lexicon.PRONOUNS[first])
    if first in ("its", "their"):
        return pronouns.they(scene, phrase.span.start, first)
    return None


def _within(scene: Discourse, phrase: Phrase) -> Found | None:
    """ "The WFC statement", "Poe's letter", "a report by Kestrin", "a memo Roe wrote", "the ministry's study"."""
    text = scene.text
    inside = scene.cast.within(phrase.span.start, phrase.span.end)
    for index, mention in enumerate(inside):
        ahead = text[phrase.span.start : mention.span.start]
        if "funded" in ahead:
            return None  # who pays for a study does not speak in it
        by = bool(_ISSUED_BY.search(ahead)) and not _SEEN_BY.search(ahead)
        if by and index + 1 < len(inside):
            mention = _person_of(scene, mention, inside[index + 1])
        if by or _owns(scene, mention, phrase) or _WROTE.match(text, mention.span.end):
            found = _issuer(scene, mention, phrase, "document of a named issuer")
            if found:
                return found
    for word in reversed(list(_WORD.finditer(text, phrase.main.start, phrase.head_span.start))):
        noun = _POSSESSIVE.sub("", fold(word.group()))
        if noun in lexicon.BODY_NOUNS and noun not in lexicon.KEPT_BY:
            found = _nested(scene, Span(phrase.main.start, word.end()))
            if found:
                return found
    by_noun = _BY_NOUN.search(phrase.span.of(text))
    return _nested(scene, Span(phrase.span.start + by_noun.end(), phrase.span.end)) if by_noun else None


def _owns(scene: Discourse, mention: Mention, phrase: Phrase) -> bool:
    """Whether a name stands before the document's noun, or after it with "of"."""
    if mention.span.start < phrase.head_span.start:
        return mention.span.end <= phrase.head_span.start or scene.possessive(mention)
    between = scene.text[phrase.head_span.end : mention.span.start]
    return between in (" of ", " of the ") and mention.form in ("person", "body")


def _person_of(scene: Discourse, mention: Mention, following: Mention) -> Mention:
    """The person in "from the Labor Department's Jane Roe", else the name itself."""
    gap = scene.text[mention.span.end : following.span.start]
    near = is_person(scene, following) and len(gap) < 30 and not re.search(r",|\band\b|\bto\b", gap)
    return following if near else mention


def _nested(scene: Discourse, span: Span) -> Found | None:
    """The body or person that a noun phrase inside the source means."""
    text = scene.text
    end = span.end - 2 if text[span.start : span.end].endswith(("'s", "’s")) else span.end
    inner = phrases.read(text, Span(span.start, end))
    if inner is None or inner.head in lexicon.DOCUMENTS:
        return None
    found = nouns.noun(scene, inner)
    if found is None and (inner.head in lexicon.BODY_NOUNS or singular(inner.head) in lexicon.ROLES):
        found = nouns.describe(scene, inner)
    if found is None or not found.speaker.name:
        return None
    return found.by("document of a named issuer")


def _issuer(scene: Discourse, mention: Mention, phrase: Phrase, rule: str) -> Found | None:
    """Whoever a mention names, if it can issue documents; a demonym stands for its country."""
    folded = " ".join(fold(word) for word in mention.name.split())
    if folded in lexicon.DEMONYMS:
        return Found(made(lexicon.DEMONYMS[folded].title(), rule, "body"))
    owner = scene.cast.owner(mention)
    nobody = folded in lexicon.CALENDAR or folded in lexicon.PLATFORMS or mention.form == "place"
    if nobody or only_a_capital(scene, mention) or (owner is not None and owner.place):
        return None
    found = of_mention(scene, mention, phrase, rule)
    return found if found.speaker.name else None


def _before(scene: Discourse, phrase: Phrase) -> Found | None:
    """Whoever stands beside the last mention of the document before, or issued one lately, or spoke last."""
    for past in reversed(scene.past):
        if past.phrase and past.phrase.head == phrase.head and past.found.speaker.name:
            return past.found.by("document named before")
    spoken_in = re.compile(rf"\bin (?:[\w’'-]+ ){{0,3}}{re.escape(phrase.head)}\b", re.IGNORECASE)
    for past in reversed(scene.past[-3:]):
        cue, sentence = past.attribution.cue, scene.sentence(past.at)
        if cue and past.found.speaker.name and spoken_in.search(scene.text, cue.end, sentence.end):
            return past.found.by("document, spoken in")
    found = _beside_last(scene, phrase) or _of_outlet(scene, phrase) or _by_verb(scene, phrase)
    if found:
        return found
    for past in reversed(scene.past[-4:]):
        speaker = past.found.speaker
        if not speaker.name or not past.phrase or speaker.kind == "unnamed":
            continue
        of_document = past.phrase.head in lexicon.DOCUMENTS
        outlet = bool(lexicon.MEDIA_WORDS & set(speaker.name.lower().split()))
        own_words = phrase.head in lexicon.OWN_WORDS and not of_document
        if own_words or (speaker.kind == "body" and (of_document or outlet)):
            return past.found.by("document, last speaker")
    return None


def _beside_last(scene: Discourse, phrase: Phrase) -> Found | None:
    at, text = phrase.span.start, scene.text
    earliest = max(0, at - _BACK)
    noun = rf"{re.escape(phrase.head)}|{_ANY_STUDY}" if phrase.head in _GENERIC else re.escape(phrase.head)
    for found in reversed(list(re.finditer(rf"\b(?:{noun})\b", text[earliest:at], re.IGNORECASE))):
        start, end = earliest + found.start(), earliest + found.end()
        sentence = scene.sentence(start)
        following = scene.cast.within(end, min(sentence.end, end + 90))
        candidates = [m for m in following if _ISSUED_BY.search(text[end : m.span.start])]
        named_before = scene.cast.within(sentence.start, start)
        before = [m for m in named_before if not scene.in_content(m.span.start)] or named_before
        if before and _BESIDE.fullmatch(text, before[-1].span.end, start):
            candidates.append(before[-1])
        if before and _PUT_OUT.search(text[before[0].span.end : start]):
            candidates.append(before[0])
        for mention in candidates:
            got = _issuer(scene, mention, phrase, "document, issuer named before")
            if got:
                return got
    return None


def _of_outlet(scene: Discourse, phrase: Phrase) -> Found | None:
    """The outlet whose report it is: it reported, or quoted somebody, a few sentences before."""
    if phrase.head != "report":
        return None
    for sentence in scene.sentences_back(phrase.span.start, 5):
        for mention in scene.cast.within(sentence.start, sentence.end):
            relays = _RELAYS.match(scene.text, mention.span.end, sentence.end)
            if relays and (relays.group(1) or set(fold(mention.name).split()) & lexicon.OUTLETS):
                return _issuer(scene, mention, phrase, "document, issuer by its verb")
    return None


def _by_verb(scene: Discourse, phrase: Phrase) -> Found | None:
    verbs = lexicon.BY_VERB.get(phrase.head)
    if not verbs:
        return None
    for sentence in scene.sentences_back(phrase.span.start, 6):
        if re.search(rf"\b(?:{verbs})", sentence.of(scene.text)):
            for mention in scene.cast.within(sentence.start, sentence.end):
                owner = scene.cast.owner(mention)
                if owner and not owner.weak and mention.form != "place":
                    return named(owner, "document, issuer by its verb")
    return None


def _after(scene: Discourse, phrase: Phrase) -> Found | None:
    """The issuer named soon after, in one of three ways."""
    if phrase.plural:
        return None
    headline = not phrase.determined or phrase.span.end < _HEADLINE
    found = _same_document_after(scene, phrase) if headline else None
    if found is None and phrase.head in lexicon.OWN_WORDS:
        found = _speaks_in_it_after(scene, phrase)
    return found or _issued_by_after(scene, phrase)


def _same_document_after(scene: Discourse, phrase: Phrase) -> Found | None:
    """A headline's "audit says": the issuer in the next source that is such a document."""
    for attribution in scene.order:
        if attribution.source and attribution.source.start > phrase.span.end:
            other = phrases.read(scene.text, attribution.source)
            found = _within(scene, other) if other and other.head == phrase.head else None
            if found:
                return found.by("document, issuer named later")
    return None


def _speaks_in_it_after(scene: Discourse, phrase: Phrase) -> Found | None:
    """ "According to court testimony": whoever speaks next in a sentence with that word."""
    at = phrase.span.end
    for source in (a.source for a in scene.order if a.source and at < a.source.start < at + _SOON):
        if phrase.head in scene.sentence(source.start).of(scene.text).lower():
            people = [m for m in scene.cast.within(source.start, source.end) if is_person(scene, m)]
            if people:
                return of_mention(scene, people[-1], phrase, "document, issuer named later")
    return None


def _issued_by_after(scene: Discourse, phrase: Phrase) -> Found | None:
    """ "A report … The report, by the firm Nimbex": the same noun with "by" or "from"."""
    at = phrase.span.end
    again = re.compile(rf"\b{re.escape(phrase.head)}\b,? (?:was )?(?:\w+ )?(?:by|from)\b", re.IGNORECASE)
    later = again.search(scene.text, at, at + 500)
    for mention in scene.cast.within(later.end(), later.end() + 80) if later else ():
        if later and _ISSUED_BY.search(scene.text[later.start() : mention.span.start]):
            return _issuer(scene, mention, phrase, "document, issuer named later")
    return None

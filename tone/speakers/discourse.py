"""Where things stand in an article, and who spoke so far at each place of it."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Final

from tone.quotes.marks import marked
from tone.records import Article, Attribution, Span, Speaker, SpeakerKind
from tone.speakers import lexicon
from tone.speakers.cast import Cast, Entity
from tone.speakers.gathering import gather
from tone.speakers.mentions import Mention
from tone.speakers.names import fold
from tone.speakers.phrases import Phrase, is_plural

_LINE: Final = re.compile(r"[^\n]+")
_PLAIN_WORDS: Final = re.compile(r"(?: [\w-]+)+ ")
_NOUNS: Final = lexicon.ROLES | lexicon.BODY_NOUNS
_WORD: Final = re.compile(r"[^\W\d_]{4,}")
_ARTICLE: Final = re.compile(r"^(?:the|a|an)\s", re.IGNORECASE)
_IN_PARENTHESES: Final = re.compile(r"\s\([^)]*\)$")
_OPENING: Final = ("“", '"', "‘", "'", "«", "„")
_CLOSING: Final = ("”", '"', "’", "'", "»")
BY_NAME: Final[dict[SpeakerKind, float]] = {"person": 0.95, "body": 0.85, "unnamed": 0.95}
"""How often a speaker of a kind was right whom the source names."""
STANDINGS: Final = ("subject", "named", "possessive", "quoted")
"""How prominent a mention is in its sentence, the most first."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a source means: the speaker, the entity behind it where it has a name, the head noun where it has none."""

    speaker: Speaker
    entity: Entity | None = None
    head: str = ""
    words: frozenset[str] = frozenset()

    @property
    def plural(self) -> bool:
        """Whether it is a group without a name."""
        return self.entity is None and is_plural(self.head)

    def by(self, rule: str) -> "Found":
        """The same speaker, found by another rule."""
        return replace(self, speaker=made(self.speaker.name, rule, self.speaker.kind))


@dataclass(frozen=True, slots=True)
class Past:
    """An attribution that has been resolved: its source as read, what was found, and in which paragraph it ends."""

    attribution: Attribution
    phrase: Phrase | None
    found: Found
    paragraph: int


class Discourse:
    """One article as it is read: its cast, its layout, and the attributions resolved so far.

    ``past`` are those attributions, ``called`` the nouns of the sources that were found to mean an entity.
    """

    def __init__(self, article: Article, sentences: Sequence[Span], attributions: Sequence[Attribution]) -> None:
        self.text = article.text
        self.cast: Cast = gather(article, [a.source for a in attributions if a.source])
        self.sentences = sorted(sentences) or [Span(0, len(article.text))]
        self.order = sorted(attributions, key=anchor)
        self._sourced = [a for a in self.order if a.source]
        sources = [a.source for a in self._sourced if a.source]
        self._source_starts = [source.start for source in sources]
        self._named_in = [self._owners(source) for source in sources]
        self.past: list[Past] = []
        self.called: dict[Entity, set[str]] = {}
        self._line_starts = [line.start() for line in _LINE.finditer(self.text)]
        self._quotations = marked(self.text)
        self._sentence_starts = [s.start for s in self.sentences]
        self._contents = sorted(c for a in attributions for c in a.content)
        self._content_starts = [c.start for c in self._contents]
        self._places: dict[int, int] = {}
        self._words: dict[int, frozenset[str]] = {}
        self._chiefs = {"person": _most_named(self.cast.persons), "body": _most_named(self.cast.bodies)}

    # --- layout ------------------------------------------------------------------------------------------------------

    def paragraph(self, at: int) -> int:
        """The number of the paragraph that holds a character."""
        return bisect_right(self._line_starts, at) - 1

    def sentence(self, at: int) -> Span:
        """The sentence that holds a character, or the last one before it."""
        return self.sentences[max(0, bisect_right(self._sentence_starts, at) - 1)]

    def sentences_back(self, at: int, count: int) -> list[Span]:
        """The sentence around a character, cut off there, and up to ``count`` before it, last first."""
        index = max(0, bisect_right(self._sentence_starts, at) - 1)
        here = Span(min(self.sentences[index].start, at), at)
        return [here, *(self.sentences[i] for i in range(index - 1, max(-1, index - 1 - count), -1))]

    def sentences_between(self, one: int, other: int) -> int:
        """How many sentences on a character stands from another: 0 within one sentence."""
        return bisect_right(self._sentence_starts, other) - bisect_right(self._sentence_starts, one)

    def quotation(self, at: int) -> Span | None:
        """The quotation that holds a character, its marks included."""
        return next((q for q in self._quotations if q.start <= at < q.end), None)

    def sharing(self, span: Span) -> list[Attribution]:
        """The attributions with content about a span, in order, and perhaps others near it."""
        return [a for a in self.order if a.content[0].start < span.end and a.content[-1].end > span.start]

    def in_content(self, at: int) -> bool:
        """Whether a character is attributed to somebody."""
        place = bisect_right(self._content_starts, at)
        return any(c.start <= at < c.end for c in self._contents[max(0, place - 3) : place])

    # --- who spoke ---------------------------------------------------------------------------------------------------

    def remember(self, attribution: Attribution, phrase: Phrase | None, found: Found) -> None:
        """Add an attribution to those resolved."""
        last = max(anchor(attribution), max(c.end for c in attribution.content) - 1)
        self.past.append(Past(attribution, phrase, found, self.paragraph(last)))
        if found.entity and phrase and not phrase.proper:
            self.called.setdefault(found.entity, set()).add(phrase.head)

    def recent(self, count: int) -> Iterator[Past]:
        """The last attribution of each speaker among the last ``count`` attributions, the latest first."""
        seen: set[str] = set()
        for past in reversed(self.past[-count:]):
            name = past.found.speaker.name
            if name and name not in seen:
                seen.add(name)
                yield past

    def left_open(self) -> bool:
        """Whether the last content opened a quotation and did not close it."""
        if not self.past:
            return False
        whole = "".join(c.of(self.text) for c in self.past[-1].attribution.content).rstrip()
        return whole.startswith(_OPENING) and not whole.endswith(_CLOSING)

    def next_speaker(self, at: int) -> Entity | None:
        """The first person or body named in one of the next three sources."""
        first = bisect_right(self._source_starts, at)
        for owners in self._named_in[first : first + 3]:
            for owner in owners:
                if not owner.place:
                    return owner
        return None

    def says_later(self, entity: Entity, attribution: Attribution) -> int:
        """How many words of what is said an entity says again further on: a headline repeats its article."""
        first = bisect_right(self._source_starts, anchor(attribution))
        repeats = [n for n in range(first, len(self._sourced)) if entity in self._named_in[n]]
        wanted = self._said(attribution) if repeats else frozenset()
        return max((len(wanted & self._said(self._sourced[n])) for n in repeats), default=0)

    def _said(self, attribution: Attribution) -> frozenset[str]:
        found = self._words.get(id(attribution))
        if found is None:
            contents = [c.of(self.text).lower() for c in attribution.content]
            found = self._words[id(attribution)] = frozenset(w for c in contents for w in _WORD.findall(c))
        return found

    def _owners(self, source: Span) -> list[Entity]:
        """Whom a source names, in reading order."""
        return [owner for m in self.cast.within(source.start, source.end) if (owner := self.cast.owner(m))]

    # --- how things are named ----------------------------------------------------------------------------------------

    def chief(self, entity: Entity) -> bool:
        """Whether it is the person, or the body, that the article names most often."""
        return self._chiefs[entity.kind] is entity

    def standings(self, at: int, back: Sequence[Span]) -> dict[Entity, list[tuple[str, int]]]:
        """How entities stand in a character's sentence and in those before it, ``back``: [("subject", 0), …]."""
        found: dict[Entity, list[tuple[str, int]]] = {}
        sources = [(past.phrase.span, past.found.entity) for past in reversed(self.past[-8:]) if past.phrase]
        for distance, span in enumerate(back):
            best: dict[Entity, int] = {}
            first, last = True, max(at, span.end)
            for mention in self.cast.within(span.start, span.end):
                owner = self.cast.owner(mention)
                if owner is None or mention.span.start < span.start or mention.span.end > last:
                    continue
                rank = self._place(mention) or (2 if _in_anothers(sources, mention.span, owner) else 0)
                if not rank:
                    rank = 0 if first else 1
                    first = first and owner.place
                best[owner] = min(best.get(owner, rank), rank)
            for owner, rank in best.items():
                found.setdefault(owner, []).append((STANDINGS[rank], distance))
        return found

    def _place(self, mention: Mention) -> int:
        """3 in a quotation or report, 2 where the mention belongs to another noun, else 0."""
        place = self._places.get(mention.span.start)
        if place is None:
            belongs = self.possessive(mention) or self._modifies(mention)
            place = 3 if self.in_content(mention.span.start) else 2 if belongs else 0
            self._places[mention.span.start] = place
        return place

    def possessive(self, mention: Mention) -> bool:
        """Whether a mention is followed by 's."""
        return self.text[mention.span.end : mention.span.end + 2] in ("'s", "’s")

    def _modifies(self, mention: Mention) -> bool:
        """Whether a name only tells what the person named after it is: "Roe adviser Jane Poe"."""
        if not _PLAIN_WORDS.match(self.text, mention.span.end):
            return False
        after = self.cast.within(mention.span.end + 1, mention.span.end + 50)
        between = self.text[mention.span.end : after[0].span.start] if after else ""
        return bool(_PLAIN_WORDS.fullmatch(between)) and all(fold(word) in _NOUNS for word in between.split())

    def introduces(self, entity: Entity, start: int) -> bool:
        """Whether the sentence that ends in a colon before some words has an entity as its subject."""
        before = self.text[max(0, start - 8) : start].rstrip(" \n“\"‘'")
        if not before.endswith(":"):
            return False
        sentence = self.sentence(max(0, start - 8) + len(before) - 1)
        for mention in self.cast.within(sentence.start, min(start, sentence.end)):
            owner = self.cast.owner(mention)
            plain = owner and not owner.weak and mention.form != "place" and not self.possessive(mention)
            if plain and not self.in_content(mention.span.start):
                return owner is entity
        return False

    def beside(self, entity: Entity, noun: str, at: int) -> bool:
        """Whether an entity was named beside a noun before: "Roe's letter", "a report by the Poe Institute".

        ``noun`` may be alternatives of a pattern.
        """
        after, before = _beside(noun)
        return any(
            after.match(self.text, start + len(entity.name)) or before.search(self.text, max(0, start - 70), start)
            for start in entity.starts
            if start < at
        )

    def introduced(self, noun: str, at: int) -> bool:
        """Whether a document was told of before: "a nine-page memo … the memo"."""
        before = rf"\b(?:an?|one|[\w’']+['’]s|[\w-]+-page) (?:[\w-]+ ){{0,3}}{re.escape(noun)}\b"
        return bool(re.search(before, self.text[:at], re.IGNORECASE))


def _in_anothers(sources: Sequence[tuple[Span, Entity | None]], name: Span, owner: Entity) -> bool:
    """Whether a name stands in a source that means somebody else: "the singer who met Roe said"."""
    for source, entity in sources:
        if source.start < name.end and name.start < source.end:
            return entity is not owner
    return False


@cache
def _beside(noun: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What follows, and what precedes, a name beside a noun."""
    after = re.compile(rf"(?:['’]s?)?(?:\s[\w-]+){{0,3}}\s(?:{noun})\b", re.IGNORECASE)
    before = re.compile(rf"\b(?:{noun}),? (?:\w+ ){{0,2}}(?:by|from|of)\b(?:\s[\w’'-]+){{0,4}}\s$", re.IGNORECASE)
    return after, before


def _most_named(pool: Sequence[Entity]) -> Entity | None:
    """Whoever is named most often; None where two are."""
    ranked = sorted((e for e in pool if not e.place and not e.people), key=lambda e: -len(e.starts))
    alone = len(ranked) == 1 or (len(ranked) > 1 and len(ranked[0].starts) > len(ranked[1].starts))
    return ranked[0] if alone else None


def anchor(attribution: Attribution) -> int:
    """Where an attribution counts as standing: at its source, else its cue, else its content."""
    return (attribution.source or attribution.cue or attribution.content[0]).start


def named(entity: Entity, rule: str) -> Found:
    """An entity as the speaker."""
    name = bare(entity.name) if entity.kind == "body" else entity.name
    if entity.kind == "person" and name.isupper() and " " in name:  # known from a headline in capitals only
        name = name.title()
    return Found(made(name, rule, entity.kind), entity)


def nobody(rule: str) -> Found:
    """No speaker, and why."""
    return Found(made(None, rule))


def described(name: str, phrase: Phrase, rule: str = "description") -> Found:
    """A source without a name, by its description."""
    kind: SpeakerKind = "body" if phrase.head in lexicon.BODY_NOUNS and not phrase.plural else "unnamed"
    return Found(made(name, rule, kind), None, phrase.head, frozenset(phrase.words))


def made(name: str | None, rule: str, kind: SpeakerKind = "person") -> Speaker:
    """A speaker named by a rule; 0 is the probability of nobody."""
    return Speaker(name, rule, BY_NAME[kind] if name else 0.0, kind)


def bare(name: str) -> str:
    """A body's name without its article, quotation marks, abbreviation in parentheses and possessive ending."""
    name = _ARTICLE.sub("", name.strip(" ,;:“”\"'‘’()"))
    return _IN_PARENTHESES.sub("", name.removesuffix("'s").removesuffix("’s"))

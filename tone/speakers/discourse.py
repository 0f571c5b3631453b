"""Where things stand in an article, and who is on the reader's mind at each place of it."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from tone.records import Article, Attribution, Span, Speaker, SpeakerKind
from tone.speakers import lexicon
from tone.speakers.cast import Cast, Entity
from tone.speakers.gathering import gather
from tone.speakers.mentions import Mention
from tone.speakers.phrases import Phrase, is_plural

_LINE = re.compile(r"\n\s*")
_THE_ROLE = re.compile(r"(?:But |And |Still, |Yet )?[Tt]he (?:[a-z-]+ )?([a-z-]+)\b")
_NEXT_WORD = re.compile(r",? ([a-z]+)\b")
_MEMORY = 8
"""How many attributions back a speaker is still on the reader's mind."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a rule found: the speaker, the entity behind it where it has a name, the head noun where it has none."""

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
    """An attribution that has been resolved: its source as read, what was found, and where it stands."""

    attribution: Attribution
    phrase: Phrase | None
    found: Found
    at: int
    paragraph: int
    end_paragraph: int


class Discourse:
    """One article as it is read: its cast, its layout, and the attributions resolved so far."""

    def __init__(self, article: Article, sentences: Sequence[Span], attributions: Sequence[Attribution]) -> None:
        self.text = article.text
        self.cast: Cast = gather(article, [a.source for a in attributions if a.source])
        self.sentences = sorted(sentences) or [Span(0, len(article.text))]
        self.order = sorted(attributions, key=anchor)
        self.past: list[Past] = []
        self.current: Attribution | None = None
        self._sentence_starts = [s.start for s in self.sentences]
        self._paragraph_starts = [0, *(m.end() for m in _LINE.finditer(self.text))]
        self._contents = sorted(c for a in attributions for c in a.content)
        self._content_starts = [c.start for c in self._contents]

    def paragraph(self, at: int) -> int:
        """The number of the paragraph that holds a character."""
        return bisect_right(self._paragraph_starts, at) - 1

    def sentence(self, at: int) -> Span:
        """The sentence that holds a character, or the last one before it."""
        return self.sentences[max(0, bisect_right(self._sentence_starts, at) - 1)]

    def sentences_back(self, at: int, count: int) -> list[Span]:
        """The sentence around a character, cut off there, and up to ``count`` before it, last first."""
        index = max(0, bisect_right(self._sentence_starts, at) - 1)
        here = Span(min(self.sentences[index].start, at), at)
        return [here, *(self.sentences[i] for i in range(index - 1, max(-1, index - 1 - count), -1))]

    def in_content(self, at: int) -> bool:
        """Whether a character is attributed to somebody."""
        place = bisect_right(self._content_starts, at)
        return any(c.start <= at < c.end for c in self._contents[max(0, place - 3) : place])

    def remember(self, attribution: Attribution, phrase: Phrase | None, found: Found) -> None:
        """Add an attribution to those resolved."""
        at = anchor(attribution)
        last = max(c.end for c in attribution.content) - 1
        ends = max(self.paragraph(at), self.paragraph(last))
        self.past.append(Past(attribution, phrase, found, at, self.paragraph(at), ends))

    def subject(self, sentence: Span, before: int) -> Entity | None:
        """The first entity that a sentence names before a place, outside of what is attributed; no place names."""
        for mention in self.cast.within(sentence.start, min(before, sentence.end)):
            owner = self.cast.owner(mention)
            if owner is None or self.in_content(mention.span.start) or mention.form == "place" or owner.weak:
                continue
            if not self.possessive(mention):
                return owner
        return None

    def possessive(self, mention: Mention) -> bool:
        """Whether a mention is followed by 's."""
        return self.text[mention.span.end : mention.span.end + 2] in ("'s", "’s")

    def is_subject(self, entity: Entity) -> bool:
        """Whether some mention of an entity is followed by a verb, as a subject is."""
        for start in entity.starts:
            after = _NEXT_WORD.match(self.text, start + len(entity.name))
            if after and (after.group(1) in lexicon.VERBS_AFTER or after.group(1).endswith("ed")):
                return True
        return False

    def _first_in(self, span: Span, entity: Entity | None) -> int:
        """Where an entity is first named within a span, or -1."""
        return next((m.span.start for m in self.cast.within(span.start, span.end) if self.cast.owner(m) is entity), -1)

    def salience(self, at: int) -> dict[Entity, float]:
        """How present entities are at a place: as recent speakers, as subjects of this sentence or the ones before."""
        scores: dict[Entity, float] = {}
        paragraph = self.paragraph(at)
        for back, past in enumerate(reversed(self.past[-_MEMORY:])):
            entity = past.found.entity
            if entity is not None and entity.first < at:
                score = 3.0 - 0.3 * back - 0.35 * (paragraph - past.paragraph)
                scores[entity] = max(scores.get(entity, score), score)
        spoke = [(p.phrase.span, p.found.entity) for p in self.past[-_MEMORY:] if p.phrase and p.found.entity]
        for distance, span in enumerate(self.sentences_back(at, 3)):
            rank = 0
            for mention in self.cast.within(span.start, span.end):
                owner = self.cast.owner(mention)
                if owner is None or mention.span.end > at:
                    continue
                if self.in_content(mention.span.start):
                    scores.setdefault(owner, 0.9 - 0.4 * distance)
                    continue
                if any(
                    source.overlap(mention.span) and self._first_in(source, entity) > mention.span.start
                    for source, entity in spoke
                ):
                    continue  # "Roe campaign adviser Jane Poe": Poe spoke, not Roe
                if self.possessive(mention):
                    score = 1.2 - 0.4 * distance
                else:
                    score = (3.6 if distance == 0 else 3.8 - 0.5 * distance) - 0.6 * min(rank, 3)
                    rank += owner.kind == "person"
                scores[owner] = max(scores.get(owner, score), score)
            described = _THE_ROLE.match(self.text, span.start, span.end)
            if described and not self.in_content(described.start(1)):
                holders = [p for p in self.cast.persons if described.group(1) in p.roles and p.first < span.start]
                if len(holders) == 1:  # "The mayor looked up." She said …
                    score = 3.6 - 0.5 * distance
                    scores[holders[0]] = max(scores.get(holders[0], score), score)
        return scores


def anchor(attribution: Attribution) -> int:
    """Where an attribution counts as standing: at its source, else its cue, else its content."""
    return (attribution.source or attribution.cue or attribution.content[0]).start


def named(entity: Entity, rule: str) -> Found:
    """An entity as the speaker."""
    name = bare(entity.name) if entity.kind == "body" else entity.name
    if entity.kind == "person" and name.isupper() and " " in name:  # known from a headline in capitals only
        name = name.title()
    return Found(made(name, rule, entity.kind), entity)


def learned(entity: Entity, phrase: Phrase, rule: str) -> Found:
    """An entity as the speaker, whom a description before its name is now known to mean."""
    entity.roles.add(phrase.head)
    entity.about.update(phrase.words)
    return named(entity, rule)


def nobody(rule: str) -> Found:
    """No speaker, and why."""
    return Found(made(None, rule))


def described(name: str, rule: str, phrase: Phrase, kind: SpeakerKind = "unnamed") -> Found:
    """A source without a name, by its description."""
    return Found(made(name, rule, kind), None, phrase.head, frozenset(phrase.words))


def made(name: str | None, rule: str, kind: SpeakerKind = "person") -> Speaker:
    """A speaker with the measured probability of its rule; 0 where there is no name."""
    return Speaker(name, rule, lexicon.PROBABILITY[rule] if name else 0.0, kind)


def bare(name: str) -> str:
    """A body's name without its article, quotation marks, abbreviation in parentheses and possessive ending."""
    name = re.sub(r"^(?:the|a|an)\s", "", name.strip(" ,;:“”\"'‘’()"), flags=re.IGNORECASE)
    return re.sub(r"\s\([^)]*\)$", "", re.sub(r"['’]s$", "", name))

"""The records that flow between the parts. All offsets count characters into ``Article.text``, end exclusive."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from tone.codebook import Claim, Kind, Tone

SpeakerKind = Literal["person", "body", "unnamed"]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Characters ``start`` to ``end`` (exclusive) of an article's text."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The characters themselves."""
        return text[self.start : self.end]

    def overlap(self, other: "Span") -> int:
        """How many characters both spans hold."""
        start = self.start if self.start > other.start else other.start
        end = self.end if self.end < other.end else other.end
        return end - start if end > start else 0

    def gap(self, other: "Span") -> int:
        """How many characters lie between both spans, 0 where they touch or overlap."""
        return max(0, other.start - self.end, self.start - other.end)


@dataclass(frozen=True, slots=True)
class Article:
    """One article. ``body_start`` is where its prose begins, after a front matter that is part of ``text``."""

    id: str
    text: str
    title: str | None = None
    date: datetime.date | None = None
    source: str | None = None
    url: str | None = None
    topic: str | None = None
    body_start: int = 0


@dataclass(frozen=True, slots=True)
class Skipped:
    """An input that could not be scored, and why. ``article`` is its id where one was known."""

    input: str
    article: str | None
    reason: str


@dataclass(frozen=True, slots=True)
class Attribution:
    """Words, a thought or a position (``content``, in reading order, never empty) that come from ``source``.

    ``probability`` is the tagger's confidence in the content, 0 to 1.
    """

    content: tuple[Span, ...]
    source: Span | None = None
    cue: Span | None = None
    kind: Kind = "indirect"
    probability: float = 1.0


@dataclass(frozen=True, slots=True)
class Speaker:
    """Whose words they are. ``name`` is canonical; None when the resolver abstained, and ``rule`` says why."""

    name: str | None
    rule: str
    probability: float
    kind: SpeakerKind = "person"


@dataclass(frozen=True, slots=True)
class SentenceLabel:
    """What is said of one sentence; probabilities in the order of `codebook.TONES` and `codebook.CLAIMS`."""

    speaker: Speaker | None
    tone: Tone
    tone_probabilities: tuple[float, ...]
    claims: frozenset[Claim]
    claim_probabilities: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Scored:
    """An article with what was found in it: a label for each sentence, a speaker for each attribution."""

    article: Article
    sentences: Sequence[Span]
    labels: Sequence[SentenceLabel]
    attributions: Sequence[Attribution]
    speakers: Sequence[Speaker]

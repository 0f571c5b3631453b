"""What kind of source asks for an antecedent: a pronoun, a noun, a document, or none at all."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from tone.records import Attribution, Span
from tone.speakers import lexicon, nations
from tone.speakers.cast import Entity
from tone.speakers.discourse import Discourse, Past
from tone.speakers.evidence import gender_of
from tone.speakers.phrases import Phrase

Kind = Literal[
    "pronoun", "group pronoun", "document", "plural noun", "body noun", "person noun", "running quote", "words alone",
    "cue alone",
]  # fmt: skip
MEMORY: Final = 10
"""How many attributions back a speaker is still on the reader's mind."""
REACH: Final = 3
"""How many sentences back a name still counts."""
_ABBREVIATION: Final = re.compile(r"U\.?S\b")
_OPENING: Final = ("“", '"', "‘", "'", "«", "„")


@dataclass(frozen=True, slots=True)
class Question:
    """Whom does this source mean?

    ``phrase`` is None for words without a source; ``at`` is where it stands, ``back`` its sentence up to there and the
    `REACH` before it, the last first; ``standings`` tells how prominently whom these name, ``resumed`` in which of them
    an entity was already a source; ``nations`` which countries the source tells ("the Omani minister"); ``recent`` who
    spoke lately, the latest first, ``ranks`` as which of them an entity, or a name, did, from 0 on; ``next_speaker``
    whom one of the next sources names; ``gender`` what the pronoun or noun tells.
    """

    scene: Discourse
    attribution: Attribution
    phrase: Phrase | None
    kind: Kind
    at: int
    back: Sequence[Span]
    standings: Mapping[Entity, Sequence[tuple[str, int]]]
    nations: frozenset[str]
    recent: Sequence[Past]
    ranks: Mapping[Entity | str | None, int]
    resumed: Mapping[Entity, Sequence[tuple[str, int]]]
    next_speaker: Entity | None
    gender: str | None

    @property
    def first(self) -> str:
        """The first word of the source, folded; empty where there is none."""
        return first_word(self.phrase) if self.phrase else ""

    @property
    def many(self) -> bool:
        """Whether it is a plural pronoun."""
        return self.first in lexicon.PLURAL


def first_word(phrase: Phrase) -> str:
    """The first word of a source, folded."""
    return phrase.before[0] if phrase.before else phrase.head


def is_pronoun(text: str, phrase: Phrase) -> bool:
    """Whether a source is a pronoun, or starts with one that owns nothing ("he and others"); "US" is none."""
    first = first_word(phrase)
    owner = bool(phrase.before) and first in lexicon.POSSESSIVE
    return first in lexicon.PRONOUN_WORDS and not owner and not _ABBREVIATION.match(text, phrase.main.start)


def ask(scene: Discourse, attribution: Attribution, phrase: Phrase | None) -> Question:
    """The question that a source puts."""
    at = phrase.span.start if phrase else (attribution.cue or attribution.content[0]).start
    told = _nations(scene, phrase) if phrase else frozenset()
    kind, recent = _kind(scene, attribution, phrase), list(scene.recent(MEMORY))
    back, follows = scene.sentences_back(at, REACH), scene.next_speaker(at)
    standings = scene.standings(at, back)
    ranks: dict[Entity | str | None, int] = {}
    for rank, past in enumerate(recent):
        ranks.setdefault(past.found.entity, rank)
        ranks.setdefault(past.found.speaker.name, rank)
    resumed: dict[Entity, list[tuple[str, int]]] = {}
    for past in scene.past[-MEMORY:]:
        if past.phrase and past.found.entity:
            ago = scene.sentences_between(past.phrase.span.start, at)
            places = resumed.setdefault(past.found.entity, [])
            if 0 <= ago <= REACH:
                places.append(("subject", ago))
    gender = None
    if phrase:
        gender = lexicon.PRONOUNS.get(first_word(phrase)) if kind == "pronoun" else gender_of((phrase.head,))
    return Question(
        scene, attribution, phrase, kind, at, back, standings, told, recent, ranks, resumed, follows, gender
    )


def _nations(scene: Discourse, phrase: Phrase) -> frozenset[str]:
    """The countries that a noun phrase tells: its own words, whoever owns it, or "In Doha, the ministry"."""
    own = nations.told_by(phrase.words)
    if own or not phrase.before:
        return own
    start = scene.sentence(phrase.span.start).start
    before = [m for m in scene.cast.within(start, phrase.span.start) if m.span.end <= phrase.span.start]
    places = [owner for m in before if (owner := scene.cast.owner(m)) and owner.place]
    opened = scene.text.startswith("In ", start) and bool(before) and before[0].span.start == start + 3
    return places[0].nations if places and (opened or phrase.before[0] in ("its", "their")) else own


def _kind(scene: Discourse, attribution: Attribution, phrase: Phrase | None) -> Kind:
    if phrase is None:
        start = attribution.content[0].start
        quoted = scene.text.startswith(_OPENING, start) or scene.quotation(start)
        return "cue alone" if attribution.cue else "running quote" if quoted else "words alone"
    first, alone = first_word(phrase), not phrase.before
    document = phrase.head in lexicon.DOCUMENTS
    if first in lexicon.PRONOUNS and (first not in ("his", "her") or alone or document):
        return "pronoun"
    group = first in lexicon.IMPERSONAL or first in lexicon.PLURAL
    if group and (alone or document or first in ("they", "them", "themselves")):
        return "group pronoun"
    if first in lexicon.RELATIVE and alone:
        return "pronoun" if first.startswith("who") else "group pronoun"
    if document:
        return "document"
    if phrase.plural:
        return "plural noun"
    return "body noun" if phrase.head in lexicon.BODY_NOUNS else "person noun"

"""Whether a sentence reports somebody's words or position, or only says in passing what somebody thinks or wants."""

import re
from collections.abc import Sequence
from math import exp
from typing import Final

from tone.records import Attribution, Span, Speaker
from tone.speakers import lexicon
from tone.speakers.weights import WEIGHTS

_SAYS: Final = re.compile(
    r"\b(?:sa(?:id|ys?|ying)|t(?:old|ells?|elling)|according|wr[oi]t\w+|f(?:ou|i)nds?|show(?:ed|s)|den(?:y|ied|ies)"
    r"|(?:add|stat|announc|testif|repl|explain|not|report|warn|argu|claim|insist|acknowledg|admit|conclud|confirm|tweet"
    r"|estimat|call|describ|accus|suggest)(?:e?s|y|ied|ies|t?ed|ing)?)\b",
    re.IGNORECASE,
)
_WHO: Final = re.compile(r"\b(?:who|whom|which|that)\s$")
_NOUN: Final = re.compile(r"\b(?:the|an?|his|her|its|their|of)\s(?:\w+ )?$|['’]s\s$")
_MAY: Final = re.compile(r"\b(?:would|could|can|may|might|will|should|to)\b", re.IGNORECASE)
_BE: Final = re.compile(r"\b(?:been|was|were|is|are|be)\b", re.IGNORECASE)
_BEFORE: Final = 14
_MUCH: Final = 0.4
_FEW: Final = 20
_SHORT: Final = 8
_FEW_WORDS: Final = 4
_MANY_WORDS: Final = 20
_WE: Final = re.compile(r"\b(?:I|we|our|my)\b")


def stated(text: str, sentence: Span, said: Sequence[tuple[Attribution, Speaker]], marks: Sequence[Span]) -> float:
    """The probability that a sentence is somebody's words or position, not narration.

    Args:
        text: the article's text.
        sentence: a sentence of it.
        said: the attributions whose content shares characters with it, at least one, each with its speaker.
        marks: where the text is in quotation marks, as `tone.quotes.marks.marked` tells.

    Returns:
        What logistic regression makes of `features`.
    """
    weights = WEIGHTS["stated"]
    found = features(text, sentence, said, marks)
    score = sum([weights.get(name, 0.0) * value for name, value in found.items() if value])
    return 1 / (1 + exp(-score))


def features(
    text: str, sentence: Span, said: Sequence[tuple[Attribution, Speaker]], marks: Sequence[Span]
) -> dict[str, float]:
    """What speaks for and against it: how much is attributed, how surely, to whom, by what cue; values from 0 to 1."""
    shares = [sum(c.overlap(sentence) for c in attribution.content) for attribution, _ in said]
    # Whoever has a name goes first, as in the choice of the sentence's speaker.
    main = max(range(len(said)), key=lambda i: (said[i][1].name is not None, shares[i]))
    attribution, speaker = said[main]
    share = sum(shares) / (sentence.end - sentence.start)
    whole = sentence.of(text)
    plain = attribution.kind == "indirect" and not _quoted(sentence, [a for a, _ in said], marks)
    length = sum(len(c.of(text).split()) for c in attribution.content)
    own = "indirect, " if plain else "quoted, "
    found = {
        "any": 1.0,
        "little of the sentence": max(0.0, _MUCH - share),
        "doubt": 1.0 - attribution.probability,
        "several": float(len(said) > 1),
        "question": float(whole.rstrip().endswith("?")),
        "short sentence": float(len(whole.split(maxsplit=_SHORT)) < _SHORT),
        own + "share": min(1.0, share),
        own + "few words": float(length < _FEW_WORDS),
        own + "words": min(1.0, length / _MANY_WORDS),
        own + "no source": float(attribution.source is None),
        own + "no cue": float(attribution.cue is None),
        own + "nobody": float(speaker.name is None),
        own + "sure who": speaker.probability,
        own + "we": float(bool(_WE.search(whole))),
        own + speaker.kind: 1.0,
        own + speaker.rule: 1.0,
    }
    if plain:
        found |= _of_cue(text, attribution)
    return found


def _quoted(sentence: Span, attributions: Sequence[Attribution], marks: Sequence[Span]) -> bool:
    """Whether some of a sentence is a quotation of somebody's, one that runs on included."""
    here = [mark for mark in marks if mark.start < sentence.end and sentence.start < mark.end]
    cut = [Span(mark.start, min(mark.end, sentence.end)) for mark in here]
    return any(c.overlap(mark) > _FEW for a in attributions for c in a.content for mark in cut)


def _of_cue(text: str, attribution: Attribution) -> dict[str, float]:
    """What the cue of indirect speech tells, and the word that its content starts with."""
    cue = attribution.cue.of(text) if attribution.cue else ""
    start = (attribution.cue or attribution.content[0]).start
    before = text[max(0, start - _BEFORE) : start]
    says = bool(_SAYS.search(cue))
    first = attribution.content[0].of(text).lower().partition(" ")[0]
    return {
        "indirect": 1.0,
        "says": float(says),
        "to": float(not says and first == "to"),
        "relative clause": float(bool(_WHO.search(before))),
        "noun": float(bool(cue) and bool(_NOUN.search(before))),
        "may": float(bool(_MAY.search(cue) or _MAY.search(before.split(" ")[-2] if " " in before else ""))),
        "passive": float(bool(_BE.search(cue))),
        f"starts with {first}" if first in lexicon.CONTENT_OPENERS else "starts with another word": 1.0,
    }

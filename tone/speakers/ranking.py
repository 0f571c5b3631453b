"""A log-linear model of whom a source means, by kind of source (mention ranking: Denis and Baldridge, 2008)."""

from collections.abc import Callable, Mapping, Sequence
from math import exp
from typing import Final

from tone.records import Attribution, Speaker
from tone.speakers import lexicon
from tone.speakers.candidates import Candidate, candidates
from tone.speakers.discourse import Discourse, Found, nobody
from tone.speakers.phrases import Phrase
from tone.speakers.questions import Question, ask, first_word, is_pronoun
from tone.speakers.weights import WEIGHTS

_SURE: Final = 0.28
"""Below which probability a source is left to its description, or to nobody: a name would be wrong more often."""
_DESCRIBED: Final = 0.85
"""How often a description was right where a source was rightly left to it."""
_TIE: Final = 0.02
"""Under which difference two candidates fit equally."""


def probabilities(options: Sequence[Mapping[str, float]], weights: Mapping[str, float]) -> list[float]:
    """The probability of each candidate, by its features; they sum to 1."""
    scores = [sum([weights.get(name, 0.0) * value for name, value in option.items() if value]) for option in options]
    top = max(scores)
    powers = [exp(score - top) for score in scores]
    total = sum(powers)
    return [power / total for power in powers]


def ranked(
    scene: Discourse,
    attribution: Attribution,
    phrase: Phrase | None,
    watch: Callable[[Question, Sequence[Candidate]], None] | None = None,
) -> Found:
    """Whom a source most likely means, with that probability.

    Args:
        scene: the article as read so far.
        attribution: whose source it is.
        phrase: the source; None where the words have none.
        watch: sees the question and its candidates, for training.

    Returns:
        A person, a body, a description; nobody for the author's own "I", and where nobody is likely.
    """
    if phrase and is_pronoun(scene.text, phrase):
        if first_word(phrase) in lexicon.FIRST:
            return nobody("author")
        if first_word(phrase) in lexicon.SECOND:
            return nobody("second person")
    question = ask(scene, attribution, phrase)
    options = candidates(question)
    if watch:
        watch(question, options)
    sure = probabilities([option.features for option in options], WEIGHTS.get(question.kind, {}))
    best = max(range(len(options)), key=sure.__getitem__)
    if sure[best] < _SURE or sure[best] - max(sure[:best] + sure[best + 1 :], default=0.0) < _TIE:
        best = len(options) - 1
    found = options[best].found
    if found.speaker.name is None:
        return found
    itself = best == len(options) - 1
    rule = "description" if itself else question.kind
    probability = round(sure[best] * (_DESCRIBED if itself else 1.0), 2)
    speaker = Speaker(found.speaker.name, rule, probability, found.speaker.kind)
    return Found(speaker, found.entity, found.head, found.words)

"""What the wording of a sentence tells: what it denies, whether it answers what was just said, whether it accuses."""

import re
from collections.abc import Sequence
from typing import Final

from tone.denials.words import ACCUSING, ANSWERING, CLAIM_NOUNS, DENYING, HEARSAY, NEGATIONS, PROPOSING, UNTRUE


def _any(pieces: Sequence[str]) -> str:
    return f"(?:{'|'.join(pieces)})"


def _rule(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_NOUN: Final = _any(CLAIM_NOUNS)
_FALSE: Final = _any([*UNTRUE, "true", "so"])
_IS: Final = r"(?:[’']s|[’']re| is| are| was| were)(?:n[’']t)?"
_END: Final = r"(?=\W*(?:$|[,.;:—–]|\b(?:and|but|saying)\b))"

_DENYING: Final = _rule(rf"\b{_any(DENYING)}\b")
# The numbers of words keep the rules within a phrase, and the search short.
_OBJECT: Final = _rule(
    rf"\W+(?:(?:[\w’'-]+\W+){{0,6}}?{_NOUN}\b(?:(?:\W+[\w’'-]+){{0,6}}?\W+(?:that|of)\b)?|(?:on \w+ )?that\b)"
)
_ASIDE: Final = _rule(r"[,—–]\s*(?:adding|and|arguing|but|calling|insisting|noting|saying|though|while)\b")
_UNTRUE: Final = _rule(rf"{_IS}\s+(?:\w+\s+){{0,2}}?{_FALSE}\b(?:\s+that\b)?")
_NEGATION: Final = _rule(rf"\b{_any(NEGATIONS)}\b|n[’']t\b")
_QUOTED: Final = re.compile(r"[“\"]([^”\"]+)")
_ANSWERS: Final = _rule(
    rf"\b{_any(DENYING)}\W+(?:\w+\W+){{0,3}}?"
    rf"(?:{_NOUN}\b(?!\W+(?:[\w’'-]+\W+){{0,7}}?(?:that|of)\b)|(?:that|this|it|them|doing so|wrongdoing)\b{_END})"
    rf"|\b(?:that|this|it|these|those){_IS} (?:\w+ ){{0,2}}?{_FALSE}\b(?! that\b)"
    rf"|\b{_any(ANSWERING)}\b|^\W*not so\b|\bnothing of the (?:kind|sort)\b|\bno such thing\b"
)
_ACCUSES: Final = _rule(rf"\b{_any(ACCUSING)}\b")
_PROPOSES: Final = _rule(rf"\b{_any(PROPOSING)}\b")
_HEARSAY: Final = _rule(rf"\b{_any(HEARSAY)}\b")


def denied(text: str) -> str:
    """What the sentence denies, as if affirmed: what follows its cue, or its quote, without the negations.

    "He denied reports that no ship had sailed" gives "ship had sailed". The whole text where too little would be left.
    """
    affirmed = " ".join(_NEGATION.sub(" ", _denied_part(text)).split())
    return affirmed if len(affirmed.split()) > 2 else text


def _denied_part(text: str) -> str:
    for cue in _DENYING.finditer(text):
        if rest := _denied_by(text, cue):
            return rest
    if found := _UNTRUE.search(text):
        before, after = text[: found.start()], text[found.end() :]
        return after if len(after.split()) > 3 else before
    quoted = " ".join(_QUOTED.findall(text))
    return quoted if len(quoted.split()) > 3 else text


def states_denied(text: str) -> bool:
    """Whether the sentence denies a claim that it names in words of its own: "rejected the charge that…"."""
    return not answers(text) and any(_denied_by(text, cue) for cue in _DENYING.finditer(text))


def denies(text: str) -> bool:
    """Whether the sentence negates or denies anything."""
    return any(rule.search(text) for rule in (_DENYING, _UNTRUE, _NEGATION))


def _denied_by(text: str, cue: re.Match[str]) -> str:
    named = _OBJECT.match(text, cue.end())
    rest = _ASIDE.split(text[named.end() if named else cue.end() :], maxsplit=1)[0]
    return rest if len(rest.split()) > 2 else ""


def answers(text: str) -> bool:
    """Whether the sentence speaks to what was just said, without saying it again: "rejected the charge", "not so"."""
    return bool(_ANSWERS.search(text))


def accuses(text: str) -> bool:
    """Whether the sentence makes a claim in so many words: "accused the board of", "suggested that"."""
    return bool(_ACCUSES.search(text))


def proposes(text: str) -> bool:
    """Whether the sentence asks for something or offers it."""
    return bool(_PROPOSES.search(text))


def rejects(text: str) -> bool:
    """Whether the sentence has a word of denying, rejecting or ruling out, and not only a negation."""
    return bool(_DENYING.search(text))


def hearsay(text: str) -> bool:
    """Whether the sentence speaks of a claim that goes around: reports, a rumour, "they keep saying"."""
    return bool(_HEARSAY.search(text))


def quotes(text: str) -> bool:
    """Whether the sentence begins with a quotation mark."""
    return text.lstrip()[:1] in {"“", "‘", '"', "'"}

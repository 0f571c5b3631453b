"""Outlets that pass on what a source told: the source is who spoke first, not the outlet.

The agency quoted the minister as saying that …; …, the agency reported, citing a delegate.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from tone.records import Attribution, Span

_NOUN_PHRASE: Final = r"[^,;:“”\"]{2,90}?"
_QUOTED_AS: Final = re.compile(rf"\b(quot(?:ed|es|ing)|cit(?:ed|es|ing))\s({_NOUN_PHRASE})\sas\s(?:saying|telling)\b")
_CITING: Final = re.compile(rf",\s(citing|quoting)\s({_NOUN_PHRASE})(?=[.,;]?[”\"]?\s*$)")
_REPORTED: Final = frozenset(["reported", "reports", "reporting", "said", "says", "wrote", "writes"])
# What is cited is a person or body that can speak, not a reason ("citing rising costs").
_SPOKE: Final = re.compile(
    r"\b(?:sources?|officials?|(?:spokes|congress|states)?(?:man|woman|person|men|women|people)|ministers?|ministry|"
    r"delegates?|diplomats?|aides?|police|officers?|witnesses|agency|statement|report|documents?|"
    r"[A-Z][a-z]+ [A-Z][a-z]+)\b"
)


def original_sources(text: str, sentence: Span, found: Sequence[Attribution]) -> list[Attribution]:
    """A sentence's attributions with the outlet that passes words on replaced by their source."""
    # Both patterns have one of these; to look for them alone is quicker.
    if all(text.find(verb, sentence.start, sentence.end) < 0 for verb in ("quot", "cit")):
        return list(found)
    quoted = _QUOTED_AS.search(text, sentence.start, sentence.end)
    if quoted:
        cue, source = Span(*quoted.span(1)), Span(*quoted.span(2))
        near = [a for a in found if a.source is None or a.source.end <= cue.end or a.source.overlap(source)]
        chosen = min(near, key=lambda a: min(p.gap(cue) for p in a.content), default=None)
        return [replace(a, source=source, cue=cue) if a is chosen else a for a in found]
    citing = _CITING.search(text, sentence.start, sentence.end)
    if citing and _SPOKE.search(citing.group(2)):
        return [replace(a, source=Span(*citing.span(2))) if a.cue and a.cue.of(text) in _REPORTED else a for a in found]
    return list(found)

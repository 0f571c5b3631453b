"""From the speakers of attributions to the speakers of sentences."""

from bisect import bisect_right
from collections.abc import Sequence
from typing import Final

from tone.quotes.marks import marked
from tone.records import Attribution, Span, Speaker
from tone.speakers.stated import stated

IN_PASSING: Final = "in passing"
"""The rule of a sentence that says only in passing what somebody wants or thinks: its speaker has no name."""
UNSURE: Final = "unsure"
"""The rule of a sentence whose speaker was found, but too unsurely: that has no name either."""
LEAST: Final = 0.4
"""The probability below which a sentence is left without a name.

The F1 of speakers is highest where this is about half of it (Lipton et al., 2014).
"""
SPEECH: Final = 0.8
"""The probability from which a sentence counts as speech, so that it is somebody's in any case."""
LEAST_OF_SPEECH: Final = 0.2
"""Instead of `LEAST` for such a sentence: a likely name helps more than none, and is told by its probability."""
ENOUGH: Final = 3
"""How many characters of content make a sentence its speaker's: a short reported phrase is enough."""


def of_sentences(
    text: str, sentences: Sequence[Span], attributions: Sequence[Attribution], speakers: Sequence[Speaker]
) -> list[Speaker | None]:
    """The speaker of each sentence: whoever's content covers most of its characters.

    Args:
        text: the article's text.
        sentences: spans of sentences, in reading order.
        attributions: what was attributed.
        speakers: who to, one an attribution.

    Returns:
        One entry a sentence; None for narration. A speaker without a name where only such content is in it, or where a
        sentence says no more than what somebody wants or thinks, or who is too unsure; the rule says which. Their
        probability is that the sentence is speech at all and that the speaker is right.

    Raises:
        ValueError: if there is not one speaker an attribution.
    """
    starts = [s.start for s in sentences]
    covered: list[dict[Speaker, int]] = [{} for _ in sentences]
    inside: list[dict[int, tuple[Attribution, Speaker]]] = [{} for _ in sentences]
    for attribution, speaker in zip(attributions, speakers, strict=True):
        for content in attribution.content:
            place = max(0, bisect_right(starts, content.start) - 1)
            while place < len(sentences) and sentences[place].start < content.end:
                shared = sentences[place].overlap(content)
                if shared:
                    covered[place][speaker] = covered[place].get(speaker, 0) + shared
                    inside[place][id(attribution)] = (attribution, speaker)
                place += 1
    marks = marked(text)
    return [
        _likely(text, sentence, _most(sentence, counts), list(said.values()), marks)
        for sentence, counts, said in zip(sentences, covered, inside, strict=True)
    ]


def _likely(
    text: str,
    sentence: Span,
    who: Speaker | None,
    said: Sequence[tuple[Attribution, Speaker]],
    marks: Sequence[Span],
) -> Speaker | None:
    """A speaker with the probability that the sentence is theirs; without a name where that is too low."""
    if who is None or who.name is None:
        return who
    words = stated(text, sentence, said, marks)
    sure = round(words * who.probability, 3)
    if sure >= (LEAST_OF_SPEECH if words >= SPEECH else LEAST):
        return Speaker(who.name, who.rule, sure, who.kind)
    return Speaker(None, IN_PASSING if words < 0.5 else UNSURE, 0.0, who.kind)


def _most(sentence: Span, counts: dict[Speaker, int]) -> Speaker | None:
    """Whoever has most of a sentence; somebody with a name before anybody without."""
    if not counts:
        return None
    needed = min(ENOUGH, sentence.end - sentence.start)
    by_name: dict[str | None, int] = {}
    for speaker, count in counts.items():
        if count >= needed:
            by_name[speaker.name] = by_name.get(speaker.name, 0) + count
    pool = [s for s in counts if s.name in by_name and s.name is not None] or [s for s in counts if s.name in by_name]
    return max(pool, key=lambda s: (by_name[s.name], s.probability), default=None)

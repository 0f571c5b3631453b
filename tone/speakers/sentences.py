"""From the speakers of attributions to the speakers of sentences."""

from bisect import bisect_right
from collections.abc import Sequence
from typing import Final

from tone.records import Attribution, Span, Speaker

ENOUGH: Final = 3
"""How many characters of content make a sentence its speaker's: a short reported phrase is enough."""


def of_sentences(
    sentences: Sequence[Span], attributions: Sequence[Attribution], speakers: Sequence[Speaker]
) -> list[Speaker | None]:
    """The speaker of each sentence: whoever's content covers most of its characters.

    Args:
        sentences: spans of sentences, in reading order.
        attributions: what was attributed.
        speakers: who to, one an attribution.

    Returns:
        One entry a sentence; None for narration, and a speaker without a name where only such content is in it.

    Raises:
        ValueError: if there is not one speaker an attribution.
    """
    starts = [s.start for s in sentences]
    covered: list[dict[Speaker, int]] = [{} for _ in sentences]
    for attribution, speaker in zip(attributions, speakers, strict=True):
        for content in attribution.content:
            place = max(0, bisect_right(starts, content.start) - 1)
            while place < len(sentences) and sentences[place].start < content.end:
                shared = sentences[place].overlap(content)
                if shared:
                    covered[place][speaker] = covered[place].get(speaker, 0) + shared
                place += 1
    return [_most(sentence, counts) for sentence, counts in zip(sentences, covered, strict=True)]


def _most(sentence: Span, counts: dict[Speaker, int]) -> Speaker | None:
    """Whoever has most of a sentence; somebody with a name before anybody without."""
    needed = min(ENOUGH, sentence.end - sentence.start)
    by_name: dict[str | None, int] = {}
    for speaker, count in counts.items():
        if count >= needed:
            by_name[speaker.name] = by_name.get(speaker.name, 0) + count
    pool = [s for s in counts if s.name in by_name and s.name is not None] or [s for s in counts if s.name in by_name]
    return max(pool, key=lambda s: (by_name[s.name], s.probability), default=None)

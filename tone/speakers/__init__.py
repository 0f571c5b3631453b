"""From the sources of attributions to canonical speakers."""

from tone.speakers.resolve import resolve
from tone.speakers.sentences import of_sentences

__all__ = ["of_sentences", "resolve"]

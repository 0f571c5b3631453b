"""Paragraphs to attributions: who is the source, what is the cue, what is the content."""

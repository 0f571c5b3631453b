"""The labels: their names, their order everywhere in the project, and what they mean in a line each."""

from typing import Final, Literal

Tone = Literal["constructive", "cautious", "neutral"]
Claim = Literal["progress", "schedule", "denial"]
Kind = Literal["direct", "indirect", "mixed"]

TONES: Final[tuple[Tone, ...]] = ("constructive", "cautious", "neutral")
CLAIMS: Final[tuple[Claim, ...]] = ("progress", "schedule", "denial")

MEANING: Final[dict[str, str]] = {
    "constructive": "co-operation, willingness, progress, optimism, agreement, a concession, a search for a solution",
    "cautious": "restraint, doubt, conditions, concern, warning, criticism, refusal, threat, deadlock",
    "neutral": "facts, procedure, arrangements, numbers or background without such a stance",
    "progress": "asserts that the matter has moved or is moving forward",
    "schedule": "says when, or in what sequence, something still to come will happen, or that it is moved or cancelled",
    "denial": "denies, rejects, rules out or negates what was asserted or might be expected",
}

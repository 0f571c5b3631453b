"""How the tones look, wherever they are drawn: their order, colours and symbols.

The colours can be told apart with each common kind of colour blindness, and printed in grey: on paper, their lightness
(CIE L*) lies at least 20 apart. No picture or page relies on them alone: a symbol or the tone's name stands beside.
"""

from collections.abc import Mapping
from typing import Final

from tone.codebook import Tone

ORDER: Final[tuple[Tone, ...]] = ("constructive", "neutral", "cautious")
"""From the left of a bar to the right: neutral lies between the two that take a stance."""

SYMBOL: Final[Mapping[str, str]] = {"constructive": "+", "cautious": "~", "neutral": "="}

LIGHT: Final[Mapping[str, str]] = {"constructive": "#0f5c9c", "neutral": "#c8ccd0", "cautious": "#d97706"}
"""Areas and marks on a white page."""

ON_LIGHT: Final[Mapping[str, str]] = {"constructive": "#ffffff", "neutral": "#1b1f24", "cautious": "#1b1f24"}
"""Text on an area in the colour of `LIGHT`."""

DARK: Final[Mapping[str, str]] = {"constructive": "#6cb6ff", "neutral": "#8b949e", "cautious": "#f0a03c"}
"""Marks on a dark page; text on an area in one of these colours is black."""

TINT_LIGHT: Final[Mapping[str, str]] = {"constructive": "#dcebf8", "neutral": "#eceef0", "cautious": "#fdeacf"}
"""Behind running text on a white page."""

TINT_DARK: Final[Mapping[str, str]] = {"constructive": "#123a5c", "neutral": "#33393f", "cautious": "#5a3808"}
"""Behind running text on a dark page."""

INK: Final = "#1b1f24"
"""Text and marks that stand for no tone, on a white page."""

FAINT: Final = "#5c6670"
"""Text of lesser weight on a white page, still with a contrast of 4.5 and more."""

SLATE: Final = "#4a5a6a"
"""Areas and lines that stand for no tone, on a white page."""

HAIRLINE: Final = "#d9dde1"
"""Grid lines on a white page."""

"""The colours of the tones can be told apart, by every eye, in print, and text on them can be read."""

from collections.abc import Iterator, Mapping
from itertools import combinations

import numpy as np
import numpy.typing as npt
import pytest

from tone import palette
from tone.codebook import TONES

Floats = npt.NDArray[np.float64]

# Machado, Oliveira and Fernandes 2009, IEEE TVCG 15(6), severity 1, on linear RGB.
EYES: Mapping[str, Floats] = {
    "usual": np.eye(3),
    "protanopia": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deuteranopia": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "tritanopia": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
}
XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])


def linear(colour: str) -> Floats:
    """Linear RGB of ``#rrggbb`` (IEC 61966-2-1)."""
    value = np.array([int(colour[at : at + 2], 16) for at in (1, 3, 5)]) / 255
    return np.where(value <= 0.04045, value / 12.92, ((value + 0.055) / 1.055) ** 2.4)


def lab(rgb: Floats) -> Floats:
    """CIE L*a*b* of linear RGB, white D65."""
    xyz = XYZ @ np.clip(rgb, 0, 1) / np.array([0.9505, 1, 1.089])
    x, y, z = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


def contrast(one: str, other: str) -> float:
    """Contrast ratio of WCAG 2."""
    low, high = sorted(float(XYZ[1] @ linear(colour)) for colour in (one, other))
    return (high + 0.05) / (low + 0.05)


def pairs(colours: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    return combinations(colours.values(), 2)


def test_every_tone_has_its_own_look() -> None:
    assert sorted(palette.ORDER) == sorted(TONES)
    for look in (palette.SYMBOL, palette.LIGHT, palette.DARK, palette.TINT_LIGHT, palette.TINT_DARK):
        assert set(look) == set(TONES)
        assert len(set(look.values())) == len(TONES)


@pytest.mark.parametrize("eye", EYES)
@pytest.mark.parametrize("colours", [palette.LIGHT, palette.DARK], ids=["light", "dark"])
def test_can_be_told_apart_by_every_eye(eye: str, colours: Mapping[str, str]) -> None:
    for one, other in pairs(colours):
        seen = [lab(EYES[eye] @ linear(colour)) for colour in (one, other)]
        assert np.linalg.norm(seen[0] - seen[1]) > 30


def test_can_be_told_apart_in_grey_print() -> None:
    for one, other in pairs(palette.LIGHT):
        assert abs(lab(linear(one))[0] - lab(linear(other))[0]) > 20


def test_text_can_be_read() -> None:
    for tone in TONES:
        assert contrast(palette.ON_LIGHT[tone], palette.LIGHT[tone]) > 4.5
        assert contrast("#000000", palette.DARK[tone]) > 4.5
        assert contrast(palette.INK, palette.TINT_LIGHT[tone]) > 4.5
        assert contrast("#e8eaed", palette.TINT_DARK[tone]) > 4.5
    assert contrast(palette.FAINT, "#ffffff") > 4.5


def test_marks_with_a_stance_can_be_seen() -> None:
    for tone in ("constructive", "cautious"):
        assert contrast(palette.LIGHT[tone], "#ffffff") > 3
        assert contrast(palette.DARK[tone], "#15181c") > 3

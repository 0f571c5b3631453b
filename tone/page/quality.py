"""How good the models are, from their cards, and what ran, from the manifest."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from tone.models import PARTS, default_folder

_FIGURES: Final = re.compile(r"<!-- figures: (.+?) -->\n(.*?)<!-- end -->", re.DOTALL)
_LIMITS: Final = re.compile(r"^## Limits\s*\n(.*?)(?=^#|\Z)", re.DOTALL | re.MULTILINE)
_CHECKSUM: Final = re.compile(r"sha256 `([0-9a-f]{64})`")


@dataclass(frozen=True, slots=True)
class Figures:
    """A table of a card: what it was measured on, its heads, and its rows (a name, then figures as text)."""

    measured_on: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Card:
    """What is known of one model: its figures and its limits, a sentence each."""

    part: str
    figures: tuple[Figures, ...]
    limits: tuple[str, ...]


def cards(manifest: Mapping[str, Any]) -> tuple[Card, ...]:
    """The cards of the models that scored the collection, as far as they are there.

    A card speaks of the weights whose checksums it names. One that names others than the manifest, such as those of a
    model trained since, is left out, and so are all where the manifest names none.
    """
    found = []
    for part in PARTS:
        checksums = set(_files(manifest, part).values())
        for folder in _folders(manifest):
            path = folder / part / "README.md"
            text = path.read_text(encoding="utf-8") if path.is_file() else ""
            if checksums and checksums == set(_CHECKSUM.findall(text)):
                found.append(Card(part, tuple(_figures(text)), tuple(_limits(text))))
                break
    return tuple(found)


def right(found: tuple[Card, ...], figure: str) -> float | None:
    """A figure by its name, such as ``tone accuracy``: its first occurrence in the cards, None where there is none."""
    for card in found:
        for table in card.figures:
            for first, *others in table.rows:
                if first == figure and others:
                    return _number(others[0])
    return None


def ran(manifest: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """What ran, for people: names and values. The folder of the models stays private."""
    versions = manifest.get("versions")
    seconds = manifest.get("seconds")
    settings = manifest.get("settings")
    rows = [
        ("tone", manifest.get("tone")),
        ("Scored", manifest.get("made")),
        *(sorted(versions.items()) if isinstance(versions, Mapping) else ()),
        ("Precision", settings.get("precision") if isinstance(settings, Mapping) else None),
        ("Seconds", _total(seconds.values()) if isinstance(seconds, Mapping) else None),
    ]
    return tuple(
        (str(name), f"{value:.0f}" if isinstance(value, float) else str(value)) for name, value in rows if value
    )


def weights(manifest: Mapping[str, Any]) -> tuple[tuple[str, str, str], ...]:
    """Model, file and SHA-256 of everything that scored the collection."""
    parts = manifest.get("models")
    if not isinstance(parts, Mapping):
        return ()
    return tuple((str(part), file, digest) for part in parts for file, digest in _files(manifest, part).items())


def _files(manifest: Mapping[str, Any], part: str) -> dict[str, str]:
    parts = manifest.get("models")
    files = parts.get(part) if isinstance(parts, Mapping) else None
    return {str(file): str(digest) for file, digest in files.items()} if isinstance(files, Mapping) else {}


def _folders(manifest: Mapping[str, Any]) -> list[Path]:
    settings = manifest.get("settings")
    named = settings.get("models") if isinstance(settings, Mapping) else None
    return [Path(str(named)), default_folder()] if named else [default_folder()]


def _figures(card: str) -> list[Figures]:
    found = []
    for measured_on, table in _FIGURES.findall(card):
        lines = [
            tuple(cell.strip() for cell in line.strip().strip("|").split("|")) for line in table.splitlines() if line
        ]
        if len(lines) > 2:
            found.append(Figures(measured_on, lines[0], tuple(lines[2:])))
    return found


def _limits(card: str) -> list[str]:
    section = _LIMITS.search(card)
    items = re.split(r"^- ", section.group(1), flags=re.MULTILINE)[1:] if section else []
    return [" ".join(item.replace("`", "").split()) for item in items]


def _total(values: Iterable[object]) -> float:
    return float(sum(value for value in values if isinstance(value, int | float)))


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None

"""Models on disk: a folder each, with a format number, the encoder they belong to, and their weights' checksums."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

FORMAT: Final = 3
PARTS: Final = ("quotes", "tone", "claims")


class ModelError(Exception):
    """A model is missing, broken, altered or of another format; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Stored:
    """A model's folder and its settings, checked."""

    folder: Path
    config: Mapping[str, Any]

    def file(self, name: str) -> Path:
        """The path of one of its weight files."""
        return self.folder / name


def default_folder() -> Path:
    """The models that came with the package: within it when installed from a wheel, else beside it."""
    inside = Path(__file__).parent / "_models"
    return inside if inside.is_dir() else Path(__file__).parent.parent / "models"


def sha256(path: Path) -> str:
    """The checksum of a file, as hexadecimal digits."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def save(folder: Path, config: Mapping[str, Any], weights: Mapping[str, bytes]) -> None:
    """Write a model's weight files and its config.json, which holds the format number and their checksums."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in weights.items():
        (folder / name).write_bytes(content)
    whole = {"format": FORMAT, **config, "files": {name: sha256(folder / name) for name in weights}}
    (folder / "config.json").write_text(json.dumps(whole, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def open_model(models: Path, part: str) -> Stored:
    """The model of a part (one of `PARTS`). Raises ModelError when it is not there, altered, or of another format."""
    folder = models / part
    try:
        config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ModelError(f"no {part} model in {models}: train one with `tone train {part}`") from None
    except (OSError, ValueError) as problem:
        raise ModelError(f"{folder / 'config.json'} cannot be read: {problem}") from problem
    if config.get("format") != FORMAT:
        raise ModelError(
            f"{folder} has format {config.get('format')}, this version of tone reads {FORMAT}: "
            f"train it anew with `tone train {part}`, or use the version of tone that made it"
        )
    for name, expected in config["files"].items():
        if not (folder / name).is_file():
            raise ModelError(f"{folder / name} is missing: restore it, or train anew with `tone train {part}`")
        if sha256(folder / name) != expected:
            raise ModelError(f"{folder / name} was altered after training (its sha256 is not the recorded one)")
    return Stored(folder, config)

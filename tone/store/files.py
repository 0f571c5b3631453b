"""Files that are there whole or not at all, whatever ends the process, and on the disk once they have their name."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any


class StoreError(Exception):
    """A folder cannot be written, or does not hold what it should; the message says why and what to do."""


def draft(path: Path) -> Path:
    """Where a file or folder is made before it takes its name; hidden, so that nobody takes it for the thing itself."""
    return path.with_name(f".{path.name}.part")


@contextmanager
def whole(path: Path) -> Iterator[Path]:
    """A draft to write to, which takes the name ``path`` when it is written and synced; it goes where that fails."""
    part = draft(path)
    try:
        yield part
        sync(part)
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    sync(path.parent)


def sync(path: Path) -> None:
    """Wait until a file's content, or the names in a folder, are on the disk."""
    if os.name != "posix" and path.is_dir():  # Windows opens no folders
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def write_json(path: Path, content: Any) -> None:
    """Write a JSON file, whole or not at all."""
    with whole(path) as part:
        part.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def read_json(path: Path) -> Any:
    """The content of a JSON file, None where there is no file. Raises StoreError."""
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as problem:
        raise StoreError(f"{path} cannot be read: {problem}") from problem


@contextmanager
def writing(out: Path) -> Iterator[None]:
    """Turn what the system refuses into a StoreError that names the folder."""
    try:
        yield
    except OSError as problem:
        why = os.strerror(problem.errno) if problem.errno else str(problem)
        raise StoreError(f"cannot write to {out}: {why} (the same command goes on from what is there)") from problem

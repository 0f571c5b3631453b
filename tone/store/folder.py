"""What the output folder says of the run that writes it or has written it, and when another may go on there."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from tone.models import sha256
from tone.records import Article, Skipped
from tone.store import shards
from tone.store.files import StoreError, draft, read_json, sync, write_json, writing
from tone.tables import SCHEMAS

RUN: Final = "run.json"
MANIFEST: Final = "manifest.json"
REPORT: Final = "speakers.csv"
FILES: Final = (*(f"{name}.parquet" for name in SCHEMAS), REPORT)
"""What a finished run leaves beside its manifest."""
FORMAT: Final = 1
"""The number of the way in which shards are cut and written; goes up when that changes."""

_ELSE: Final = "choose another folder, or start afresh with --overwrite"
_CALLED: Final = {"format": "format", "tone": "version of tone", "precision": "precision", "limits": "limits"}


def begin(out: Path, run: Mapping[str, Any]) -> None:
    """Say in the folder what the run is, or find that it goes on.

    Raises StoreError where the shards in the folder are another run's, or the folder cannot be written.
    """
    begun = read_json(out / RUN) if shards.numbers(out) else None
    if begun is not None:
        require_same(out, begun, run)
    with writing(out):
        if begun is None:
            shards.remove(out)
            write_json(out / RUN, run)
        (out / shards.SHARDS).mkdir(exist_ok=True)
        sync(out)


def manifest(out: Path) -> Mapping[str, Any] | None:
    """The manifest of a finished run; None where there is none. Raises StoreError."""
    found = read_json(out / MANIFEST)
    if found is not None and not isinstance(found, dict):
        raise StoreError(f"{out / MANIFEST} is no manifest of `tone score`")
    return found


def require_same(out: Path, was: Any, run: Mapping[str, Any]) -> None:
    """Raise StoreError, which says what differs, unless the folder's run is this one."""
    if not isinstance(was, dict) or not was:
        raise StoreError(f"{out} holds results of an earlier version of tone: {_ELSE}")
    differing = []
    for key in {**was, **run}:
        old, new = was.get(key), run.get(key)
        if old != new and isinstance(old, dict) and isinstance(new, dict):
            parts = [part for part in {**old, **new} if old.get(part) != new.get(part)]
            differing.append(f"{_CALLED.get(key, key)} ({', '.join(parts)})")
        elif old != new:
            differing.append(f"{_CALLED.get(key, key)} ({old}, now {new})")
    if differing:
        raise StoreError(f"{out} is of a run that differs in {', '.join(differing)}: {_ELSE}")


def require_inputs(out: Path, made_of: Sequence[str], items: Iterable[Article | Skipped]) -> None:
    """Raise StoreError unless the items are those that the finished run's shards were made of."""
    count = 0
    for number, shard in shards.cut(items):
        count += 1
        if number >= len(made_of) or shards.fingerprint(shard) != made_of[number]:
            raise other_inputs(out, number)
    if count < len(made_of):
        raise other_inputs(out, count)


def other_inputs(out: Path, number: int) -> StoreError:
    """What to raise where a shard of the folder was made of other items than there are now."""
    return StoreError(f"{out} is of a run on other inputs (they differ from shard {number} on): {_ELSE}")


def require_intact(out: Path, tables: Mapping[str, Any]) -> None:
    """Raise StoreError unless the files of a finished run are as it wrote them."""
    for name, stated in tables.items():
        if not (out / name).is_file() or sha256(out / name) != stated["sha256"]:
            raise StoreError(f"{out / name} was altered or removed since the run that made it: {_ELSE}")


def tidy(out: Path) -> None:
    """Remove what only an unfinished run needs. Raises StoreError."""
    with writing(out):
        shards.remove(out)
        (out / RUN).unlink(missing_ok=True)
        for name in (*FILES, MANIFEST, RUN):
            draft(out / name).unlink(missing_ok=True)
        sync(out)


def clear(out: Path) -> None:
    """Remove everything that runs have written to the folder, and nothing else. Raises StoreError."""
    with writing(out):
        # First what says that there are results: a folder without a manifest is not taken for a finished one.
        (out / MANIFEST).unlink(missing_ok=True)
        sync(out)
        tidy(out)
        for name in FILES:
            (out / name).unlink(missing_ok=True)

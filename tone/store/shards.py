"""The stream of inputs in shards: cut alike each time, each scored for itself and kept until the run is finished.

A shard is a folder with the working tables of `tone.tables` and ``shard.json``, which says what they were made of and
what their checksums are. It is made under another name, and takes its own when everything in it is on the disk.
"""

import hashlib
import json
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.parquet as pq

from tone.models import sha256
from tone.records import Article, Skipped
from tone.store.files import StoreError, draft, read_json, sync, write_json, writing

CHARACTERS: Final = 1_000_000
"""A shard is full with so many characters of text: a minute's work or less, so that little is lost with one."""
ITEMS: Final = 5_000
"""Or with so many inputs, where most have no text."""
SHARDS: Final = "shards"

_STATEMENT: Final = "shard.json"
_DIGITS: Final = 6


@dataclass(frozen=True, slots=True)
class Shard:
    """What a shard was made of (its items' fingerprint, see `fingerprint`) and how many rows its tables have."""

    number: int
    fingerprint: str
    counts: Mapping[str, int]


def cut(items: Iterable[Article | Skipped]) -> Iterator[tuple[int, list[Article | Skipped]]]:
    """Yield (number from 0, items) of each shard, in order; they depend on the items alone."""
    number, size = 0, 0
    shard: list[Article | Skipped] = []
    for item in items:
        shard.append(item)
        size += len(item.text) if isinstance(item, Article) else 0
        if size >= CHARACTERS or len(shard) >= ITEMS:
            yield number, shard
            number, size, shard = number + 1, 0, []
    if shard:
        yield number, shard


def fingerprint(items: Sequence[Article | Skipped]) -> str:
    """The sha256 of all that the items hold, as hexadecimal digits."""
    digest = hashlib.sha256()
    for item in items:
        held = [type(item).__name__, *(getattr(item, field.name) for field in fields(item))]
        digest.update(json.dumps(held, default=str).encode("ascii") + b"\n")
    return digest.hexdigest()


def write(out: Path, number: int, made_of: str, tables: Mapping[str, pa.Table]) -> Shard:
    """Write a shard's tables, whole or not at all, in place of a broken one. Raises StoreError."""
    shard = Shard(number, made_of, {name: table.num_rows for name, table in tables.items()})
    place = _place(out, number)
    part = draft(place)
    with writing(out):
        for old in (part, place):
            if old.exists():
                shutil.rmtree(old)
        try:
            part.mkdir(parents=True)
            for name, table in tables.items():
                pq.write_table(table, part / f"{name}.parquet", compression="zstd")
                sync(part / f"{name}.parquet")
            files = {path.name: [path.stat().st_size, sha256(path)] for path in sorted(part.iterdir())}
            write_json(part / _STATEMENT, {**asdict(shard), "files": files})
            part.replace(place)
        except BaseException:
            shutil.rmtree(part, ignore_errors=True)  # on a full disk, room for what comes next
            raise
        sync(place.parent)
    return shard


def find(out: Path, number: int) -> Shard | None:
    """A shard, if it is there and its files are as they were written. Raises StoreError."""
    place = _place(out, number)
    try:
        stated = read_json(place / _STATEMENT) or {}
        held = {name: [(place / name).stat().st_size, sha256(place / name)] for name in stated["files"]}
        return Shard(number, stated["fingerprint"], stated["counts"]) if held == stated["files"] else None
    except (StoreError, OSError, TypeError, KeyError):  # broken: to be made anew
        return None


def table(out: Path, shard: Shard, name: str, columns: Sequence[str] | None = None) -> pa.Table:
    """A working table of a shard, or some columns of it. Raises StoreError."""
    path = _place(out, shard.number) / f"{name}.parquet"
    try:
        with pq.ParquetFile(path) as file:
            # In one thread: each that decodes would keep memory of its own, and shards are small.
            return file.read(columns, use_threads=False)
    except (OSError, ValueError, pa.ArrowException) as problem:
        why = str(problem).splitlines()[0]
        raise StoreError(f"{path} cannot be read ({why}): the same command again scores it anew") from problem


def numbers(out: Path) -> list[int]:
    """The numbers of the shards that are there, whole or not."""
    return sorted(int(path.name) for path in _folders(out) if path.name.isdecimal())


def remove(out: Path) -> None:
    """Remove all shards and drafts of such; what is none of ours stays. Raises OSError."""
    for path in _folders(out):
        shutil.rmtree(path)
    place = out / SHARDS
    if place.is_dir() and not any(place.iterdir()):
        place.rmdir()


def _folders(out: Path) -> list[Path]:
    """Shards, and drafts of them."""
    if not (out / SHARDS).is_dir():
        return []
    found = [path for path in (out / SHARDS).iterdir() if path.is_dir()]
    return [path for path in found if _number(path.name.removeprefix(".").removesuffix(".part")) is not None]


def _number(name: str) -> int | None:
    return int(name) if name.isdecimal() and len(name) >= _DIGITS else None


def _place(out: Path, number: int) -> Path:
    return out / SHARDS / f"{number:0{_DIGITS}}"

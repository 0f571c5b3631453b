"""A run over a collection: shards are scored and kept one by one, so that it can stop at any moment and go on."""

import time
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tone import memory, store
from tone.store import folder, shards
from tone.store.files import write_json, writing
from tone.store.finishing import finish
from tone.store.lock import locked
from tone.store.shards import Shard
from tone.tables import SCHEMAS

if TYPE_CHECKING:
    import pyarrow as pa

    from tone.reading import Limits
    from tone.records import Article, Skipped

Numbered = tuple[int, "Sequence[Article | Skipped]"]
Execute = Callable[[Iterable[Numbered]], "Iterator[tuple[int, dict[str, pa.Table]]]"]
"""Scores shards, each as `tone.scoring.score_shard`; they may come back in any order, each with its number."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is.

    ``articles`` were read (scored or skipped) of ``total``, where that is known, and ``sentences`` scored;
    ``articles_there``, in ``shards_there`` shards, are those among them that an earlier try had scored.
    """

    articles: int
    total: int | None
    sentences: int
    articles_there: int = 0
    shards_there: int = 0


def described(models: Mapping[str, Mapping[str, str]], precision: str, limits: "Limits") -> dict[str, Any]:
    """What two tries must have in common to be one run: how the tables come about, from models to cutting."""
    return {
        "format": folder.FORMAT,
        "tone": version("tone"),
        "models": {part: dict(files) for part, files in models.items()},
        "precision": precision,
        "limits": asdict(limits),
        "shards": {"characters": shards.CHARACTERS, "items": shards.ITEMS},
    }


def run(
    items: "Iterable[Article | Skipped]",
    out: Path,
    execute: Execute,
    description: Mapping[str, Any],
    *,
    settings: Mapping[str, Any],
    overwrite: bool = False,
    total: int | None = None,
    progress: Callable[[Progress], None] | None = None,
) -> "store.Summary":
    """Score items into the folder ``out``, or go on where an earlier try stopped, and finish the tables.

    What is there already of the same run is kept: shards that are whole, or all of it. ``description`` is what
    `described` gives, ``settings`` what the manifest says beside. Of the folder's other files none is touched.

    Raises StoreError: the folder is in use, cannot be written, or is of a run on other inputs, models or settings, and
    ``overwrite`` is not set. What was written until then is kept.
    """
    with locked(out), memory.shared():
        if overwrite:
            folder.clear(out)
        manifest = folder.manifest(out)
        if manifest is not None:
            folder.require_same(out, manifest.get("run"), description)
            folder.require_inputs(out, [shard["fingerprint"] for shard in manifest["shards"]], items)
            folder.require_intact(out, manifest["files"])
            folder.tidy(out)
            return store.summary(out, complete=True)
        folder.begin(out, description)
        begun = time.monotonic()
        tally = _Tally(total, progress)
        written = _scored(items, out, execute, tally)
        scored = time.monotonic()
        files = finish(out, written)
        manifest = {
            "tone": description["tone"],
            "made": datetime.now(UTC).isoformat(timespec="seconds"),
            "versions": {name: version(name) for name in ("torch", "transformers", "scikit-learn", "pandas")},
            "models": description["models"],
            "settings": {**settings, "precision": description["precision"], "limits": description["limits"]},
            "counts": {name: sum(shard.counts[name] for shard in written) for name in SCHEMAS},
            "seconds": {"scoring": round(scored - begun, 2), "finishing": round(time.monotonic() - scored, 2)},
            "run": description,
            "files": files,
            "shards": [{"fingerprint": shard.fingerprint, **shard.counts} for shard in written],
        }
        with writing(out):
            write_json(out / folder.MANIFEST, manifest)
        folder.tidy(out)
        return store.summary(out, shards_there=tally.now.shards_there)


class _Tally:
    """Adds up how far a run is, and tells."""

    def __init__(self, total: int | None, tell: Callable[[Progress], None] | None) -> None:
        self.now, self.tell = Progress(0, total, 0), tell

    def add(self, shard: Shard, *, there: bool) -> None:
        articles = shard.counts["articles"] + shard.counts["skipped"]
        self.now = replace(
            self.now,
            articles=self.now.articles + articles,
            sentences=self.now.sentences + shard.counts["sentences"],
            articles_there=self.now.articles_there + articles * there,
            shards_there=self.now.shards_there + there,
        )
        if self.tell:
            self.tell(self.now)


def _scored(items: "Iterable[Article | Skipped]", out: Path, execute: Execute, tally: _Tally) -> list[Shard]:
    """All shards, in order: found in the folder, or scored and written there, one while the next is being scored."""
    written: dict[int, Shard] = {}
    waiting: dict[int, str] = {}

    def missing() -> Iterator[Numbered]:
        for number, shard in shards.cut(items):
            made_of = shards.fingerprint(shard)
            found = shards.find(out, number)
            if found is None:
                waiting[number] = made_of
                yield number, shard
            elif found.fingerprint == made_of:
                written[number] = found
                tally.add(found, there=True)
            else:
                raise folder.other_inputs(out, number)

    results = execute(missing())
    writing_one: Future[Shard] | None = None
    try:
        with ThreadPoolExecutor(max_workers=1, thread_name_prefix="writing") as thread:
            for number, tables in results:
                if writing_one is not None:
                    _take(writing_one, written, tally)
                writing_one = thread.submit(shards.write, out, number, waiting.pop(number), tables)
                memory.give_back()
            if writing_one is not None:
                _take(writing_one, written, tally)
    finally:
        if isinstance(results, Generator):
            results.close()  # so that what it started ends with the run, not some time later
    beyond = [number for number in shards.numbers(out) if number not in written]
    if beyond:
        raise folder.other_inputs(out, beyond[0])
    return [written[number] for number in sorted(written)]


def _take(writing_one: "Future[Shard]", written: dict[int, Shard], tally: _Tally) -> None:
    shard = writing_one.result()
    written[shard.number] = shard
    tally.add(shard, there=False)

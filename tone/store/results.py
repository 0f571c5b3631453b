"""What a finished folder holds: all of it, or a summary."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from tone.collection import Collection
from tone.store.files import StoreError
from tone.store.folder import MANIFEST, manifest
from tone.tables import SCHEMAS

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, eq=False)
class Summary:
    """What a run gave, in numbers: ``reported`` sentences have the words of one of ``speakers`` speakers.

    ``reasons`` says why inputs were skipped, as `tone.reports.summary_skipped`; ``shards_there`` is how many shards an
    earlier try had left, ``complete`` whether the whole run was there.
    """

    articles: int
    sentences: int
    reported: int
    speakers: int
    skipped: int
    reasons: "pd.DataFrame"
    shards_there: int = 0
    complete: bool = False


def read(out: Path) -> Collection:
    """The results in a folder that `tone score` wrote, whole. Raises StoreError."""
    held = _manifest(out)
    try:
        frames = {name: _file(out, name).read().to_pandas() for name in SCHEMAS}
    except (OSError, ValueError, pa.ArrowException) as problem:
        raise _unreadable(out, problem) from problem
    return Collection(**frames, manifest=held)


def summary(out: Path, *, shards_there: int = 0, complete: bool = False) -> Summary:
    """The summary of a finished folder; of its tables, no more is read than that takes. Raises StoreError."""
    from tone.reports import summary_skipped

    _manifest(out)
    try:
        names: set[str] = set()
        reported = 0
        with _file(out, "sentences") as sentences:
            for number in range(sentences.num_row_groups):
                speakers = sentences.read_row_group(number, ["speaker"])["speaker"]
                reported += len(speakers) - speakers.null_count
                names.update(pc.unique(speakers.drop_null()).to_pylist())
            rows = sentences.metadata.num_rows
        with _file(out, "articles") as articles:
            scored = articles.metadata.num_rows
        with _file(out, "skipped") as file:
            skipped = file.read(["input", "reason"]).to_pandas()
    except (OSError, ValueError, pa.ArrowException) as problem:
        raise _unreadable(out, problem) from problem
    reasons = summary_skipped(skipped)
    return Summary(scored, rows, reported, len(names), len(skipped), reasons, shards_there, complete)


def _manifest(out: Path) -> "dict[str, object]":
    if not (out / MANIFEST).is_file():
        known = "an unfinished or foreign folder" if out.is_dir() else "no such folder"
        raise StoreError(f"{out} does not hold the results of `tone score` ({known})")
    return dict(manifest(out) or {})


def _file(out: Path, name: str) -> pq.ParquetFile:
    return pq.ParquetFile(out / f"{name}.parquet")


def _unreadable(out: Path, problem: Exception) -> StoreError:
    return StoreError(f"the results in {out} cannot be read: {str(problem).splitlines()[0]}")

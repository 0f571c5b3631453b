"""The output folder: four tables, the per-speaker report, and the manifest."""

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from tone.collection import Collection
from tone.exports import csv_text
from tone.tables import SCHEMAS

MANIFEST: Final = "manifest.json"
REPORT: Final = "speakers.csv"


class StoreError(Exception):
    """A folder cannot be written, or does not hold the results of `tone score`; the message says why."""


def write(out: Path, tables: Mapping[str, pa.Table], manifest: Mapping[str, Any], speakers: pd.DataFrame) -> None:
    """Write the results into the folder ``out``, each file whole or not at all. Raises StoreError.

    The manifest is written last: a folder with one is complete.
    """
    try:
        out.mkdir(parents=True, exist_ok=True)
        (out / MANIFEST).unlink(missing_ok=True)
        for name, table in tables.items():
            with _Whole(out / f"{name}.parquet") as path:
                pq.write_table(table, path, compression="zstd")
        with _Whole(out / REPORT) as path:
            path.write_text(csv_text(speakers), encoding="utf-8", newline="")
        with _Whole(out / MANIFEST) as path:
            path.write_text(json.dumps(manifest, indent=1, ensure_ascii=False, default=str) + "\n", encoding="utf-8")
    except OSError as problem:
        raise StoreError(f"cannot write to {out}: {problem.strerror or problem}") from problem


def read(out: Path) -> Collection:
    """The results in a folder that `tone score` wrote. Raises StoreError."""
    if not (out / MANIFEST).is_file():
        known = "an unfinished or foreign folder" if out.is_dir() else "no such folder"
        raise StoreError(f"{out} does not hold the results of `tone score` ({known})")
    try:
        manifest = json.loads((out / MANIFEST).read_text(encoding="utf-8"))
        frames = {name: pq.read_table(out / f"{name}.parquet").to_pandas() for name in SCHEMAS}
    except (OSError, ValueError, pa.ArrowException) as problem:
        raise StoreError(f"the results in {out} cannot be read: {str(problem).splitlines()[0]}") from problem
    return Collection(**frames, manifest=manifest)


class _Whole:
    """A path to write to that takes its name only when it is written and synced."""

    def __init__(self, path: Path) -> None:
        self.path, self.draft = path, path.with_name(f".{path.name}.part")

    def __enter__(self) -> Path:
        return self.draft

    def __exit__(self, kind: object, *_: object) -> None:
        if kind is not None:
            self.draft.unlink(missing_ok=True)
            return
        with self.draft.open("rb") as stream:
            os.fsync(stream.fileno())
        self.draft.replace(self.path)

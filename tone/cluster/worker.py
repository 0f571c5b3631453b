"""What runs on a worker: the models, loaded once, and a shard at a time."""

import asyncio
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
from distributed import Worker, WorkerPlugin, get_worker

from tone.cluster import ClusterError
from tone.models import default_folder
from tone.records import Article, Skipped

TURN: Final = "tone-turn"
"""The resource of which each ready worker has one: Dask then runs one shard a worker at a time."""

Packed = dict[str, bytes]


@dataclass(frozen=True, slots=True)
class Terms:
    """What all who score one collection must have in common, so that it does not matter who scores what.

    ``folder`` holds the models, and is None for those that came with the package; ``checksums`` are those of their
    weight files, as JSON.
    """

    folder: Path | None
    checksums: str
    version: str
    precision: str

    @classmethod
    def here(cls, models: Path) -> "Terms":
        """The terms of this machine. Raises ModelError."""
        from tone.encoding import precision_here
        from tone.scoring import checksums

        return cls(
            None if models.resolve() == default_folder().resolve() else models.resolve(),
            json.dumps(checksums(models), sort_keys=True),
            version("tone"),
            precision_here(),
        )


class Scorer(WorkerPlugin):
    """Makes a worker ready: loads the models, compares the terms, and gives it its turn."""

    name = "tone"

    def __init__(self, terms: Terms) -> None:
        self.terms = terms

    async def setup(self, worker: Worker) -> None:
        """Raise ClusterError where the worker cannot keep to the terms."""
        try:
            # In a thread, as the worker must go on answering the scheduler.
            await asyncio.to_thread(_ready, self.terms)
        except Exception as problem:
            if type(problem).__module__.partition(".")[0] != "tone":
                raise
            raise ClusterError(f"the worker at {worker.address} cannot score: {problem}") from None
        await worker.set_resources(**{TURN: 1})


@lru_cache(maxsize=1)
def _ready(terms: Terms) -> Any:
    """The models, kept for the shards to come and for the next collection on this cluster.

    Raises ClusterError, ModelError or EncoderError.
    """
    from tone.scoring import load_models

    folder = terms.folder or default_folder()
    own = Terms.here(folder)
    if own.version != terms.version:
        raise ClusterError(f"it has tone {own.version}, and {terms.version} is wanted: install that there")
    if own.checksums != terms.checksums:
        raise ClusterError(f"the models in {folder} there are other ones: copy this machine's to it")
    if own.precision != terms.precision:
        raise ClusterError(
            f"it computes in {own.precision}, and {terms.precision} is wanted: use machines of one kind, "
            "also for the one that runs `tone score`"
        )
    return load_models(folder)


def score(items: Sequence[Article | Skipped], terms: Terms) -> Packed:
    """The packed tables of a shard."""
    import torch

    from tone.scoring import score_shard

    # OpenMP keeps the number for each thread, and Dask chooses the thread.
    torch.set_num_threads(get_worker().state.nthreads)
    return packed(score_shard(items, _ready(terms)))


def packed(tables: dict[str, pa.Table]) -> Packed:
    """Arrow streams, compressed: half the bytes, which all pass through the scheduler and wait in memory."""
    options = pa.ipc.IpcWriteOptions(compression="zstd")
    found: Packed = {}
    for name, table in tables.items():
        sink = pa.BufferOutputStream()
        with pa.ipc.new_stream(sink, table.schema, options=options) as stream:
            stream.write_table(table)
        found[name] = sink.getvalue().to_pybytes()
    return found


def unpacked(streams: Packed) -> dict[str, pa.Table]:
    """The tables again."""
    return {name: pa.ipc.open_stream(stream).read_all() for name, stream in streams.items()}

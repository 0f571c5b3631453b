"""Scoring shards on a Dask cluster: many machines, or several processes of this one.

A cluster is trusted. Dask sends pickles between client, scheduler and workers, and whoever reaches one of their ports
can run code there: keep them in a network of your own, and set up TLS in Dask's configuration
(``distributed.comm.tls``; addresses are then ``tls://…``). What articles hold is never read as a pickle: it travels as
strings and comes back as Arrow tables.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tone.records import Article, Skipped

if TYPE_CHECKING:
    import pyarrow as pa


class ClusterError(Exception):
    """Shards cannot be scored on the cluster; the message, one line, says why and what to do."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """Where shards are scored: by the workers of a running ``scheduler`` (an address such as
    ``tcp://10.0.0.5:8786``), or by ``workers`` processes of this machine, of one thread each.

    Raises ValueError unless it is exactly one of the two.
    """

    scheduler: str | None = None
    workers: int | None = None

    def __post_init__(self) -> None:
        if (self.scheduler is None) == (self.workers is None):
            raise ValueError("a cluster is either the address of a scheduler or a number of workers on this machine")
        if self.workers is not None and self.workers < 1:
            raise ValueError(f"at least one worker is needed, not {self.workers}")


def scored(
    shards: Iterable[tuple[int, Sequence[Article | Skipped]]], models: Path, where: Cluster
) -> Iterator[tuple[int, "dict[str, pa.Table]"]]:
    """Yield each shard's number with the tables that `tone.scoring.score_shard` makes of it, as they get ready.

    ``shards`` are numbers with items. It is not run ahead of: at most two shards a worker are read and not yet yielded.
    ``models`` is a folder that every worker finds at the same path, with the same content; the models that came with
    the package are those of each worker's own. A worker loads them once and scores one shard at a time, with as many
    threads as Dask gives it. What a worker that died had at hand is scored by others. Order and number of workers
    change no byte of a table as long as all have processors of one kind.

    The generator closes a cluster of its own when it ends or is closed. Scripts must guard their main part by
    ``if __name__ == "__main__":`` for processes of this machine, as these import the script.

    Raises ClusterError: where Dask is not installed, the scheduler does not answer, a worker has other models, another
    version or computes in another precision, no worker is left, or a shard ended each worker that took it up (all
    others are scored by then); and ModelError for the models of this machine.
    """
    try:
        from tone.cluster import client
    except ModuleNotFoundError as missing:
        if (missing.name or "").partition(".")[0] not in ("dask", "distributed"):
            raise
        raise ClusterError("scoring on several workers needs Dask: pip install 'tone[dask]'") from missing
    return client.scored(shards, models, where)

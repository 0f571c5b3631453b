"""The side that hands out shards and takes in tables."""

import asyncio
import logging
import time
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any, Final

import dask
import pyarrow as pa
from distributed import Client, Future, KilledWorker, Security
from distributed.client import FutureCancelledError
from distributed.core import rpc

from tone.cluster import Cluster, ClusterError
from tone.cluster.local import processes
from tone.cluster.worker import TURN, Scorer, Terms, score, unpacked
from tone.records import Article, Skipped

IN_FLIGHT: Final = 2
"""Shards a worker: one that it scores, one that waits there so that it never does."""
ANSWER_SECONDS: Final = 8.0
WAIT_SECONDS: Final = 60.0
"""How long no worker may be ready: a new process that loads the models takes ten seconds."""
_LOOK_SECONDS: Final = 2.0
_DEATHS: Final = 2
_QUIET: Final = ("distributed", "distributed.client")


@dataclass(frozen=True, slots=True)
class _Shard:
    number: int
    items: Sequence[Article | Skipped]

    @property
    def first(self) -> str:
        item = self.items[0]
        return item.id if isinstance(item, Article) else item.input


def scored(
    shards: Iterable[tuple[int, Sequence[Article | Skipped]]], models: Path, where: Cluster
) -> Iterator[tuple[int, dict[str, pa.Table]]]:
    """See `tone.cluster.scored`."""
    terms = Terms.here(models)
    numbered = (_Shard(number, items) for number, items in shards)
    first = next(numbered, None)
    if first is None:  # nothing (more) to score is worth no workers
        return
    with _quiet(), _connected(where) as client:
        with _plainly(where):
            client.register_plugin(Scorer(terms))
        yield from _Run(client, where, terms).all(chain([first], numbered))


class _Run:
    """The shards that are with the workers, and those that workers died of."""

    def __init__(self, client: Client, where: Cluster, terms: Terms) -> None:
        self.client, self.where, self.terms = client, where, terms
        self.running: dict[Any, tuple[_Shard, Future[Any]]] = {}
        self.done: SimpleQueue[Any] = SimpleQueue()
        self.deadly: list[_Shard] = []
        self.ready, self.looked = 0, -_LOOK_SECONDS

    def all(self, shards: Iterator[_Shard]) -> Iterator[tuple[int, dict[str, pa.Table]]]:
        more = True
        while True:
            while more and len(self.running) < IN_FLIGHT * max(self.workers(), 1):
                shard = next(shards, None)
                if shard is None:
                    more = False
                else:
                    self.start(shard)
            if not self.running:
                break
            shard, tables = self.next()
            if tables is None:
                self.deadly.append(shard)
            else:
                yield shard.number, tables
        # Dask blames each shard that a dying worker had at hand: only alone it shows which one it was.
        for shard in self.deadly:
            self.start(shard)
            _, tables = self.next()
            if tables is None:
                raise ClusterError(
                    f"shard {shard.number}, whose first article is {shard.first}, ended every worker that took it up "
                    "(out of memory?); all others are scored"
                )
            yield shard.number, tables

    def start(self, shard: _Shard) -> None:
        with _plainly(self.where):
            future = self.client.submit(score, shard.items, self.terms, resources={TURN: 1}, pure=False)
        self.running[future.key] = shard, future
        future.add_done_callback(lambda ended: self.done.put(ended.key))

    def next(self) -> tuple[_Shard, dict[str, pa.Table] | None]:
        """The next shard that is done, and its tables; None where it, or one beside it, ended its workers."""
        shard, future = self.running.pop(self._next_key())
        problem = future.exception() if future.status == "error" else None
        if isinstance(problem, KilledWorker):
            return shard, None
        if problem is not None:
            raise problem
        with _plainly(self.where):
            packed = future.result()
        future.release()
        return shard, unpacked(packed)

    def _next_key(self) -> Any:
        last_ready = time.monotonic()
        while True:
            try:
                return self.done.get(timeout=_LOOK_SECONDS)
            except Empty:
                now = time.monotonic()
                if self.workers():
                    last_ready = now
                elif now - last_ready > WAIT_SECONDS:
                    raise ClusterError(
                        f"no worker has been ready for {WAIT_SECONDS:.0f} seconds: start some with `dask worker`, "
                        "and see what they print"
                    ) from None

    def workers(self) -> int:
        """How many are ready, looked up now and then."""
        if time.monotonic() - self.looked >= _LOOK_SECONDS:
            with _plainly(self.where):
                known = self.client.scheduler_info(n_workers=-1)["workers"]
            self.ready = sum(TURN in worker["resources"] for worker in known.values())
            self.looked = time.monotonic()
        return self.ready


@contextmanager
def _connected(where: Cluster) -> Iterator[Client]:
    options: dict[str, Any] = {"set_as_default": False, "timeout": ANSWER_SECONDS}
    with ExitStack() as stack:
        if where.scheduler is not None:
            _check(where.scheduler)
            with _plainly(where):
                client = Client(where.scheduler, **options)
        elif where.workers is not None:
            stack.enter_context(dask.config.set({"distributed.scheduler.allowed-failures": _DEATHS}))
            client = Client(stack.enter_context(processes(where.workers)), **options)
        yield stack.enter_context(client)


def _check(address: str) -> None:
    """Raise ClusterError unless a scheduler answers; Dask's own client waits for ever where something else does."""
    try:
        # In a thread, as a notebook has an event loop of its own.
        with ThreadPoolExecutor(1) as thread:
            found = thread.submit(asyncio.run, asyncio.wait_for(_identity(address), ANSWER_SECONDS)).result()
    except (OSError, ValueError, TypeError) as problem:
        said = " ".join(str(problem).split()) or f"nothing in {ANSWER_SECONDS:.0f} seconds"
        raise ClusterError(f"no scheduler answers at {address or 'an empty address'}: {said}") from problem
    if "workers" not in found:
        raise ClusterError(f"no scheduler answers at {address}: it is the address of a worker")


async def _identity(address: str) -> dict[str, Any]:
    async with rpc(address, connection_args=Security().get_connection_args("client")) as scheduler:
        found: dict[str, Any] = await scheduler.identity()
        return found


@contextmanager
def _plainly(where: Cluster) -> Iterator[None]:
    """What Dask raises where a scheduler or worker cannot be reached any more, in one line."""
    try:
        yield
    except (OSError, FutureCancelledError) as problem:
        said = " ".join(str(problem).split()) or type(problem).__name__
        name = where.scheduler or "the workers of this machine"
        raise ClusterError(f"the connection to {name} was lost ({said})") from problem


@contextmanager
def _quiet() -> Iterator[None]:
    """Without Dask's log on the terminal: what matters of it is raised."""
    loggers = [logging.getLogger(name) for name in _QUIET]
    before = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        for logger, level in zip(loggers, before, strict=True):
            logger.setLevel(level)

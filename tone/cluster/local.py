"""A cluster of processes on this machine, which nobody else reaches or sees."""

import logging
import os
import signal
import tempfile
import threading
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from typing import Any, Final

from distributed import Nanny, Scheduler, Worker
from distributed.deploy.spec import SpecCluster

_HOST: Final = "127.0.0.1"
# One thread each, set before the libraries load that read it; and Dask's log kept off the terminal.
_WORKERS: Final = {
    **dict.fromkeys(("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1"),
    "DASK_LOGGING__DISTRIBUTED": "critical",
}
# What Dask's nannies set in this process for the ones that they start.
_SET_BY_DASK: Final = ("MALLOC_TRIM_THRESHOLD_", "PYTHONHASHSEED", "__DASK_PARENT_PID")


class _NoPages:
    """Without the web server that Dask opens even where no dashboard is wanted."""

    def start_http_server(self, *_: Any, **__: Any) -> None:
        """Start none."""


class LocalScheduler(_NoPages, Scheduler):
    """Hands out the shards."""


class LocalWorker(_NoPages, Worker):
    """Scores them; Ctrl-C is for the process that started it, which closes it in order."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        if threading.current_thread() is threading.main_thread():
            signal.signal(signal.SIGINT, signal.SIG_IGN)
        super().__init__(*arguments, **options)


@contextmanager
def processes(number: int) -> Iterator[SpecCluster]:
    """So many worker processes of one thread each, started anew when one dies; closed at the end."""
    with tempfile.TemporaryDirectory(prefix="tone-") as folder, _environment(_WORKERS), ExitStack() as stack:
        common = {"host": _HOST, "protocol": "tcp://"}
        nanny = {
            **common,
            "nthreads": 1,
            "worker_class": LocalWorker,
            "local_directory": folder,
            "silence_logs": logging.CRITICAL,
            # Memory is flat by design; Dask's limit, a share of the machine's, would kill workers on small ones.
            "memory_limit": 0,
        }
        with _interrupts_kept_out():
            cluster = SpecCluster(
                scheduler={"cls": LocalScheduler, "options": {**common, "port": 0, "dashboard": False}},
                workers={n: {"cls": Nanny, "options": nanny} for n in range(number)},
                silence_logs=logging.CRITICAL,
            )
            stack.enter_context(cluster)
        yield cluster


@contextmanager
def _environment(variables: Mapping[str, str]) -> Iterator[None]:
    """Variables for the processes that are started within; afterwards everything is as before."""
    before = {name: os.environ.get(name) for name in (*variables, *_SET_BY_DASK)}
    os.environ.update(variables)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


@contextmanager
def _interrupts_kept_out() -> Iterator[None]:
    """Ctrl-C reaches only the main thread: none that is started within, nor the processes that those start.

    The terminal sends it to every process of the group; the workers are to be closed by this one, in order.
    """
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)

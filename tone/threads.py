"""Threads that score side by side, each with cores of its own.

PyTorch lets go of Python's lock while it multiplies, so that one thread's Python runs beside another's products; and no
product waits for its share on another core, which takes many times as long where that core has other work to do.
"""

import ctypes
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Final, TypeVar

import torch

MOST: Final = 8
"""Threads. About a seventh of what they do is Python, which one can do at a time; further cores go to the products."""
ON_A_GPU: Final = 2
"""Threads where the products are not the processor's: one runs Python while the other waits for them."""
SWITCH_SECONDS: Final = 0.0002
"""How long one thread's Python lets another wait that comes out of a product; Python's own 5 ms are many products."""

T = TypeVar("T")


class _Stop(BaseException):
    """Ends what nobody waits for any more."""


class Threads:
    """What `side_by_side` gives: hand over work with `submit`."""

    def __init__(self, pool: ThreadPoolExecutor) -> None:
        self._pool, self._lock = pool, threading.Lock()
        self._at_work: set[int] = set()

    def submit(self, do: Callable[..., T], *given: object) -> "Future[T]":
        """Have a thread call ``do`` when all that was submitted before is done or begun."""
        return self._pool.submit(self._done, do, *given)

    def stop(self) -> None:
        """Begin nothing more, and break off what runs, at its next step of Python, as Ctrl-C does in a main thread."""
        self._pool.shutdown(wait=False, cancel_futures=True)
        with self._lock:
            for thread in self._at_work:
                ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), ctypes.py_object(_Stop))

    def _done(self, do: Callable[..., T], *given: object) -> T:
        thread = threading.get_ident()
        with self._lock:
            self._at_work.add(thread)
        try:
            return do(*given)
        finally:
            with self._lock:
                self._at_work.remove(thread)


def advisable(device: torch.device) -> int:
    """How many threads make the most of the cores that PyTorch takes in this one."""
    cores = torch.get_num_threads()
    return cores // -(-cores // MOST) if device.type == "cpu" else min(cores, ON_A_GPU)


@contextmanager
def side_by_side(number: int) -> Iterator[Threads]:
    """So many threads, which share the cores that PyTorch takes in this one; its own number stays as it is.

    What they still do at the end of the context is broken off, and awaited.
    """
    cores, switch = torch.get_num_threads(), sys.getswitchinterval()

    def begin() -> None:
        torch.get_num_threads()  # else the first product asks for it, and sets it anew
        torch.set_num_threads(max(1, cores // number))

    try:
        sys.setswitchinterval(SWITCH_SECONDS)
        with ThreadPoolExecutor(number, thread_name_prefix="scoring", initializer=begin) as pool:
            threads = Threads(pool)
            try:
                yield threads
            finally:
                threads.stop()
    finally:
        sys.setswitchinterval(switch)
        torch.set_num_threads(cores)  # as threads to come take the number that was set last in any of them

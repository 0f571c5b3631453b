"""One run at a time in a folder."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from filelock import FileLock, Timeout

from tone.store.files import StoreError, writing

LOCK: Final = ".lock"


@contextmanager
def locked(out: Path) -> Iterator[None]:
    """Make the folder ``out`` where it is not there, and keep other runs out of it.

    The lock is the system's: it ends with the process, however that ends, and its file means nothing. Raises StoreError
    at once where another run has it, or the folder cannot be written.
    """
    lock = FileLock(out / LOCK)
    with writing(out):
        out.mkdir(parents=True, exist_ok=True)
        try:
            lock.acquire(timeout=0)
        except Timeout:
            raise StoreError(f"another run is writing to {out}: wait for it, or choose another folder") from None
    try:
        yield
    finally:
        lock.release()

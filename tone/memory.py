"""Memory that goes back to the system while a collection is scored."""

from collections.abc import Iterator
from contextlib import contextmanager

import pyarrow as pa


@contextmanager
def shared() -> Iterator[None]:
    """Let Arrow take its buffers from the C library, as everything else does.

    Arrow's own allocator would keep some 50 MiB of what it has had, for nobody but itself.
    """
    before = pa.default_memory_pool()
    pa.set_memory_pool(pa.system_memory_pool())
    try:
        yield
    finally:
        pa.set_memory_pool(before)


def give_back() -> None:
    """Give the system what the C library keeps of memory that is free again (nothing where the library cannot)."""
    pa.system_memory_pool().release_unused()

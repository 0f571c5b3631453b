"""The output folder: the shards of a run that goes on, then four tables, the per-speaker report and the manifest."""

from tone.store.files import StoreError
from tone.store.results import Summary, read, summary

__all__ = ["StoreError", "Summary", "read", "summary"]

"""Who denies what: each denial of a collection, with the claim that it denies where the collection holds it."""

from tone.denials.finding import COLUMNS, denials

__all__ = ["COLUMNS", "denials"]

"""A scored collection as one self-contained HTML page."""

from tone.page.build import page, write

__all__ = ["page", "write"]

"""A scored collection: the tables, and the report on them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, eq=False)
class Collection:
    """What scoring gave, as DataFrames.

    ``sentences``, ``quotes`` and ``skipped`` have the columns that the README lists; ``articles`` holds each article's
    text and what was known of it; ``manifest`` what ran.
    """

    sentences: "pd.DataFrame"
    quotes: "pd.DataFrame"
    skipped: "pd.DataFrame"
    articles: "pd.DataFrame"
    manifest: Mapping[str, Any] = field(default_factory=dict)

    def speakers(self, **options: Any) -> "pd.DataFrame":
        """The per-speaker report; the options are those of `tone.reports.speakers`."""
        from tone.reports import speakers

        return speakers(self.sentences, **options)

    def __repr__(self) -> str:
        return (
            f"<tone.Collection: {len(self.articles)} articles, {len(self.sentences)} sentences, "
            f"{len(self.quotes)} quote pieces, {len(self.skipped)} inputs skipped>"
        )

"""A scored collection: the tables, and the reports on them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

    from tone.charts.drawing import Chart, Kind
    from tone.codebook import Claim
    from tone.display import ArticleView
    from tone.reports.comparing import Side
    from tone.reports.periods import Every, Stretch


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
        """How each speaker sounds; the options are those of `tone.reports.speakers`, such as ``by="month"``."""
        from tone.reports import speakers

        return speakers(self.sentences, **options)

    def compare(self, *, by: "Side", first: "Stretch", second: "Stretch", **options: Any) -> "pd.DataFrame":
        """How speakers differ between two sources, topics or stretches of time; see `tone.reports.compare`."""
        from tone.reports import compare

        return compare(self.sentences, by=by, first=first, second=second, **options)

    def timeline(self, speaker: str | None = None, every: "Every" = "week", **options: Any) -> "pd.DataFrame":
        """How a speaker, or all of them, sound over time; see `tone.reports.timeline`."""
        from tone.reports import timeline

        return timeline(self.sentences, speaker, every, **options)

    def who_said(self, **options: Any) -> "pd.DataFrame":
        """The sentences behind a figure; the options are those of `tone.reports.who_said`."""
        from tone.reports import who_said

        return who_said(self.sentences, **options)

    def claims(self, kind: "Claim", **options: Any) -> "pd.DataFrame":
        """Every claim of a kind, ``progress``, ``schedule`` or ``denial``; see `tone.reports.claims`."""
        from tone.reports import claims

        return claims(self.sentences, kind, **options)

    def denials(self, **options: Any) -> "pd.DataFrame":
        """Who denies what: each denial with the claim that it denies, where it is there; see `tone.denials.denials`."""
        from tone.denials import denials

        return denials(self.sentences, **options)

    def export(self, path: str | Path, **options: Any) -> list[Path]:
        """Write all reports to ``path`` by its ending, and return the files written; see `tone.exports.export`.

        The tables and options are those of `tone.reports.workbook`.
        """
        from tone.exports import export
        from tone.reports import workbook

        return export(workbook(self.sentences, self.articles, self.skipped, **options), path)

    def html(self, path: str | Path, **options: Any) -> Path:
        """Write the collection as one HTML page that opens offline; see `tone.page.write`."""
        from tone.page import write

        return write(self, path, **options)

    def chart(self, kind: "Kind" = "speakers", **options: Any) -> "Chart":
        """A picture of a report: ``speakers``, ``tones``, ``claims``, ``timeline`` or ``comparison``.

        The options are those of the report and of the chart; see `tone.charts.draw`.
        """
        from tone.charts import draw

        return draw(self, kind, **options)

    def article(self, article_id: str) -> "ArticleView":
        """One article with its quotes, speakers, tones and claims, for a notebook; see `tone.display.article`."""
        from tone.display import article

        return article(self, article_id)

    def _repr_html_(self) -> str:
        from tone.display import summary

        return summary(self)

    def __repr__(self) -> str:
        return (
            f"<tone.Collection: {len(self.articles)} articles, {len(self.sentences)} sentences, "
            f"{len(self.quotes)} quote pieces, {len(self.skipped)} inputs skipped>"
        )

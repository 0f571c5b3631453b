"""Charts with a row a speaker: which rows are drawn, in which order, and the figures that stand beside them."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Final

import altair as alt

from tone.charts.parts import axis, checked, counted, plain, words
from tone.palette import FAINT, INK
from tone.reports import ENOUGH

if TYPE_CHECKING:
    import pandas as pd

LIMIT: Final = 30
"""Rows of a chart that still fits a page."""

MOST: Final = 2000
"""Rows that can be drawn at all."""

WIDTH: Final = 380
ROW: Final = 24
"""Pixels from one row of a chart to the next."""

COLUMN: Final = 66
"""Pixels for a column of figures beside a chart."""


def drawn(
    table: "pd.DataFrame", columns: Iterable[str], what: str, *, limit: int, by: str = "sentences"
) -> "pd.DataFrame":
    """The ``limit`` rows with the most of the column ``by``, with the ``label`` that is drawn, and whether ``enough``.

    Raises ValueError where a column is missing, there is no row, or a speaker has several.
    """
    if not 1 <= limit <= MOST:
        raise ValueError(f"limit must be 1 to {MOST:,}, not {limit}")
    rows = checked(table, ("speaker", "sentences", *columns), what)
    rows = rows.assign(label=rows["speaker"].astype("str").map(plain), enough=rows["sentences"] >= ENOUGH)
    twice = rows.loc[rows["label"].duplicated(), "label"]
    if len(twice):
        raise ValueError(f"{twice.iloc[0]!r} has several rows; draw one group at a time, as of one source or month")
    return rows.sort_values(by, ascending=False, kind="stable").head(limit)


def basis(table: "pd.DataFrame", rows: "pd.DataFrame") -> str:
    """What the chart rests on, in words: how many sentences and speakers, and whether some are not drawn."""
    total = counted(int(table["sentences"].sum()), "sentence")
    if len(rows) == len(table):
        return f"Rests on {total} by {counted(len(rows), 'speaker')}"
    return f"Rests on {total}; drawn are the {len(rows):,} of {len(table):,} speakers with the most"


def few(rows: "pd.DataFrame", mark: str, where: str = "") -> str | None:
    """What ``mark`` means, where there is a row with too few sentences (``where`` there must be enough)."""
    return None if rows["enough"].all() else f"{mark}: fewer than {ENOUGH} sentences{where}, too few to tell"


def names(rows: "pd.DataFrame", **options: Any) -> alt.Y:
    """The vertical channel: a name a row, in the order of the rows; ``options`` are those of altair's axis."""
    look: dict[str, Any] = {"title": None, "labelColor": INK, "labelFontSize": 13, "labelLimit": 260, "grid": False}
    return alt.Y("label:N", sort=rows["label"].tolist(), axis=axis(**(look | options)))


def head(text: str, x: float, **options: Any) -> alt.Chart:
    """A word above the rows of a chart; ``options`` are those of altair's text mark."""
    mark = alt.Chart(alt.InlineData(values=[{}])).mark_text(**words(baseline="bottom", **options))
    chart: alt.Chart = mark.encode(x=alt.value(x), y=alt.value(-8), text=alt.value(text))
    return chart


def beside(rows: alt.Chart, columns: Mapping[str, str], *, width: int = WIDTH) -> list[alt.Chart]:
    """Columns of figures to the right of a chart of ``width`` pixels: by the field of the data, what it is called."""
    layers = []
    for place, (field, name) in enumerate(columns.items(), 1):
        at = width + 14 + COLUMN * place
        figures = rows.mark_text(**words(align="right", color=FAINT)).encode(x=alt.value(at), text=f"{field}:N")
        layers += [figures, head(name, at, align="right", color=FAINT)]
    return layers

"""Net tone and how it differs, with intervals: charts with a row a speaker."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

import altair as alt
import numpy as np

from tone.charts.parts import (
    FIGURES,
    LEANINGS,
    NO_FRAME,
    SIGNED,
    Leanings,
    axis,
    checked,
    label,
    leaning,
    leaning_colour,
    number,
    plain,
    shown,
    title,
)
from tone.charts.rows import LIMIT, ROW, WIDTH, basis, beside, drawn, few, names
from tone.palette import FAINT, ORDER
from tone.reports import ALL, ENOUGH

if TYPE_CHECKING:
    import pandas as pd

COUNTS: Final = {"sentences": "Sentences", "articles": "Articles"}
ACROSS: Final = "← more cautious  |  more constructive →"
EVERYBODY: Final = "All speakers"
BOTH: Final = ("sentences_first", "sentences_second")


def speakers(table: "pd.DataFrame", *, limit: int = LIMIT, note: str | None = None) -> alt.LayerChart:
    """The net tone of each speaker as a point with its 95 % interval, the most constructive on top.

    ``table`` is the report of `tone.reports.speakers`, a row a speaker; its ``limit`` speakers with the most sentences
    are drawn. A point is hollow where there are too few sentences to tell, else coloured where the whole interval lies
    on one side of 0. Beside it stand the numbers of sentences and articles. ``note`` is a line of your own below the
    title, such as the models that gave the labels.

    Raises ValueError where a column is missing, there is no row, or a speaker has several.
    """
    fields = ("net_tone", "net_low", "net_high")
    rows = drawn(table, ("articles", *ORDER, *fields), "speakers", limit=limit)
    return _intervals(
        rows.sort_values("net_tone", ascending=False, kind="stable"),
        fields,
        counts=COUNTS,
        tooltip=FIGURES,
    ).properties(
        title=title(
            "How each speaker sounds",
            "Net tone: share of constructive minus share of cautious sentences, in points, with its 95 % interval",
            basis(table, rows),
            few(rows, "Hollow point"),
            note,
        )
    )


def comparison(
    table: "pd.DataFrame",
    *,
    first: str = "the first side",
    second: str = "the second side",
    limit: int = LIMIT,
    note: str | None = None,
) -> alt.LayerChart:
    """How much more constructive each speaker is on the second side than on the first, with the 95 % interval.

    ``table`` is the report of `tone.reports.compare`; its row for all speakers together stands on top. Its ``limit``
    rows with the most sentences are drawn. ``first`` and ``second`` are what the sides are called. Points and ``note``
    are as in `speakers`; beside a point stand the numbers of sentences on both sides.

    Raises ValueError where a column is missing, there is no row, or a speaker has several.
    """
    fields = ("difference", "difference_low", "difference_high")
    table = checked(table, ("speaker", *fields, *BOTH), "a comparison")
    table = table.assign(sentences=table[list(BOTH)].sum(axis=1))
    rows = drawn(table, fields, "a comparison", limit=limit)
    everybody = rows["speaker"] == ALL
    rows = rows.assign(
        label=rows["label"].mask(everybody, EVERYBODY),
        everybody=everybody,
        enough=rows[list(BOTH)].min(axis=1) >= ENOUGH,
        both=rows[BOTH[0]].map("{:,}".format) + " → " + rows[BOTH[1]].map("{:,}".format),
    )
    return _intervals(
        rows.sort_values(["everybody", "difference"], ascending=False, kind="stable"),
        fields,
        said=("more constructive", "not clear", "more cautious"),
        counts={"both": "Sentences"},
        tooltip=[
            label("figure", "Difference"),
            label("range", "95 % interval"),
            number(BOTH[0], f"Sentences, {plain(first)}"),
            number(BOTH[1], f"Sentences, {plain(second)}"),
        ],
        labelFontWeight={"condition": {"test": f"datum.value == '{EVERYBODY}'", "value": "bold"}, "value": "normal"},
    ).properties(
        title=title(
            f"How {second} differs from {first}",
            "Difference in net tone, in points, with its 95 % interval; sentences on both sides",
            few(rows, "Hollow point", " on a side"),
            note,
        )
    )


def _intervals(
    rows: "pd.DataFrame",
    fields: tuple[str, str, str],
    *,
    said: Leanings = LEANINGS,
    counts: Mapping[str, str],
    tooltip: Sequence[alt.Tooltip],
    **options: Any,
) -> alt.LayerChart:
    """A point with its interval for each of ``rows``, in their order; ``fields`` hold the figure and both ends.

    ``counts`` are the columns beside the chart, ``options`` those of the axis with the names.
    """
    figure, low, high = fields
    rows = rows.assign(leaning=leaning(rows, low, high, said), **shown(rows, fields))
    used = ["label", *fields, "leaning", "enough", *counts, *(tip["field"] for tip in tooltip)]
    base = alt.Chart(rows[list(dict.fromkeys(used))]).encode(
        y=names(rows, **options), tooltip=[label("label", "Speaker"), *tooltip]
    )
    colour = leaning_colour(said)
    farthest = np.nanmax(np.append(rows[list(fields)].abs().to_numpy(float), 1.0))
    reach = float(np.ceil(2 * farthest) / 2)
    scale = alt.Scale(domain=[-reach, reach], nice=False)
    ticks = axis(title=ACROSS, orient="top", labelExpr=SIGNED, values=np.arange(-reach, reach + 0.1, 0.5).tolist())
    zero = alt.Chart(alt.InlineData(values=[{"at": 0}])).mark_rule(color=FAINT).encode(x="at:Q")
    spans = base.mark_rule(strokeWidth=2.5).encode(x=f"{low}:Q", x2=high, color=colour)
    points = base.mark_point(size=85, opacity=1, strokeWidth=2).encode(
        x=alt.X(f"{figure}:Q", scale=scale, axis=ticks),
        color=colour,
        fill=alt.when("datum.enough").then(colour).otherwise(alt.value("white")),
    )
    return alt.LayerChart(
        layer=[zero, spans, points, *beside(base, counts)], width=WIDTH, height=alt.Step(ROW), view=NO_FRAME
    )

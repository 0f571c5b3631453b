"""Net tone from period to period."""

from typing import TYPE_CHECKING, Any, Final

import altair as alt

from tone.charts.parts import (
    FIGURES,
    NO_FRAME,
    SIGNED,
    axis,
    checked,
    counted,
    label,
    leaning,
    leaning_colour,
    shown,
    title,
)
from tone.palette import FAINT, ORDER, SLATE
from tone.reports import ENOUGH
from tone.reports.periods import days

if TYPE_CHECKING:
    import pandas as pd

    from tone.reports.periods import Every

WIDTH: Final = 620
HEIGHT: Final = 240
BELOW: Final = 70
"""Pixels for the numbers of sentences, below the curve."""

PERIOD: Final = ("starts", "ends", "middle", "when")
MOST: Final = 2000
"""Periods that can be drawn."""

LABELS: Final = 8
"""Days or months that have room below the chart."""

STEPS: Final = {"day": (1, 2, 7, 14, 28), "week": (1, 2, 4, 8, 13, 26, 52), "month": (1, 2, 3, 6, 12, 24, 60)}
"""From one of them to the next, in periods."""


def timeline(
    table: "pd.DataFrame",
    *,
    every: "Every | None" = None,
    speaker: str | None = None,
    note: str | None = None,
) -> alt.VConcatChart:
    """The net tone in each period with its 95 % interval as a band, and below it the number of sentences.

    ``table`` is the report of `tone.reports.timeline`, a row a period; ``every`` is how long one is, by default what
    lies between the first two rows, or for a lone one a day. A point is hollow where there are too few sentences to
    tell; a period without any is a gap. ``speaker`` is whose tone it is, for the title; ``note`` is a line of your own
    below it.

    Raises ValueError where a column is missing, there is no row, or a period is no day.
    """
    needed = ("period", "sentences", "articles", *ORDER, "net_tone", "net_low", "net_high")
    rows = _with_periods(checked(table, needed, "a timeline"), every)
    rows = rows.assign(enough=rows["sentences"] >= ENOUGH, **shown(rows, ("net_tone", "net_low", "net_high")))
    rows = rows.assign(leaning=leaning(rows, "net_low", "net_high"))
    drawn = [*PERIOD, "enough", "leaning", "figure", "range", *needed[1:]]
    base = alt.Chart(rows[drawn]).encode(tooltip=[label("when", "Period"), *FIGURES])
    scale = alt.Scale(domain=[-1, 1])
    steps = axis(title="← cautious  |  constructive →", labelExpr=SIGNED, values=[-1, -0.5, 0, 0.5, 1])
    band = base.mark_rect(color=SLATE, opacity=0.18).encode(
        x=alt.X("starts:T", axis=None), x2="ends:T", y=alt.Y("net_low:Q", scale=scale, axis=steps), y2="net_high:Q"
    )
    zero = alt.Chart(alt.InlineData(values=[{"at": 0}])).mark_rule(color=FAINT).encode(y="at:Q")
    curve = base.mark_line(color=SLATE, strokeWidth=1.5).encode(x="middle:T", y="net_tone:Q")
    colour = leaning_colour()
    points = base.mark_point(size=60, strokeWidth=2, opacity=1).encode(
        x="middle:T",
        y="net_tone:Q",
        color=colour,
        fill=alt.when("datum.enough").then(colour).otherwise(alt.value("white")),
    )
    bars = base.mark_rect(color=FAINT, opacity=0.7, stroke="white", strokeWidth=1).encode(
        x=alt.X("starts:T", axis=_calendar(rows)),
        x2="ends:T",
        y=alt.Y("sentences:Q", axis=axis(title="Sentences", tickCount=3, format="d")),
        y2=alt.datum(0),
    )
    whose = "all speakers sound" if speaker is None else f"{speaker} sounds"
    hollow = rows["sentences"].between(1, ENOUGH - 1).any()
    chart: alt.VConcatChart = (
        alt.vconcat(
            alt.LayerChart(layer=[band, zero, curve, points], width=WIDTH, height=HEIGHT, view=NO_FRAME),
            alt.LayerChart(layer=[bars], width=WIDTH, height=BELOW, view=NO_FRAME),
            spacing=14,
        )
        .resolve_scale(x="shared")
        .properties(
            title=title(
                f"How {whose} over time",
                f"Net tone by {rows['length'].iloc[0]}: share of constructive minus share of cautious sentences, "
                "in points; the band is its 95 % interval",
                # An article has one day, so that it counts in one period only.
                f"Rests on {counted(int(rows['sentences'].sum()), 'sentence')} "
                f"in {counted(int(rows['articles'].sum()), 'article')}",
                f"Hollow point: fewer than {ENOUGH} sentences, too few to tell" if hollow else None,
                note,
            )
        )
    )
    return chart


def _calendar(rows: "pd.DataFrame") -> alt.Axis:
    """Where some of the periods begin, each with its day or month; the year stands there too, once if there is one."""
    first, last = rows["starts"].iloc[[0, -1]].dt.year
    length: Every = rows["length"].iloc[0]
    form = "%b" if length == "month" else "%-d %b"
    # Steps that people count in; beyond the longest, as few labels as fit.
    step = next((step for step in STEPS[length] if len(rows) <= LABELS * step), -(-len(rows) // LABELS))
    some = rows["starts"].iloc[::step]
    return axis(
        title=str(first) if first == last else None,
        format=form if first == last else f"{form} %Y",
        values=[alt.DateTime(year=day.year, month=day.month, date=day.day) for day in some],
        grid=False,
        ticks=True,
        tickColor=FAINT,
        labelAlign="left",
        labelOffset=-3,
    )


def _with_periods(rows: "pd.DataFrame", every: "Every | None") -> "pd.DataFrame":
    """The rows with the ``length`` of their periods, where each ``starts`` and ``ends``, its ``middle`` and name."""
    import pandas as pd

    if rows["period"].dtype.kind in "biuf":
        raise ValueError("the column period must hold days, not numbers")
    starts = days(rows, "period")
    if starts.isna().any():
        raise ValueError("the column period must hold days, none missing")
    if len(starts) > MOST:
        raise ValueError(f"{len(starts):,} periods are more than the {MOST:,} that can be drawn; take longer ones")
    rows = rows.assign(starts=starts).sort_values("starts", ignore_index=True)
    apart = rows["starts"].diff().min()
    if every is None:
        every = "day" if pd.isna(apart) or apart.days < 7 else "week" if apart.days < 28 else "month"
    if every not in STEPS:
        raise ValueError(f"unknown period {every!r}; choose from {', '.join(STEPS)}")
    long: dict[Every, Any] = {"day": {"days": 1}, "week": {"days": 7}, "month": {"months": 1}}
    ends = rows["starts"] + pd.DateOffset(**long[every])
    forms = {"day": "%Y-%m-%d", "week": "week of %Y-%m-%d", "month": "%Y-%m"}
    return rows.assign(
        length=every,
        ends=ends,
        middle=rows["starts"] + (ends - rows["starts"]) / 2,
        when=rows["starts"].dt.strftime(forms[every]),
    )

"""Whether the models' probabilities mean what they say."""

from typing import TYPE_CHECKING, Final

import altair as alt

from tone.charts.parts import axis, checked, counted, header, label, legend, number, percent, plain, title
from tone.palette import FAINT, HAIRLINE, SLATE

if TYPE_CHECKING:
    import pandas as pd

SIDE: Final = 190
COLUMNS: Final = ("label", "bin", "sentences", "said", "happened")


def reliability(table: "pd.DataFrame", *, note: str | None = None) -> alt.FacetChart:
    """The reliability curve of each label: how often it was right, by the probability that it was given.

    ``table`` has the columns ``label``, ``bin`` (the lower end of the bin of probabilities), ``sentences`` (how many it
    holds), ``said`` (their mean probability) and ``happened`` (the share where the label was right): what
    `tone.evaluation.calibration.reliability` gives (DeGroot and Fienberg 1983, The Statistician 32). A panel a label,
    in the order of the rows, named with the number of sentences, to which the area of a point is in proportion. Where
    a point lies on the diagonal, what was said with that probability happened as often. ``note`` is a line of your own
    below the title.

    Raises ValueError where a column is missing or there is no row.
    """
    import pandas as pd

    rows = checked(table, COLUMNS, "reliability")
    rows["label"] = rows["label"].astype("str").map(plain)
    totals = rows.groupby("label", sort=False)["sentences"].sum()
    heads = {name: f"{name} · {counted(int(total), 'sentence')}" for name, total in totals.items()}
    rows["panel"] = rows["label"].map(heads)

    most = int(rows["sentences"].max())
    ends = alt.Scale(domain=[0, 1], nice=False)
    ticks = [0, 0.25, 0.5, 0.75, 1]
    across = axis(title="Probability that the model gave", values=ticks, format=".0%", labelFlush=False)
    upward = axis(title="Share that was so", values=ticks, format=".0%")
    diagonal = (
        alt.Chart(pd.DataFrame({"said": [0, 1], "happened": [0, 1]}))
        .mark_line(color=FAINT, strokeDash=[4, 4], strokeWidth=1)
        .encode(x=alt.X("said:Q"), y=alt.Y("happened:Q"))
    )
    base = alt.Chart().encode(
        x=alt.X("said:Q", scale=ends, axis=across),
        y=alt.Y("happened:Q", scale=ends, axis=upward),
    )
    curve = base.mark_line(color=SLATE, strokeWidth=1.5)
    points = base.mark_circle(color=SLATE, opacity=0.85, clip=False).encode(
        size=alt.Size(
            "sentences:Q",
            scale=alt.Scale(domain=[0, most], range=[16, 320]),
            legend=legend(title="Sentences", values=[10**k for k in range(len(str(most)))]),
        ),
        tooltip=[
            label("label", "Label"),
            number("sentences", "Sentences"),
            percent("said", "Probability, mean"),
            percent("happened", "Share that was so"),
        ],
    )
    frame = alt.ViewBackground(stroke=HAIRLINE)
    return (
        alt.layer(diagonal, curve, points, data=rows[["panel", *COLUMNS]], view=frame, width=SIDE, height=SIDE)
        .facet(
            facet=alt.Facet("panel:N", sort=list(heads.values()), header=header(labelAnchor="start")),
            columns=2 if len(heads) == 4 else 3,  # no panel of the last row stands alone more than it must
            spacing=44,
        )
        .properties(
            title=title(
                "How far the probabilities can be trusted",
                "On the dashed line, probability and outcome agree; below it, the model was too sure",
                note,
            )
        )
    )

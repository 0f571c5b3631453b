"""Shares of the tones and numbers of claims: charts with a row a speaker."""

from typing import TYPE_CHECKING, Final

import altair as alt

from tone.charts.parts import NO_FRAME, checked, counted, label, legend, number, percent, title, words
from tone.charts.rows import LIMIT, ROW, WIDTH, basis, beside, drawn, few, head, names
from tone.codebook import CLAIMS
from tone.palette import INK, LIGHT, ON_LIGHT, ORDER, SLATE

if TYPE_CHECKING:
    import pandas as pd

COUNTS: Final = {"sentences": "Sentences", "articles": "Articles"}
PANEL: Final = 120
ROOM: Final = 0.09
"""The share from which its figure fits into its part of a bar."""


def tones(table: "pd.DataFrame", *, limit: int = LIMIT, note: str | None = None) -> alt.LayerChart:
    """The shares of constructive, neutral and cautious sentences as a bar a speaker, in the order of net tone.

    ``table`` is the report of `tone.reports.speakers`, a row a speaker; its ``limit`` speakers with the most sentences
    are drawn, paler where there are too few to tell. Beside a bar stand the numbers of sentences and articles.
    ``note`` is a line of your own below the title.

    Raises ValueError where a column is missing, there is no row, or a speaker has several.
    """
    rows = drawn(table, ("articles", *ORDER), "speakers", limit=limit)
    rows = rows.assign(net_tone=rows["constructive"] - rows["cautious"])
    rows = rows.sort_values("net_tone", ascending=False, kind="stable")
    wide = alt.Chart(rows[["label", "articles", "sentences", "enough", *ORDER]]).encode(y=names(rows))
    parts = (
        wide.transform_fold(list(ORDER), as_=["tone", "share"])
        .transform_calculate(
            place=f"indexof({list(ORDER)}, datum.tone)",
            figure=f"datum.share >= {ROOM} ? format(datum.share, '.0%') : ''",
        )
        .encode(
            order=alt.Order("place:Q"),
            tooltip=[label("label", "Speaker"), label("tone", "Tone"), percent("share", "Share")]
            + [number(field, head) for field, head in COUNTS.items()],
        )
    )
    scale = alt.Scale(domain=[0, 1])
    bars = parts.mark_bar(height=ROW - 6, stroke="white", strokeWidth=1).encode(
        x=alt.X("share:Q", stack="zero", scale=scale, axis=None),
        opacity=alt.when("datum.enough").then(alt.value(1.0)).otherwise(alt.value(0.5)),
        color=alt.Color(
            "tone:N",
            scale=alt.Scale(domain=list(ORDER), range=[LIGHT[tone] for tone in ORDER]),
            legend=legend(title=None, symbolType="square", symbolSize=120, symbolOpacity=1),
        ),
    )
    on_dark = alt.when(f"datum.enough && {ON_LIGHT} [datum.tone] != '{INK}'")
    figures = parts.mark_text(**words(fontSize=11)).encode(
        x=alt.X("share:Q", stack="zero", scale=scale, bandPosition=0.5),
        text=alt.Text("figure:N"),
        color=on_dark.then(alt.value("white")).otherwise(alt.value(INK)),
    )
    return alt.LayerChart(
        layer=[bars, figures, *beside(wide, COUNTS)],
        width=WIDTH,
        height=alt.Step(ROW),
        view=NO_FRAME,
        title=title(
            "The tone of each speaker",
            "Share of the speaker's sentences, the most constructive on balance first",
            basis(table, rows),
            few(rows, "Pale bar"),
            note,
        ),
    )


def claims(table: "pd.DataFrame", *, limit: int = LIMIT, note: str | None = None) -> alt.HConcatChart:
    """How many sentences of each speaker claim progress, say when something will happen, or deny something.

    ``table`` is the report of `tone.reports.speakers`, a row a speaker. Drawn are the ``limit`` speakers with the most
    sentences that claim anything at all, the most claims first; a panel a type, all on one scale. Beside the bars stand
    the numbers of sentences and articles. ``note`` is a line of your own below the title.

    Raises ValueError where a column is missing, there is no row, nobody claims anything, or a speaker has several.
    """
    table = checked(table, ("speaker", "sentences", "articles", *CLAIMS), "speakers")
    table = table.assign(claims=table[list(CLAIMS)].sum(axis=1))
    claiming = table[table["claims"] > 0]
    if claiming.empty:
        raise ValueError("there is nothing to draw: no speaker claims anything")
    rows = drawn(claiming, (), "claims", limit=limit, by="claims")
    most = int(rows[list(CLAIMS)].to_numpy().max())
    base = alt.Chart(rows[["label", "sentences", "articles", "enough", *CLAIMS]])
    panels = []
    for claim in CLAIMS:
        own = base.encode(
            y=names(rows, labels=claim == CLAIMS[0]),
            x=alt.X(f"{claim}:Q", scale=alt.Scale(domain=[0, most]), axis=None),
            tooltip=[label("label", "Speaker"), number(claim, claim.capitalize())]
            + [number(field, head) for field, head in COUNTS.items()],
        )
        bars = own.mark_bar(height=ROW - 10, color=SLATE)
        figures = own.mark_text(**words(align="left", dx=4)).encode(text=alt.Text(f"{claim}:Q", format=","))
        last = beside(base.encode(y=names(rows, labels=False)), COUNTS, width=PANEL) if claim == CLAIMS[-1] else []
        top = head(
            f"{claim.capitalize()} · {int(table[claim].sum()):,}", 0, align="left", fontSize=13, fontWeight="bold"
        )
        panels.append(
            alt.LayerChart(layer=[bars, figures, top, *last], width=PANEL, height=alt.Step(ROW), view=NO_FRAME)
        )
    return alt.hconcat(*panels, spacing=34).properties(
        title=title(
            "What each speaker claims",
            "Sentences that claim progress, say when something will happen, or deny something",
            f"Rests on {counted(int(table['sentences'].sum()), 'sentence')} by {counted(len(table), 'speaker')}, "
            f"{len(claiming):,} of whom claim something"
            + (f"; drawn are the {len(rows):,} who claim most" if len(rows) < len(claiming) else ""),
            note,
        )
    )

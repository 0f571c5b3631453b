"""What all charts share: titles, axes, columns of numbers beside a chart, and checks of the table.

Everything is set on the parts themselves, never as a chart's ``config``: a chart with a config could not be put beside
another one.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Final

import altair as alt

from tone.palette import FAINT, HAIRLINE, INK, LIGHT, ORDER

if TYPE_CHECKING:
    import pandas as pd

FONT: Final = "Liberation Sans, Helvetica, Arial, sans-serif"
SIGNED: Final = "datum.value == 0 ? '0' : format(100 * datum.value, '+.0f')"
"""A label of an axis from -1 to 1, shown as −100 to +100 like everywhere else."""

NO_FRAME: Final = alt.ViewBackground(stroke=None)

# No name can hold what would end a script element, wherever the chart is embedded; other controls show as U+FFFD.
_UNSAFE: Final = dict.fromkeys((*range(32), *range(127, 160), 0x2028, 0x2029), "�") | {ord("<"): "‹", ord(">"): "›"}


def checked(table: "pd.DataFrame", columns: Iterable[str], what: str) -> "pd.DataFrame":
    """A copy of ``table``. Raises ValueError where a column is missing or there is no row; ``what`` would be drawn."""
    missing = [column for column in columns if column not in table.columns]
    if missing:
        raise ValueError(f"a chart of {what} needs the column{'s' * (len(missing) > 1)} {', '.join(missing)}")
    if table.empty:
        raise ValueError(f"there is nothing to draw: the table of {what} has no rows")
    return table.reset_index(drop=True)


def plain(text: str) -> str:
    """``text`` on one line, without control characters and angle brackets."""
    return " ".join(text.split()).translate(_UNSAFE)


def counted(number: int, noun: str) -> str:
    """``1 article``, ``2 articles``."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def title(text: str, *lines: str | None) -> alt.TitleParams:
    """A title above the whole chart, with those of ``lines`` that there are below it."""
    return alt.TitleParams(
        text=plain(text),
        subtitle=[plain(line) for line in lines if line],
        anchor="start",
        frame="bounds",
        font=FONT,
        fontSize=17,
        color=INK,
        subtitleFont=FONT,
        subtitleFontSize=12,
        subtitleColor=FAINT,
        subtitleLineHeight=16,
        subtitlePadding=5,
        offset=14,
    )


def axis(**options: Any) -> alt.Axis:
    """An axis with a faint grid and no ticks; ``options`` are altair's and come first."""
    look: dict[str, Any] = {
        "labelFont": FONT,
        "titleFont": FONT,
        "labelFontSize": 12,
        "titleFontSize": 12,
        "titleFontWeight": "normal",
        "labelColor": FAINT,
        "titleColor": FAINT,
        "gridColor": HAIRLINE,
        "domain": False,
        "ticks": False,
        "labelPadding": 6,
    }
    return alt.Axis(**(look | options))


def header(**options: Any) -> alt.Header:
    """The heads of panels that stand side by side."""
    look: dict[str, Any] = {
        "title": None,
        "labelFont": FONT,
        "labelFontSize": 13,
        "labelFontWeight": "bold",
        "labelColor": INK,
    }
    return alt.Header(**(look | options))


def legend(**options: Any) -> alt.Legend:
    """A legend above the chart, on one line."""
    look: dict[str, Any] = {
        "orient": "top",
        "labelFont": FONT,
        "titleFont": FONT,
        "labelFontSize": 12,
        "titleFontSize": 12,
        "titleFontWeight": "normal",
        "labelColor": INK,
        "titleColor": FAINT,
        "labelLimit": 0,
    }
    return alt.Legend(**(look | options))


def words(**options: Any) -> dict[str, Any]:
    """Options of a text mark."""
    return {"font": FONT, "fontSize": 12, "color": INK} | options


def percent(column: str, name: str) -> alt.Tooltip:
    """A share of 0 to 1 in a tooltip."""
    return alt.Tooltip(field=column, type="quantitative", title=name, format=".0%")


def number(column: str, name: str, form: str = ",") -> alt.Tooltip:
    """A number in a tooltip."""
    return alt.Tooltip(field=column, type="quantitative", title=name, format=form)


def label(column: str, name: str) -> alt.Tooltip:
    """Words in a tooltip."""
    return alt.Tooltip(field=column, type="nominal", title=name)


def signed(figures: "pd.Series[float]") -> "pd.Series[str]":
    """Figures of -1 to 1 in points with their sign, as ``+60``, ``0``, ``−23``; ``unknown`` where there is none."""
    return figures.map(lambda x: "unknown" if x != x else f"{round(100 * x):+d}".replace("-", "−").replace("+0", "0"))


def shown(rows: "pd.DataFrame", fields: tuple[str, str, str]) -> dict[str, "pd.Series[str]"]:
    """A figure and the ends of its interval in words, as ``figure`` (``+20``) and ``range`` (``−57 to +81``)."""
    figure, low, high = (rows[field] for field in fields)
    known = low.notna() & high.notna()
    return {"figure": signed(figure), "range": (signed(low) + " to " + signed(high)).where(known, "unknown")}


Leanings = tuple[str, str, str]
"""What is said of an interval that lies above 0, of one that holds 0, and of one below 0."""

LEANINGS: Final[Leanings] = ("more constructive than cautious", "not clear", "more cautious than constructive")


def leaning(rows: "pd.DataFrame", low: str, high: str, said: Leanings = LEANINGS) -> "pd.Series[str]":
    """What the interval of each row says; where there are not ``enough`` sentences, it is never clear."""
    import numpy as np
    import pandas as pd

    above, below = rows["enough"] & (rows[low] > 0), rows["enough"] & (rows[high] < 0)
    return pd.Series(np.select([above, below], [said[0], said[2]], said[1]), rows.index, dtype="str")


def leaning_colour(said: Leanings = LEANINGS) -> alt.Color:
    """The colour of the field ``leaning``."""
    return alt.Color(
        "leaning:N",
        scale=alt.Scale(domain=list(said), range=[LIGHT["constructive"], FAINT, LIGHT["cautious"]]),
        legend=legend(title=None, symbolType="circle", symbolSize=90),
    )


FIGURES: Final = (
    label("figure", "Net tone"),
    label("range", "95 % interval"),
    *(percent(tone, tone.capitalize()) for tone in ORDER),
    number("sentences", "Sentences"),
    number("articles", "Articles"),
)
"""The tooltip of a row of a report: what `shown` gives of its net tone, its shares and what they rest on."""

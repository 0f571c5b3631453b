"""The timeline: figures a period, and the outlines that draw them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final

import pandas as pd

from tone.reports import EVERY, timeline
from tone.reports.periods import Every, days

WIDTH: Final = 1000
HEIGHT: Final = 100
DOTS: Final = 150
"""With more periods, points give way to the line."""

Row = dict[str, Any]
# Up to how many days, from the first to the last, each length of a period is used.
_UP_TO: Final[dict[Every, float]] = dict(zip(EVERY, (62, 750, float("inf")), strict=True))


@dataclass(frozen=True, slots=True)
class Timeline:
    """All speakers together. ``rows`` has the periods with sentences, net tone in whole per cent.

    The others are SVG path data: tones in a box of `WIDTH` by -100 to 100, upside down as SVG counts, ``bars`` in one
    of `WIDTH` by `HEIGHT`, where the tallest stands for ``most`` sentences. ``labels`` name the first, middle and last
    period.
    """

    every: Every
    rows: tuple[Row, ...]
    gaps: bool
    undated: int
    most: int
    labels: tuple[str, ...]
    line: str
    dots: str
    band: str
    whiskers: str
    bars: str


def drawn(sentences: pd.DataFrame) -> Timeline | None:
    """The timeline, in days, weeks or months as the dates ask for; None where no sentence with a speaker has a date."""
    said = sentences[sentences["speaker"].notna()]
    when = days(said).dropna()
    if when.empty:
        return None
    length = (when.max() - when.min()).days
    every = next(every for every, most in _UP_TO.items() if length <= most)
    table = timeline(sentences, every=every)
    if table.empty:  # only copies have dates
        return None
    rows = [_row(place, row, every) for place, row in enumerate(table.to_dict("records")) if row["sentences"]]
    most = max(row["sentences"] for row in rows)
    step = WIDTH / len(table)
    runs = [list(run) for _, run in groupby(enumerate(rows), key=lambda pair: pair[1]["place"] - pair[0])]
    stretches = [[row for _, row in run] for run in runs]
    middle = len(table) // 2
    return Timeline(
        every=every,
        rows=tuple(rows),
        gaps=len(rows) < len(table),
        undated=len(said) - len(when),
        most=most,
        labels=tuple(_named(table["period"][place], every) for place in sorted({0, middle, len(table) - 1})),
        line="".join(_path(stretch, "net_tone", step) for stretch in stretches if len(stretch) > 1),
        dots="".join(f"M{_x(row, step)} {-row['net_tone']}h0" for row in rows) if len(rows) <= DOTS else "",
        band="".join(_band(stretch, step) for stretch in stretches if len(stretch) > 1),
        whiskers="".join(_whisker(stretch[0], step) for stretch in stretches if len(stretch) == 1),
        bars="".join(_bars(rows, step, most)),
    )


def _row(place: int, row: dict[Any, Any], every: Every) -> Row:
    ends = {name: round(100 * row[name]) for name in ("net_tone", "net_low", "net_high")}
    counts = {name: int(row[name]) for name in ("sentences", "articles")}
    return {"place": place, "day": _named(row["period"], every), **counts, **ends}


def _named(period: pd.Timestamp, every: Every) -> str:
    return f"{period:%b %Y}" if every == "month" else f"{period.day} {period:%b %Y}"


def _x(row: Row, step: float) -> str:
    return f"{(row['place'] + 0.5) * step:.1f}"


def _path(rows: Sequence[Row], name: str, step: float) -> str:
    return "M" + "L".join(f"{_x(row, step)} {-row[name]}" for row in rows)


def _band(rows: Sequence[Row], step: float) -> str:
    back = "".join(f"L{_x(row, step)} {-row['net_low']}" for row in reversed(rows))
    return f"{_path(rows, 'net_high', step)}{back}Z"


def _whisker(row: Row, step: float) -> str:
    return f"M{_x(row, step)} {-row['net_low']}V{-row['net_high']}"


def _bars(rows: Sequence[Row], step: float, most: int) -> Iterator[str]:
    for row in rows:
        top = HEIGHT * (1 - row["sentences"] / most)
        yield f"M{(row['place'] + 0.1) * step:.1f} {HEIGHT}V{top:.1f}h{0.8 * step:.1f}V{HEIGHT}Z"

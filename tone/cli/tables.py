"""Reports as tables for a terminal: figures are never cut, names give way, and a wider terminal gets more columns."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    import pandas as pd
    from rich.table import Table
    from rich.text import Text

_LONGEST = 24  # characters of the name of a source or topic, in a wide terminal


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the printed table: its head in a narrow and in a wide terminal, and what it shows of a row."""

    head: str
    wide: str
    cell: Callable[[Any], "str | Text"]
    style: str = ""
    at_least: int = 0  # the width of the terminal from which the column is there


def speakers(rows: "pd.DataFrame", width: int, by: str | None = None) -> "Table":
    """The speakers' report, also split ``by`` something, for a terminal of ``width`` columns."""
    dates = [Column("", name.title(), _moment(name), at_least=140) for name in ("first", "last")]
    group = [] if by is None else [Column(by.title(), by.title(), _group(by, min(_LONGEST, width // 5)))]
    return _grid("Speaker", [*_figures(), *dates], rows, _name, width, group)


def timeline(rows: "pd.DataFrame", width: int, every: str) -> "Table":
    """A timeline; each run of periods without a sentence takes one line."""
    empty = rows["sentences"] == 0
    runs = (empty != empty.shift()).cumsum()
    length = runs.map(runs.value_counts())
    shown = rows.assign(run=length)[~(empty & runs.duplicated())]

    def label(row: Any) -> str:
        if row.sentences == 0 and row.run > 1:
            return f"… {row.run} {every}s"
        return f"{row.period:%Y-%m}" if every == "month" else f"{row.period:%Y-%m-%d}"

    return _grid("Week from" if every == "week" else every.title(), _figures(), shown, label, width)


def comparison(rows: "pd.DataFrame", width: int) -> "Table":
    """A comparison; 1 and 2 are its sides."""
    columns = [
        *(Column(f"Sent. {n}", f"Sentences {n}", _count(f"sentences_{side}")) for n, side in _SIDES),
        *(Column(f"Net {n}", f"Net {n}", _net(f"net_tone_{side}")) for n, side in _SIDES),
        Column("Diff.", "Difference", _net("difference"), "bold"),
        Column("95 %", "95 %", _range("difference_low", "difference_high")),
        *(
            Column(f"{head}. %", f"{head}. %", _change(claim), at_least=110)
            for head, claim in (("Prog", "progress"), ("Sched", "schedule"), ("Den", "denial"))
        ),
    ]
    return _grid("Speaker", columns, rows, _name, width)


def claim(row: Any) -> "Text":
    """One claim over several lines: when, who and where it is said, and the sentence."""
    from rich.text import Text

    from tone.show import printable

    facts = [
        _day(row.date) or "undated",
        "(narration)" if _missing(row.speaker) else str(row.speaker),
        *(str(value) for value in (row.source, row.article) if not _missing(value)),
        f"{row.probability:.2f}" if row.probability == row.probability else "",
    ]
    head = Text(" · ".join(_one_line(fact) for fact in facts if fact), style="dim")
    if not _missing(getattr(row, "when_start", None)):
        head.append(f" → {_day(row.when_start)}")
        head.append("" if row.when_end == row.when_start else f" … {_day(row.when_end)}")
    return Text.assemble(head, "\n", printable(str(row.text)).replace("\n", " "), "\n")


_SIDES = ((1, "first"), (2, "second"))


def _grid(
    head: str,
    figures: Sequence[Column],
    rows: "pd.DataFrame",
    label: Callable[[Any], str],
    width: int,
    groups: Sequence[Column] = (),
) -> "Table":
    """A row a row: its label, which gives way where there is no room for all, the groups it is in, and its figures."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    room = width - sum(max(_width(column.cell(row)) for row in rows.itertuples()) + 2 for column in groups)
    roomy = room >= 100
    columns = [*groups, *(column for column in figures if column.at_least <= room)]
    gap = 2 if roomy else 1
    grid = Table(box=box.SIMPLE_HEAD, padding=(0, gap - 1, 0, 0), pad_edge=False, show_edge=False)
    grid.add_column(head, no_wrap=True, overflow="ellipsis")
    needed = 0
    cells = [[column.cell(row) for column in columns] for row in rows.itertuples()]
    for number, column in enumerate(columns):
        name = column.wide if roomy else column.head
        widest = max(len(name), *(_width(line[number]) for line in cells))
        side: Literal["left", "right"] = "left" if column in groups else "right"
        grid.add_column(name, justify=side, no_wrap=True, style=column.style, min_width=widest)
        needed += gap + widest
    grid.columns[0].max_width = max(10, width - needed)
    for row, line in zip(rows.itertuples(), cells, strict=True):
        grid.add_row(Text(label(row)), *line, style="" if row.enough else "dim")
    return grid


def _figures() -> list[Column]:
    """What all groups of sentences have."""
    from tone.show import COLOUR, SYMBOL

    return [
        Column("Sent.", "Sentences", _count("sentences")),
        Column("Art.", "Articles", _count("articles")),
        *(Column(f"{SYMBOL[tone]} %", f"{SYMBOL[tone]} %", _share(tone), COLOUR[tone]) for tone in SYMBOL),
        Column("", "Tones", _bar, at_least=110),
        Column("Net", "Net", _net("net_tone"), "bold"),
        Column("95 %", "95 %", _range("net_low", "net_high"), at_least=60),
        Column("Prog.", "Progress", _count("progress", "·"), at_least=75),
        Column("Sched.", "Schedule", _count("schedule", "·"), at_least=75),
        Column("Den.", "Denial", _count("denial", "·"), at_least=75),
    ]


def _name(row: Any) -> str:
    name = _one_line(str(row.speaker))
    return name if row.enough else f"* {name}"


def _group(by: str, longest: int) -> "Callable[[Any], str | Text]":
    def cell(row: Any) -> "str | Text":
        from rich.text import Text

        value = getattr(row, by)
        if _missing(value):
            return "unknown"
        if by == "month":
            return f"{value:%Y-%m}"
        text = Text(_day(value) if by == "week" else _one_line(str(value)))
        text.truncate(longest, overflow="ellipsis")
        return text

    return cell


def _count(name: str, nought: str = "0") -> Callable[[Any], str]:
    return lambda row: f"{getattr(row, name):,}" if getattr(row, name) else nought


def _share(tone: str) -> Callable[[Any], str]:
    return lambda row: _percent(getattr(row, tone))


def _net(name: str) -> Callable[[Any], str]:
    return lambda row: _signed(getattr(row, name))


def _range(low: str, high: str) -> Callable[[Any], str]:
    def cell(row: Any) -> str:
        ends = _signed(getattr(row, low)), _signed(getattr(row, high))
        return f"{ends[0]:>4} … {ends[1]:>4}" if ends[0] else ""

    return cell


def _change(claim: str) -> Callable[[Any], str]:
    return lambda row: " → ".join(_percent(getattr(row, f"{claim}_{side}")) for _, side in _SIDES)


def _moment(name: str) -> Callable[[Any], str]:
    return lambda row: _day(getattr(row, name))


def _bar(row: Any) -> "Text":
    """The tones' shares as a bar of ten characters, the tones' symbols in their colours."""
    from rich.text import Text

    from tone.show import COLOUR, SYMBOL

    if _missing(row.net_tone):
        return Text()
    edges = [0, round(10 * row.constructive), round(10 * (row.constructive + row.cautious)), 10]
    lengths = zip(SYMBOL, edges[:-1], edges[1:], strict=True)
    return Text.assemble(*((SYMBOL[tone] * (end - start), COLOUR[tone]) for tone, start, end in lengths))


def _percent(share: float) -> str:
    return "" if _missing(share) else f"{100 * share:.0f}"


def _signed(net: float) -> str:
    """A net tone in per cent with its sign, and a minus as wide as a plus."""
    return "" if _missing(net) else f"{round(100 * net):+d}".replace("-", "−").replace("+0", "0")


def _day(day: "pd.Timestamp") -> str:
    return "" if _missing(day) else f"{day:%Y-%m-%d}"


def _one_line(text: str) -> str:
    from tone.show import printable

    return printable(text).replace("\n", " ")


def _missing(value: object) -> bool:
    return value is None or value != value


def _width(cell: "str | Text") -> int:
    return len(cell) if isinstance(cell, str) else cell.cell_len

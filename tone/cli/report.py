"""``tone report``."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

from tone.cli.errors import Failure
from tone.cli.output import Day, as_csv, as_json, count

if TYPE_CHECKING:
    import pandas as pd
    from rich.table import Table
    from rich.text import Text

DAY = Day()


@click.command(short_help="How each speaker sounds, and what they claim.")
@click.argument("out", type=click.Path(path_type=Path))
@click.option("--min-sentences", type=click.IntRange(min=1), default=1, show_default=True, help="Hide below this.")
@click.option("--sort", default="sentences", show_default=True, help="Any column; --format csv shows their names.")
@click.option("--since", type=DAY, metavar="YYYY-MM-DD", help="First day; hides what has no date.")
@click.option("--until", type=DAY, metavar="YYYY-MM-DD", help="Last day; hides what has no date.")
@click.option("--source", help="Articles of this source only.")
@click.option("--limit", type=click.IntRange(min=1), help="Speakers to show.  [default: 30 in a table, else all]")
@click.option("--format", "form", type=click.Choice(["table", "csv", "json"]), default="table", show_default=True)
def report(
    out: Path,
    min_sentences: int,
    sort: str,
    since: date | None,
    until: date | None,
    source: str | None,
    limit: int | None,
    form: Literal["table", "csv", "json"],
) -> None:
    """Print how each speaker in OUT (a folder that tone score wrote) sounds and what they claim."""
    import tone
    from tone.reports import speakers

    sentences = tone.load(out).sentences
    if source is not None:
        _known_source(source, sentences)
    try:
        rows = speakers(sentences, min_sentences=min_sentences, sort=sort, since=since, until=until, source=source)
    except ValueError as error:
        raise Failure(str(error)) from error
    if limit is None and form == "table":
        limit = 30
    shown = rows if limit is None else rows.head(limit)
    if form == "table":
        _print(shown, total=len(rows))
    else:
        click.echo(as_csv(shown) if form == "csv" else as_json(shown), nl=False)
        if len(shown) < len(rows):
            click.echo(_left_out(len(shown), len(rows)), err=True)


def _known_source(source: str, sentences: "pd.DataFrame") -> None:
    known = sorted(sentences["source"].dropna().unique())
    if source not in known:
        some = ", ".join(known[:10]) + (f" and {len(known) - 10} more" if len(known) > 10 else "")
        raise Failure(f"no article from {source!r}; the sources are {some}" if known else "no article has a source")


def _left_out(shown: int, total: int) -> str:
    return f"{shown} of {count(total, 'speaker')} shown; --limit {total} shows all."


def _print(speakers: "pd.DataFrame", total: int) -> None:
    from rich.console import Console

    if speakers.empty:
        click.echo("No sentence with a speaker is left to report.")
        return
    console = Console(highlight=False)
    console.print(table(speakers, console.width))
    for line in _notes(speakers, total):
        console.print(line, style="dim", markup=False)


def _notes(speakers: "pd.DataFrame", total: int) -> Iterator[str]:
    yield "% of the speaker's sentences that are + constructive, ~ cautious, = neutral."
    yield "Net is + minus ~, from −100 to 100, with its 95 % interval."
    if not speakers["enough"].all():
        yield "* fewer than 5 sentences: too few to tell how this speaker sounds."
    if len(speakers) < total:
        yield _left_out(len(speakers), total)


@dataclass(frozen=True, slots=True)
class _Column:
    """A column of the printed table: its head in a narrow and in a wide terminal, and what it shows of a row."""

    head: str
    wide: str
    cell: Callable[[Any], "str | Text"]
    style: str = ""
    at_least: int = 0  # the width of the terminal from which the column is there


def table(speakers: "pd.DataFrame", width: int) -> "Table":
    """The speakers' report for a terminal of ``width`` columns; a wider one gets more columns."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    from tone.show import COLOUR, SYMBOL, printable

    roomy = width >= 100
    columns = [
        _Column("Sent.", "Sentences", lambda row: f"{row.sentences:,}"),
        _Column("Art.", "Articles", lambda row: f"{row.articles:,}"),
        *(_Column(f"{SYMBOL[tone]} %", f"{SYMBOL[tone]} %", _share(tone), COLOUR[tone]) for tone in SYMBOL),
        _Column("", "Tones", _bar, at_least=110),
        _Column("Net", "Net", lambda row: _signed(row.net_tone), "bold"),
        _Column("95 %", "95 %", lambda row: f"{_signed(row.net_low):>4} … {_signed(row.net_high):>4}", at_least=60),
        _Column("Prog.", "Progress", _number("progress"), at_least=75),
        _Column("Sched.", "Schedule", _number("schedule"), at_least=75),
        _Column("Den.", "Denial", _number("denial"), at_least=75),
        _Column("", "First", lambda row: _day(row.first), at_least=140),
        _Column("", "Last", lambda row: _day(row.last), at_least=140),
    ]
    columns = [column for column in columns if column.at_least <= width]
    gap = 2 if roomy else 1
    grid = Table(box=box.SIMPLE_HEAD, padding=(0, gap - 1, 0, 0), pad_edge=False, show_edge=False)
    grid.add_column("Speaker", no_wrap=True, overflow="ellipsis")
    needed = 0
    for column in columns:
        head = column.wide if roomy else column.head
        widest = max(len(head), *(len(column.cell(row)) for row in speakers.itertuples()))
        grid.add_column(head, justify="right", no_wrap=True, style=column.style, min_width=widest)
        needed += gap + widest
    # Names give way where there is no room for all; figures never do.
    grid.columns[0].max_width = max(10, width - needed)
    for row in speakers.itertuples():
        name = printable(str(row.speaker)).replace("\n", " ")
        cells = [column.cell(row) for column in columns]
        grid.add_row(Text(name if row.enough else f"* {name}"), *cells, style="" if row.enough else "dim")
    return grid


def _share(tone: str) -> Callable[[Any], str]:
    return lambda row: f"{100 * getattr(row, tone):.0f}"


def _number(claim: str) -> Callable[[Any], str]:
    return lambda row: f"{getattr(row, claim):,}" if getattr(row, claim) else "·"


def _signed(net: float) -> str:
    """A net tone in per cent with its sign, and a minus as wide as a plus."""
    return f"{round(100 * net):+d}".replace("-", "−").replace("+0", "0")


def _day(day: "pd.Timestamp") -> str:
    return "" if day != day else f"{day:%Y-%m-%d}"


def _bar(row: Any) -> "Text":
    """The tones' shares as a bar of ten characters, the tones' symbols in their colours."""
    from rich.text import Text

    from tone.show import COLOUR, SYMBOL

    edges = [0, round(10 * row.constructive), round(10 * (row.constructive + row.cautious)), 10]
    lengths = zip(SYMBOL, edges[:-1], edges[1:], strict=True)
    return Text.assemble(*((SYMBOL[tone] * (end - start), COLOUR[tone]) for tone, start, end in lengths))

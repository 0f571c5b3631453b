"""``tone evaluate``."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal

import click

from tone.cli.errors import Failure
from tone.cli.output import as_json, dump

if TYPE_CHECKING:
    import pandas as pd
    from rich.console import Console

    from tone.evaluation import Evaluation

KINDS: Final = 15
TEXT: Final = 160


@click.command(short_help="Compare scored articles with labels.")
@click.argument("gold", type=click.Path(path_type=Path, exists=True))
@click.argument("out", type=click.Path(path_type=Path))
@click.option(
    "--baselines",
    "training",
    multiple=True,
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="Folder of labelled articles to fit simple baselines on; repeat it for several.",
)
@click.option("--worst", type=click.IntRange(min=0), default=3, show_default=True, help="Worst cases a label to show.")
@click.option("--cards", type=click.Path(path_type=Path, exists=True), help="Folder of models whose cards to update.")
@click.option("--as", "name", default="own", show_default=True, help="The name of the cards' table to update.")
@click.option("--format", "form", type=click.Choice(["table", "markdown", "json"]), default="table", show_default=True)
def evaluate(
    gold: Path,
    out: Path,
    training: tuple[Path, ...],
    worst: int,
    cards: Path | None,
    name: str,
    form: Literal["table", "markdown", "json"],
) -> None:
    """Compare OUT (a folder that tone score wrote) with the labels in GOLD.

    GOLD is a folder of labelled articles, in either format that seeds/README.md describes. Figures stand with their
    95 % interval, from resampled articles; then confusions, calibration, kinds of failures and the worst cases.
    """
    from tone.cards import update
    from tone.evaluation import evaluate as compare

    try:
        found = compare(gold, out, training=training)
    except ValueError as error:
        raise Failure(str(error)) from error
    try:
        for card in update(cards, name, found) if cards else ():
            click.echo(f"Updated {click.format_filename(card)}", err=True)
    except ImportError as missing:  # the cards' pictures need an extra
        raise Failure(str(missing)) from missing
    parts = _parts(found, worst)
    if form == "json":
        click.echo(dump({head: json.loads(as_json(table)) for head, table in parts.items()}), nl=False)
    elif form == "markdown":
        from tone.cards import markdown, plain

        for head, table in parts.items():
            click.echo(f"## {head}\n\n{markdown(table) if head == 'figures' else plain(table)}\n")
    else:
        _print(parts)


def _parts(found: "Evaluation", worst: int) -> "dict[str, pd.DataFrame]":
    """The tables to show, by their heads; those that would be empty are left out."""
    parts = {"figures": found.table()}
    if found.judged:
        parts |= {
            "tones (gold below, scored beside)": found.confusion().reset_index(),
            "claims": found.claim_confusion(),
            "calibration": found.calibration(),
            "reliability": found.reliability(),
            "accuracy on the surest share": found.coverage(),
            "kinds of failures": found.kinds().head(KINDS),
            "worst cases": found.worst(worst),
        }
    return {head: table for head, table in parts.items() if len(table)}


def _print(parts: "dict[str, pd.DataFrame]") -> None:
    from rich.console import Console

    console = Console(highlight=False)
    for head, table in parts.items():
        if head == "reliability":  # a picture's worth: in the other formats, and drawn on the cards
            continue
        if head != "figures":
            console.print(f"\n{head[0].upper()}{head[1:]}", style="bold", markup=False)
        if head == "worst cases":
            _cases(table, console)
        else:
            _grid(table, console)


def _grid(table: "pd.DataFrame", console: "Console") -> None:
    from pandas.api.types import is_numeric_dtype
    from rich import box
    from rich.table import Table
    from rich.text import Text

    grid = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for head in map(str, table.columns):
        number = bool(is_numeric_dtype(table[head]))
        grid.add_column(head[0].upper() + head[1:], justify="right" if number else "left", overflow="fold")
    for row in table.itertuples(index=False):
        grid.add_row(*(Text(_cell(value)) for value in row))
    console.print(grid)


def _cases(table: "pd.DataFrame", console: "Console") -> None:
    """Each case in two lines: what is wrong, then the sentence."""
    from tone.show import printable

    for row in table.to_dict("records"):
        gold, scored = (name if isinstance(name, str) else "nobody" for name in (row["gold"], row["scored"]))
        sides = f" ({gold}, scored {scored})" if row["label"] == "speaker" else ""
        text = printable(" ".join(row["text"].split()))
        console.print(f"{row['sure']:.2f}  {row['kind']}{printable(sides)}  [{row['article']}]", markup=False)
        console.print(f"      {text[:TEXT]}{'…' if len(text) > TEXT else ''}", style="dim", markup=False)


def _cell(value: Any) -> str:
    if isinstance(value, float):
        return "" if value != value else f"{value:.3f}"
    return str(value)

"""``tone evaluate``."""

from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from tone.cli.errors import Failure
from tone.cli.output import as_json

if TYPE_CHECKING:
    import pandas as pd


@click.command(short_help="Compare scored articles with labels.")
@click.argument("gold", type=click.Path(path_type=Path, exists=True))
@click.argument("out", type=click.Path(path_type=Path))
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
def evaluate(gold: Path, out: Path, form: Literal["table", "json"]) -> None:
    """Compare OUT (a folder that tone score wrote) with the labels in GOLD."""
    from tone.evaluation import evaluate as compare

    try:
        figures = compare(gold, out).table()
    except ValueError as error:
        raise Failure(str(error)) from error
    if form == "json":
        click.echo(as_json(figures), nl=False)
    else:
        _print(figures)


def _print(figures: "pd.DataFrame") -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    grid = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    grid.add_column("Figure")
    for head in ("Value", "Low", "High"):
        grid.add_column(head, justify="right")
    for figure, *numbers in figures[["figure", "value", "low", "high"]].itertuples(index=False):
        grid.add_row(Text(str(figure)), *("" if number != number else f"{number:.3f}" for number in numbers))
    Console(highlight=False).print(grid)

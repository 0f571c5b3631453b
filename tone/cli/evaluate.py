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
@click.option(
    "--baselines",
    "training",
    multiple=True,
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="Folder of labelled articles to fit simple baselines on; repeat it for several.",
)
@click.option("--cards", type=click.Path(path_type=Path, exists=True), help="Folder of models whose cards to update.")
@click.option("--as", "name", default="own", show_default=True, help="The name of the cards' table to update.")
@click.option("--format", "form", type=click.Choice(["table", "markdown", "json"]), default="table", show_default=True)
def evaluate(
    gold: Path,
    out: Path,
    training: tuple[Path, ...],
    cards: Path | None,
    name: str,
    form: Literal["table", "markdown", "json"],
) -> None:
    """Compare OUT (a folder that tone score wrote) with the labels in GOLD.

    GOLD is a folder of labelled articles, in either format that seeds/README.md describes. Figures stand with their
    95 % interval, from resampled articles.
    """
    from tone.cards import markdown, update
    from tone.evaluation import evaluate as compare

    try:
        figures = compare(gold, out, training=training).table()
    except ValueError as error:
        raise Failure(str(error)) from error
    for card in update(cards, name, figures) if cards else ():
        click.echo(f"Updated {click.format_filename(card)}", err=True)
    if form == "json":
        click.echo(as_json(figures), nl=False)
    elif form == "markdown":
        click.echo(markdown(figures))
    else:
        _print(figures)


def _print(figures: "pd.DataFrame") -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    grid = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    grid.add_column("Figure")
    for head in figures.columns[1:]:
        grid.add_column(head[0].upper() + head[1:], justify="right")
    for figure, *numbers in figures.itertuples(index=False):
        grid.add_row(Text(str(figure)), *("" if number != number else f"{number:.3f}" for number in numbers))
    Console(highlight=False).print(grid)

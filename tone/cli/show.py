"""``tone show``."""

from collections.abc import Sequence
from pathlib import Path

import click

from tone.cli.errors import Failure
from tone.cli.output import count, did_you_mean

WIDEST = 100
"""Longer lines are hard to read."""


@click.command(short_help="One article with its quotes, speakers and tones.")
@click.argument("out", type=click.Path(path_type=Path))
@click.argument("article")
def show(out: Path, article: str) -> None:
    """Print an ARTICLE of OUT with its quotes, their speakers, tones and claims."""
    from rich.console import Console

    import tone
    from tone.show import body, heading, legend

    collection = tone.load(out)
    articles = collection.articles
    rows = articles[articles["article"] == article].to_dict("records")
    if not rows:
        raise Failure(_unknown(article, articles["article"].tolist()))
    sentences = collection.sentences[collection.sentences["article"] == article]
    quotes = collection.quotes[collection.quotes["article"] == article]

    console = Console(highlight=False)
    console.width = min(console.width, WIDEST)
    console.print(heading(rows[0]), end="\n\n")
    # Without styles the quotes need brackets to be seen.
    plain = console.color_system is None
    console.print(body(str(rows[0]["text"]), sentences, quotes, brackets=plain), end="\n\n")
    console.print(legend())
    attributed = int(sentences["speaker"].notna().sum())
    console.print(f"{count(len(sentences), 'sentence')}, {attributed:,} with a speaker", style="dim")


def _unknown(article: str, known: Sequence[str]) -> str:
    return did_you_mean("article", article, known) if known else "no article was scored here"

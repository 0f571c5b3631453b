"""``tone score``."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tone.cli.limits import limits
from tone.cli.output import count
from tone.cli.progress import following

if TYPE_CHECKING:
    import pandas as pd

    from tone.collection import Collection


@click.command(short_help="Score articles and write the tables to a folder.")
@click.argument("inputs", metavar="INPUT...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("-o", "--out", required=True, type=click.Path(path_type=Path, file_okay=False), help="Folder to write.")
@click.option("--models", type=click.Path(path_type=Path), help="Folder of models.  [default: those of the package]")
@click.option("-q", "--quiet", is_flag=True, help="Print only what went wrong.")
@limits
@click.pass_context
def score(
    ctx: click.Context, /, inputs: tuple[Path, ...], out: Path, models: Path | None, quiet: bool, **sizes: int
) -> None:
    """Score articles and write the tables to a folder.

    INPUT are files and folders (searched through): .txt, .md, .html, .jsonl, .csv, .warc, also with .gz, and .parquet.
    An input that cannot be scored, or is beyond a limit, is skipped, with the reason in skipped.parquet.

    Exit status: 0 when something was scored, 1 when nothing was, 2 for an error.
    """
    import tone
    from tone.reading import Limits

    try:
        with following(quiet=quiet) as progress:
            collection = tone.score(list(inputs), out, models=models, limits=Limits(**sizes), progress=progress)
    except tone.NothingScoredError as nothing:
        click.echo("Nothing was scored.", err=True)
        _lines(_skipped(nothing.collection.skipped, out), err=True)
        ctx.exit(1)
    if not quiet:
        click.echo(_scored(collection))
    _lines(_skipped(collection.skipped, out), err=quiet)
    if not quiet:
        _lines(_whereabouts(out), err=False)


def _lines(lines: Iterator[str], *, err: bool) -> None:
    for line in lines:
        click.echo(line, err=err)


def _scored(collection: "Collection") -> str:
    speakers = collection.sentences["speaker"]
    return (
        f"Scored {count(len(collection.articles), 'article')}: {count(len(speakers), 'sentence')}, "
        f"{speakers.notna().sum():,} of them with the words of {count(speakers.nunique(), 'speaker')}."
    )


def _skipped(skipped: "pd.DataFrame", out: Path) -> Iterator[str]:
    from tone.reports import summary_skipped

    if skipped.empty:
        return
    yield f"Skipped {count(len(skipped), 'input')} (each with its reason in {out / 'skipped.parquet'}):"
    reasons = summary_skipped(skipped)
    width = len(f"{reasons['inputs'].max():,}")
    for reason, inputs, example in reasons.itertuples(index=False):
        yield f"  {inputs:>{width},} {reason}, {'such as ' if inputs > 1 else ''}{example}"


def _whereabouts(out: Path) -> Iterator[str]:
    names = ("sentences.parquet", "quotes.parquet", "speakers.csv", "skipped.parquet")
    yield f"Tables in {out}: {', '.join(name for name in names if (out / name).exists())}"
    yield f"Read on:  tone report {click.format_filename(out)}"

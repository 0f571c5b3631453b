"""``tone score``."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tone.cli.errors import Failure, Interrupted
from tone.cli.limits import limits
from tone.cli.output import count
from tone.cli.progress import following

if TYPE_CHECKING:
    from tone.store import Summary


@click.command(short_help="Score articles and write the tables to a folder.")
@click.argument("inputs", metavar="INPUT...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("-o", "--out", required=True, type=click.Path(path_type=Path, file_okay=False), help="Folder to write.")
@click.option("--models", type=click.Path(path_type=Path), help="Folder of models.  [default: those of the package]")
@click.option("--overwrite", is_flag=True, help="Start afresh where OUT has results, or parts of them, already.")
@click.option("--workers", type=click.IntRange(min=1), metavar="N", help="Score in N processes (with tone[dask]).")
@click.option("--scheduler", metavar="ADDRESS", help="Score on the workers of a Dask cluster (with tone[dask]).")
@click.option("-q", "--quiet", is_flag=True, help="Print only what went wrong.")
@limits
@click.pass_context
def score(
    ctx: click.Context,
    /,
    inputs: tuple[Path, ...],
    out: Path,
    models: Path | None,
    overwrite: bool,
    workers: int | None,
    scheduler: str | None,
    quiet: bool,
    **sizes: int,
) -> None:
    """Score articles and write the tables to a folder.

    INPUT are files and folders (searched through): .txt, .md, .html, .jsonl, .csv, .warc, also with .gz, and .parquet.
    An input that cannot be scored, or is beyond a limit, is skipped, with the reason in skipped.parquet.

    Stopped at any moment, the same command goes on where it stopped.

    Exit status: 0 when something was scored, 1 when nothing was, 2 for an error.
    """
    import tone
    from tone.reading import Limits

    if workers and scheduler:
        raise click.UsageError("--workers starts a cluster of its own: give it or --scheduler.")
    again = f"the same command goes on from what {click.format_filename(out)} has"
    try:
        with following(quiet=quiet) as progress:
            found = tone.score_to(
                list(inputs),
                out,
                models=models,
                limits=Limits(**sizes),
                progress=progress,
                overwrite=overwrite,
                workers=workers,
                scheduler=scheduler,
            )
    except KeyboardInterrupt as stop:
        raise Interrupted(f"stopped with Ctrl-C; {again}") from stop
    except MemoryError as full:
        raise Failure(f"out of memory; {again}") from full
    if not found.articles:
        click.echo("Nothing was scored.", err=True)
        _lines(_skipped(found, out), err=True)
        ctx.exit(1)
    if not quiet:
        _lines(_scored(found, out), err=False)
    _lines(_skipped(found, out), err=quiet)
    if not quiet:
        _lines(_whereabouts(out), err=False)


def _lines(lines: Iterator[str], *, err: bool) -> None:
    for line in lines:
        click.echo(line, err=err)


def _scored(found: "Summary", out: Path) -> Iterator[str]:
    if found.complete:
        yield f"Complete already, nothing was done: {click.format_filename(out)} is of these inputs and models."
    elif found.shards_there:
        yield f"Gone on with: {count(found.shards_there, 'shard')} of an earlier try."
    yield (
        f"Scored {count(found.articles, 'article')}: {count(found.sentences, 'sentence')}, "
        f"{found.reported:,} of them with the words of {count(found.speakers, 'speaker')}."
    )


def _skipped(found: "Summary", out: Path) -> Iterator[str]:
    if not found.skipped:
        return
    yield f"Skipped {count(found.skipped, 'input')} (each with its reason in {out / 'skipped.parquet'}):"
    width = len(f"{found.reasons['inputs'].max():,}")
    for reason, inputs, example in found.reasons.itertuples(index=False):
        yield f"  {inputs:>{width},} {reason}, {'such as ' if inputs > 1 else ''}{example}"


def _whereabouts(out: Path) -> Iterator[str]:
    names = ("sentences.parquet", "quotes.parquet", "speakers.csv", "skipped.parquet")
    yield f"Tables in {out}: {', '.join(name for name in names if (out / name).exists())}"
    yield f"Read on:  tone report {click.format_filename(out)}"

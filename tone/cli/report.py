"""``tone report``."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from tone.cli import views
from tone.cli.errors import Failure
from tone.cli.output import Day, count
from tone.codebook import CLAIMS

if TYPE_CHECKING:
    from tone.collection import Collection

DAY: Final = Day()

_ONLY_WITH: Final[dict[str, frozenset[str]]] = {  # options that only some reports take
    "by": frozenset({"speakers"}),
    "sort": frozenset({"speakers"}),
    "min_sentences": frozenset({"speakers", "compare", "export"}),
    "every": frozenset({"timeline"}),
    "limit": frozenset({"speakers", "timeline", "claims", "compare"}),
    "format": frozenset({"speakers", "timeline", "claims", "compare"}),
    **dict.fromkeys(  # the page is of the whole collection; it has filters of its own
        ("since", "until", "source", "topic", "copies"),
        frozenset({"speakers", "timeline", "claims", "compare", "export"}),
    ),
}


@click.command(short_help="How each speaker sounds, and what they claim.")
@click.argument("out", type=click.Path(path_type=Path))
@click.option(
    "--by", type=click.Choice(["source", "month", "week", "topic"]), help="A row for each in which a speaker is."
)
@click.option("--timeline", metavar="SPEAKER", help="One speaker over time instead; all: everybody.")
@click.option("--every", type=click.Choice(["day", "week", "month"]), default="week", help="How long its rows are.")
@click.option("--claims", type=click.Choice(CLAIMS), help="The claims of a kind instead, sentence by sentence.")
@click.option(
    "--compare",
    type=(click.Choice(["source", "topic", "date"]), str, str),
    metavar="BY FIRST SECOND",
    help="Two sources, topics or times instead, as: date 2026-01 2026-02..2026-03",
)
@click.option("--min-sentences", type=click.IntRange(min=1), default=1, show_default=True, help="Hide below this.")
@click.option("--sort", default="sentences", show_default=True, help="Any column; --format csv shows their names.")
@click.option("--since", type=DAY, metavar="YYYY-MM-DD", help="First day; hides what has no date.")
@click.option("--until", type=DAY, metavar="YYYY-MM-DD", help="Last day; hides what has no date.")
@click.option("--source", help="Articles of this source only.")
@click.option("--topic", help="Articles on this topic only.")
@click.option("--copies", type=click.Choice(["once", "all"]), default="once", help="all: copied articles count, too.")
@click.option("--limit", type=click.IntRange(min=1), help="Rows to show.  [default: 30 in a table, else all]")
@click.option("--format", type=click.Choice(["table", "csv", "json"]), default="table", show_default=True)
@click.option(
    "--export",
    "--xlsx",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write all reports to a file instead, by its ending: .xlsx, .csv, .parquet, .json.",
)
@click.option(
    "--html",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write all of OUT to one page instead, which opens in any browser, offline.",
)
@click.pass_context
def report(ctx: click.Context, /, out: Path, **options: Any) -> None:
    """Print how each speaker in OUT (a folder that tone score wrote) sounds and what they claim."""
    import tone
    from tone.reports import require_known

    chosen = [name for name in ("timeline", "claims", "compare", "export", "html") if options[name] is not None]
    _fitting(ctx, chosen)
    filters = {name: options[name] for name in ("since", "until", "source", "topic", "copies")}
    collection = tone.load(out)
    try:
        for column in ("source", "topic"):
            if filters[column] is not None:
                require_known(collection.sentences, column, filters[column])
        if options["export"] is not None:
            few = options["min_sentences"]
            click.echo(_written(collection.export(options["export"], min_sentences=few, **filters)))
            return
        if options["html"] is not None:
            click.echo(_written([collection.html(options["html"])]))
            return
        view = _view(collection, chosen[0] if chosen else "speakers", options, filters)
    except ValueError as error:
        raise Failure(str(error)) from error
    if options["format"] == "table":
        view.printed(options["limit"])
    else:
        view.written(options["format"], options["limit"])


def _fitting(ctx: click.Context, chosen: Sequence[str]) -> None:
    """Fail where two reports are asked for, or an option that the one does not take."""
    if len(chosen) > 1:
        raise Failure(f"--{chosen[0]} does not go with --{chosen[1]}: ask for one report at a time")
    asked = chosen[0] if chosen else "speakers"
    for name, takers in _ONLY_WITH.items():
        if asked not in takers and ctx.get_parameter_source(name) is click.core.ParameterSource.COMMANDLINE:
            option = f"--{name.replace('_', '-')}"
            raise Failure(f"{option} does not go with --{asked}" if chosen else f"{option} needs --timeline")


def _view(collection: "Collection", asked: str, options: dict[str, Any], filters: views.Filters) -> views.View:
    sentences = collection.sentences
    match asked:
        case "timeline":
            return views.timeline(sentences, filters, speaker=options["timeline"], every=options["every"])
        case "claims":
            return views.claims(sentences, filters, kind=options["claims"])
        case "compare":
            few = options["min_sentences"]
            return views.comparison(sentences, filters, sides=options["compare"], min_sentences=few)
        case _:
            chosen = {name: options[name] for name in ("by", "min_sentences", "sort")}
            return views.speakers(sentences, filters, **chosen)


def _written(files: Sequence[Path]) -> str:
    if len(files) == 1:
        return f"Wrote {files[0]}"
    return f"Wrote {count(len(files), 'table')} to {files[0].parent}: {', '.join(file.name for file in files)}"

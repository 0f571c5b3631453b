"""What ``tone report`` can show: a report's rows with how a terminal draws them and what is to be said below."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from tone.cli.errors import Failure
from tone.cli.output import as_csv, as_json, count, did_you_mean

if TYPE_CHECKING:
    import pandas as pd
    from rich.console import RenderableType

Filters = dict[str, Any]

EVERYBODY: Final = "all"
"""What the command line calls all speakers together."""

_TONES: Final = "sentences that are + constructive, ~ cautious, = neutral."
_NET: Final = "Net is + minus ~, from −100 to 100, with its 95 % interval."
_NOBODY: Final = "No sentence with a speaker is left to report."


@dataclass(frozen=True, slots=True)
class View:
    """A report. ``thing`` is what a row is, ``draw`` takes rows and the width of the terminal, ``few`` says what the
    mark of rows with too few sentences means, ``nothing`` what is said where there is no row.
    """

    rows: "pd.DataFrame"
    thing: str
    draw: "Callable[[pd.DataFrame, int], Iterable[RenderableType]]"
    notes: Sequence[str] = ()
    few: str = ""
    nothing: str = _NOBODY
    limit: int | None = 30

    def printed(self, limit: int | None) -> None:
        """Print it as a table, or list, for a terminal."""
        import click
        from rich.console import Console

        if self.rows.empty:
            click.echo(self.nothing)
            return
        shown = self.rows.head(limit or self.limit or len(self.rows))
        console = Console(highlight=False)
        for part in self.draw(shown, console.width):
            console.print(part)
        few = [self.few] if self.few and not shown["enough"].all() else []
        for line in [*self.notes, *few, *self.left_out(len(shown))]:
            console.print(line, style="dim", markup=False)

    def written(self, form: str, limit: int | None) -> None:
        """Print it as csv or json, with what ``limit`` leaves out on stderr."""
        import click

        shown = self.rows if limit is None else self.rows.head(limit)
        click.echo(as_csv(shown) if form == "csv" else as_json(shown), nl=False)
        for line in self.left_out(len(shown)):
            click.echo(line, err=True)

    def left_out(self, shown: int) -> list[str]:
        """A line that says how many of the rows are shown, where these are not all."""
        total = len(self.rows)
        return [f"{shown} of {count(total, self.thing)} shown; --limit {total} shows all."] if shown < total else []


def speakers(sentences: "pd.DataFrame", filters: Filters, *, by: Any, min_sentences: int, sort: str) -> View:
    """A row a speaker, or a speaker and group."""
    from tone.cli import tables
    from tone.reports import speakers

    rows = speakers(sentences, by=by, min_sentences=min_sentences, sort=sort, **filters)
    few = "* fewer than 5 sentences: too few to tell how this speaker sounds."
    copies = ["Copies of other articles are left out; --copies all counts them."] if rows["copies"].any() else []
    return View(
        rows,
        "speaker" if by is None else "row",
        lambda shown, width: [tables.speakers(shown, width, by)],
        [f"% of the speaker's {_TONES}", _NET, *copies],
        few,
    )


def timeline(sentences: "pd.DataFrame", filters: Filters, *, speaker: str, every: Any) -> View:
    """A row a period."""
    from tone.cli import tables
    from tone.reports import timeline

    one = None if speaker == EVERYBODY else speaker
    if one is not None:
        known = sentences["speaker"].dropna().unique().tolist()
        if one not in known:
            raise Failure(did_you_mean("speaker", one, known) if known else _NOBODY)
    rows = timeline(sentences, one, every, **filters)
    return View(
        rows,
        every,
        lambda shown, width: [tables.timeline(shown, width, every)],
        [f"% of the {_TONES}", _NET, *_undated(sentences, one, filters)],
        nothing="No sentence with a speaker and a date is left to report.",
        limit=None,
    )


def _undated(sentences: "pd.DataFrame", speaker: str | None, filters: Filters) -> list[str]:
    from tone.reports.selecting import select

    number = int(select(sentences, speaker=speaker, **filters)["date"].isna().sum())
    return [f"{count(number, 'more sentence')} without a date."] if number else []


def claims(sentences: "pd.DataFrame", filters: Filters, *, kind: Any) -> View:
    """A claim a row."""
    from tone.cli import tables
    from tone.reports import claims

    rows = claims(sentences, kind, **filters)
    name = {"progress": "claim of progress", "schedule": "schedule claim", "denial": "denial"}[kind]
    return View(
        rows,
        "claim",
        lambda shown, width: (tables.claim(row) for row in shown.itertuples()),
        nothing=f"No {name} is left to report.",
    )


def comparison(sentences: "pd.DataFrame", filters: Filters, *, sides: tuple[Any, str, str], min_sentences: int) -> View:
    """A row a speaker on both sides."""
    from tone.cli import tables
    from tone.reports import compare

    by, first, second = sides
    rows = compare(sentences, by=by, first=first, second=second, min_sentences=min_sentences, **filters)
    return View(
        rows,
        "row",
        lambda shown, width: [tables.comparison(shown, width)],
        [
            f"1: {first}   2: {second}",
            "Net is + minus ~, from −100 to 100; the difference is 2 minus 1, with its",
            "95 % interval. Below 0, 2 is the more cautious.",
        ],
        "* fewer than 5 sentences on a side: too few to tell.",
        nothing="No sentence with a speaker is left on one of the sides.",
    )

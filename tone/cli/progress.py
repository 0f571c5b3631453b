"""How far a long run is: a bar on a terminal, a line now and then elsewhere. Both on stderr."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from tone.cli.output import count

if TYPE_CHECKING:
    from rich.console import Console

    from tone.runs import Progress

Follow = Callable[["Progress"], None]


@contextmanager
def following(*, quiet: bool) -> Iterator[Follow | None]:
    """Something to report progress to, for as long as the context lasts; None when ``quiet``."""
    if quiet:
        yield None
        return
    from rich.console import Console

    console = Console(stderr=True)
    if console.is_terminal:
        with _bar(console) as follow:
            yield follow
    else:
        yield Lines()


@contextmanager
def _bar(console: "Console") -> Iterator[Follow]:
    from rich.progress import BarColumn, ProgressColumn, Task, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar
    from rich.text import Text

    class Done(ProgressColumn):
        def render(self, task: Task) -> Text:
            of = "" if task.total is None else f" of {task.total:,.0f}"
            return Text(f"{task.completed:,.0f}{of} articles")

    class Rate(ProgressColumn):
        def render(self, task: Task) -> Text:
            return Text("" if task.speed is None else f"{task.speed:,.1f}/s", style="dim")

    columns = (
        TextColumn("Scoring"),
        BarColumn(),
        Done(),
        Rate(),
        TimeRemainingColumn(compact=True),
        TextColumn("left"),
    )
    with Bar(*columns, console=console, transient=True) as bar:
        task = bar.add_task("", total=None)
        told = False

        def follow(now: "Progress") -> None:
            nonlocal told
            if now.shards_there and now.articles > now.articles_there and not told:
                told = True
                bar.console.print(there(now).strip(" ()").capitalize(), highlight=False)
            bar.update(task, completed=now.articles, total=now.total)

        yield follow


class Lines:
    """Writes a line on stderr when ``every`` seconds have passed since the last one."""

    def __init__(self, every: float = 10.0, clock: Callable[[], float] = time.monotonic) -> None:
        self.every, self.clock = every, clock
        self.began = self.last = clock()

    def __call__(self, progress: "Progress") -> None:
        """Take note of the progress."""
        now = self.clock()
        if now - self.last < self.every:
            return
        self.last = now
        rate = (progress.articles - progress.articles_there) / (now - self.began)
        of = "" if progress.total is None else f" of {progress.total:,}"
        line = f"{progress.articles:,}{of} articles{there(progress)}, {count(progress.sentences, 'sentence')}"
        line += f", {rate:,.1f} articles/s"
        if progress.total is not None and rate > 0:
            line += f", {duration((progress.total - progress.articles) / rate)} left"
        click.echo(line, err=True)


def there(progress: "Progress") -> str:
    """What was there from an earlier try, as an aside: `` (12 shards were there)``; nothing where nothing was."""
    shards = progress.shards_there
    return f" ({count(shards, 'shard')} {'was' if shards == 1 else 'were'} there)" if shards else ""


def duration(seconds: float) -> str:
    """Seconds in words: ``40 s``, ``12 min``, ``3.5 h``."""
    if seconds < 90:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 5400 else f"{seconds / 3600:.1f} h"

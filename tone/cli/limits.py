"""The options that say how large an input may be."""

from collections.abc import Callable
from typing import Any, Final

import click

from tone.reading.limits import DEFAULT

_MB: Final = 1_000_000


class Megabytes(click.ParamType[int]):
    """A size in MB on the command line, a million characters or bytes; the number of those."""

    name = "MB"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """The size; a usage error for anything else."""
        try:
            size = round(float(value) * _MB)
        except (ValueError, OverflowError):  # OverflowError: infinity
            size = 0
        if size < 1:
            self.fail(f"{value!r} is not a size in MB, such as 2 or 0.5.", param, ctx)
        return size


_OPTIONS: Final = {
    "article_chars": ("--max-article-mb", "Longest article, of its text."),
    "line_chars": ("--max-line-mb", "Longest row of .jsonl and .csv, with all of its fields."),
    "page_bytes": ("--max-page-mb", "Longest web page."),
    "page_elements": ("--max-page-elements", "Most elements of a web page."),
    "unpacked_bytes": ("--max-unpacked-mb", "Most that a .gz may unpack to; it is read up to there."),
}


def limits(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command an option for each field of `tone.reading.Limits`, under whose name it gets the value."""
    for field, (name, text) in reversed(_OPTIONS.items()):
        default: int = getattr(DEFAULT, field)
        kind: click.ParamType[int] = Megabytes() if name.endswith("-mb") else click.IntRange(min=1)
        shown = f"{default / _MB:.6g}" if name.endswith("-mb") else str(default)
        command = click.option(name, field, type=kind, default=shown, show_default=True, help=text)(command)
    return command

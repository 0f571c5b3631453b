"""Errors as a user sees them: one line on stderr and an exit status."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any

import click


class Failure(click.ClickException):
    """Ends a command with one line on stderr."""

    exit_code = 2

    def __init__(self, message: str) -> None:
        super().__init__(" ".join(message.split()))

    def show(self, file: IO[Any] | None = None) -> None:
        """Print the line."""
        click.echo(f"Error: {self.message}", file=file, err=True)


class Interrupted(Failure):
    """Ctrl-C, with the exit status that shells give it."""

    exit_code = 130


class OneLineErrors(click.Group):
    """A group whose commands end with one line for each known error.

    Known are mistakes in the command, what the system refuses (a full disk, a file without permission), and every
    exception class that the package itself defines: those are raised to be read. Anything else is a bug, and keeps
    its traceback.
    """

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse the options of the group itself."""
        with _one_line():
            return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        """Parse and run a command."""
        with _one_line():
            return super().invoke(ctx)


@contextmanager
def _one_line() -> Iterator[None]:
    try:
        yield
    except click.exceptions.NoArgsIsHelpError:
        raise
    except click.UsageError as error:
        where = error.ctx.command_path if error.ctx else "tone"
        raise Failure(f"{error.format_message()} See '{where} --help'.") from error
    except KeyboardInterrupt as error:
        raise Interrupted("stopped with Ctrl-C") from error
    except BrokenPipeError:
        raise  # the reader has left (| head): click ends quietly
    except OSError as error:
        raise Failure(f"{error.strerror}: {error.filename}" if error.filename else str(error)) from error
    except Exception as error:
        if type(error).__module__.partition(".")[0] != "tone" or isinstance(error, click.ClickException):
            raise
        raise Failure(str(error)) from error

"""The command ``tone``. Commands parse, call the library and print; everything heavy is imported when one runs."""

import io
import sys

import click

from tone.cli.errors import OneLineErrors
from tone.cli.evaluate import evaluate
from tone.cli.explain import explain
from tone.cli.report import report
from tone.cli.score import score
from tone.cli.show import show
from tone.cli.train import train


@click.group(cls=OneLineErrors, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="tone", message="%(package)s %(version)s")
def tone() -> None:
    """Who said what, in what tone, claiming what: reads news articles, offline.

    \b
    tone score articles/ -o out       read and score articles
    tone report out                   how each speaker sounds
    tone show out ARTICLE             one article with its quotes
    """


for command in (score, report, show, explain, train, evaluate):
    tone.add_command(command)


def main() -> None:
    """Run the command line, and exit: 0 done, 1 nothing scored, 2 an error that one line on stderr explains."""
    # A character that the terminal's encoding lacks, or a broken one in what is piped in, must not end the command.
    for stream, errors in ((sys.stdin, "replace"), (sys.stdout, "backslashreplace"), (sys.stderr, "backslashreplace")):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors=errors)
    tone(prog_name="tone")

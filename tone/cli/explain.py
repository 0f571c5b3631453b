"""``tone explain``."""

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tone.cli.output import dump

if TYPE_CHECKING:
    from rich.text import Text

    from tone.explaining import Explanation


@click.command(short_help="Why a sentence gets its tone and claims.")
@click.argument("sentences", metavar="[SENTENCE]...", nargs=-1)
@click.option("--models", type=click.Path(path_type=Path), help="Folder of models.  [default: those of the package]")
@click.option("--json", "as_json", is_flag=True, help="Print a JSON array with everything.")
def explain(sentences: tuple[str, ...], models: Path | None, as_json: bool) -> None:
    """Say why a SENTENCE gets its tone and claims.

    Without a SENTENCE, each line of standard input is one.
    """
    lines: Iterable[str] = sentences or (() if sys.stdin.isatty() else sys.stdin)
    given = [sentence for line in lines if (sentence := line.strip())]
    if not given:
        raise click.UsageError(
            "There is no sentence: give one, or lines on standard input.", click.get_current_context()
        )

    from tone.explaining import explain as explain_sentences

    explanations = explain_sentences(given, models=models)
    if as_json:
        from dataclasses import asdict

        click.echo(dump([asdict(explanation) for explanation in explanations]), nl=False)
        return
    from rich.console import Console

    console = Console(highlight=False, soft_wrap=True)
    for explanation in explanations:
        for line in _explained(explanation):
            console.print(line)
        console.print()
    console.print("After a tone: words, and how much of its probability is lost without each.", style="dim")
    console.print("After a claim: terms, and how much each weighs for (+) or against it (-).", style="dim")


def _explained(explanation: "Explanation") -> "Iterable[Text]":
    from rich.text import Text

    from tone.show import COLOUR, SYMBOL, printable

    tone = explanation.tone
    yield Text(printable(explanation.sentence), style="bold")
    probabilities = "  ".join(
        f"{SYMBOL[name]} {probability:.2f}" for name, probability in explanation.tone_probabilities.items()
    )
    yield Text.assemble("  tone      ", (f"{SYMBOL[tone]} {tone:<12}", COLOUR[tone]), f"  {probabilities}")
    words = "  ".join(f"{printable(word)} {support:+.2f}" for word, support in explanation.tone_words)
    yield Text(f"            {words}", style="dim")
    for claim, probability in explanation.claim_probabilities.items():
        held = claim in explanation.claims
        terms = "  ".join(f"{printable(term)} {weight:+.2f}" for term, weight in explanation.claim_terms.get(claim, []))
        yield Text.assemble(
            f"  {claim:<8}  ",
            ("yes" if held else "no ", "bold" if held else ""),
            f" {probability:.2f}  ",
            (terms, "dim"),
        )

"""``tone train``."""

from pathlib import Path

import click

PARTS = ("quotes", "tone", "claims")


@click.command(short_help="Train models from labelled corpora.")
@click.argument("part", type=click.Choice([*PARTS, "all", "shared", "speakers"]), default="all")
@click.option(
    "--data",
    "corpora",
    required=True,
    multiple=True,
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="Folder of a labelled corpus; repeat it for several.",
)
@click.option("--models", type=click.Path(path_type=Path), default="models", show_default=True, help="Folder to write.")
@click.option("--encoder", help="Folder or name of the encoder.  [default: the one of the package]")
@click.option("--seed", type=int, default=0, show_default=True)
@click.option(
    "--average",
    type=click.IntRange(1),
    default=1,
    show_default=True,
    help="Train the tone model, or the shared encoder, with so many seeds and average their weights: a little better, "
    "as many times as long.",
)
@click.option(
    "--teachers",
    type=click.IntRange(0),
    default=1,
    show_default=True,
    help="For the shared encoder: so many times five models of each task teach it, beside the labels.",
)
def train(
    part: str, corpora: tuple[Path, ...], models: Path, encoder: str | None, seed: int, average: int, teachers: int
) -> None:
    """Train models from labelled corpora: one part, or all.

    With "shared" tone and quotes have one encoder, which scores twice as fast and as well, and the claims are trained
    with it: minutes on a graphics processor, hours without.

    The speakers are apart from all: they need the quotes model in the folder of --models, and their weights are written
    into the package itself.
    """
    from tone.training import train as train_parts

    parts = {"all": PARTS, "shared": ("shared", "claims")}.get(part, (part,))
    train_parts(
        parts,
        corpora=list(corpora),
        models_folder=models,
        encoder=encoder,
        seed=seed,
        average=average,
        teachers=teachers,
        log=lambda line: click.echo(line, err=True),
    )
    use = "" if part == "speakers" else f" Use with: tone score --models {click.format_filename(models)}"
    click.echo(f"Trained {', '.join(parts)}.{use}")

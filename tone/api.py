"""What `import tone` offers: score a collection, read one back."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from tone.collection import Collection
from tone.records import Article, Skipped

# What takes long to import is imported where it is used: `import tone` must cost next to nothing.
if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

    from tone.reading import Limits
    from tone.runs import Execute, Numbered, Progress
    from tone.store import Summary

    Inputs = str | Path | Sequence[Path] | Sequence[str] | pd.DataFrame


class NothingScoredError(Exception):
    """No input could be scored; ``collection.skipped`` says why, input by input."""

    def __init__(self, collection: Collection) -> None:
        super().__init__("nothing could be scored")
        self.collection = collection


def score(
    inputs: "Inputs",
    out: str | Path | None = None,
    *,
    models: str | Path | None = None,
    limits: "Limits | None" = None,
    progress: "Callable[[Progress], None] | None" = None,
    overwrite: bool = False,
    workers: int | None = None,
    scheduler: str | None = None,
) -> Collection:
    """Score articles: whose words each sentence reports, in what tone, with which claims.

    ``inputs`` is a file or folder, a list of ``Path``, a list of texts (``str``), or a DataFrame with a ``text`` column
    and, where known, ``id``, ``title``, ``date``, ``source``, ``url``. The results are read back whole; for a
    collection that memory cannot hold, `score_to` leaves them in the folder. The other arguments are those of
    `score_to`; without ``out`` the same is done in a folder for the time being.

    Raises NothingScoredError, and what `score_to` raises.
    """
    options: dict[str, Any] = {"models": models, "limits": limits, "progress": progress, "overwrite": overwrite}
    options |= {"workers": workers, "scheduler": scheduler}
    if out is None:
        with TemporaryDirectory(prefix=".tone-") as passing:  # hidden, in case that an input holds it
            return score(inputs, passing, **options)
    found = score_to(inputs, out, **options)
    collection = load(out)
    if not found.articles:
        raise NothingScoredError(collection)
    return collection


def score_to(
    inputs: "Inputs",
    out: str | Path,
    *,
    models: str | Path | None = None,
    limits: "Limits | None" = None,
    progress: "Callable[[Progress], None] | None" = None,
    overwrite: bool = False,
    workers: int | None = None,
    scheduler: str | None = None,
) -> "Summary":
    """Score articles into the folder ``out``, in memory that does not grow with their number, and sum up.

    Stopped at any moment, the same call goes on where it stopped; on a finished folder it changes nothing.

    Args:
        inputs: as for `score`.
        out: the folder; it is made where it is not there, and other files in it are left alone.
        models: the folder of models; by default those of the package.
        limits: how large an input may be, as `tone.reading.Limits` has it.
        progress: told how far it is, see `tone.runs.Progress`.
        overwrite: start afresh where ``out`` has results, or parts of them, already.
        workers: so many processes of a local Dask cluster do the scoring.
        scheduler: the address of a Dask scheduler, whose workers do it.

    Raises:
        ModelError, EncoderError: of the models.
        StoreError: ``out`` cannot be written, is in use, lies within an input, or is of another run.
        ClusterError: the workers cannot do it, or the extra ``dask`` is not installed.
        TypeError: other inputs.
    """
    from tone import encoding, reading, runs, scoring
    from tone.models import default_folder

    out = Path(out)
    folder = Path(models) if models is not None else default_folder()
    limits = limits or reading.Limits()
    description = runs.described(scoring.checksums(folder), encoding.precision_here(), limits)
    here = workers is None and scheduler is None
    execute = _in_this_process(folder) if here else _on_cluster(folder, workers, scheduler)
    items, total = _articles(inputs, out, limits, counted=progress is not None)
    return runs.run(
        items,
        out,
        execute,
        description,
        settings={"models": str(folder)},
        overwrite=overwrite,
        total=total,
        progress=progress,
    )


def load(out: str | Path) -> Collection:
    """The results that an earlier `score` wrote to a folder. Raises StoreError."""
    from tone import store

    return store.read(Path(out))


def _in_this_process(models: Path) -> "Execute":
    def execute(shards: "Iterable[Numbered]") -> "Iterator[tuple[int, dict[str, pa.Table]]]":
        from tone import scoring

        waiting = iter(shards)
        first = next(waiting, None)
        if first is not None:  # else all of the run is there already, and needs no models
            yield from scoring.score_shards(chain([first], waiting), scoring.load_models(models))

    return execute


def _on_cluster(models: Path, workers: int | None, scheduler: str | None) -> "Execute":
    from tone import cluster

    where = cluster.Cluster(scheduler=scheduler, workers=workers)
    return lambda shards: cluster.scored(shards, models, where)


def _articles(
    inputs: Any, out: Path, limits: "Limits", *, counted: bool
) -> tuple[Iterable[Article | Skipped], int | None]:
    """A stream of articles, and how many there are where that is known; files are gone through only if ``counted``."""
    from tone import reading, store

    if isinstance(inputs, str | Path):
        inputs = [Path(inputs)]
    if hasattr(inputs, "columns"):
        return reading.from_frame(inputs, limits=limits), len(inputs)
    items = list(inputs)
    if all(isinstance(item, Path) for item in items):
        for item in items:
            if _reads(item, out):
                raise store.StoreError(f"{out} lies within the input {item}: its tables would be read as articles")
        return reading.read(items, limits=limits), reading.count(items, limits=limits) if counted else None
    if all(isinstance(item, str) for item in items):
        return reading.from_texts(items, limits=limits), len(items)
    raise TypeError("score takes a path, a list of Path, a list of texts (str), or a DataFrame with a text column")


def _reads(item: Path, out: Path) -> bool:
    """Whether reading an input leads into the folder ``out``."""
    inside, top = out.resolve(), item.resolve()
    return (
        item.is_dir()
        and inside.is_relative_to(top)
        and not any(part.startswith(".") for part in inside.relative_to(top).parts)
    )

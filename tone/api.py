"""What `import tone` offers: score a collection, read one back."""

import time
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tone.collection import Collection
from tone.records import Article, Skipped

# What takes long to import is imported where it is used: `import tone` must cost next to nothing.
if TYPE_CHECKING:
    import pandas as pd

    from tone.reading import Limits
    from tone.scoring import Progress


class NothingScoredError(Exception):
    """No input could be scored; ``collection.skipped`` says why, input by input."""

    def __init__(self, collection: Collection) -> None:
        super().__init__("nothing could be scored")
        self.collection = collection


def score(
    inputs: "str | Path | Sequence[Path] | Sequence[str] | pd.DataFrame",
    out: str | Path | None = None,
    *,
    models: str | Path | None = None,
    limits: "Limits | None" = None,
    progress: "Callable[[Progress], None] | None" = None,
) -> Collection:
    """Score articles: whose words each sentence reports, in what tone, with which claims.

    ``inputs`` is a file or folder, a list of ``Path``, a list of texts (``str``), or a DataFrame with a ``text`` column
    and, where known, ``id``, ``title``, ``date``, ``source``, ``url``. With ``out`` the results are written there too.
    ``limits`` says how large an input may be, as `tone.reading.Limits` has it.
    Raises NothingScoredError, ModelError, EncoderError or StoreError.
    """
    from importlib.metadata import version

    from tone import scoring, tables
    from tone.models import default_folder

    folder = Path(models) if models is not None else default_folder()
    begun = time.monotonic()
    loaded = scoring.load_models(folder)
    ready = time.monotonic()
    articles, total = _articles(inputs, limits, counted=progress is not None)
    scored, skipped = scoring.score_articles(articles, loaded, total=total, progress=progress)
    made = tables.tables(scored, skipped)
    frames = {name: table.to_pandas() for name, table in made.items()}
    counts = {name: len(table) for name, table in frames.items()}
    manifest = {
        "tone": version("tone"),
        "made": datetime.now(UTC).isoformat(timespec="seconds"),
        "versions": {name: version(name) for name in ("torch", "transformers", "scikit-learn", "pandas")},
        "models": loaded.files,
        "settings": {"models": str(folder), "precision": str(loaded.tone.encoder.dtype).removeprefix("torch.")},
        "counts": counts,
        "seconds": {"loading": round(ready - begun, 2), "scoring": round(time.monotonic() - ready, 2)},
    }
    collection = Collection(**frames, manifest=manifest)
    if out is not None:
        from tone import store

        store.write(Path(out), made, manifest, collection.speakers())
    if not scored:
        raise NothingScoredError(collection)
    return collection


def load(out: str | Path) -> Collection:
    """The results that an earlier `score` wrote to a folder. Raises StoreError."""
    from tone import store

    return store.read(Path(out))


def _articles(inputs: Any, limits: "Limits | None", *, counted: bool) -> tuple[Iterable[Article | Skipped], int | None]:
    """A stream of articles, and how many there are where that is known; files are gone through only if ``counted``."""
    from tone import reading

    limits = limits or reading.Limits()
    if isinstance(inputs, str | Path):
        inputs = [Path(inputs)]
    if hasattr(inputs, "columns"):
        return reading.from_frame(inputs, limits=limits), len(inputs)
    items = list(inputs)
    if all(isinstance(item, Path) for item in items):
        return reading.read(items, limits=limits), reading.count(items, limits=limits) if counted else None
    if all(isinstance(item, str) for item in items):
        return reading.from_texts(items, limits=limits), len(items)
    raise TypeError("score takes a path, a list of Path, a list of texts (str), or a DataFrame with a text column")

"""Runs without models: articles of lines like ``Ines Okafor: We agreed.``, scored by nothing but their words.

``python -m tests.plain OUT KILL_AT`` does such a run and kills itself before the system call of that number, of those
that change what is on the disk.
"""

import datetime
import os
import signal
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa

from tone import runs
from tone.reading import Limits
from tone.records import Article, Attribution, Scored, SentenceLabel, Skipped, Span, Speaker
from tone.store import Summary, shards
from tone.tables import tables

CALLS = ("fsync", "replace", "unlink", "rmdir", "mkdir")
MODELS = {"tone": {"adapter.safetensors": "1" * 64}, "claims": {"claims.skops": "2" * 64}}
NAMES = ("Ines Okafor", "Okafor", "Lars Brekke", "the ministry", "Ministry", "Rima al-Sawaya", "Rima Sawaya")
WORDS = (
    "harbour",
    "pilots",
    "ferry",
    "council",
    "fees",
    "winter",
    "talks",
    "quarrel",
    "vote",
    "rain",
    "crane",
    "sea",
    "ice",
)


def articles(number: int, lines: int = 6) -> list[Article | Skipped]:
    """Articles with names from `NAMES`; one in seven is a copy, one in eleven was skipped."""
    made: list[Article | Skipped] = []
    for n in range(number):
        if n % 11 == 10:
            made.append(Skipped(f"in/{n}.txt", None, "empty text"))
            continue
        seed = n - 3 if n % 7 == 6 else n
        texts = [
            f"{NAMES[(seed + i) % len(NAMES)]}: " + " ".join(WORDS[(seed * k + i) % len(WORDS)] for k in range(1, 12))
            for i in range(lines)
        ]
        date = datetime.date(2025, 1, 1) + datetime.timedelta(days=n % 30)
        made.append(Article(f"in/{n}", "\n".join(texts), title=f"Title {n}", date=date, source=f"Paper {n % 3}"))
    return made


def scored(article: Article) -> Scored | Skipped:
    """The article with a sentence a line, each of which is said by the name before its colon."""
    spans: list[Span] = []
    for line in article.text.splitlines():
        start = spans[-1].end + 1 if spans else 0
        spans.append(Span(start, start + len(line)))
    speakers = [_speaker(span.of(article.text).partition(":")[0]) for span in spans]
    labels = [
        SentenceLabel(who, "cautious" if span.end % 2 else "neutral", (0.1, 0.5, 0.4), frozenset(), (0.1, 0.2, 0.3))
        for span, who in zip(spans, speakers, strict=True)
    ]
    return Scored(article, spans, labels, [Attribution((span,)) for span in spans], speakers)


def _speaker(name: str) -> Speaker:
    kind = "body" if "ministry" in name.lower() else "person"
    return Speaker(name, "full name" if " " in name else "name as given", 0.9, kind)  # type: ignore[arg-type]


def execute(shards: Iterable[runs.Numbered]) -> Iterator[tuple[int, dict[str, pa.Table]]]:
    """Score shards as `tone.scoring.score_shard` would."""
    for number, items in shards:
        results = [scored(item) if isinstance(item, Article) else item for item in items]
        whole = [result for result in results if isinstance(result, Scored)]
        yield number, tables(whole, [result for result in results if isinstance(result, Skipped)])


def run(out: Path, items: Sequence[Article | Skipped], **options: Any) -> Summary:
    """A run; the options are those of `tone.runs.run` and `tone.runs.described`."""
    described = {
        "models": options.pop("models", MODELS),
        "precision": options.pop("precision", "float32"),
        "limits": options.pop("limits", Limits()),
    }
    scoring = options.pop("execute", execute)
    return runs.run(items, out, scoring, runs.described(**described), settings={"models": "mine"}, **options)


def contents(out: Path) -> dict[str, bytes]:
    """The bytes of every file that is not hidden, but of the manifest, which says when."""
    return {
        path.name: path.read_bytes() for path in out.iterdir() if path.name[0] != "." and path.name != "manifest.json"
    }


def watch(before: Callable[[], None], put: Callable[[Any, str, Any], None] = setattr) -> None:
    """Have ``before`` called before every system call of `CALLS`; ``put`` sets an attribute."""

    def watched(call: Callable[..., Any]) -> Callable[..., Any]:
        def wrapper(*args: Any, **kwargs: Any) -> Any:
            before()
            return call(*args, **kwargs)

        return wrapper

    for name in CALLS:
        put(os, name, watched(getattr(os, name)))


def main(out: str, kill_at: str) -> None:
    """The run that kills itself."""
    count = 0

    def before() -> None:
        nonlocal count
        count += 1
        if count == int(kill_at):
            os.kill(os.getpid(), signal.SIGKILL)

    shards.CHARACTERS = 2_000  # type: ignore[misc]
    watch(before)
    run(Path(out), articles(60))


if __name__ == "__main__":
    main(*sys.argv[1:])

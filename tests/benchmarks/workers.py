"""What a second worker brings, and what a lost one costs: the same shards with one process, two, and two less one.

    python tests/benchmarks/workers.py [--articles 400] [--shards 16] [--models FOLDER] [--at-least 1.8]

The articles are those of the labelled corpus, beyond its number with their paragraphs in another order. Seconds are
those of the wall clock from when the workers are ready (processes begun, models loaded) to the last table: two cores
must be free. The third run kills one of the two workers when it has a third of the shards; its tables must be those of
the first. Beside that it prints what `plan.py` asks for: articles a second of a core, and for a shard of a million
characters the MB that go and come and the client's seconds.

Exit status 1 where two workers are not ``--at-least`` times as fast as one, or tables differ.
"""

import argparse
import os
import pickle
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil
import pyarrow as pa

from tone.cluster import Cluster, scored
from tone.cluster.worker import packed, unpacked
from tone.models import default_folder
from tone.records import Article, Skipped
from tone.store import shards as store
from tone.training.corpus import parse_file

CORPUS = Path(__file__).parents[2] / "seeds" / "corpus"
Shards = list[tuple[int, Sequence[Article | Skipped]]]


def articles(number: int) -> list[Article]:
    """So many different articles."""
    texts = [parse_file(path).text for path in sorted(CORPUS.glob("*.txt"))]
    found = []
    for at in range(number):
        paragraphs, turn = texts[at % len(texts)].split("\n\n"), at // len(texts)
        turn %= len(paragraphs)
        found.append(Article(str(at), "\n\n".join(paragraphs[turn:] + paragraphs[:turn])))
    return found


def alike(some: Sequence[Article], number: int) -> Shards:
    """So many shards of about as many characters each: dealt out by length."""
    order = sorted(some, key=lambda article: len(article.text))
    return [(n, order[n::number]) for n in range(number)]


@dataclass(slots=True)
class Run:
    """What one run gave: seconds until ready, seconds of scoring, the client's own, and the tables."""

    starting: float
    seconds: float
    client: float
    tables: dict[int, dict[str, pa.Table]]


def run(shards: Shards, models: Path, workers: int, *, kill_after: int | None = None) -> Run:
    """Score the shards; once ``kill_after`` of them are there, kill one of the workers."""
    ready = [0.0, 0.0]

    def told() -> Iterator[tuple[int, Sequence[Article | Skipped]]]:
        for count, shard in enumerate(shards):
            if count == 1:  # the first is read before there are workers
                ready[:] = time.perf_counter(), time.process_time()
            yield shard

    begun = time.perf_counter()
    tables: dict[int, dict[str, pa.Table]] = {}
    for number, made in scored(told(), models, Cluster(workers=workers)):
        tables[number] = made
        seconds, client = time.perf_counter() - ready[0], time.process_time() - ready[1]
        if len(tables) == kill_after:
            children = psutil.Process(os.getpid()).children()
            next(child for child in children if "spawn_main" in " ".join(child.cmdline())).kill()
    return Run(ready[0] - begun, seconds, client, tables)


def sizes(shards: Shards, made: Run) -> tuple[float, float, float, float]:
    """MB that a million characters are on the way to a worker and back, the latter also unpacked; and the seconds of
    unpacking and writing them."""
    characters = sum(len(item.text) for _, items in shards for item in items if isinstance(item, Article))
    sent = sum(len(pickle.dumps(items)) for _, items in shards)
    back = [packed(tables) for tables in made.tables.values()]
    plain = sum(table.nbytes for tables in made.tables.values() for table in tables.values())
    begun = time.process_time()
    tables = [unpacked(streams) for streams in back]
    with tempfile.TemporaryDirectory() as folder:
        for number, some in enumerate(tables):
            store.write(Path(folder), number, "", some)
    seconds = time.process_time() - begun
    each: Any = (sent, sum(map(len, (s for streams in back for s in streams.values()))), plain)
    sent, received, unzipped = (count / characters for count in each)
    return sent, received, unzipped, seconds / characters * 1_000_000


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=400)
    parser.add_argument("--shards", type=int, default=16)
    parser.add_argument("--models", type=Path, default=default_folder())
    parser.add_argument("--at-least", type=float)
    options = parser.parse_args()
    shards = alike(articles(options.articles), options.shards)
    one = run(shards, options.models, 1)
    two = run(shards, options.models, 2)
    lost = run(shards, options.models, 2, kill_after=options.shards // 3)
    ratio = one.seconds / two.seconds
    print(f"{options.articles:,} articles in {options.shards} shards")
    print("| workers | ready after | scored in | articles/s | client's share of it |")
    print("| --- | ---: | ---: | ---: | ---: |")
    for name, made in (("1", one), ("2", two), ("2, one killed", lost)):
        print(
            f"| {name} | {made.starting:.1f} s | {made.seconds:.1f} s | {options.articles / made.seconds:.1f} "
            f"| {made.client / made.seconds:.1%} |"
        )
    print(f"Two workers are {ratio:.2f} times as fast as one.")
    sent, received, unzipped, writing = sizes(shards, one)
    characters = sum(len(item.text) for _, items in shards for item in items if isinstance(item, Article))
    handling = two.client / characters * 1_000_000
    print(
        f"A million characters: {sent:.2f} MB to the worker, {received:.2f} MB back ({unzipped:.2f} MB unpacked); "
        f"the client is busy for {handling + writing:.2f} s at most, {writing:.2f} s of them to unpack and write."
    )
    same = all(one.tables == other.tables for other in (two, lost))
    print(f"The tables are {'the same' if same else 'NOT the same'} in all three runs.")
    if not same or (options.at_least is not None and ratio < options.at_least):
        sys.exit(1)


if __name__ == "__main__":
    main()

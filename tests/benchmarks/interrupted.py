"""Kills ``tone score`` at random moments and fills its disk, again and again, and compares the tables in the end.

    python tests/benchmarks/interrupted.py [--kills 100] [--full 10] [--articles 200] [--models FOLDER] [--seed 1]

The collection is made of the sample articles, each several times with its paragraphs in another order; shards are
small, so that there are some. A run is killed (SIGKILL) at a random moment and started again, until it finishes; then
its tables are compared, byte by byte, with those of a run that nothing disturbed, and another begins. Every other kill
waits for the last shard first, since what comes then is short. A full disk is a limit on the size of a file. With the
tiny models of the tests, unless others are given. Exits with 1 where a run fails or a table differs.
"""

import argparse
import json
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from tests import tiny

SAMPLES = Path(__file__).parents[2] / "seeds" / "articles"
PHASES = ("starting", "scoring", "writing a shard", "writing the tables", "removing the shards", "finished")
_CHILD = """
import resource, sys
from tone.store import shards
import tone.cli
shards.CHARACTERS = 20_000
limit = int(sys.argv.pop(1))
if limit:
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
tone.cli.main()
"""


def make(path: Path, number: int, chance: random.Random) -> int:
    """Write the collection, and return how many shards it is."""
    texts = [file.read_text(encoding="utf-8") for file in sorted(SAMPLES.glob("*.txt"))]
    size, shards = 0, 1
    with path.open("w", encoding="utf-8") as file:
        for count in range(number):
            paragraphs = chance.choice(texts).rpartition("---\n")[2].strip().split("\n\n")
            chance.shuffle(paragraphs)
            text = "\n\n".join(paragraphs)
            file.write(json.dumps({"id": str(count), "text": text}) + "\n")
            if size >= 20_000:
                size, shards = 0, shards + 1
            size += len(text)
    return shards


class Runs:
    """Starts runs of one command on one folder, and looks into that."""

    def __init__(self, inputs: Path, out: Path, models: Path, shards: int) -> None:
        self.command = [str(inputs), "-o", str(out), "--models", str(models)]
        self.out, self.shards = out, shards

    def start(self, limit: int = 0) -> "subprocess.Popen[str]":
        """A run, on a disk that holds no larger file than ``limit``, unless that is 0."""
        command = [sys.executable, "-c", _CHILD, str(limit), "score", "-q", *self.command]
        return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)

    def written(self) -> int:
        """How many shards are there."""
        return sum(path.name.isdecimal() for path in self.out.glob("shards/*"))

    def phase(self) -> str:
        """What a killed run was doing, by what it left."""
        if (self.out / "manifest.json").exists():
            return "removing the shards" if (self.out / "run.json").exists() else "finished"
        if not (self.out / "run.json").exists():
            return "starting"
        if list(self.out.glob("shards/.*.part")):
            return "writing a shard"
        return "writing the tables" if self.written() == self.shards else "scoring"

    def contents(self) -> dict[str, bytes]:
        """The files, but for the manifest, which says when."""
        files = (path for path in self.out.iterdir() if path.name not in ("manifest.json", ".lock"))
        return {path.name: path.read_bytes() for path in files}


def finished(run: "subprocess.Popen[str]") -> float:
    """Wait for a run that must succeed; how long that took."""
    begun = time.monotonic()
    _, errors = run.communicate()
    if run.returncode:
        raise SystemExit(f"a run ended with {run.returncode}: {errors}")
    return time.monotonic() - begun


def kill(runs: Runs, chance: random.Random, longest: float, *, late: bool) -> str:
    """Start a run and kill it at a random moment; what it was doing then."""
    run = runs.start()
    while late and run.poll() is None and runs.written() < runs.shards:
        time.sleep(0.002)
    wait = chance.uniform(0, 0.6 if late else longest)
    try:
        run.wait(wait)
    except subprocess.TimeoutExpired:
        run.kill()
    _, errors = run.communicate()
    if run.returncode not in (0, -9):
        raise SystemExit(f"a run ended with {run.returncode}: {errors}")
    return runs.phase() if run.returncode else "finished"


def fill(runs: Runs, chance: random.Random, largest: int) -> None:
    """Start a run on a disk that is full at some moment; it must say so in a line."""
    run = runs.start(limit=chance.randint(2_000, largest))
    _, errors = run.communicate()
    if run.returncode not in (0, 2) or (run.returncode and not errors.startswith("Error: cannot write to ")):
        raise SystemExit(f"a run on a full disk ended with {run.returncode}: {errors}")


def main(arguments: Sequence[str] | None = None) -> None:
    """Print how often what happened, and whether the tables were the same."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--full", type=int, default=10)
    parser.add_argument("--articles", type=int, default=200)
    parser.add_argument("--models", type=Path, help="a folder of models; tiny ones by default")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    chance = random.Random(options.seed)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        models = options.models or tiny.all_in(folder / "tiny")
        shards = make(folder / "news.jsonl", options.articles, chance)
        undisturbed = Runs(folder / "news.jsonl", folder / "undisturbed", models, shards)
        longest = finished(undisturbed.start())
        expected = undisturbed.contents()
        print(f"{options.articles} articles in {shards} shards: {longest:.0f} s undisturbed", flush=True)
        runs = Runs(folder / "news.jsonl", folder / "out", models, shards)
        phases: Counter[str] = Counter()
        compared = differing = 0
        left = [("kill", number % 2 == 1) for number in range(options.kills)] + [("fill", False)] * options.full
        chance.shuffle(left)
        for number, (what, late) in enumerate(left, 1):
            if what == "fill":
                fill(runs, chance, max(map(len, expected.values())))
                phases["disk full"] += 1
            else:
                phases[kill(runs, chance, longest, late=late)] += 1
            if runs.phase() in ("finished", "removing the shards") or number == len(left):
                finished(runs.start())
                compared += 1
                differing += runs.contents() != expected
                shutil.rmtree(runs.out)
    for phase in (*PHASES, "disk full"):
        print(f"{phases[phase]:>5} {phase}")
    print(f"{compared} runs were finished and compared; the tables of {differing} differed.")
    sys.exit(differing > 0)


if __name__ == "__main__":
    main()

"""Peak memory of ``tone score`` for a collection and one ten times as large.

    python tests/benchmarks/scoring_memory.py [--few 2000] [--many 20000] [--paragraphs 6] [--models FOLDER]

Each collection is scored by the command in a process of its own; the peak is the largest resident set of that process
(Linux). Articles are paragraphs of 40 words of the labelled corpus, put together anew from a seed, with quotes by name;
one in ten is a copy. With the tiny models of the tests, unless others are given: what grows with a collection is not in
the models. Exits with 1 where the larger collection takes more than ``--at-most`` (1.15) times the memory of the
smaller.
"""

import argparse
import json
import random
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from tests import tiny

_CHILD = """
import sys
from pathlib import Path
import tone.cli
try:
    tone.cli.main()
finally:
    status = Path("/proc/self/status").read_text().splitlines()
    print(next(line.split()[1] for line in status if line.startswith("VmHWM")), file=sys.stderr)
"""
_GIVEN = str.split("Ines Lars Rima Curtis Berivan Eivind Fadi Annelize Marisol Ola Nora Tomas Leila Pavel Aiko Dara")
_START = str.split("Al Ber Cal Dor Ek Fin Gar Hol Is Jan Kru Lind Mor Nas Or Pel Quin Ros Saw Tan Ul Vor Wen Yil Zan")
_MIDDLE = str.split("a e i o u an el in or ur ar en il os um")
_END = str.split("berg ler man ova son tti wick dez ram nik lund ski ford ton ley")


def collection(number: int, paragraphs: int) -> Iterator[dict[str, str]]:
    """Articles as the lines of a ``.jsonl`` have them; the number of names grows with that of the articles."""
    chance = random.Random(7)
    words = sorted({w for path in tiny.CORPUS.glob("*.txt") for w in re.findall("[a-z]{2,}", path.read_text("utf-8"))})
    earlier: list[str] = []
    for count in range(number):
        if count % 10 == 9:
            text = chance.choice(earlier)
        else:
            text = "\n\n".join(_paragraph(chance, words) for _ in range(paragraphs))
            earlier = [*earlier[-200:], text]
        yield {"id": f"news/{count}", "text": text, "date": f"2025-{count % 12 + 1:02}-{count % 28 + 1:02}"}


def _paragraph(chance: random.Random, words: list[str]) -> str:
    first, second, third = (" ".join(chance.choices(words, k=12)) for _ in range(3))
    name = f"{chance.choice(_GIVEN)} {chance.choice(_START)}{chance.choice(_MIDDLE)}{chance.choice(_END)}"
    said = f"“{first.capitalize()},” said {name}." if chance.random() < 0.7 else f"The union said {first}."
    return f"{said} {second.capitalize()}. {third.capitalize()}."


def measure(number: int, paragraphs: int, models: Path, folder: Path) -> tuple[float, float]:
    """The peak in MiB, and how many articles a second were scored, by the clock."""
    path = folder / f"{number}.jsonl"
    with path.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(article) + "\n" for article in collection(number, paragraphs))
    begun = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", _CHILD, "score", path, "-o", folder / f"out-{number}", "--models", models],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise SystemExit(done.stderr)
    return int(done.stderr.split()[-1]) / 1024, number / (time.monotonic() - begun)


def main() -> None:
    """Print a line for each collection, and the ratio."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--few", type=int, default=2_000)
    parser.add_argument("--many", type=int, default=20_000)
    parser.add_argument("--paragraphs", type=int, default=6)
    parser.add_argument("--models", type=Path, help="a folder of models; tiny ones by default")
    parser.add_argument("--at-most", type=float, default=1.15)
    options = parser.parse_args()
    peaks = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        models = options.models or tiny.all_in(folder / "tiny")
        print("| articles | peak | articles/s |\n| ---: | ---: | ---: |", flush=True)
        for number in (options.few, options.many):
            peak, speed = measure(number, options.paragraphs, models, folder)
            peaks.append(peak)
            print(f"| {number:,} | {peak:.0f} MiB | {speed:.1f} |", flush=True)
    ratio = peaks[1] / peaks[0]
    print(f"\n{ratio:.2f} times the memory for {options.many / options.few:.0f} times the articles.")
    sys.exit(ratio > options.at_most)


if __name__ == "__main__":
    main()

"""Peak memory, seconds and correctness of finding copies among made-up sketches of articles of 400 words.

    python tests/benchmarks/copies_memory.py [NUMBER ...]

Each collection is made and searched in a process of its own. The peaks are its largest resident set (Linux) with all
sketches made, and after the search; the seconds are those of the processor. Of the articles 30 in 100 are copies of one
not long before, or of another copy, with a fifth of it replaced; all hold the furniture of one of 200 outlets and
phrases that others use too (a tenth of their shingles each, phrases by Zipf's law).
"""

import argparse
import subprocess
import sys
import time
from pathlib import Path

import numpy as np

from tone import copies, sketches

SHINGLES, KEPT, COMMON, OUTLETS, BLOCK = 397, 249, 40, 200, 5_000


def made(number: int) -> tuple[list[sketches.Sketch], list[str | None]]:
    """Sketches, and of each the id (a number) of its original."""
    chance = np.random.default_rng(1)
    furniture = chance.integers(2**32, size=(OUTLETS, COMMON), dtype=np.uint32)
    before = chance.integers(2**32, size=(BLOCK, SHINGLES - 2 * COMMON), dtype=np.uint32)
    roots = np.full(BLOCK, -1)
    found: list[sketches.Sketch] = []
    original: list[str | None] = []
    for first in range(0, number, BLOCK):
        own = chance.integers(2**32, size=before.shape, dtype=np.uint32)
        source = chance.integers(BLOCK, size=BLOCK)
        copied = (chance.random(BLOCK) < 0.3) & (first > 0)
        own = np.where(copied[:, None] & (chance.random(own.shape) < 0.8), before[source], own)
        roots = np.where(copied, roots[source], first + np.arange(BLOCK))
        ranks = np.minimum(chance.zipf(1.3, size=(BLOCK, COMMON)), 10**7) * COMMON + np.arange(COMMON)
        mixed = ranks.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)
        phrases = (mixed >> np.uint64(32)).astype(np.uint32)
        standing = furniture[np.arange(BLOCK) % OUTLETS]
        kept = np.sort(np.concatenate([own, phrases, standing], axis=1), axis=1)[:, [*range(KEPT), KEPT - 1]]
        head = np.empty((BLOCK, 2), np.uint64)
        head[:, 0], head[:, 1] = first + np.arange(BLOCK), 400 << 32 | SHINGLES
        block = np.concatenate([head, np.ascontiguousarray(kept).view(np.uint64)], axis=1)
        found += [row.copy() for row in block]
        original += [None if root == first + at else str(root) for at, root in enumerate(roots.tolist())]
        before = own
    return found[:number], original[:number]


def peak() -> float:
    """The largest resident set of this process so far, in MB."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return int(next(line.split()[1] for line in lines if line.startswith("VmHWM"))) * 1024 / 1e6


def measure(number: int) -> str:
    """A line of the table."""
    made_up, wanted = made(number)
    ids = [str(count) for count in range(number)]
    before, begun = peak(), time.process_time()
    found = copies.copies(ids, [None] * number, made_up)
    seconds = time.process_time() - begun
    right = sum(a == b for a, b in zip(found, wanted, strict=True) if b is not None)
    wrong = sum(a is not None and a != b for a, b in zip(found, wanted, strict=True))
    recall = right / max(1, sum(b is not None for b in wanted))
    return f"| {number:,} | {before:,.0f} MB | {peak():,.0f} MB | {seconds:,.0f} s | {recall:.4f} | {wrong} |"


def main() -> None:
    """Print a line for each number of articles."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("numbers", nargs="*", type=int, default=[20_000, 1_000_000], metavar="NUMBER")
    parser.add_argument("--alone", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.alone:
        print(measure(options.alone))
        return
    print("| articles | peak with the sketches | peak after the search | seconds | found | wrong |")
    print("| ---: | ---: | ---: | ---: | ---: | ---: |", flush=True)
    for number in options.numbers:
        subprocess.run([sys.executable, __file__, "--alone", str(number)], check=True)


if __name__ == "__main__":
    main()

"""Peak memory and speed of reading, for a collection and one ten times as large, in every format.

    python tests/benchmarks/reading_memory.py [--few 2000] [--many 20000] [FORMAT ...]

Each collection is read in a process of its own, which keeps no article; the peak is the largest resident set of that
process (Linux), and the seconds are those of the processor. Articles have 500 words, made up anew from a seed; a page
wraps them in some furniture. The figures that it printed are in `reading_memory.md`.
"""

import argparse
import gzip
import json
import random
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

FEW, MANY = 2_000, 20_000
_SENTENCE = (
    "harbour council ferry pilots ministry talks report vote committee union winter agreement port delegation budget "
    "spokesman said “we will return” on Monday after the third round which had been put off because of a quarrel over "
    "fees and nobody knows when they are to meet again though both sides call it a step towards an end"
)
_CHILD = """
import sys, time
from pathlib import Path
from tone.reading import read
begun = time.process_time()
articles = sum(type(item).__name__ == "Article" for item in read([Path(sys.argv[1])]))
seconds = time.process_time() - begun
peak = next(line.split()[1] for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
print(articles, seconds, int(peak) / 1024)
"""


def texts(number: int) -> Iterator[str]:
    """Articles of 500 words in ten paragraphs, no two alike."""
    chance, words = random.Random(7), _SENTENCE.split()
    for _ in range(number):
        yield "\n\n".join(" ".join(chance.choices(words, k=50)).capitalize() + "." for _ in range(10))


def page(text: str) -> bytes:
    """A web page around an article."""
    paragraphs = "".join(f"<p>{paragraph}</p>" for paragraph in text.split("\n\n"))
    links = "".join(f'<li><a href="/{i}">Section {i}</a></li>' for i in range(30))
    return (
        f"<!doctype html><html><head><title>{text[:40]}</title><script>{'go();' * 400}</script></head><body><nav><ul>"
        f"{links}</ul></nav><article><h1>{text[:40]}</h1>{paragraphs}</article><footer>{links}</footer></body></html>"
    ).encode()


def in_files(
    folder: Path, number: int, ending: str, pack: Callable[[bytes], bytes], wrap: Callable[[str], bytes]
) -> None:
    """A file each."""
    for count, text in enumerate(texts(number)):
        (folder / f"{count}{ending}").write_bytes(pack(wrap(text)))


def in_lines(folder: Path, number: int, ending: str, line: Callable[[int, str], str], head: str = "") -> None:
    """A line each of one file."""
    path = folder / f"news{ending}"
    with gzip.open(path, "wb", 6) if ending.endswith(".gz") else path.open("wb") as file:
        file.write(head.encode())
        for count, text in enumerate(texts(number)):
            file.write(line(count, text).encode())


def in_parquet(folder: Path, number: int) -> None:
    """A row each of one file with one row group."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    rows = list(texts(number))
    pq.write_table(pa.table({"id": range(number), "text": rows}), folder / "news.parquet", row_group_size=number)


def in_warc(folder: Path, number: int, ending: str) -> None:
    """A response each of one archive, with a request before it."""
    pack = gzip.compress if ending.endswith(".gz") else bytes
    with (folder / f"news{ending}").open("wb") as file:
        for count, text in enumerate(texts(number)):
            request = b"GET / HTTP/1.1\r\n\r\n"
            response = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page(text)
            for kind, block in (("request", request), ("response", response)):
                head = (
                    f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:{kind}-{count}>\r\n"
                    f"WARC-Target-URI: https://quay.example/{count}\r\nWARC-Date: 2024-03-05T00:00:00Z\r\n"
                    f"Content-Type: application/http; msgtype={kind}\r\nContent-Length: {len(block)}\r\n\r\n"
                )
                file.write(pack(head.encode() + block + b"\r\n\r\n"))


def _json(count: int, text: str) -> str:
    return json.dumps({"id": str(count), "text": text}) + "\n"


def _csv(count: int, text: str) -> str:
    return f'{count},"{text}"\n'


FORMATS: dict[str, Callable[[Path, int], None]] = {
    ".txt": lambda folder, number: in_files(folder, number, ".txt", bytes, str.encode),
    ".txt.gz": lambda folder, number: in_files(folder, number, ".txt.gz", gzip.compress, str.encode),
    ".jsonl": lambda folder, number: in_lines(folder, number, ".jsonl", _json),
    ".jsonl.gz": lambda folder, number: in_lines(folder, number, ".jsonl.gz", _json),
    ".csv": lambda folder, number: in_lines(folder, number, ".csv", _csv, "id,text\n"),
    ".csv.gz": lambda folder, number: in_lines(folder, number, ".csv.gz", _csv, "id,text\n"),
    ".parquet": in_parquet,
    ".html": lambda folder, number: in_files(folder, number, ".html", bytes, page),
    ".warc": lambda folder, number: in_warc(folder, number, ".warc"),
    ".warc.gz": lambda folder, number: in_warc(folder, number, ".warc.gz"),
}


def measure(make: Callable[[Path, int], None], number: int) -> tuple[float, float]:
    """The peak in MiB, and articles a second of one processor."""
    with tempfile.TemporaryDirectory() as folder:
        make(Path(folder), number)
        done = subprocess.run([sys.executable, "-c", _CHILD, folder], check=True, capture_output=True, text=True)
    articles, seconds, peak = done.stdout.split()
    if int(articles) != number:
        raise SystemExit(f"{articles} of {number} articles were read")
    return float(peak), number / float(seconds)


def main() -> None:
    """Print a line for each format."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("formats", nargs="*", metavar="FORMAT", help=f"of {', '.join(FORMATS)}; all by default")
    parser.add_argument("--few", type=int, default=FEW)
    parser.add_argument("--many", type=int, default=MANY)
    options = parser.parse_args()
    unknown = set(options.formats) - set(FORMATS)
    if unknown:
        parser.error(f"no such format: {', '.join(sorted(unknown))}")
    print(f"| format | peak, {options.few:,} articles | peak, {options.many:,} articles | articles/s |")
    print("| --- | ---: | ---: | ---: |")
    for name in options.formats or FORMATS:
        few, _ = measure(FORMATS[name], options.few)
        many, speed = measure(FORMATS[name], options.many)
        print(f"| `{name}` | {few:.0f} MiB | {many:.0f} MiB | {speed:,.0f} |", flush=True)


if __name__ == "__main__":
    main()

"""Huge inputs: each is refused by a limit, or read without being held in memory."""

import gzip
import json
import random
import tracemalloc
from collections.abc import Callable
from itertools import islice
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner, Result

import tone
from tests.test_reading_warc import http, record
from tone.cli import tone as command
from tone.reading import Limits, archives, count, read
from tone.records import Article, Skipped

TEXT = "“We are ready to return,” Mira Oduya said on Monday. "


def test_limits_are_positive() -> None:
    with pytest.raises(ValueError, match="line_chars must be 1 or more, not 0"):
        Limits(line_chars=0)


# --- archives that unpack to gigabytes

ROWS = {
    ".jsonl": b'{"text": "It rained."}\n',
    ".csv": b"text\n" + b"It rained.\n" * 100,
    ".warc": record(None, http(b"<p>It rained.</p>"), url=None),
}


@pytest.mark.parametrize("ending", ROWS)
def test_a_packed_file_is_read_up_to_a_limit(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"a{ending}.gz"
    path.write_bytes(gzip.compress(ROWS[ending] * 4) * 20)
    limits = Limits(unpacked_bytes=len(ROWS[ending]) * 10 + 5)
    *good, last = read([path], limits=limits)
    assert len(good) == {".csv": 1_010, ".jsonl": 10, ".warc": 10}[ending]
    assert all(isinstance(item, Article) for item in good)
    reason = f"unpacks to too much: more than {limits.unpacked_bytes:,} bytes, the rest is not read"
    assert last == Skipped(str(path), None, reason)
    assert count([path], limits=limits) == len(good) + 1


def test_a_limit_inside_a_page_is_told_once(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    path.write_bytes(gzip.compress(ROWS[".warc"] * 4))
    items = list(read([path], limits=Limits(unpacked_bytes=len(ROWS[".warc"]) * 2 - 8)))
    assert [type(item) for item in items] == [Article, Skipped]


@pytest.mark.parametrize("ending", [".txt", ".md", ".html", ".jsonl", ".csv", ".warc"])
def test_a_bomb_is_not_unpacked_into_memory(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"a{ending}.gz"
    start = {".csv": b"text\n", ".warc": record()[:-4]}.get(ending, b"")
    path.write_bytes(gzip.compress(start) + gzip.compress(b" " * 1_000_000) * 40)
    limits = Limits(unpacked_bytes=30_000_000, line_chars=100_000, article_chars=100_000, page_bytes=100_000)
    peak, items = measured(path, limits)
    assert peak < 10_000_000
    assert isinstance(items[-1], Skipped)
    assert items[-1].reason.startswith(("unpacks to too much", "over-long", "broken WARC"))


# --- long lines, long articles, many rows


def test_a_long_line_is_skipped_without_being_held(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    with path.open("w", encoding="utf-8") as file:
        for number in range(3):
            file.write(f'{{"id": {number}, "text": "Good."}}\n')
        file.write('{"text": "')
        for _ in range(50):
            file.write("x" * 1_000_000)
        file.write('"}\n{"id": 3, "text": "Good."}\n')
    peak, items = measured(path, Limits(line_chars=1_000_000))
    assert peak < 20_000_000
    assert [item.id for item in items if isinstance(item, Article)] == ["0", "1", "2", "3"]
    assert items[3] == Skipped(str(path), None, "over-long line: more than 1,000,000 characters in 4")


def test_parquet_rows_that_are_all_over_long_are_not_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    pq.write_table(pa.table({"text": [TEXT, "x" * 20_000_000]}), path, row_group_size=1)
    before = pa.total_allocated_bytes()
    items = []
    for item in read([path], limits=Limits(line_chars=100_000)):
        items.append(item)
        assert pa.total_allocated_bytes() - before < 10_000_000
    assert [type(item) for item in items] == [Article, Skipped]
    assert items[1] == Skipped(str(path), None, "over-long rows: more than 100,000 characters on average")


def text(number: int) -> str:
    """8 kB that cannot be packed well."""
    return random.Random(number).randbytes(4_000).hex()


def in_jsonl(folder: Path, number: int) -> None:
    rows = (json.dumps({"id": i, "text": text(i)}) for i in range(number))
    (folder / "a.jsonl").write_text("\n".join(rows), encoding="utf-8")


def in_csv(folder: Path, number: int) -> None:
    (folder / "a.csv").write_text("id,text\n" + "".join(f'{i},"{text(i)}"\n' for i in range(number)), encoding="utf-8")


def in_parquet(folder: Path, number: int) -> None:
    pq.write_table(pa.table({"text": [text(i) for i in range(number)]}), folder / "a.parquet")


def in_an_archive(folder: Path, number: int) -> None:
    data = b"".join(gzip.compress(record(str(i), http(text(i).encode()))) for i in range(number))
    (folder / "a.warc.gz").write_bytes(data)


def in_files(folder: Path, number: int) -> None:
    for i in range(number):
        (folder / f"{i}.txt").write_text(text(i), encoding="utf-8")


@pytest.mark.parametrize(
    ("written", "few"),
    [(in_jsonl, 200), (in_csv, 200), (in_parquet, 1_600), (in_an_archive, 200), (in_files, 200)],
)
def test_memory_does_not_grow_with_the_collection(
    tmp_path: Path, written: Callable[[Path, int], None], few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archives, "page_fields", lambda page, *_, **__: {"text": page.decode()})  # the slow part
    for number in (few, 4 * few):
        folder = tmp_path / str(number)
        folder.mkdir()
        written(folder, number)
    measured_stream(tmp_path / str(few), few)  # the first imports what it needs
    peak_of_few = measured_stream(tmp_path / str(few), few)
    peak_of_many = measured_stream(tmp_path / str(4 * few), 4 * few)
    # What remains of an article is its id; the many have 600 × 8 kB of text more, in Parquet 4,800 × 8 kB.
    assert peak_of_many - peak_of_few < 600 * 8_000 / 4
    assert pa.default_memory_pool().bytes_allocated() < 10_000_000


def measured(path: Path, limits: Limits) -> tuple[int, list[Article | Skipped]]:
    """The peak of Python's memory while all is read, in bytes, and what is read."""
    tracemalloc.start()
    try:
        items = list(islice(read([path], limits=limits), 1_000))
        return tracemalloc.get_traced_memory()[1], items
    finally:
        tracemalloc.stop()


def measured_stream(folder: Path, number: int) -> int:
    """The peak of Python's memory, in bytes, while ``number`` articles are read and let go."""
    tracemalloc.start()
    try:
        assert sum(isinstance(item, Article) for item in read([folder])) == number
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


# --- from the command line


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[Limits]:
    """The limits that the command gives to the library."""
    found: list[Limits] = []

    def score(*_: object, limits: Limits, **__: object) -> None:
        found.append(limits)
        raise OSError("that will do")

    monkeypatch.setattr("tone.score_to", score)
    return found


def run(*options: str) -> Result:
    return CliRunner().invoke(command, ["score", "x.txt", "-o", "out", "-q", *options])


def test_limits_are_options(asked: list[Limits]) -> None:
    run()
    run("--max-article-mb", "0.5", "--max-line-mb", "3", "--max-page-mb", "4", "--max-unpacked-mb", "5")
    run("--max-page-elements", "6")
    assert asked == [
        Limits(),
        Limits(article_chars=500_000, line_chars=3_000_000, page_bytes=4_000_000, unpacked_bytes=5_000_000),
        Limits(page_elements=6),
    ]


@pytest.mark.parametrize("size", ["0", "-1", "nan", "inf", "1e-9", "1e400", "two"])
def test_a_limit_that_is_none_is_told(asked: list[Limits], size: str) -> None:
    result = run("--max-line-mb", size)
    assert result.exit_code == 2
    assert result.stderr == (
        f"Error: Invalid value for '--max-line-mb': '{size}' is not a size in MB, such as 2 or 0.5. "
        "See 'tone score --help'.\n"
    )
    assert asked == []
    assert run("--max-page-elements", "0").exit_code == 2


def test_the_help_gives_the_defaults() -> None:
    text = " ".join(CliRunner().invoke(command, ["score", "--help"]).output.split())
    assert "--max-article-mb MB Longest article, of its text. [default: 2]" in text
    assert "[default: 10000]" in text


def test_a_score_with_limits_skips_what_is_beyond_them(tiny_models: Path, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("It rained. " * 50, encoding="utf-8")
    (tmp_path / "b.txt").write_text("It rained.", encoding="utf-8")
    made = tone.score(tmp_path, models=tiny_models, limits=Limits(article_chars=100))
    assert made.skipped["reason"].tolist() == ["over-long article: more than 404 bytes"]
    assert set(made.sentences["article"]) == {"b"}

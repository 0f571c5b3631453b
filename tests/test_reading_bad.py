"""One bad input in a thousand, of every kind: the good ones are all read, each bad one is skipped with its cause."""

import csv
import gzip
import io
import json
import os
import socket
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.test_reading_warc import http, record
from tone.reading import count, read
from tone.records import Article, Skipped

GOOD = "“The ferry will sail again,” said Bram Oosterhuis, the harbour master. He gave no date."


def text(number: int) -> str:
    return f"{GOOD} That was notice {number}."


def page(number: int) -> bytes:
    return f"<!doctype html><html><body><article><p>{text(number)}</p></article></body></html>".encode()


@dataclass(frozen=True)
class Bad:
    """A bad input: the file name, how it is made at a path, how the reason begins, and how many good ones it holds."""

    kind: str
    name: str
    make: Callable[[Path], object]
    reason: str
    good: int = 0


def wrote(kind: str, name: str, data: bytes | str, reason: str, good: int = 0) -> Bad:
    content = data.encode() if isinstance(data, str) else data
    return Bad(kind, name, lambda path: path.write_bytes(content), reason, good)


def json_line(kind: str, line: str, reason: str) -> Bad:
    good = json.dumps({"text": GOOD})
    return wrote(f"JSON line: {kind}", "x.jsonl", f"{good}\n{line}\n{good}\n", reason, 2)


def csv_row(kind: str, row: str, reason: str) -> Bad:
    return wrote(f"CSV row: {kind}", "x.csv", f'id,text\n,"{GOOD}"\n{row}\n,"{GOOD}"\n', reason, 2)


def cut_parquet(path: Path) -> None:
    pq.write_table(pa.table({"text": [GOOD] * 50}), path)
    os.truncate(path, path.stat().st_size - 30)


def listen(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as server:
        here = Path.cwd()
        os.chdir(path.parent)  # the path of a socket is short
        try:
            server.bind(path.name)
        finally:
            os.chdir(here)


BAD = [
    wrote("empty", "x.txt", b"", "empty text"),
    wrote("blank", "x.md", " \n\t\n", "empty text"),
    wrote("picture", "x.txt", b"\x89PNG\r\n\x1a\n" + bytes(200), "binary file"),
    wrote("document", "x.txt", b"%PDF-1.7\n" + bytes(range(256)), "binary file"),
    wrote("other type", "x.docx", b"PK\x03\x04", "unknown file type .docx"),
    wrote("unknown encoding", "x.txt", bytes(range(160, 256)) * 9, "unknown encoding"),
    wrote("broken encoding", "x.txt", GOOD.encode() + b"\xe2\x80", "broken utf-8"),
    wrote("NUL", "x.txt", f"{GOOD}\0{GOOD}", "NUL character: in the text"),
    wrote(
        "one sentence of 5 MB",
        "x.txt",
        "so it was said " * 350_000,
        "over-long article: more than 2,000,000 characters",
    ),
    wrote("over-long file", "x.txt", "x" * 9_000_000, "over-long article: more than 8,000,004 bytes"),
    wrote("truncated gzip", "x.txt.gz", gzip.compress(GOOD.encode())[:-9], "truncated gzip"),
    wrote("no gzip", "x.txt.gz", GOOD, "broken gzip"),
    wrote("bomb", "x.txt.gz", gzip.compress(b" " * 1_000_000) * 20, "over-long article"),
    wrote("no main text", "x.html", "<html><body><script>go()</script></body></html>", "no main text in the HTML"),
    wrote(
        "elements without end",
        "x.html",
        "<html><body>" + "<div>so " * 30_000,
        "over-long page: more than 20,000 elements",
    ),
    json_line("not JSON", '{"text": "It rained', "not valid JSON: line 2"),
    json_line("not an object", '["It rained."]', "JSON line is not an object: line 2"),
    json_line("without text", '{"id": "x", "body": "It rained."}', "missing text"),
    json_line("text of another type", '{"id": "x", "text": {"en": "It rained."}}', "text is not a string: dict"),
    json_line("lone surrogate", '{"text": "It rained. \\ud83d"}', "not valid Unicode: in the text"),
    wrote("duplicate id", "x.jsonl", '{"id": "twice", "text": "It rained."}\n' * 2, "duplicate id: first in", 1),
    json_line("deep nesting", '{"text": ' + "[" * 200_000, "not valid JSON: line 2"),
    json_line("huge number", '{"text": "It rained.", "id": ' + "9" * 10_000 + "}", "not valid JSON: line 2"),
    json_line(
        "over-long line", '{"text": "It rained.", "html": "' + "x" * 20_000_000 + '"}', "over-long line: more than"
    ),
    wrote(
        "truncated .jsonl.gz", "x.jsonl.gz", gzip.compress(json.dumps({"text": GOOD}).encode())[:-9], "truncated gzip"
    ),
    csv_row("open quotation mark", '7,"It rained.', "broken CSV row: line 3"),
    csv_row("bare quotation mark", '7,"It "rained"."', "broken CSV row: line 3"),
    csv_row("too many fields", "7,It rained,so they say.", "more fields than columns in a CSV row: line 3"),
    csv_row("too few fields", "7", "missing text"),
    wrote("no text column", "x.csv", "id,body\n1,It rained.\n", "no text column: only id, body"),
    Bad("truncated Parquet", "x.parquet", cut_parquet, "broken Parquet"),
    wrote("no Parquet", "x.parquet", GOOD, "broken Parquet"),
    wrote("truncated archive", "x.warc", (record("x") + record("y"))[:-700], "truncated WARC", 1),
    wrote("no archive", "x.warc", GOOD, "broken WARC"),
    wrote("empty response", "x.warc", record("x", http(b"")), "empty response"),
    Bad("pipe", "x.txt", os.mkfifo, "not a regular file"),
    Bad("socket", "x.txt", listen, "not a regular file"),
    Bad("device", "x.txt", lambda path: path.symlink_to("/dev/zero"), "not a regular file"),
    Bad("dangling link", "x.txt", lambda path: path.symlink_to("nowhere"), "no such file or folder"),
    Bad("link to itself", "x.txt", lambda path: path.symlink_to(path.name), "unreadable: Too many levels"),
    Bad("link to a folder above", "x.txt", lambda path: path.symlink_to(path.parent), "folder already read"),
]


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A thousand good articles, in every format."""
    folder = tmp_path_factory.mktemp("good")
    numbers = iter(range(1_000))

    def some(many: int) -> list[int]:
        return [next(numbers) for _ in range(many)]

    for number in some(300):
        (folder / f"{number}.txt").write_text(text(number), encoding="utf-8")
    for number in some(50):
        (folder / f"{number}.md.gz").write_bytes(gzip.compress(text(number).encode()))
    for number in some(20):
        (folder / f"{number}.html").write_bytes(page(number))
    rows = "".join(json.dumps({"id": f"j{number}", "text": text(number)}) + "\n" for number in some(200))
    (folder / "rows.jsonl").write_text(rows, encoding="utf-8")
    table = io.StringIO()
    csv.writer(table).writerows([["id", "text"], *([f"c{number}", text(number)] for number in some(200))])
    (folder / "rows.csv.gz").write_bytes(gzip.compress(table.getvalue().encode()))
    ids = some(200)
    pq.write_table(pa.table({"id": ids, "text": [text(number) for number in ids]}), folder / "rows.parquet")
    data = b"".join(gzip.compress(record(f"w{number}", http(page(number)))) for number in some(30))
    (folder / "rows.warc.gz").write_bytes(data)
    assert next(numbers, None) is None
    return folder


def test_there_are_kinds_enough() -> None:
    assert len({bad.kind for bad in BAD}) == len(BAD) > 20


@pytest.mark.parametrize("bad", BAD, ids=lambda bad: bad.kind)
def test_a_bad_input_is_skipped_with_its_cause(bad: Bad, tmp_path: Path) -> None:
    bad.make(tmp_path / bad.name)
    items = list(read([tmp_path]))
    (skipped,) = [item for item in items if isinstance(item, Skipped)]
    assert skipped.input == str(tmp_path / bad.name)
    assert skipped.reason.startswith(bad.reason)
    assert len(items) == bad.good + 1 == count([tmp_path])


def test_bad_inputs_among_a_thousand_cost_no_good_one(good: Path, tmp_path: Path) -> None:
    (tmp_path / "20-good").symlink_to(good)
    paths = [tmp_path / f"{number}" / bad.name for number, bad in enumerate(BAD, start=10)]
    for path, bad in zip(paths, BAD, strict=True):
        path.parent.mkdir()
        bad.make(path)
    items = list(read([tmp_path]))
    articles = [item for item in items if isinstance(item, Article)]
    notices = [int(item.text.partition("notice ")[2][:-1]) for item in articles if "notice" in item.text]
    assert sorted(notices) == list(range(1_000))
    assert len(articles) == 1_000 + sum(bad.good for bad in BAD)
    skipped = [item for item in items if isinstance(item, Skipped)]
    assert [item.input for item in skipped] == [str(path) for path in paths]
    assert all(item.reason.startswith(bad.reason) for item, bad in zip(skipped, BAD, strict=True))

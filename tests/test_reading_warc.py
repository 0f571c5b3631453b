"""Web archives: which records are articles, what becomes of the others, and of files that break off."""

import gzip
import zlib
from pathlib import Path
from typing import Any

import brotli
import pytest

from tests.test_reading import PAGE, PARAGRAPHS
from tone.reading import Limits, count, read
from tone.reading.pages import page_fields
from tone.records import Article, Skipped

BODY = PAGE.encode()


def http(
    body: bytes = BODY, *, status: str = "200 OK", media: str | None = "text/html; charset=utf-8", extra: str = ""
) -> bytes:
    """An HTTP response."""
    described = "" if media is None else f"Content-Type: {media}\r\n"
    return f"HTTP/1.1 {status}\r\n{described}{extra}\r\n".encode("latin-1") + body


def record(
    name: str | None = "a",
    block: bytes | None = None,
    *,
    kind: str = "response",
    media: str = "application/http; msgtype=response",
    url: str | None = "https://quay.example/a",
    length: object = None,
    extra: str = "",
) -> bytes:
    """A WARC record."""
    block = http() if block is None else block
    head = f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Date: 2024-03-09T10:00:00Z\r\nContent-Type: {media}\r\n{extra}"
    head += f"WARC-Record-ID: <urn:uuid:{name}>\r\n" if name else ""
    head += f"WARC-Target-URI: {url}\r\n" if url else ""
    return f"{head}Content-Length: {len(block) if length is None else length}\r\n\r\n".encode() + block + b"\r\n\r\n"


def archive(path: Path, *records: bytes) -> Path:
    path.write_bytes(b"".join(records))
    return path


def items(path: Path, **limits: Any) -> list[Article | Skipped]:
    return list(read([path], limits=Limits(**limits)))


def ids(found: list[Article | Skipped]) -> list[str]:
    return [item.id for item in found if isinstance(item, Article)]


def reasons(found: list[Article | Skipped]) -> list[tuple[str | None, str]]:
    return [(item.article, item.reason) for item in found if isinstance(item, Skipped)]


def test_a_response_with_a_page_is_an_article(tmp_path: Path) -> None:
    (found,) = items(archive(tmp_path / "news.warc", record(url="https://quay.example/vote?page=1")))
    assert isinstance(found, Article)
    assert found.text.endswith(PARAGRAPHS)
    assert (found.id, found.url) == ("urn:uuid:a", "https://quay.example/vote?page=1")
    assert (found.title, str(found.date), found.source) == ("Harbour vote put off", "2024-03-05", "The Quay Post")


@pytest.mark.parametrize("packed", ["each record", "the whole"])
def test_both_ways_of_packing_are_read(tmp_path: Path, packed: str) -> None:
    records = [record(name) for name in "abc"]
    data = gzip.compress(b"".join(records)) if packed == "the whole" else b"".join(map(gzip.compress, records))
    plain = items(archive(tmp_path / "news.warc", *records))
    assert ids(plain) == ["urn:uuid:a", "urn:uuid:b", "urn:uuid:c"]
    assert items(archive(tmp_path / "NEWS.WARC.GZ", data)) == plain


def test_other_records_are_neither_articles_nor_skipped(tmp_path: Path) -> None:
    others = [
        record("0", b"software: none\r\n", kind="warcinfo", media="application/warc-fields", url=None),
        record("1", b"GET / HTTP/1.1\r\n\r\n", kind="request", media="application/http; msgtype=request"),
        record("2", kind="revisit"),
        record("3", b"fetchTimeMs: 1\r\n", kind="metadata", media="application/warc-fields"),
        record("4", BODY, kind="resource", media="text/html"),
        record("5", b"1.2.3.4", media="text/dns", url="dns:quay.example"),
        record("6", http(b"\x89PNG", media="image/png")),
        record("7", http(b"x" * 3_000, media="video/mp4")),
        record("8", http(b"{}", media="application/json")),
        record("9", http(b"Moved.", status="301 Moved Permanently", extra="Location: /b\r\n")),
        record("10", http(status="404 Not Found")),
        record("11", http(b"", status="304 Not Modified")),
        record("12", b"No HTTP at all."),
        record("13", http(media=None)),
    ]
    path = archive(tmp_path / "news.warc", *others[:7], record("a"), *others[7:])
    assert ids(found := items(path, page_bytes=2_000)) == ["urn:uuid:a"]
    assert reasons(found) == []
    assert items(archive(path, *others)) == [Skipped(str(path), None, "no articles in the file")]


def test_the_media_type_may_stand_in_the_record(tmp_path: Path) -> None:
    pages = [
        record("a", http(media="Application/XHTML+XML")),
        record("b", http(media=None), extra="WARC-Identified-Payload-Type: text/html\r\n"),
    ]
    assert ids(items(archive(tmp_path / "news.warc", *pages))) == ["urn:uuid:a", "urn:uuid:b"]


def test_the_id_is_that_of_the_record_or_the_url_or_the_number(tmp_path: Path) -> None:
    named = [record(None, url="<https://quay.example/b>"), record(None, url=None), record("a"), record("a")]
    found = items(archive(tmp_path / "news.warc", *named))
    assert ids(found) == ["https://quay.example/b", "news:2", "urn:uuid:a"]
    assert reasons(found) == [("urn:uuid:a", f"duplicate id: first in {tmp_path / 'news.warc'}")]
    assert [item.url for item in found[:2] if isinstance(item, Article)] == [
        "https://quay.example/b",
        "https://quay.example/harbour-vote",
    ]


@pytest.mark.parametrize(
    ("headers", "pack"),
    [
        ("Content-Encoding: gzip", gzip.compress),
        ("Content-Encoding: deflate", zlib.compress),
        ("Content-Encoding: br", brotli.compress),
        ("Content-Encoding: gzip\r\nTransfer-Encoding: chunked", lambda page: chunked(gzip.compress(page))),
        ("Content-Encoding: br, gzip", lambda page: gzip.compress(brotli.compress(page))),
        ("Content-Encoding: gzip\r\nContent-Length: 7", bytes),
        ("Transfer-Encoding: chunked", bytes),
        ("Content-Encoding: identity", bytes),
        ("Content-Encoding: ", bytes),
    ],
)
def test_pages_are_unpacked_unless_they_are_already(tmp_path: Path, headers: str, pack: Any) -> None:
    (found,) = items(archive(tmp_path / "a.warc", record("a", http(pack(BODY), extra=f"{headers}\r\n"))))
    assert isinstance(found, Article)
    assert found.text.endswith(PARAGRAPHS)


def chunked(page: bytes) -> bytes:
    return b"%x\r\n%s\r\n%X\r\n%s\r\n0\r\n\r\n" % (100, page[:100], len(page) - 100, page[100:])


@pytest.mark.parametrize(
    ("charset", "declared", "encoding"),
    [
        ("windows-1252", "utf-8", "cp1252"),
        ("iso-8859-1", "", "cp1252"),
        ("nonsense", "", "utf-8"),
        ("utf-8", "", "utf-8"),
    ],
)
def test_the_charset_that_a_page_was_sent_with_goes_first(
    tmp_path: Path, charset: str, declared: str, encoding: str
) -> None:
    page = PAGE.replace("<head>", f'<head><meta charset="{declared}">').replace("Mira", "Zoë")
    block = http(page.encode(encoding), media=f'text/html; charset="{charset}"')
    (found,) = items(archive(tmp_path / "a.warc", record("a", block)))
    assert isinstance(found, Article)
    assert "“We are ready to return,” Zoë Oduya said" in found.text


BROKEN = gzip.compress(BODY)


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (record("x", http(b"")), "empty response"),
        (record("x", http(b" \r\n")), "empty response"),
        (record("x", extra="WARC-Truncated: length\r\n"), "truncated response: length"),
        (
            record("x", http(BROKEN[:-30], extra="Content-Encoding: gzip\r\n")),
            "truncated response: its packing breaks off",
        ),
        (record("x", http(b"Plain.", extra="Content-Encoding: gzip\r\n")), "undecodable response: gzip, Error -3"),
        (record("x", http(b"Plain.", extra="Content-Encoding: br\r\n")), "undecodable response: br, Invalid Data"),
        (record("x", http(b"5\r\nab", extra="Transfer-Encoding: chunked\r\n")), "undecodable response: chunked, "),
        (
            record("x", http(b"Plain.", extra="Content-Encoding: rot13\r\n")),
            "undecodable response: unknown packing rot13",
        ),
        (record("x", http(b"\x89PNG\r\n\0\0")), "binary file"),
        (record("x", http(b"<html><body></body></html>")), "no main text in the HTML"),
        (record("x", http(b"<p>" + b"x" * 5_000)), "over-long page: more than 5,000 bytes"),
        (record("x", http(gzip.compress(b"<p>" * 5_000), extra="Content-Encoding: gzip\r\n")), "over-long page"),
        (record("x", http(BODY + b"<b>" * 100)), "over-long page: more than 100 elements"),
        (record("x", url="https://quay.example/a\0b"), "NUL character: in the url"),
    ],
)
def test_a_bad_response_is_skipped_alone(tmp_path: Path, bad: bytes, reason: str) -> None:
    path = archive(tmp_path / "news.warc", record("a"), bad, record("b"))
    found = items(path, page_bytes=5_000, page_elements=100)
    ((skipped, told),) = reasons(found)
    assert ids(found) == ["urn:uuid:a", "urn:uuid:b"]
    assert skipped == "urn:uuid:x"
    assert told.startswith(reason)
    assert count([path], limits=Limits(page_bytes=5_000)) == len(found) == 3


def test_a_parser_that_fails_on_a_page_costs_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(page: bytes, limits: Limits, **known: Any) -> dict[str, object]:
        if b"odd" in page:
            raise RecursionError("too deep")
        return page_fields(page, limits, **known)

    monkeypatch.setattr("tone.reading.archives.page_fields", failing)
    found = items(archive(tmp_path / "news.warc", record("a"), record("x", http(b"odd")), record("b")))
    assert ids(found) == ["urn:uuid:a", "urn:uuid:b"]
    assert reasons(found) == [("urn:uuid:x", "unforeseen error: RecursionError: too deep")]


@pytest.mark.parametrize("cut", [-10, -300, -len(record("c")) + 330, -len(record("c")) + 60, -len(record("c")) + 4])
@pytest.mark.parametrize("ending", [".warc", ".warc.gz"])
def test_what_comes_before_the_end_of_a_truncated_archive_is_read(tmp_path: Path, cut: int, ending: str) -> None:
    data = b"".join(record(name) for name in "abc")
    if ending == ".warc.gz":
        data = b"".join(gzip.compress(record(name)) for name in "abc")
        cut = max(cut, 5 - len(gzip.compress(record("c"))))
    found = items(archive(tmp_path / f"news{ending}", data[:cut]))
    assert ids(found) == ["urn:uuid:a", "urn:uuid:b"]
    ((_, told),) = reasons(found)
    if ending == ".warc.gz":
        assert told == "truncated gzip"
    else:
        assert told in (
            "truncated WARC",
            "broken WARC: a record without its length",
            "broken WARC: Invalid WARC header",
        )


def test_an_archive_cut_inside_another_record_is_told(tmp_path: Path) -> None:
    data = record("a") + record("b", kind="metadata")
    found = items(archive(tmp_path / "news.warc", data[:-50]))
    assert (ids(found), reasons(found)) == (["urn:uuid:a"], [(None, "truncated WARC")])


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (b"Not an archive.\r\n", "broken WARC: Invalid WARC header"),
        (record("x", length=500), "broken WARC: Invalid WARC header"),
        (record("x", length="nonsense"), "broken WARC: Invalid WARC header"),
        (record("x", extra=f"X: {'y' * 100_000}\r\n"), "broken WARC: Maximum header length exceeded."),
        (record("x", length=10**12), "truncated WARC"),
    ],
)
def test_an_archive_is_read_up_to_where_it_breaks(tmp_path: Path, bad: bytes, reason: str) -> None:
    path = archive(tmp_path / "news.warc", record("a"), bad, record("b"))
    found = items(path)
    assert ids(found)[0] == "urn:uuid:a"
    assert "urn:uuid:b" not in ids(found)
    assert reasons(found)[-1][1] == reason
    assert count([path]) == len(found)


def test_a_broken_packing_is_told_after_what_comes_before(tmp_path: Path) -> None:
    packed = [gzip.compress(record(name)) for name in "ab"]
    broken = packed[1][:-8] + b"\0" * 8
    found = items(archive(tmp_path / "news.warc.gz", packed[0], broken, packed[1]))
    assert ids(found)[0] == "urn:uuid:a"
    assert reasons(found)[-1][1].startswith("broken gzip: CRC check failed")


def test_archives_are_read_record_by_record(tmp_path: Path) -> None:
    path = archive(tmp_path / "news.warc", *(record(str(number), http(BODY * 20)) for number in range(20)))
    stream = read([path])
    assert isinstance(next(stream), Article)
    with path.open("r+b") as file:
        file.truncate(path.stat().st_size // 2)
    rest = list(stream)
    assert len(rest) < 12
    assert isinstance(rest[-1], Skipped)

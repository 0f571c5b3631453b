import csv
import gzip
import io
import json
import os
import random
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tone.reading import Limits, files, from_frame, from_texts, read
from tone.reading.dates import leading_date, parse_date
from tone.records import Article, Skipped

TEXT = "“We are ready to return,” Mira Oduya said on Monday. The council’s vote – its third – was put off."
PAGE = """<!doctype html>
<html><head><title>Harbour vote put off</title>
<meta property="og:site_name" content="The Quay Post">
<meta property="article:published_time" content="2024-03-05T09:30:00Z">
<link rel="canonical" href="https://quay.example/harbour-vote"></head>
<body><nav><a href="/">Front page</a> <a href="/sport">Sport</a></nav>
<article><h1>Harbour vote put off</h1>
<p>“We are ready to return,” Mira Oduya said on Monday, as the council met in the old customs
   house for the third time this year to talk about the harbour.</p>
<p>Nobody else spoke &amp; the vote was put off until next week, according to the harbour office, which runs the
port and the two ferries that call there on Sundays.</p></article>
<footer>All rights kept</footer></body></html>"""
TURKISH = "Masaya dönmeye hazırız, dedi Şule Çağlar pazartesi günü eski gümrük binasında."
PARAGRAPHS = (
    "“We are ready to return,” Mira Oduya said on Monday, as the council met in the old customs house for the third "
    "time this year to talk about the harbour.\n\nNobody else spoke & the vote was put off until next week, according "
    "to the harbour office, which runs the port and the two ferries that call there on Sundays."
)


def articles(*inputs: Path, max_chars: int = 10_000) -> list[Article]:
    """What is read, when all is."""
    items = list(read(inputs, limits=Limits(article_chars=max_chars)))
    assert not [item for item in items if isinstance(item, Skipped)]
    return [item for item in items if isinstance(item, Article)]


def article(path: Path, data: str | bytes) -> Article:
    (only,) = articles(write(path, data))
    return only


def skips(*inputs: Path, max_chars: int = 10_000) -> list[tuple[str | None, str]]:
    return [
        (item.article, item.reason)
        for item in read(inputs, limits=Limits(article_chars=max_chars))
        if isinstance(item, Skipped)
    ]


def ids(*inputs: Path) -> list[str]:
    return [item.id for item in read(inputs) if isinstance(item, Article)]


def write(path: Path, data: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data.encode("utf-8") if isinstance(data, str) else data)
    return path


def write_csv(path: Path, *rows: list[str], **dialect: str) -> Path:
    text = io.StringIO()
    csv.writer(text, delimiter=dialect.get("delimiter", ",")).writerows(rows)
    return write(path, text.getvalue())


def write_jsonl(path: Path, *rows: object) -> Path:
    return write(path, "".join(json.dumps(row) + "\n" for row in rows))


# --- every format


def test_a_text_file_is_one_article_named_by_its_stem(tmp_path: Path) -> None:
    assert article(tmp_path / "harbour.vote.txt", TEXT) == Article("harbour.vote", TEXT)
    assert article(tmp_path / "notes.MD", f"# Notes\n\n{TEXT}\n") == Article("notes", f"# Notes\n\n{TEXT}\n")


def test_a_page_gives_its_main_text_and_what_it_says_of_itself(tmp_path: Path) -> None:
    page = article(tmp_path / "vote.html", PAGE)
    assert page.text.removeprefix("Harbour vote put off\n\n") == PARAGRAPHS
    assert page == Article(
        "vote",
        page.text,
        "Harbour vote put off",
        date(2024, 3, 5),
        "The Quay Post",
        "https://quay.example/harbour-vote",
    )
    assert article(tmp_path / "piece.htm", f"<p>{TEXT}</p>") == Article("piece", TEXT)


def test_a_page_takes_no_date_that_it_only_mentions(tmp_path: Path) -> None:
    page = PAGE.replace("2024-03-05T09:30:00Z", "").replace("on Sundays", "since 3 May 2011")
    assert article(tmp_path / "vote.html", page).date is None


def test_json_lines_give_an_article_each(tmp_path: Path) -> None:
    known = {"title": "A vote", "date": "2024-03-05", "source": "The Quay Post", "url": "https://quay.example/1"}
    rows = [{"id": "a", "text": TEXT, **known}, {"id": 7, "text": "Short.", "extra": [1]}, {"text": "\nNo id.\r\n "}]
    expected = [
        Article("a", TEXT, "A vote", date(2024, 3, 5), "The Quay Post", "https://quay.example/1"),
        Article("7", "Short."),
        Article("news:3", "\nNo id.\r\n "),
    ]
    assert articles(write_jsonl(tmp_path / "news.jsonl", *rows)) == expected
    packed = gzip.compress((tmp_path / "news.jsonl").read_bytes())
    assert articles(write(tmp_path / "packed" / "news.jsonl.gz", packed)) == expected


def test_blank_json_lines_count_as_lines_but_give_nothing(tmp_path: Path) -> None:
    path = write(tmp_path / "news.jsonl", '\ufeff{"text": "One\u2028line."}\r\n\r\n{"text": "Third."}')
    assert articles(path) == [Article("news:1", "One\u2028line."), Article("news:3", "Third.")]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_gives_an_article_a_row(tmp_path: Path, delimiter: str) -> None:
    rows = [
        ["ID", " Text", "title", "date", "other"],
        ["007", 'Two\r\nlines, "quoted".', "A vote", "5 March 2024", "x"],
        ["", "NA", "", "", ""],
        [],
        ["", "null", "", ""],
    ]
    assert articles(write_csv(tmp_path / "news.csv", *rows, delimiter=delimiter)) == [
        Article("007", 'Two\r\nlines, "quoted".', "A vote", date(2024, 3, 5)),
        Article("news:4", "NA"),
        Article("news:6", "null"),
    ]


def test_csv_fields_may_be_huge_and_rows_short(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "news.csv", ["text", "title"], ["word " * 60_000, ""], ["Short."])
    assert [len(item.text) for item in articles(path, max_chars=1_000_000)] == [300_000, 6]


def test_parquet_gives_an_article_a_row(tmp_path: Path) -> None:
    table = pa.table(
        {
            "id": pa.array([1, None, 3]),
            "Text": pa.array([TEXT, "Two\r\n.", "Three."]).dictionary_encode(),
            "date": pa.array([date(2024, 3, 5), None, date(2024, 3, 6)]),
            "source": pa.array(["The Quay Post", None, ""]),
            "vector": pa.array([[1.0], [2.0], [3.0]]),
        }
    )
    pq.write_table(table, tmp_path / "news.parquet", row_group_size=2)
    assert articles(tmp_path / "news.parquet") == [
        Article("1", TEXT, date=date(2024, 3, 5), source="The Quay Post"),
        Article("news:2", "Two\r\n."),
        Article("3", "Three.", date=date(2024, 3, 6)),
    ]


def test_a_parquet_date_beyond_the_calendar_is_no_date(tmp_path: Path) -> None:
    far = pa.array([10**9, 19_787], pa.int32()).cast(pa.date32())
    pq.write_table(pa.table({"text": ["Far.", "Near."], "date": far}), tmp_path / "news.parquet")
    assert [item.date for item in articles(tmp_path / "news.parquet")] == [None, date(2024, 3, 5)]


@pytest.mark.parametrize("ending", [".txt", ".md", ".html", ".csv", ".jsonl"])
def test_gzip_is_read_of_every_text_format(tmp_path: Path, ending: str) -> None:
    data = {".html": PAGE, ".csv": "text\nOne.\n", ".jsonl": '{"text": "One."}\n'}.get(ending, TEXT)
    plain = article(tmp_path / f"a{ending}", data)
    assert article(tmp_path / "packed" / f"a{ending.upper()}.GZ", gzip.compress(data.encode())) == plain


# --- offsets and characters


@pytest.mark.parametrize(
    "text",
    [
        "One.\r\nTwo.\rThree.\n\n\u2028Four.\x0b\x0c",
        "Cafe\u0301 👩🏽‍🚀 ﬁn \u200d",
        "قالت مريم: «نعم» \u202babc\u202c",
        " \t x \n",
    ],
    ids=["newlines", "combining", "right to left", "spaces"],
)
def test_text_is_kept_character_for_character(tmp_path: Path, text: str) -> None:
    write(tmp_path / "a.txt", text)
    write_csv(tmp_path / "b.csv", ["text"], [text])
    write_jsonl(tmp_path / "c.jsonl", {"text": text})
    pq.write_table(pa.table({"text": [text]}), tmp_path / "d.parquet")
    assert [item.text for item in articles(tmp_path)] == [text] * 4
    assert [item.text for item in from_texts([text]) if isinstance(item, Article)] == [text]


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("utf-8", TEXT),
        ("utf-8-sig", TEXT),
        ("utf-16", TEXT),
        ("utf-32", TEXT),
        ("cp1252", TEXT),
        ("cp1252", "The plan cost £30 million, the harbour office said, and would be looked at again next week."),
        ("cp1252", "The council met again in the old customs house and nobody spoke about the vote. It’s late."),
        ("latin-1", "Zoë Müller, who runs the café by the port, called the plan naïve and left before the vote."),
        ("mac_roman", TEXT),
        ("cp1251", "Мы готовы вернуться, сказала Мария Одинцова в понедельник, когда собрался совет."),
        ("cp1256", "نحن مستعدون للعودة إلى المفاوضات، قالت مريم يوم الاثنين في مقر المجلس."),
        ("gb18030", "我们准备重返谈判桌，林美在星期一说。"),
    ],
)
def test_encodings_are_recognised(tmp_path: Path, encoding: str, text: str) -> None:
    text = f"{text}\r\n" * 3
    assert article(tmp_path / "a.txt", text.encode(encoding)).text == text
    quoted = text.replace('"', '""')
    assert article(tmp_path / "b.csv", f'id,text\r\nx,"{quoted}"\r\n'.encode(encoding)) == Article("x", text)
    line = json.dumps({"id": "x", "text": text}, ensure_ascii=False)
    assert article(tmp_path / "c.jsonl", f"{line}\n".encode(encoding)) == Article("x", text)


def test_what_tells_the_encoding_may_come_late(tmp_path: Path) -> None:
    text = "Nothing to tell by here.\n" * 9_000 + "The plan cost £30 million.\n"
    (found,) = articles(write(tmp_path / "a.txt", text.encode("cp1252")), max_chars=1_000_000)
    assert found.text == text


@pytest.mark.parametrize(
    ("declared", "encoding", "words"),
    [
        ("windows-1252", "cp1252", "“café” £5"),
        ("ISO-8859-1", "cp1252", "“café” £5"),
        ("iso-8859-2", "iso8859-2", "Łucja Żółkiewska"),
        ("iso-8859-2", "utf-8", "Łucja Żółkiewska"),
        ("utf-16", "cp1252", "“café” £5"),
        ("rot13", "cp1252", "“café” £5"),
        ("no-such", "cp1252", "“café” £5"),
        ("shift_jis", "cp1252", "“café” £5 –"),
    ],
)
def test_a_page_is_decoded_as_it_declares_unless_that_cannot_be(
    tmp_path: Path, declared: str, encoding: str, words: str
) -> None:
    page = PAGE.replace("<head>", f'<head><meta charset="{declared}">').replace("Mira Oduya", words)
    assert f"“We are ready to return,” {words} said" in article_text(tmp_path, page, encoding)


def article_text(tmp_path: Path, page: str, encoding: str) -> str:
    if encoding == "iso8859-2":
        page = page.replace("“", '"').replace("”", '"')
        return (
            article(tmp_path / "a.html", page.encode(encoding))
            .text.replace('"We', "“We")
            .replace('return,"', "return,”")
        )
    return article(tmp_path / "a.html", page.encode(encoding)).text


def test_a_page_with_a_broken_byte_or_an_xml_declaration_is_still_a_page(tmp_path: Path) -> None:
    broken = PAGE.encode().replace(b"Nobody else", b"Nobody \xff else")
    assert "Nobody \ufffd else spoke" in article(tmp_path / "a.html", broken).text
    declared = f'<?xml version="1.0" encoding="iso-8859-1"?>\n{PAGE}'
    assert article(tmp_path / "b.html", declared).text.endswith(PARAGRAPHS)


# --- front matter and dates


FRONT = '---\ntitle: "A \\"third\\" vote: put off"\ndate: 2024-03-05\nsource: The Quay Post\nurl: \'https://quay.example/1\'\n'


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_front_matter_is_part_of_the_text_but_not_of_the_body(tmp_path: Path, newline: str) -> None:
    text = f"{FRONT}---\n\n{TEXT}\n".replace("\n", newline)
    found = article(tmp_path / "2020-01-01-vote.md", b"\xef\xbb\xbf" + text.encode())
    assert found.text == text
    assert found.text[found.body_start :] == f"{TEXT}{newline}"
    assert (found.title, found.date) == ('A "third" vote: put off', date(2024, 3, 5))
    assert (found.source, found.url) == ("The Quay Post", "https://quay.example/1")


def test_front_matter_may_hold_more_than_is_known(tmp_path: Path) -> None:
    text = "---\n# by hand\nauthor: M. Oduya\nTitle:  It's late \ntags:\n  - port\n- ferry\n\ndate:\n---  \nBody."
    found = article(tmp_path / "a.txt", text)
    assert (found.title, found.date, found.text[found.body_start :]) == ("It's late", None, "Body.")


@pytest.mark.parametrize(
    "text",
    [
        "---\ntitle: A vote\n\nNever closed.",
        "---\ntitle: A vote\nA line of prose.\n---\nBody.",
        "---\n- title: in a list\n---\nBody.",
        "---\nauthor: nobody known\n---\nBody.",
        "---\n---\nBody.",
        "---",
        " ---\ntitle: A vote\n---\nBody.",
        "----\ntitle: A vote\n----\nBody.",
        "\n---\ntitle: A vote\n---\nBody.",
    ],
)
def test_malformed_front_matter_is_just_text(tmp_path: Path, text: str) -> None:
    assert article(tmp_path / "a.md", text) == Article("a", text)


def test_the_file_name_dates_what_nothing_else_does(tmp_path: Path) -> None:
    assert article(tmp_path / "2024-03-05-vote.txt", TEXT).date == date(2024, 3, 5)
    assert article(tmp_path / "2024-03-06.md", f"---\ntitle: A vote\ndate: soon\n---\n{TEXT}").date == date(2024, 3, 6)
    assert article(tmp_path / "2024-02-31.txt", TEXT).date is None


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2025-04-19", date(2025, 4, 19)),
        (" 2025-04-19T23:30:00+03:00 ", date(2025, 4, 19)),
        ("2025-04-19 10:00:00 UTC", date(2025, 4, 19)),
        ("20250419", date(2025, 4, 19)),
        ("19 April 2025", date(2025, 4, 19)),
        ("April 19, 2025", date(2025, 4, 19)),
        ("Sat, 19 Apr 2025 10:00:00 GMT", date(2025, 4, 19)),
        ("Saturday, april 19th 2025, 10 am", date(2025, 4, 19)),
        ("Sept. 3, 2025", date(2025, 9, 3)),
        (datetime(2025, 4, 19, 23, 59), date(2025, 4, 19)),
        (pd.Timestamp("2025-04-19T10:00", tz="Asia/Qatar"), date(2025, 4, 19)),
        (date(2025, 4, 19), date(2025, 4, 19)),
        *(
            (value, None)
            for value in ("", "soon", "2025", "03/04/2025", "2025-13-01", "31 April 2025", "19 Arpil 2025")
        ),
        *(
            (value, None)
            for value in (None, 20250419, float("nan"), pd.NaT, ["2025-04-19"], "2025-04-190", "0 May 2025")
        ),
    ],
    ids=repr,
)
def test_dates(value: object, expected: date | None) -> None:
    assert parse_date(value) == expected
    assert type(parse_date(value)) in (date, type(None))


def test_a_date_leads_a_file_name_only_whole() -> None:
    assert leading_date("2024-03-05T10.txt") == date(2024, 3, 5)
    assert leading_date("2024-03-051.txt") is leading_date("x-2024-03-05.txt") is None


# --- fields


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"id": 7.0}, Article("7", "Body.")),
        ({"id": 7.5}, Article("7.5", "Body.")),
        ({"id": ""}, Article("a:1", "Body.")),
        ({"id": None}, Article("a:1", "Body.")),
        ({"id": float("nan")}, Article("a:1", "Body.")),
        ({"id": True}, Article("a:1", "Body.")),
        ({"id": " x "}, Article(" x ", "Body.")),
        ({"title": " A vote ", "source": 5, "url": ["x"]}, Article("a:1", "Body.", "A vote", None, "5")),
        ({"title": "  ", "date": "soon"}, Article("a:1", "Body.")),
    ],
)
def test_fields_of_other_types(tmp_path: Path, fields: dict[str, object], expected: Article) -> None:
    assert articles(write_jsonl(tmp_path / "a.jsonl", {"text": "Body.", **fields})) == [expected]


# --- frames and texts


def test_frames() -> None:
    frame = pd.DataFrame(
        {"id": [5, None, 6], "text": ["One.", "Two.", None], "date": [pd.Timestamp("2024-03-05"), pd.NaT, pd.NaT]},
        index=[9, 9, 9],
    )
    assert list(from_frame(frame)) == [
        Article("5", "One.", date=date(2024, 3, 5)),
        Article("1", "Two."),
        Skipped("row 2", "6", "missing text"),
    ]
    nullable = pd.DataFrame({"id": pd.array([5, None], "Int64"), "text": pd.array(["One.", pd.NA], "string")})
    assert list(from_frame(nullable)) == [Article("5", "One."), Skipped("row 1", "1", "missing text")]


def test_a_frame_with_one_id_twice_gives_the_first() -> None:
    frame = pd.DataFrame({"id": ["a", "a"], "text": ["One.", "Two."]})
    assert list(from_frame(frame)) == [Article("a", "One."), Skipped("row 1", "a", "duplicate id: first in row 0")]


def test_texts() -> None:
    assert list(from_texts(["One.", " ", "x" * 9], limits=Limits(article_chars=8))) == [
        Article("0", "One."),
        Skipped("text 1", "1", "empty text"),
        Skipped("text 2", "2", "over-long article: more than 8 characters"),
    ]


def test_misuse_is_told_at_once() -> None:
    with pytest.raises(TypeError, match="sequence of paths"):
        read("news.txt")
    with pytest.raises(TypeError, match="sequence of strings"):
        from_texts("One.")
    with pytest.raises(ValueError, match="no column 'text', only \\['body'\\]"):
        from_frame(pd.DataFrame({"body": ["One."]}))
    with pytest.raises(ValueError, match="twice"):
        from_frame(pd.DataFrame([["One.", "Two."]], columns=["text", "text"]))


# --- folders


def test_a_folder_is_read_by_name_and_nothing_in_it_vanishes(tmp_path: Path) -> None:
    names = [
        "b.txt",
        "a/z.md",
        "a/B/c.HTM",
        "a-1.txt",
        "c.docx",
        "d",
        "e.warc.gz",
        "f.parquet.gz",
        ".hidden.txt",
        ".git/x.txt",
    ]
    random.Random(3).shuffle(names)
    for name in names:
        write(tmp_path / name, f"<p>{TEXT}</p>")
    items = list(read([tmp_path]))
    assert [item.id if isinstance(item, Article) else item.reason for item in items] == [
        "a/B/c",
        "a/z",
        "a-1",
        "b",
        "unknown file type .docx",
        "unknown file type (no ending)",
        "broken gzip: Not a gzipped file (b'<p')",
        "unknown file type .parquet.gz",
    ]
    assert next(item.input for item in items if isinstance(item, Skipped)) == str(tmp_path / "c.docx")
    assert list(read([tmp_path])) == items


def test_files_and_folders_are_read_in_the_order_given(tmp_path: Path) -> None:
    for name in ("f/x.txt", "f/y.txt", "z.txt"):
        write(tmp_path / name, TEXT)
    assert ids(tmp_path / "z.txt", tmp_path / "f", write(tmp_path / ".seen.txt", TEXT)) == ["z", "x", "y", ".seen"]


def test_one_id_is_read_once(tmp_path: Path) -> None:
    write(tmp_path / "a.md", " ")
    for name in ("a.txt", "a.txt.gz", "b/c.txt"):
        write(tmp_path / name, gzip.compress(b"Packed.") if name.endswith("gz") else name)
    again = write_jsonl(
        tmp_path / "d.jsonl", {"id": "a", "text": "x"}, {"id": "e", "text": "x"}, {"id": "e", "text": "y"}
    )
    items = list(read([tmp_path, tmp_path / "b/c.txt"]))
    assert [item.id for item in items if isinstance(item, Article)] == ["a", "b/c", "e", "c"]
    assert [(item.article, item.reason) for item in items if isinstance(item, Skipped)] == [
        ("a", "empty text"),
        ("a", f"duplicate id: first in {tmp_path / 'a.txt'}"),
        ("a", f"duplicate id: first in {tmp_path / 'a.txt'}"),
        ("e", f"duplicate id: first in {again}"),
    ]


def test_links_are_followed_but_not_in_circles(tmp_path: Path) -> None:
    write(tmp_path / "real" / "a.txt", TEXT)
    (tmp_path / "real" / "back").symlink_to(tmp_path)
    (tmp_path / "real" / "gone.txt").symlink_to(tmp_path / "nothing")
    (tmp_path / "real" / "self").symlink_to("self")
    (tmp_path / "also.txt").symlink_to(tmp_path / "real" / "a.txt")
    assert ids(tmp_path) == ["also", "real/a"]
    reasons = [reason.partition(":")[0] for _, reason in skips(tmp_path)]
    assert reasons == ["folder already read", "no such file or folder", "unreadable"]


@pytest.mark.skipif(sys.platform != "linux", reason="other systems allow no such names")
def test_a_file_name_that_is_no_text_gives_an_id_that_can_be_saved(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt"))
    assert article(path, TEXT).id == "caf\\udce9"
    (skipped,) = read([path.with_suffix(".doc")])
    assert isinstance(skipped, Skipped)
    assert skipped.input.encode().endswith(b"caf\\udce9.doc")


# --- every reason


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.txt", b"", "empty text"),
        ("a.txt", b"\xef\xbb\xbf \r\n\t", "empty text"),
        ("a.txt", b"---\ntitle: A vote\n---\n\n", "empty text"),
        ("a.txt", b"%PDF-1.7 and so on", "binary file"),
        ("a.txt", bytes(range(256)) * 3, "binary file"),
        ("a.txt", TEXT.encode("utf-16-le"), "binary file"),
        ("a.txt", TEXT.encode() + b"\0" + TEXT.encode(), "NUL character: in the text"),
        ("a.txt", TEXT.encode() + b"\xe2\x80", "broken utf-8: at byte 108"),
        ("a.txt", TEXT.encode("utf-16")[:-1], "broken utf-16-le: at byte 196"),
        ("a.txt", bytes(random.Random(1).choices(range(128, 256), k=400)), "unknown encoding"),
        (
            "a.txt",
            TURKISH.encode("cp1254"),
            "unknown encoding",
        ),
        ("a.txt", ("é" * 201).encode(), "over-long article: more than 200 characters"),
        ("a.txt", ("€" * 1_000).encode(), "over-long article: more than 804 bytes"),
        ("a.txt.gz", gzip.compress(b"x" * 10_000), "over-long article: more than 804 bytes"),
        ("a.txt.gz", b"Not packed.", "broken gzip: Not a gzipped file (b'No')"),
        ("a.txt.gz", gzip.compress(TEXT.encode())[:-12], "truncated gzip"),
        ("a.txt.gz", gzip.compress(TEXT.encode())[:12] + b"\xff" * 40, "broken gzip"),
        ("a.html", b"", "no main text in the HTML"),
        ("a.html", b"<html><body><script>1</script></body></html>", "no main text in the HTML"),
        (
            "a.html",
            b"<html><body><p>" + b"word " * 99 + b"</p></body></html>",
            "over-long article: more than 200 characters",
        ),
        ("a.html", b"\x89PNG\r\n", "binary file"),
    ],
)
def test_reasons_of_files_of_one_article(tmp_path: Path, name: str, data: bytes, reason: str) -> None:
    ((article_id, found),) = skips(write(tmp_path / name, data), max_chars=200)
    assert (article_id, found if ":" in reason else found.partition(":")[0]) == ("a", reason)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (b'{"text": ', (None, "not valid JSON: line 2, Expecting value at character 10")),
        (b"[" * 100_000, (None, "not valid JSON")),
        (b'{"id": ' + b"9" * 5_000 + b"}", (None, "not valid JSON")),
        (b'{"text": "a\0b"}', (None, "not valid JSON")),
        (b'["text"]', (None, "JSON line is not an object: line 2")),
        (b'{"id": "x"}', ("x", "missing text")),
        (b'{"id": "x", "text": null}', ("x", "missing text")),
        (b'{"text": ["One."]}', ("a:2", "text is not a string: list")),
        (b'{"text": "\\n"}', ("a:2", "empty text")),
        (b'{"id": ["x"], "text": "One."}', ("a:2", "id is neither a string nor a number: list")),
        (b'{"text": "One \\ud800."}', ("a:2", "not valid Unicode: in the text, at character 4")),
        (b'{"text": "One \xff."}', ("a:2", "not valid Unicode: in the text, at character 4")),
        (b'{"id": "\\udfff", "text": "One."}', ("a:2", "not valid Unicode: in the id, at character 0")),
        (b'{"id": "x", "text": "One.", "title": "\\ud800"}', ("x", "not valid Unicode: in the title, at character 0")),
        (b'{"text": "One \\u0000."}', ("a:2", "NUL character: in the text")),
        (b'{"text": "' + b"x" * 201 + b'"}', ("a:2", "over-long article: more than 200 characters")),
        (
            b'{"text": "One.", "html": "' + b"x" * 5_000 + b'"}',
            (None, "over-long line: more than 4,000 characters in 2"),
        ),
    ],
    ids=lambda value: repr(value)[:40],
)
def test_a_bad_json_line_is_skipped_alone(tmp_path: Path, line: bytes, expected: tuple[str | None, str]) -> None:
    good = '{"text": "Good – “so”."}\n'.encode()
    path = write(tmp_path / "a.jsonl", good + line + b"\n" + good)
    items = list(read([path], limits=Limits(article_chars=200, line_chars=4_000 if b"html" in line else 200_000)))
    ((article_id, reason),) = [(item.article, item.reason) for item in items if isinstance(item, Skipped)]
    assert (article_id, reason if ":" in expected[1] else reason.partition(":")[0]) == expected
    assert [item.id for item in items if isinstance(item, Article)] == ["a:1", "a:3"]


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ('x,"One" more,', (None, "broken CSV row: line 3, ',' expected after '\"'")),
        ("x,One,,more", (None, "more fields than columns in a CSV row: line 3")),
        ("x", ("x", "missing text")),
        ("x,", ("x", "empty text")),
        (",One \udcff", ("a:3", "not valid Unicode: in the text, at character 4")),
        (",One \0", ("a:3", "NUL character: in the text")),
    ],
)
def test_a_bad_csv_row_is_skipped_alone(tmp_path: Path, row: str, expected: tuple[str | None, str]) -> None:
    text = f"id,text,title\n,Good – “so”.,\n{row}\n,Also good.,\n"
    path = write(tmp_path / "a.csv", text.encode("utf-8", "surrogateescape"))
    assert skips(path) == [expected]
    assert ids(path) == ["a:2", "a:4"]


def test_a_row_with_an_unclosed_quote_costs_no_other(tmp_path: Path) -> None:
    rows = ["id,text", "a,Good.", 'b,"Open.', 'c,"Good, so"', "d,Good.", '"e","Good."', 'f,"Open', "g,Good."]
    text = "\n".join([*rows, 'h,"Good,\nso."', 'i,"Open.', "j,Good."])
    path = write(tmp_path / "a.csv", text)
    assert [reason for _, reason in skips(path)] == [
        *[f"broken CSV row: line {number}, ',' expected after '\"'" for number in (3, 7)],
        "broken CSV row: line 11, unexpected end of data",
    ]
    assert ids(path) == ["a", "c", "d", "e", "g", "h", "j"]


def test_the_rest_of_an_article_with_bare_quotes_makes_no_articles(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", 'id,text\n1,"One.\n\nThe "two", he said,\n\nthree."\n2,"Good,\nso."\n3,Good.\n')
    assert skips(path) == [
        (None, "broken CSV row: lines 2 to 4, ',' expected after '\"'"),
        ('three."', "missing text"),
    ]
    assert ids(path) == ["2", "3"]
    path = write(tmp_path / "b.csv", 'text\nGood.\n"Open\nWhose?\n')
    assert skips(path) == [(None, "broken CSV row: lines 3 to 4, unexpected end of data")]
    assert ids(path) == ["b:2"]


def test_an_over_long_csv_row_costs_no_other(tmp_path: Path) -> None:
    limits = Limits(line_chars=100)
    rows = ["id,text", "a,Good.", f"b,{'x' * 100}", "c,Good.", '"d,Open.', *["e,Good."] * 40, "f,Good."]
    items = list(read([write(tmp_path / "a.csv", "\r\n".join(rows))], limits=limits))
    reasons = [item.reason for item in items if isinstance(item, Skipped)]
    assert reasons[:2] == [
        "broken CSV row: line 3, more than 100 characters",
        "broken CSV row: line 5, more than 100 characters",
    ]
    assert all(reason.startswith("duplicate id") for reason in reasons[2:])
    assert [item.id for item in items if isinstance(item, Article)] == ["a", "c", "e", "f"]
    header = write(tmp_path / "b.csv", f"id,text,{'x' * 100}\na,Good.\n")
    assert [item.reason for item in read([header], limits=limits) if isinstance(item, Skipped)] == [
        "over-long line: more than 100 characters in the header"
    ]


def test_rows_are_not_read_again_for_ever(tmp_path: Path) -> None:
    # Each row swallows all the others up to the limit, and each of those is a row that does the same.
    path = write(tmp_path / "a.csv", "id,text\n" + 'x",y,"z\n' * 20_000)
    items = list(read([path], limits=Limits(line_chars=10_000)))
    assert 20 < len(items) < 50
    assert {item.reason.rpartition(", ")[2] for item in items if isinstance(item, Skipped)} == {
        "more than 10,000 characters",
        "unexpected end of data",
    }


def test_a_bad_parquet_row_is_skipped_alone(tmp_path: Path) -> None:
    broken = pa.StringArray.from_buffers(3, *pa.array([b"One.", b"Tw\xff", b"Six."], pa.binary()).buffers()[1:])
    pq.write_table(pa.table({"text": broken}), tmp_path / "a.parquet")
    assert skips(tmp_path / "a.parquet") == [(None, "not valid Unicode: in the text, row 2")]
    assert ids(tmp_path / "a.parquet") == ["a:1", "a:3"]


def test_a_table_without_texts_is_told(tmp_path: Path) -> None:
    pq.write_table(pa.table({"id": [1], "body": ["One."]}), tmp_path / "a.parquet")
    pq.write_table(pa.table({"text": pa.array([], pa.string())}), tmp_path / "b.parquet")
    write(tmp_path / "c.csv", "id,body\n1,One.\n")
    write(tmp_path / "d.csv", "id,text\n\n")
    for name in ("e.csv", "f.jsonl"):
        write(tmp_path / name, "\n")
    assert skips(tmp_path) == [
        (None, "no text column: only id, body"),
        (None, "no articles in the file"),
        (None, "no text column: only id, body"),
        *[(None, "no articles in the file")] * 3,
    ]


def test_a_broken_table_file_is_told(tmp_path: Path) -> None:
    pq.write_table(pa.table({"text": ["One."] * 500}), tmp_path / "a.parquet")
    whole = (tmp_path / "a.parquet").read_bytes()
    write(tmp_path / "a.parquet", whole[:-20])
    write(tmp_path / "b.parquet", b"")
    write(tmp_path / "c.parquet", whole[:4] + b"\xff" * 60 + whole[64:])
    write(tmp_path / "d.csv", b"PK\x03\x04 text")
    write(tmp_path / "e.jsonl", b"\0\1\2\3" * 40)
    assert [reason.partition(":")[0] for _, reason in skips(tmp_path)] == [
        *["broken Parquet"] * 3,
        *["binary file"] * 2,
    ]


@pytest.mark.parametrize("ending", [".jsonl.gz", ".csv.gz"])
def test_what_comes_before_the_break_of_a_gzip_is_read(tmp_path: Path, ending: str) -> None:
    noise = random.Random(5)
    texts = ["".join(noise.choices("abcdefghijklmnop ", k=400)) for _ in range(500)]
    lines = ["text", *texts] if ending == ".csv.gz" else [json.dumps({"text": text}) for text in texts]
    packed = gzip.compress("\n".join(lines).encode())
    path = write(tmp_path / f"a{ending}", packed[: len(packed) * 3 // 4])
    items = list(read([path]))
    assert 300 < len(items) < 400
    assert [item.text for item in items if isinstance(item, Article)] == texts[: len(items) - 1]
    assert items[-1] == Skipped(str(path), None, "truncated gzip")


@pytest.mark.parametrize("length", [2, 9, 10, 20, -9, -8, -1])
@pytest.mark.parametrize("ending", [".txt", ".jsonl", ".csv"])
def test_a_truncated_gzip_is_told_wherever_it_ends(tmp_path: Path, ending: str, length: int) -> None:
    path = write(tmp_path / f"a{ending}.gz", gzip.compress(b"text\nIt rained.\n")[:length])
    assert skips(path)[-1][1] == "truncated gzip"


def test_paths_that_cannot_be_read_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "empty").mkdir()
    good = write(tmp_path / "good.txt", TEXT)
    inputs = [tmp_path / "no.txt", good / "under.txt", Path("a\0b"), tmp_path / "pipe.txt", tmp_path / "empty", good]
    assert [reason for _, reason in skips(*inputs)] == [
        *["no such file or folder"] * 3,
        "not a regular file",
        "no files in the folder",
    ]
    assert ids(*inputs) == ["good"]
    (long,) = skips(tmp_path / ("x" * 300))
    assert long[1].startswith("unreadable: ")

    def refuse(path: Path, *_: object) -> Iterator[Path]:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "open", refuse)
    monkeypatch.setattr(Path, "iterdir", refuse)
    assert skips(good, tmp_path) == [("good", "unreadable: permission denied"), (None, "unreadable: permission denied")]


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (FileNotFoundError(2, "No such file"), "no such file or folder"),
        (OSError(5, "Input/output error"), "unreadable: Input/output error"),
        (RecursionError("too\ud800 deep"), "unforeseen error: RecursionError: too\\ud800 deep"),
        (KeyError("x" * 999), "unforeseen error: KeyError: '" + "x" * 171),
    ],
)
def test_no_failure_of_a_parser_ends_the_batch(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception, reason: str
) -> None:
    def fail(*_: object) -> Callable[..., None]:
        raise error

    monkeypatch.setitem(files.ONE_ARTICLE, ".html", fail)
    monkeypatch.setitem(files.ROWS, ".csv", fail)
    for name in ("a.html", "b.csv", "c.txt"):
        write(tmp_path / name, TEXT)
    assert skips(tmp_path) == [("a", reason), (None, reason)]
    assert ids(tmp_path) == ["c"]


# --- manners


def test_nothing_is_read_before_it_is_asked_for(tmp_path: Path) -> None:
    write(tmp_path / "a.txt", TEXT)
    write_jsonl(tmp_path / "b.jsonl", *({"text": "x" * 1_000} for _ in range(5_000)))
    stream = read([tmp_path, tmp_path / "later.txt"])
    assert isinstance(next(stream), Article)
    write(tmp_path / "a.txt", "Changed.")
    write(tmp_path / "later.txt", "Later.")
    assert next(stream) == Article("b:1", "x" * 1_000)
    os.truncate(tmp_path / "b.jsonl", 3 << 20)  # what has been looked at so far lies before
    rest = list(stream)
    assert len(rest) < 3_500
    assert rest[-1] == Article("later", "Later.")


def test_pages_are_read_without_a_word(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    for number, page in enumerate(["", "<html>", "<p>", PAGE, "<html><body></body></html>"]):
        write(tmp_path / f"{number}.html", page)
    code = f"import tone.reading; print(len(list(tone.reading.read([{str(tmp_path)!r}]))))"
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)
    assert capfd.readouterr() == ("5\n", "")


def test_importing_loads_no_library_before_it_is_needed() -> None:
    heavy = {"pandas", "pyarrow", "trafilatura", "charset_normalizer", "lxml", "numpy", "torch"}
    code = f"import sys, tone.reading; print(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], check=True, timeout=60, capture_output=True, text=True)
    assert done.stdout == "[]\n"

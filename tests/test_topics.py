"""Topics: read where titles and sources are read, and kept in the tables."""

import json
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from tone.reading import from_frame, read
from tone.records import Article, Scored, SentenceLabel, Span
from tone.tables import tables

TEXT = "The ferry will sail again on Friday."


def topics(path: Path) -> list[str | None]:
    return [item.topic for item in read([path]) if isinstance(item, Article)]


def test_a_topic_is_read_from_every_format_that_holds_it(tmp_path: Path) -> None:
    rows = [
        {"text": TEXT, "topic": " ferries "},
        {"text": TEXT, "topic": ""},
        {"text": TEXT, "topic": 7},
        {"text": TEXT},
    ]
    lines = tmp_path / "a.jsonl"
    lines.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    assert topics(lines) == ["ferries", None, "7", None]
    table = tmp_path / "b.csv"
    table.write_text(f"text,Topic\n{TEXT},ferries\n{TEXT},\n", encoding="utf-8")
    assert topics(table) == ["ferries", None]
    pq.write_table(pa.table({"text": [TEXT, TEXT], "topic": ["ferries", None]}), tmp_path / "c.parquet")
    assert topics(tmp_path / "c.parquet") == ["ferries", None]
    note = tmp_path / "d.txt"
    note.write_text(f'---\ntitle: Ferries\ntopic: "ferries"\n---\n{TEXT}\n', encoding="utf-8")
    assert topics(note) == ["ferries"]
    frame = pd.DataFrame({"text": [TEXT, TEXT], "topic": ["ferries", None]})
    assert [item.topic for item in from_frame(frame) if isinstance(item, Article)] == ["ferries", None]


def test_a_topic_is_kept_in_the_tables() -> None:
    label = SentenceLabel(None, "neutral", (0.1, 0.1, 0.8), frozenset(), (0.1, 0.1, 0.1))
    scored = [Scored(Article(topic or "none", TEXT, topic=topic), [Span(0, len(TEXT))], [label], [], [])
              for topic in ("ferries", None)]  # fmt: skip
    made = tables(scored, [])
    assert made["sentences"].column("topic").to_pylist() == ["ferries", None]
    assert made["articles"].column("topic").to_pylist() == ["ferries", None]

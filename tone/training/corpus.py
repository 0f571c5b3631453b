"""Labelled articles, from the two formats that we read.

- A folder of ``*.txt`` in the format of seeds/README.md.
- A folder with any of ``articles.jsonl`` (id, text), ``gold.jsonl`` and ``attributions.jsonl``, whose rows are labels
  (article, start, end, speaker, tone, claims) or spans (article, and source, cue, content as lists of [start, end]).
  A folder may hold only part: labels and spans find their articles by id in any of the folders read together. What a
  later folder says of the same sentence replaces what an earlier one said, so that labels can be corrected.
"""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from tone.codebook import CLAIMS, TONES, Claim, Tone
from tone.quotes.kinds import kind_of
from tone.records import Attribution, Span
from tone.segmenting import split


class CorpusError(Exception):
    """A corpus is missing or not in its format; the message names the file and line."""


@dataclass(frozen=True, slots=True)
class Label:
    """What the codebook says of a sentence. ``speaker`` is None for narration."""

    tone: Tone
    claims: frozenset[Claim]
    speaker: str | None


@dataclass(frozen=True, slots=True)
class Labelled:
    """An article with its labels.

    ``labels`` maps sentence numbers to labels (not every sentence need have one); ``attributions`` is None where spans
    were not annotated. ``speakers`` says whether the labels' speakers were annotated.
    """

    id: str
    text: str
    sentences: tuple[Span, ...]
    labels: dict[int, Label]
    attributions: tuple[Attribution, ...] | None = None
    speakers: bool = False
    head: dict[str, str] = field(default_factory=dict)
    corpus: str = ""


HEAD_KEYS: Final = ("title", "date", "source", "country", "topic")
TABLES: Final = ("articles.jsonl", "gold.jsonl", "attributions.jsonl")
SAMPLE_ONLY: Final = "sample"  # a head line "use: sample" keeps an article out of training
_BRACE: Final = re.compile(r"\{([SKC])(\d*) |\}")


def read(folders: Sequence[Path]) -> list[Labelled]:
    """All labelled articles of some folders. Raises CorpusError."""
    found: list[Labelled] = []
    tables: list[Path] = []
    for folder in folders:
        if not folder.is_dir():
            raise CorpusError(f"no such folder: {folder}")
        texts = sorted(folder.glob("*.txt"))
        if any((folder / name).exists() for name in TABLES):
            tables.append(folder)
        elif texts:
            found += [article for path in texts if (article := parse_file(path)).head.get("use") != SAMPLE_ONLY]
        else:
            raise CorpusError(
                f"{folder} holds neither *.txt articles nor articles.jsonl, gold.jsonl, attributions.jsonl"
            )
    return found + _read_tables(tables)


def parse_file(path: Path) -> Labelled:
    """An annotated article of our own format. Raises CorpusError naming file and line."""
    try:
        return parse(path.stem, path.read_text(encoding="utf-8"))
    except (ValueError, UnicodeDecodeError) as problem:
        raise CorpusError(f"{path}: {problem}") from problem


def parse(name: str, content: str) -> Labelled:
    """An annotated article from its file's content. Raises ValueError naming the line."""
    top, _, body = content.partition("\n\n")
    head = dict(line.split(": ", 1) for line in top.splitlines() if ": " in line)
    missing = [key for key in HEAD_KEYS if key not in head]
    if missing:
        raise ValueError(f"the head lacks {', '.join(missing)}")
    text, gap = "", ""
    sentences: list[Span] = []
    labels: dict[int, Label] = {}
    attributions: list[Attribution] = []
    for number, line in enumerate(body.splitlines(), top.count("\n") + 3):
        if not line.strip():
            gap = "\n\n"
            continue
        try:
            label, plain, marks = _parse_line(line)
            text += gap if sentences else ""
            start, gap = len(text), " "
            text += plain
            attributions += _attributions(text, start, marks)
        except ValueError as problem:
            raise ValueError(f"line {number}: {problem}") from problem
        labels[len(sentences)] = label
        sentences.append(Span(start, len(text)))
    if not sentences:
        raise ValueError("no sentences")
    return Labelled(
        name, text, tuple(sentences), labels, tuple(attributions), speakers=True, head=head, corpus="invented"
    )


def _parse_line(line: str) -> tuple[Label, str, list[tuple[str, str, Span]]]:
    """A sentence line: its label, its plain text, and its marks (role letter, number, span in the plain text)."""
    columns = [part.strip() for part in line.split("|", 3)]
    if len(columns) != 4:
        raise ValueError("expected tone | claims | speaker | sentence")
    tone, claims, speaker, marked = columns
    chosen = frozenset() if claims == "-" else frozenset(c.strip() for c in claims.split(","))
    if tone not in TONES:
        raise ValueError(f"unknown tone {tone!r}")
    if not chosen <= set(CLAIMS):
        raise ValueError(f"unknown claim in {claims!r}")
    plain, at, marks = "", 0, []
    opened: tuple[str, str, int] | None = None
    for brace in _BRACE.finditer(marked):
        plain += marked[at : brace.start()]
        at = brace.end()
        if brace.group(1):
            if opened:
                raise ValueError("braces do not nest")
            opened = (brace.group(1), brace.group(2) or "1", len(plain))
        elif opened:
            marks.append((opened[0], opened[1], Span(opened[2], len(plain))))
            opened = None
        else:
            raise ValueError("a brace is closed that was not opened")
    plain += marked[at:]
    if opened or "{" in plain:
        raise ValueError("a brace is opened and not closed, or has no role")
    label = Label(tone, chosen, None if speaker == "-" else speaker)  # type: ignore[arg-type]
    return label, plain, marks


def _attributions(text: str, shift: int, marks: Sequence[tuple[str, str, Span]]) -> Iterator[Attribution]:
    for number in dict.fromkeys(n for _, n, _ in marks):
        spans = {
            role: [Span(s.start + shift, s.end + shift) for r, n, s in marks if r == role and n == number]
            for role in "SKC"
        }
        if not spans["C"]:
            raise ValueError(f"attribution {number} has no content")
        if len(spans["S"]) > 1:
            raise ValueError(f"attribution {number} has {len(spans['S'])} sources")
        yield Attribution(
            tuple(spans["C"]),
            spans["S"][0] if spans["S"] else None,
            spans["K"][0] if spans["K"] else None,
            kind_of(text, spans["C"]),
        )


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    if not path.exists():
        return
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            try:
                yield json.loads(line)
            except ValueError as problem:
                raise CorpusError(f"{path}, line {number}: {problem}") from problem


def _read_tables(folders: Sequence[Path]) -> list[Labelled]:
    articles: dict[str, dict[str, Any]] = {}
    gold: dict[str, dict[tuple[int, int], dict[str, Any]]] = {}
    spans: dict[str, list[Attribution]] = {}
    for folder in folders:
        articles |= {row["id"]: row for row in _rows(folder / "articles.jsonl")}
    for folder in folders:
        for row in (*_rows(folder / "gold.jsonl"), *_rows(folder / "attributions.jsonl")):
            if row["article"] not in articles:
                raise CorpusError(f"{folder} labels {row['article']!r}, which no articles.jsonl holds")
            if "tone" in row:
                rows = gold.setdefault(row["article"], {})
                place = (int(row["start"]), int(row["end"]))
                rows[place] = rows.get(place, {}) | row
                continue
            kept = spans.setdefault(row["article"], [])
            if row["content"]:
                kept.append(_attribution(articles[row["article"]]["text"], row))
    return [
        _labelled(articles[name], [row for _, row in sorted(gold.get(name, {}).items())], spans.get(name))
        for name in dict.fromkeys((*gold, *spans))
    ]


def _attribution(text: str, row: dict[str, Any]) -> Attribution:
    source, cue, content = ([Span(*pair) for pair in row[role]] for role in ("source", "cue", "content"))
    return Attribution(tuple(content), source[0] if source else None, cue[0] if cue else None, kind_of(text, content))


def _labelled(article: dict[str, Any], rows: Sequence[dict[str, Any]], spans: list[Attribution] | None) -> Labelled:
    """Labelled sentences keep their own bounds; what lies between them is split by the segmenter."""
    text = str(article["text"])
    whole = bool(rows) and all(row.get("stratum") == "article" for row in rows)
    sentences: list[Span] = []
    labels: dict[int, Label] = {}
    at = 0
    for row in rows:
        if row["start"] > at:
            sentences += [Span(at + s.start, at + s.end) for s in split(text[at : row["start"]])]
        labels[len(sentences)] = Label(row["tone"], frozenset(row["claims"]), row.get("speaker") if whole else None)
        sentences.append(Span(row["start"], row["end"]))
        at = row["end"]
    sentences += [Span(at + s.start, at + s.end) for s in split(text[at:])]
    head = {key: str(article[key]) for key in HEAD_KEYS if article.get(key)}
    return Labelled(
        str(article["id"]),
        text,
        tuple(sentences),
        labels,
        None if spans is None else tuple(spans),
        speakers=whole,
        head=head,
        corpus="real",
    )

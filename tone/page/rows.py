"""The two long tables of the page, as rows that the template and the script both show."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import pandas as pd

from tone.codebook import CLAIMS, TONES
from tone.page.frames import Record, day, line, once, records, signed

ROWS: Final = 20_000
"""A table keeps its first this many rows, so that a page of a huge collection still opens."""

TEXT: Final = 600
"""Longer sentences are cut off in the table of claims, in characters."""

Row = dict[str, Any]

_COUNTS: Final = dict.fromkeys(("sentences", "articles", *TONES, "net_tone", "net_low", "net_high", *CLAIMS), 0)
BLANK_SPEAKER: Final[Row] = {"speaker": "", "kind": "", **_COUNTS, "first": "", "last": "", "enough": True}
BLANK_CLAIM: Final[Row] = {
    **dict.fromkeys(("article", "sentence", *CLAIMS), 0),
    **dict.fromkeys(("speaker", "tone", "date", "start", "end", "text"), ""),
}
"""What the script fills in for further rows."""


def speakers(report: pd.DataFrame) -> list[Row]:
    """The rows of `tone.reports.speakers`, shares and net tone in whole per cent, dates as text."""
    return [_speaker(row) for row in report.head(ROWS).to_dict("records")]


def claims(sentences: pd.DataFrame, places: Mapping[str, int]) -> list[Row]:
    """A row a sentence that makes a claim, copied articles left out; the newest first, then in reading order.

    ``places`` numbers the articles. ``progress``, ``schedule`` and ``denial`` are how sure the model is, in whole
    per cent (100 where the table does not say), 0 where the sentence does not make that claim. Beyond `ROWS`, the
    least sure are left out.
    """
    needed = ("article", "sentence", "text", "speaker", "tone", *CLAIMS)
    optional = (*(f"p_{claim}" for claim in CLAIMS), "date", "when_start", "when_end")
    rows = [_claim(row, places) for row in records(making(sentences), needed, optional)]
    if len(rows) > ROWS:
        rows = sorted(rows, key=sureness, reverse=True)[:ROWS]
    rows.sort(key=lambda row: (row["article"], row["sentence"]))
    return sorted(rows, key=lambda row: row["date"] or "", reverse=True)


def making(sentences: pd.DataFrame) -> pd.DataFrame:
    """The sentences that make a claim, copied articles left out."""
    own = once(sentences)
    return own[own[list(CLAIMS)].astype(bool).any(axis=1)]


def sureness(row: Row) -> int:
    """The highest probability among the claims of a row, in per cent."""
    return max(int(row[claim]) for claim in CLAIMS)


def packed(rows: Sequence[Row]) -> dict[str, Any]:
    """Rows as one list of column names and a list of values a row: half the size in JSON."""
    return {"columns": list(rows[0]) if rows else [], "rows": [list(row.values()) for row in rows]}


def _speaker(row: Mapping[Any, Any]) -> Row:
    ends = {name: round(100 * row[name]) for name in ("net_tone", "net_low", "net_high")}
    first, last = ("" if row[name] is pd.NaT else day(row[name]) for name in ("first", "last"))
    return {
        "speaker": line(row["speaker"]),
        "kind": row["kind"] if isinstance(row["kind"], str) else "",
        "sentences": int(row["sentences"]),
        "articles": int(row["articles"]),
        **{tone: round(100 * row[tone]) for tone in TONES},
        **ends,
        **{claim: int(row[claim]) for claim in CLAIMS},
        "first": first,
        "last": last,
        "enough": bool(row["enough"]),
    }


def _claim(row: Record, places: Mapping[str, int]) -> Row:
    sure: Row = {claim: 0 if not row[claim] else _per_cent(row[f"p_{claim}"]) for claim in CLAIMS}
    text = line(row["text"])
    return {
        "article": places.get(str(row["article"]), -1),
        "sentence": int(row["sentence"]),
        "speaker": line(row["speaker"]),
        "tone": row["tone"],
        **sure,
        "date": day(row["date"]) or "",
        "start": day(row["when_start"]) or "",
        "end": day(row["when_end"]) or "",
        "text": text if len(text) <= TEXT else text[: TEXT - 1] + "…",
    }


def _per_cent(probability: float | None) -> int:
    return 100 if probability is None else max(1, round(100 * probability))


def interval(row: Row) -> str:
    """The 95 % interval of the net tone in words: ``−23 to +95``."""
    return f"{signed(row['net_low'])} to {signed(row['net_high'])}"


def types(row: Row) -> str:
    """The claims of a row and how sure each is: ``progress 77 %, schedule 91 %``."""
    return ", ".join(f"{claim} {row[claim]}\N{NO-BREAK SPACE}%" for claim in CLAIMS if row[claim])


def span(first: str, last: str) -> str:
    """One day, or two with a dash between them; empty where neither is known."""
    return first if first == last else f"{first} – {last}"

"""Records to tables: the columns that `tone score` writes, their order and types.

A few articles at a time give working tables, which have some columns more: what is needed to find copies and to give
everybody one name when the whole collection is known.
"""

import datetime
from collections.abc import Mapping, Sequence
from typing import Any, Final

import pyarrow as pa

from tone.codebook import CLAIMS, TONES
from tone.copies import sketch
from tone.records import Article, Scored, SentenceLabel, Skipped, Span
from tone.when import resolve

_KNOWN: Final = [
    ("date", pa.date32()),
    ("source", pa.string()),
    ("title", pa.string()),
    ("topic", pa.string()),
    ("copy_of", pa.string()),
]
SENTENCES: Final = pa.schema(
    [
        ("article", pa.string()),
        ("sentence", pa.int64()),
        ("start", pa.int64()),
        ("end", pa.int64()),
        ("text", pa.string()),
        ("speaker", pa.string()),
        ("speaker_kind", pa.string()),
        ("speaker_rule", pa.string()),
        ("speaker_probability", pa.float64()),
        ("tone", pa.string()),
        *((f"p_{tone}", pa.float64()) for tone in TONES),
        *((claim, pa.bool_()) for claim in CLAIMS),
        *((f"p_{claim}", pa.float64()) for claim in CLAIMS),
        ("when_start", pa.date32()),
        ("when_end", pa.date32()),
        *_KNOWN,
    ]
)
QUOTES: Final = pa.schema(
    [
        ("article", pa.string()),
        ("quote", pa.int64()),
        *((f"{role}_{end}", pa.int64()) for role in ("content", "source", "cue") for end in ("start", "end")),
        ("kind", pa.string()),
        ("speaker", pa.string()),
        ("probability", pa.float64()),
    ]
)
SKIPPED: Final = pa.schema([("input", pa.string()), ("article", pa.string()), ("reason", pa.string())])
ARTICLES: Final = pa.schema([("article", pa.string()), ("text", pa.string()), *_KNOWN, ("url", pa.string())])
SCHEMAS: Final[Mapping[str, pa.Schema]] = {
    "sentences": SENTENCES,
    "quotes": QUOTES,
    "skipped": SKIPPED,
    "articles": ARTICLES,
}

WORKING: Final[Mapping[str, pa.Schema]] = {
    **SCHEMAS,
    "quotes": QUOTES.append(pa.field("speaker_kind", pa.string())),
    "articles": ARTICLES.append(pa.field("sketch", pa.list_(pa.uint64()))),
}
"""`SCHEMAS` with what finishing needs: the kind of each quote's speaker, and each article's `tone.copies.sketch`."""


def tables(scored: Sequence[Scored], skipped: Sequence[Skipped]) -> dict[str, pa.Table]:
    """The four working tables, by the names of `WORKING`: names as the articles have them, ``copy_of`` null."""
    rows: dict[str, list[dict[str, Any]]] = {
        "sentences": [row for s in scored for row in _sentence_rows(s)],
        "quotes": [row for s in scored for row in _quote_rows(s)],
        "skipped": [{"input": s.input, "article": s.article, "reason": s.reason} for s in skipped],
        "articles": [_article_row(s.article) for s in scored],
    }
    return {name: pa.Table.from_pylist(rows[name], schema=schema) for name, schema in WORKING.items()}


def _article_row(article: Article) -> dict[str, Any]:
    body = article.text[article.body_start :]
    return {"article": article.id, "text": article.text, "url": article.url, "sketch": sketch(body), **_known(article)}


def _known(article: Article) -> dict[str, Any]:
    return {
        "date": article.date,
        "source": article.source,
        "title": article.title,
        "topic": article.topic,
        "copy_of": None,
    }


def _sentence_rows(scored: Scored) -> list[dict[str, Any]]:
    known = _known(scored.article)
    rows: list[dict[str, Any]] = []
    for number, (span, label) in enumerate(zip(scored.sentences, scored.labels, strict=True)):
        speaker = label.speaker
        rows.append(
            {
                "article": scored.article.id,
                "sentence": number,
                "start": span.start,
                "end": span.end,
                "text": span.of(scored.article.text),
                "speaker": speaker.name if speaker else None,
                "speaker_kind": speaker.kind if speaker and speaker.name is not None else None,
                "speaker_rule": speaker.rule if speaker else None,
                "speaker_probability": speaker.probability if speaker else None,
                "tone": label.tone,
                **{f"p_{tone}": p for tone, p in zip(TONES, label.tone_probabilities, strict=True)},
                **{claim: claim in label.claims for claim in CLAIMS},
                **{f"p_{claim}": p for claim, p in zip(CLAIMS, label.claim_probabilities, strict=True)},
                **_when(span.of(scored.article.text), label, scored.article.date),
                **known,
            }
        )
    return rows


def _when(text: str, label: SentenceLabel, date: datetime.date | None) -> dict[str, datetime.date | None]:
    """The days that a schedule claim speaks of; null without one, without the article's date, and where it has none."""
    when = resolve(text, date) if date is not None and "schedule" in label.claims else None
    return {"when_start": when.start if when else None, "when_end": when.end if when else None}


def _quote_rows(scored: Scored) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    for number, (attribution, speaker) in enumerate(zip(scored.attributions, scored.speakers, strict=True)):
        for piece in attribution.content:
            rows.append(
                {
                    "article": scored.article.id,
                    "quote": number,
                    **_ends("content", piece),
                    **_ends("source", attribution.source),
                    **_ends("cue", attribution.cue),
                    "kind": attribution.kind,
                    "speaker": speaker.name,
                    "speaker_kind": speaker.kind if speaker.name is not None else None,
                    "probability": attribution.probability,
                }
            )
    return rows


def _ends(role: str, span: Span | None) -> dict[str, int | None]:
    return {f"{role}_start": span.start if span else None, f"{role}_end": span.end if span else None}

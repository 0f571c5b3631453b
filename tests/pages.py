"""Collections made for the tests of the page, without any model."""

import random
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import pandas as pd

from tone.codebook import CLAIMS, TONES
from tone.collection import Collection
from tone.models import PARTS

FIRST = ("Amina", "Bram", "Chiara", "Dov", "Elif", "Farid", "Greta", "Hugo", "Ines", "Jonas", "Karim", "Lotte", "Mila")
LAST = (
    "Achterberg",
    "Bakari",
    "Castellan",
    "Dvorak",
    "Ekholm",
    "Fontana",
    "Grieg",
    "Halloran",
    "Ito",
    "Jansen",
    "Kovacs",
)
WORDS = ("the", "council", "ferry", "harbour", "budget", "bridge", "vote", "talks", "road", "school", "levy", "slowly")


def sentence(article: str, number: int, text: str, start: int, known: Mapping[str, Any]) -> dict[str, Any]:
    """A row of the table of sentences: narration in a neutral tone where ``known`` does not say otherwise."""
    tone = known.get("tone", "neutral")
    speaker = known.get("speaker")
    return {
        "article": article,
        "sentence": number,
        "start": start,
        "end": start + len(text),
        "text": text,
        "speaker": None,
        "speaker_kind": "person" if speaker else None,
        "speaker_rule": "full name" if speaker else None,
        "speaker_probability": 0.9 if speaker else None,
        "tone": tone,
        **{f"p_{name}": 0.8 if name == tone else 0.1 for name in TONES},
        **dict.fromkeys(CLAIMS, False),
        **{f"p_{claim}": 0.85 if known.get(claim) else 0.05 for claim in CLAIMS},
        **known,
    }


def collection(articles: list[dict[str, Any]], said: dict[str, list[dict[str, Any]]]) -> Collection:
    """A collection of ``articles`` (columns of that table less ``text``); ``said`` has each one's sentences.

    A sentence has its ``text``, and what `sentence` takes; ``quote`` is the stretch of its text that is a quote, and
    ``break`` begins a paragraph.
    """
    sentences, quotes, whole = [], [], []
    for article in articles:
        text = ""
        for number, given in enumerate(said[article["article"]]):
            row = dict(given)
            text += "" if not text else "\n\n" if row.pop("break", False) else " "
            quote = row.pop("quote", None)
            known = {name: article[name] for name in ("date", "source", "title", "copy_of") if name in article}
            sentences.append(sentence(article["article"], number, row.pop("text"), len(text), known | row))
            if quote:
                start = len(text) + given["text"].index(quote)
                quotes.append(
                    {"article": article["article"], "content_start": start, "content_end": start + len(quote)}
                )
            text += given["text"]
        whole.append({"date": None, "source": None, "title": None, "url": None, **article, "text": text})
    return Collection(
        sentences=pd.DataFrame(sentences, columns=None if sentences else list(sentence("", 0, "", 0, {"date": None}))),
        quotes=pd.DataFrame(quotes, columns=["article", "content_start", "content_end"]),
        skipped=pd.DataFrame([], columns=["input", "article", "reason"]),
        articles=pd.DataFrame(whole, columns=None if whole else ["article", "text", "date", "source", "title", "url"]),
        manifest=MANIFEST,
    )


MANIFEST: Mapping[str, Any] = {
    "tone": "0.1.0",
    "made": "2026-05-04T10:00:00+00:00",
    "versions": {"pandas": "2.2"},
    "models": {part: {"weights": digit * 64} for part, digit in zip(PARTS, "abc", strict=True)},
    "settings": {"models": "/somewhere/private", "precision": "float32"},
    "seconds": {"loading": 1.0, "scoring": 2.5},
}


def generated(articles: int, sentences: int = 28, seed: int = 0) -> Collection:
    """Articles as long as news is, four in ten sentences with one of many speakers, one in five with a claim."""
    draw = random.Random(seed)
    names = [
        f"{first} {last}{end}"
        for first in FIRST
        for last in LAST
        for end in ("", "-Lund", " Jr", "-Roth", "-Ochoa", "-Iyer")
    ]
    rows, said = [], {}
    for number in range(articles):
        key = f"a{number:05d}"
        day = date(2026, 1, 1) + timedelta(days=draw.randrange(200))
        rows.append(
            {"article": key, "date": day, "source": f"Paper {number % 30}", "title": f"Harbour talks, part {number}"}
        )
        speakers = [draw.choice(names) for _ in range(4)]
        said[key] = [_drawn(draw, speakers, place) for place in range(sentences)]
    return collection(rows, said)


def _drawn(draw: random.Random, speakers: list[str], place: int) -> dict[str, Any]:
    quote = " ".join(draw.choices(WORDS, k=14))
    if draw.random() < 0.4:
        speaker = draw.choice(speakers)
        row: dict[str, Any] = {"text": f"“{quote},” said {speaker}.", "quote": quote, "speaker": speaker}
    else:
        row = {"text": f"{quote.capitalize()} {' '.join(draw.choices(WORDS, k=6))}."}
    claims = dict.fromkeys(draw.sample(CLAIMS, draw.random() < 0.2), True)
    return row | claims | {"tone": draw.choice(TONES), "break": place % 2 == 0}

"""Tables to one self-contained HTML page that opens offline, and in which nothing but our own script can run."""

import base64
import hashlib
import json
import os
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Final, get_args

from jinja2 import Environment, PackageLoader, StrictUndefined
from jinja2.utils import htmlsafe_json_dumps
from markupsafe import Markup

from tone import palette
from tone.codebook import CLAIMS, MEANING
from tone.collection import Collection
from tone.page import articles, overview, quality, rows, timeline
from tone.page.articles import Shown
from tone.page.frames import clean, long_span, records, signed
from tone.records import SpeakerKind
from tone.reports import ENOUGH, speakers

TITLE: Final = "Who said what, in what tone"
FIRST_ROWS: Final = 25
"""Rows that are in the markup itself, for readers without scripts; the script brings the others."""

MOST: Final = 13_500_000
"""About how many bytes a page has at most."""

# Bytes for what is always there, and for articles even where the tables leave less.
FRAME: Final = 300_000
LEAST: Final = 1_000_000

SECTIONS: Final = (
    ("glance", "At a glance"),
    ("speakers", "Speakers"),
    ("timeline", "Timeline"),
    ("claims", "Claims"),
    ("articles", "Articles"),
    ("skipped", "Skipped"),
    ("models", "Models"),
    ("versions", "Versions"),
)


def page(collection: Collection, *, title: str = TITLE, max_bytes: int = MOST) -> str:
    """A scored collection as one HTML document: speakers, timeline, claims, articles, what was skipped, the models.

    It needs no network and no other file, and works without scripts too, except for sorting, filtering and paging. All
    text of articles is escaped, and its Content-Security-Policy lets nothing run or load but the page's own script and
    style, by their SHA-256.

    Args:
        collection: what `tone.score` or `tone.load` gave.
        title: the page's heading.
        max_bytes: about how large the page may be. Where not all articles fit, it shows a sample of them (the same
            each time, and says so); figures, speakers and claims are those of the whole collection all the same.

    Raises:
        ValueError: a table lacks a column that the page cannot do without, or holds an unknown tone or a bad date.
    """
    report, sentences = speakers(collection.sentences), collection.sentences
    speaking = rows.speakers(report)
    claiming = rows.claims(sentences, _places(collection))
    tables = {"speakers": rows.packed(speaking), "claims": rows.packed(claiming)}
    shown = articles.shown(collection, max(LEAST, max_bytes - FRAME - len(_json(tables).encode())))
    cards = quality.cards(collection.manifest)
    claims = len(rows.making(sentences))
    context: dict[str, Any] = {
        "title": title,
        **_frame(),
        "first_rows": FIRST_ROWS,
        "glance": overview.overview(collection),
        "skipped": overview.skipped(collection.skipped),
        "speakers": {"rows": speaking, "total": len(report), "left_out": len(report) - len(speaking)},
        "kinds": [kind for kind in get_args(SpeakerKind) if any(row["kind"] == kind for row in speaking)],
        "enough": ENOUGH,
        "timeline": timeline.drawn(sentences),
        "claimed": {"rows": claiming, "total": claims, "left_out": claims - len(claiming)},
        "dated": any(row["start"] or row["end"] for row in claiming),
        "articles": shown,
        "shown_places": {article.place for article in shown},
        "collected": len(collection.articles),
        "cards": cards,
        "accuracy": quality.right(cards, "tone accuracy"),
        "ran": quality.ran(collection.manifest),
        "weights": quality.weights(collection.manifest),
        "data": _json({**tables, **_filters(shown)}),
    }
    return clean(_environment().get_template("template.html.j2").render(context).lstrip())


def _frame() -> dict[str, Any]:
    """What is the same on every page."""
    css, js = _style(), _asset("page.js")
    return {
        "csp": policy(css, js),
        "css": Markup(css),
        "js": Markup(js),
        "sections": SECTIONS,
        "order": palette.ORDER,
        "symbol": palette.SYMBOL,
        "meaning": MEANING,
        "claims": CLAIMS,
        "blank_speaker": rows.BLANK_SPEAKER,
        "blank_claim": rows.BLANK_CLAIM,
    }


def _places(collection: Collection) -> dict[str, int]:
    """The number of each article in the collection."""
    ids = [str(row["article"]) for row in records(collection.articles, ("article",))]
    return {name: place for place, name in reversed(list(enumerate(ids)))}


def _filters(shown: Sequence[Shown]) -> dict[str, Any]:
    """What the script needs beside the tables: for each article its place, the words to find it by, its speakers."""
    names = {name: number for number, name in enumerate(dict.fromkeys(n for a in shown for n in a.speakers))}
    found = [(a.place, " ".join((a.title, *a.facts)), [names[name] for name in a.speakers]) for a in shown]
    return {"claim_types": CLAIMS, "days": ("date", "start", "last"), "names": list(names), "articles": found}


def _json(value: object) -> Markup:
    """JSON that can stand in a script element: no ``<``, ``>``, ``&`` or ``'``."""
    return htmlsafe_json_dumps(value, dumps=json.dumps, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def write(collection: Collection, path: str | os.PathLike[str], **options: Any) -> Path:
    """Write `page` to a file, whole or not at all; ``options`` are those of `page`. Returns the path.

    Raises ValueError as `page` does, and OSError where the file cannot be written.
    """
    target = Path(path)
    draft = target.with_name(f".{target.name}.part")
    html = page(collection, **options)
    try:
        draft.write_text(html, encoding="utf-8")
        draft.replace(target)
    except OSError as problem:
        if draft.exists():
            draft.unlink()
        problem.filename = str(target)  # not the draft's, which nobody has asked for
        raise
    return target


def policy(css: str, js: str) -> str:
    """The Content-Security-Policy that lets just this style and this script be."""
    return "; ".join(
        (
            "default-src 'none'",
            f"style-src '{_digest(css)}'",
            f"script-src '{_digest(js)}'",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def _digest(content: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()


@cache
def _asset(name: str) -> str:
    return files("tone.page").joinpath(name).read_text(encoding="utf-8")


@cache
def _style() -> str:
    """The style sheet, after the colours of the tones in light and dark as custom properties."""
    light = _colours(palette.LIGHT, palette.TINT_LIGHT)
    dark = _colours(palette.DARK, palette.TINT_DARK)
    root = f":root{{{light}}}\n@media screen and (prefers-color-scheme: dark){{:root{{{dark}}}}}\n"
    return root + _asset("page.css")


def _colours(strong: Any, tint: Any) -> str:
    return "".join(f"--{tone}:{strong[tone]};--{tone}-tint:{tint[tone]};" for tone in palette.ORDER)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("tone.page", "."),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(
        thousands=lambda number: f"{number:,}",
        counted=lambda number, noun: f"{number:,} {noun}{'' if number == 1 else 's'}",
        signed=signed,
        interval=rows.interval,
        span=rows.span,
        long_span=long_span,
        types=rows.types,
        sure=articles.sure,
    )
    return environment

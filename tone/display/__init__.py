"""How a collection and an article show themselves in a notebook: HTML without scripts, escaped, light or dark."""

import difflib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from tone import palette
from tone.codebook import CLAIMS, TONES
from tone.collection import Collection
from tone.page import articles, overview
from tone.page.articles import Shown
from tone.page.frames import long_span, signed
from tone.reports import ENOUGH, speakers
from tone.show import body, heading

TOP: Final = 10
"""Speakers that a collection shows."""

SOURCES: Final = 5


@dataclass(frozen=True, slots=True, repr=False)
class ArticleView:
    """An article with its quotes marked by tone, and after each sentence who says it, in which tone, claiming what.

    Shown by a notebook; printed, it is plain text with the quotes in ‹ ›.
    """

    shown: Shown
    plain: str

    def _repr_html_(self) -> str:
        return _render("article.html.j2", article=self.shown, claims=CLAIMS)

    def __repr__(self) -> str:
        return self.plain


def article(collection: Collection, article_id: str) -> ArticleView:
    """One article of a collection. Raises ValueError where there is no such one, or a table lacks a needed column."""
    tables = (collection.articles, collection.sentences, collection.quotes)
    own, sentences, quotes = (table[table["article"] == article_id] for table in tables)
    if own.empty:
        raise ValueError(_unknown(article_id, collection.articles["article"].astype("str").tolist()))
    own = own.head(1)
    (shown,) = articles.shown(Collection(sentences, quotes, collection.skipped, own))
    record = own.to_dict("records")[0]
    text = body(str(record["text"]), sentences, quotes, brackets=True)
    return ArticleView(shown, f"{heading(record).plain}\n\n{text.plain}")


def summary(collection: Collection) -> str:
    """A collection as HTML: what is in it, who speaks most and how they sound, what was skipped, and what ran.

    Where a table lacks what that needs, only how much there is, and what is missing.
    """
    try:
        seen, report = overview.overview(collection), speakers(collection.sentences)
        skipped = overview.skipped(collection.skipped)
    except ValueError as problem:
        return _render("problem.html.j2", counts=repr(collection), problem=problem)
    return _render(
        "collection.html.j2",
        seen=seen,
        sources=seen.sources[:SOURCES],
        more_sources=len(seen.sources[SOURCES:]) + seen.more_sources,
        rows=report.head(TOP).to_dict("records"),
        speakers=len(report),
        skipped=skipped,
        enough=ENOUGH,
        made_with=made_with(collection.manifest),
    )


def made_with(manifest: Mapping[str, Any]) -> str | None:
    """The version of tone and the first digits of each model's checksum, in a line; None where it names neither."""
    weights = manifest.get("models", {})
    named = [f"{part} {checksum[:8]}" for part, files in weights.items() for checksum in list(files.values())[:1]]
    version = [f"tone {manifest['tone']}"] if "tone" in manifest else []
    return ", ".join([*version, *([f"models {', '.join(named)}"] if named else [])]) or None


def _unknown(article_id: str, known: list[str]) -> str:
    if not known:
        return "no article was scored here"
    near = difflib.get_close_matches(str(article_id), known, n=3)
    such = (
        f"did you mean {' or '.join(map(repr, near))}?" if near else f"there are {len(known):,}, such as {known[0]!r}"
    )
    return f"no article {article_id!r}; {such}"


def _render(template: str, **context: Any) -> str:
    return (
        _environment()
        .get_template(template)
        .render(css=_style(), order=palette.ORDER, symbol=palette.SYMBOL, **context)
    )


@cache
def _style() -> Markup:
    """The style sheet: colours in light and dark as custom properties, then what uses them.

    JupyterLab and VS Code say which theme they are in; elsewhere the system decides.
    """
    light = _colours(palette.LIGHT, palette.TINT_LIGHT, paper="#ffffff", ink=palette.INK, faint=palette.FAINT)
    dark = _colours(palette.DARK, palette.TINT_DARK, paper="#15181c", ink="#e8eaed", faint="#a3acb5")
    rules = [
        f".tone-view{{{light}}}",
        f"@media (prefers-color-scheme: dark){{.tone-view{{{dark}}}}}",
        f'[data-jp-theme-light="true"] .tone-view,.vscode-light .tone-view{{{light}}}',
        f'[data-jp-theme-light="false"] .tone-view,.vscode-dark .tone-view{{{dark}}}',
        files("tone.display").joinpath("display.css").read_text(encoding="utf-8"),
    ]
    return Markup("\n".join(rules))


def _colours(strong: Mapping[str, str], tint: Mapping[str, str], **others: str) -> str:
    tones = "".join(f"--{tone}:{strong[tone]};--{tone}-tint:{tint[tone]};" for tone in TONES)
    return tones + "".join(f"--{name}:{colour};" for name, colour in others.items())


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("tone.display", "."),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(
        points=lambda share: signed(100 * share),
        scaled=lambda share: f"{100 * share:.1f}",
        per_cent=lambda share: f"{100 * share:.0f}",
        counted=lambda number, one, more=None: f"{number:,} {one if number == 1 else more or one + 's'}",
        long_span=long_span,
        sure=articles.sure,
    )
    return environment

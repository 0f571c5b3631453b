"""One scored article in the terminal: its paragraphs, with what is quoted, by whom, in what tone."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

import pandas as pd
from rich.text import Text

from tone import palette
from tone.codebook import CLAIMS, TONES

SYMBOL: Final = palette.SYMBOL
COLOUR: Final[dict[str, str]] = {"constructive": "green", "cautious": "red", "neutral": "blue"}

# Control characters (an article could hold escape sequences) become visible; one for one, so that offsets stay right.
_CONTROL: Final = {code: "�" for code in (*range(32), *range(127, 160)) if chr(code) not in "\n\t\r"} | {ord("\r"): " "}


def legend() -> Text:
    """What the colours and symbols of the tones mean, in one line."""
    return Text("   ").join(Text.assemble((SYMBOL[tone], f"bold {COLOUR[tone]}"), f" {tone}") for tone in TONES)


def printable(text: str) -> str:
    """``text`` with each control character but white space replaced by U+FFFD; the length stays the same."""
    return text.translate(_CONTROL)


def heading(article: Mapping[Any, object]) -> Text:
    """Title, then source, date and id of an article (a record of ``Collection.articles``); what is null is left out."""
    head = Text()
    if not _null(article["title"]):
        head.append(printable(str(article["title"])), style="bold").append("\n")
    facts = [printable(str(article[name])) for name in ("source", "date", "article") if not _null(article[name])]
    return head.append(" · ".join(facts), style="dim")


def body(text: str, sentences: pd.DataFrame, quotes: pd.DataFrame, *, brackets: bool = False) -> Text:
    """The article's text, its paragraphs kept, with each quote in the colour of its sentence's tone.

    ``sentences`` and ``quotes`` are the rows of one article, ``text`` is what their offsets count in. After each
    sentence with a speaker stands a marker, ``[+ Speaker · constructive · claims]``; narration has none. With
    ``brackets``, each quote is put in ‹ ›, for output without colour and underlining.
    """
    text = printable(text)
    contents = sorted(zip(quotes["content_start"].astype(int), quotes["content_end"].astype(int), strict=True))
    whole, end = Text(), 0
    for row in sentences.sort_values("start").to_dict("records"):
        whole.append(_gap(text[end : row["start"]]))
        whole.append(_sentence(text, row["start"], row["end"], contents, row["tone"], brackets))
        if not _null(row["speaker"]):
            whole.append(" ").append(_marker(row))
        end = row["end"]
    whole.append(_gap(text[end:]))
    whole.rstrip()
    return whole


def _null(value: object) -> bool:
    return value is None or value is pd.NaT or value is pd.NA or value != value


def _gap(text: str) -> str:
    """What stands between two sentences, never more than one blank line."""
    return re.sub(r"\n\s*\n", "\n\n", text)


def _marker(row: Mapping[Any, object]) -> Text:
    tone = str(row["tone"])
    claims = [claim for claim in CLAIMS if row[claim]]
    parts = " · ".join([printable(str(row["speaker"])).replace("\n", " "), tone, *claims])
    return Text.assemble("[", (SYMBOL[tone], COLOUR[tone]), f" {parts}]", style="dim")


def _sentence(text: str, start: int, end: int, contents: list[tuple[int, int]], tone: str, brackets: bool) -> Text:
    shown = Text()
    for low, high, quoted in _pieces(start, end, contents):
        piece = text[low:high]
        if quoted:
            shown.append(f"‹{piece}›" if brackets else piece, style=f"underline {COLOUR[tone]}")
        else:
            shown.append(piece)
    return shown


def _pieces(start: int, end: int, contents: list[tuple[int, int]]) -> Iterator[tuple[int, int, bool]]:
    """``start`` to ``end`` cut into pieces, and whether each is in one of ``contents``, which are in order."""
    at = start
    for low, high in contents:
        low, high = max(low, at), min(high, end)
        if low < high:
            yield at, low, False
            yield low, high, True
            at = high
    yield at, end, False

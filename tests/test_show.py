"""An article in the terminal: what is marked, where, and that nothing else changes."""

import datetime
from typing import Any

import pandas as pd
import pytest
from rich.console import Console
from rich.text import Text

from tone.show import body, heading, legend, printable

TEXT = (
    "Ferry talks resume\n\n\n \n\n"
    "Marisol Teague said the timetable was “nearly agreed”. “We will sign on Friday,” she added.\n\n"
    "The port denied that a berth had been promised. The northern quay was quiet.\n"
)
SENTENCES: list[tuple[str, str | None, str, tuple[str, ...]]] = [
    ("Ferry talks resume", None, "neutral", ()),
    ("Marisol Teague said the timetable was “nearly agreed”.", "Marisol Teague", "constructive", ("progress",)),
    ("“We will sign on Friday,” she added.", "Marisol Teague", "constructive", ("schedule",)),
    ("The port denied that a berth had been promised.", "Harwick port", "cautious", ("denial",)),
    ("The northern quay was quiet.", None, "neutral", ()),
]
CONTENTS = ["the timetable was “nearly agreed”", "“We will sign on Friday,”", "that a berth had been promised"]


def sentences(text: str, rows: list[tuple[str, str | None, str, tuple[str, ...]]]) -> pd.DataFrame:
    table = []
    for sentence, speaker, tone, claims in rows:
        start = text.index(sentence)
        held = {claim: claim in claims for claim in ("progress", "schedule", "denial")}
        table.append({"start": start, "end": start + len(sentence), "speaker": speaker, "tone": tone, **held})
    return pd.DataFrame(table, columns=["start", "end", "speaker", "tone", "progress", "schedule", "denial"])


def quotes(text: str, contents: list[str]) -> pd.DataFrame:
    starts = [text.index(content) for content in contents]
    ends = [start + len(content) for start, content in zip(starts, contents, strict=True)]
    return pd.DataFrame({"content_start": starts, "content_end": ends})


def shown(**options: Any) -> Text:
    return body(TEXT, sentences(TEXT, SENTENCES), quotes(TEXT, CONTENTS), **options)


def styled(text: Text, style: str) -> list[str]:
    return [text.plain[span.start : span.end] for span in text.spans if style in str(span.style)]


def test_the_text_with_markers() -> None:
    assert shown(brackets=True).plain == (
        "Ferry talks resume\n\n"
        "Marisol Teague said ‹the timetable was “nearly agreed”›. [+ Marisol Teague · constructive · progress] "
        "‹“We will sign on Friday,”› she added. [+ Marisol Teague · constructive · schedule]\n\n"
        "The port denied ‹that a berth had been promised›. [~ Harwick port · cautious · denial] "
        "The northern quay was quiet."
    )


def test_quotes_have_the_colour_of_their_tone() -> None:
    text = shown()
    assert "‹" not in text.plain
    assert styled(text, "underline green") == CONTENTS[:2]
    assert styled(text, "underline red") == CONTENTS[2:]
    assert styled(text, "underline blue") == []


def test_a_quote_over_two_sentences_is_marked_in_both() -> None:
    text = "“We wait. We are patient,” said Ola Finch."
    rows = sentences(text, [("“We wait.", "Ola Finch", "neutral", ()), (text[10:], "Ola Finch", "cautious", ())])
    made = body(text, rows, quotes(text, ["“We wait. We are patient,”"]), brackets=True)
    assert made.plain == (
        "‹“We wait.› [= Ola Finch · neutral] ‹We are patient,”› said Ola Finch. [~ Ola Finch · cautious]"
    )
    assert styled(made, "underline blue") == ["‹“We wait.›"]


def test_quotes_that_overlap_show_everything_once() -> None:
    text = "He said she said they knew."
    made = body(text, sentences(text, [(text, None, "neutral", ())]), quotes(text, ["she said they knew", "they knew"]))
    assert made.plain == text


def test_no_sentence_and_no_quote() -> None:
    assert body("Only this.\n", sentences("", []), quotes("", [])).plain == "Only this."
    assert body("", sentences("", []), quotes("", [])).plain == ""


@pytest.mark.parametrize("missing", [None, float("nan"), pd.NA], ids=str)
def test_every_null_is_narration(missing: object) -> None:
    text = "It rained."
    rows = sentences(text, [(text, None, "neutral", ())]).astype({"speaker": object})
    rows["speaker"] = pd.Series([missing], dtype=object)
    assert body(text, rows, quotes(text, [])).plain == text


def test_control_characters_of_an_article_reach_no_terminal() -> None:
    text = "A \x1b[31mred\x07 line\r\nand\ta tab \x9b1m."
    assert len(printable(text)) == len(text)
    rows = sentences(text, [(text, "Ola\x1b[2J\nFinch", "neutral", ())])
    plain = body(text, rows, quotes(text, [])).plain
    assert "\x1b" not in plain
    assert "\x9b" not in plain
    assert "[= Ola�[2J Finch · neutral]" in plain


def test_markup_of_rich_is_text() -> None:
    text = "The [bold]draft[/bold] was agreed."
    console = Console(width=80)
    with console.capture() as captured:
        console.print(body(text, sentences(text, [(text, "[red]Ola", "neutral", ())]), quotes(text, [])))
    assert captured.get().strip() == f"{text} [= [red]Ola · neutral]"


@pytest.mark.parametrize("width", [20, 80, 120])
def test_lines_are_no_wider_than_asked(width: int) -> None:
    text = "نورا حداد said 👩🏽‍🚒 会谈继续进行 and that talks went on for a long while. " * 5
    rows = sentences(text, [(text.strip(), "نورا حداد", "constructive", ())])
    console = Console(width=width, force_terminal=False)
    with console.capture() as captured:
        console.print(body(text, rows, quotes(text, [])))
    assert all(Text(line).cell_len <= width for line in captured.get().splitlines())


def test_heading() -> None:
    article = {"article": "a/1", "title": "Ferry talks", "source": "The Tern", "date": datetime.date(2026, 3, 1)}
    assert heading(article).plain == "Ferry talks\nThe Tern · 2026-03-01 · a/1"
    assert heading({**article, "title": None, "source": None, "date": pd.NaT}).plain == "a/1"


def test_legend_names_every_tone() -> None:
    assert legend().plain == "+ constructive   ~ cautious   = neutral"

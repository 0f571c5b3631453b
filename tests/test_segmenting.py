import json
import random
import textwrap
import time
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from tone.records import Span
from tone.segmenting import paragraphs, split

CASES = Path(__file__).parent / "cases"
INVISIBLE = "\u200b\ufeff\u00ad\u2060\u200e"

PROSE = (
    "The council of Elandia met on Jan. 5 to vote on the bridge, which Mayor Ada Quill calls overdue.",
    '"We have waited for twenty years," she said. "Why should we wait for Gen. Pell? He will not come."',
    "“The price is wrong,” said Rep. Tom Marsh (R-Calif.), who left at 5 p.m. Nobody followed him … or tried to.",
    "The U.S. sent no envoy. It will, an official wrote to J. K. Rowan, send one in May; the talks resume on Friday.",
)


def load(name: str) -> list[Any]:
    cases: list[dict[str, Any]] = json.loads((CASES / name).read_text(encoding="utf-8"))
    return [pytest.param(case["input"], case["expected"], id=case["label"]) for case in cases]


def pieces(text: str) -> list[str]:
    return [sentence.of(text) for sentence in split(text)]


def check(text: str, start: int = 0) -> None:
    """The promises that hold for every text."""
    for spans in (split(text, start), paragraphs(text, start)):
        assert all(start <= span.start < span.end <= len(text) for span in spans)
        assert all(one.end <= two.start for one, two in pairwise(spans))
        for span in spans:
            edges = span.of(text)[0] + span.of(text)[-1]
            assert not any(char.isspace() or char in INVISIBLE for char in edges)
        covered = {at for span in spans for at in range(span.start, span.end)}
        missing = [at for at in range(start, len(text)) if at not in covered]
        assert all(text[at].isspace() or text[at] in INVISIBLE for at in missing)
    blocks = paragraphs(text, start)
    assert all(any(block.overlap(one) == one.end - one.start for block in blocks) for one in split(text, start))


@pytest.mark.parametrize(("text", "expected"), load("segmenting.json"))
def test_case(text: str, expected: list[str]) -> None:
    check(text)
    assert pieces(text) == expected


@pytest.mark.xfail(strict=True)
@pytest.mark.parametrize(("text", "expected"), load("segmenting_known_failures.json"))
def test_known_failure(text: str, expected: list[str]) -> None:
    assert pieces(text) == expected


def test_there_are_enough_cases() -> None:
    labels = [case.id for name in ("segmenting.json", "segmenting_known_failures.json") for case in load(name)]
    assert len(labels) == len(set(labels)) >= 120


@pytest.mark.parametrize("text", ["", " ", "\n\n \t\n", "\u200b\n\ufeff", "\r\n\r\n"])
def test_nothing_to_split(text: str) -> None:
    assert split(text) == []
    assert paragraphs(text) == []


def test_text_before_the_start_is_ignored() -> None:
    text = 'title: "A"\n---\n\nThe council met. It voted.'
    start = text.index("The")
    assert split(text, start) == [Span(start, start + 16), Span(start + 17, len(text))]
    assert split(text, len(text)) == []


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("A heading\n\nThe text goes on.\n \nAnd on.", 3),
        ("A heading\nThe text of the first paragraph.\nThe second one.", 3),
        ("- one\n- two\n- three", 3),
        ("1. one\n2. two", 2),
        ("one\u2028two\u2029three", 3),
        ("The first\r\nThe second\r\n\r\nThe third", 3),
        ("milk\neggs\nflour", 3),  # too narrow for prose
        (textwrap.fill(PROSE[0] + " " + PROSE[3], 70), 1),
        (textwrap.fill(PROSE[0], 70) + "\n\n" + textwrap.fill(PROSE[3], 70), 2),
        (textwrap.fill(PROSE[0], 70) + "\n    " + textwrap.fill(PROSE[3], 70), 2),  # the first line is indented
        ("• " + textwrap.fill(PROSE[0], 70, subsequent_indent="  ") + "\n• " + textwrap.fill(PROSE[3], 70), 2),
    ],
)
def test_paragraphs(text: str, count: int) -> None:
    check(text)
    assert len(paragraphs(text)) == count


@pytest.mark.parametrize("width", [60, 66, 72, 76, 80])
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_hard_wrapping_changes_no_sentence(width: int, ending: str) -> None:
    wrapped = "\n\n".join(textwrap.fill(line, width, break_on_hyphens=False) for line in PROSE).replace("\n", ending)
    assert [" ".join(piece.split()) for piece in pieces(wrapped)] == pieces("\n\n".join(PROSE))


def test_a_paragraph_a_line_is_the_same_as_with_blank_lines() -> None:
    lines = ["Council approves bridge", "By Ada Quill", *PROSE]
    assert pieces("\n".join(lines)) == pieces("\n\n".join(lines))
    assert len(paragraphs("\n".join(lines))) == len(lines)


LETTERS = [
    "a",
    "B",
    "é",
    "会",
    "ب",
    "7",
    "Mr",
    "U.S",
    "p.m",
    "said",
    "Rowan",
    "the",
    "The",
    "J",
    "www.x.org",
    "a@b.org",
]
MARKS = [*".!?…。,;:—-()[]*•#@$/_'\"“”‘’«»„", "...", ". . .", "😀", "[1]", "“‘", "’”", '""']
SPACES = [" ", " ", " ", "  ", "\n", "\n\n", "\r\n", "\t", "\u00a0", "\u2009", "\u2028", "\x0c", *INVISIBLE]


@pytest.mark.parametrize("seed", range(40))
def test_promises_hold_for_any_text(seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(60):
        parts = chance.choices([LETTERS, MARKS, SPACES], weights=[4, 1 + seed % 7, 3], k=chance.randint(1, 60))
        text = "".join(chance.choice(part) for part in parts)
        check(text)
        check(text, chance.randint(0, len(text)))


@pytest.mark.parametrize("seed", range(10))
def test_promises_hold_for_shuffled_prose(seed: int) -> None:
    chance = random.Random(seed)
    words = " ".join(PROSE).split()
    chance.shuffle(words)
    check("".join(word + chance.choice([" ", " ", "", "\n", '"', " “", "” "]) for word in words))


def test_a_dangling_quotation_mark_changes_nothing_after_its_paragraph() -> None:
    for mark in "\"“”'‘’«»":
        text = f"{mark}One. Two.\n\nThree. Four.{mark}\n\nFive. Six."
        assert [piece.strip(mark) for piece in pieces(text)] == ["One.", "Two.", "Three.", "Four.", "Five.", "Six."]


HOSTILE = {
    "no punctuation": "word ",
    "one word": "a",
    "quotation marks": '"',
    "quoted letters": '"A." ',
    "dots": ".",
    "spaced dots": ". ",
    "opening brackets": "(",
    "nested brackets": "(A. ",
    "initials": "A. ",
    "glued initials": "A.",
    "glued sentences": "the.The",
    "glued quotations": 'the."The',
    "cues": '"Why?" Rowan asked ',
    "names": 'A?" Rowan Rowan Rowan ',
    "ellipses": "a … A",
    "omissions": "a. […] ",
    "notes": "a.[1] ",
    "emoji": "a. 😀 ",
    "lines": "a\n",
    "carriage returns": "a\r",
    "wrapped": "the council of elandia approved the bridge on monday after a long day\n",
    "spaces": "a.                                                              ",
    "invisible": "\u200b",
    "handles": ".@a",
}


@pytest.mark.parametrize("unit", HOSTILE.values(), ids=HOSTILE)
def test_odd_input_takes_linear_time(unit: str) -> None:
    text = unit * (200_000 // len(unit))
    began = time.process_time()
    spans = split(text)
    assert time.process_time() - began < 4  # a quadratic step takes minutes
    assert sum(span.end - span.start for span in spans) <= len(text)


def test_news_is_read_faster_than_a_megabyte_a_second() -> None:
    text = "\n\n".join(PROSE * 2500)
    began = time.process_time()
    split(text)
    assert len(text) / (time.process_time() - began) > 1e6

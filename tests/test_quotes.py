"""Tags, links, quotation marks, and how they agree."""

import itertools
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tone.quotes import tags
from tone.quotes.extract import attributions
from tone.quotes.linking import link
from tone.quotes.marks import quotations
from tone.quotes.tagger import Piece
from tone.records import Span
from tone.segmenting import paragraphs, split
from tone.training.corpus import parse

CASES = json.loads((Path(__file__).parent / "cases" / "quotes.json").read_text(encoding="utf-8"))


def test_tags_go_there_and_back() -> None:
    spans: list[tuple[tags.Role, int, int]] = [("source", 0, 2), ("cue", 2, 3), ("content", 3, 7), ("content", 7, 9)]
    assert tags.decode(tags.encode(10, spans)) == spans


def test_no_span_goes_on_that_has_not_begun() -> None:
    scores = np.full((3, len(tags.TAGS)), -5.0, dtype=np.float32)
    inside = tags.TAGS.index("I-content")
    scores[:, inside] = -0.1
    path = tags.best_path(scores)
    assert tags.TAGS[path[0]] == "B-content"
    assert list(path[1:]) == [inside, inside]


def test_no_other_sequence_of_tags_is_likelier() -> None:
    chance = np.random.default_rng(3)
    sequences = [
        path
        for path in itertools.product(range(len(tags.TAGS)), repeat=4)
        if all(
            not tags.TAGS[after].startswith("I")
            or (before is not None and tags.TAGS[before][1:] == tags.TAGS[after][1:])
            for before, after in zip((None, *path), path, strict=False)
        )
    ]
    for _ in range(50):
        scores = np.log(chance.dirichlet(np.full(len(tags.TAGS), 0.3), size=4) + 1e-9).astype(np.float32)
        likeliest = np.array(sequences)[scores[range(4), np.array(sequences)].sum(axis=1).argmax()]
        assert list(tags.best_path(scores)) == list(likeliest)


@pytest.mark.parametrize("case", CASES["link"], ids=lambda c: c["label"])
def test_link(case: dict[str, Any]) -> None:
    """Marked sentences, in the corpus format: unlinked pieces in, the numbered attributions out."""
    head = "".join(f"{key}: x\n" for key in ("title", "date", "source", "country", "topic"))
    article = parse("case", f"{head}\nneutral | - | - | {case['sentence']}\n")
    wanted = article.attributions or ()
    pieces = {
        (role, span)
        for a in wanted
        for role, spans in (("source", [a.source]), ("cue", [a.cue]), ("content", a.content))
        for span in spans
        if span
    }
    ordered = sorted(pieces, key=lambda item: item[1])
    found = link(article.text, [Piece(role, span, 1.0) for role, span in ordered])  # type: ignore[arg-type]
    shared = case.get("shared_source")
    for a, b in zip(sorted(wanted, key=lambda a: a.content[0]), found, strict=True):
        assert (a.content, a.cue) == (b.content, b.cue)
        assert (b.source.of(article.text) if b.source else None) == (a.source.of(article.text) if a.source else shared)


@pytest.mark.parametrize("case", CASES["quotations"], ids=lambda c: c["label"])
def test_quotations(case: dict[str, Any]) -> None:
    text = case["text"]
    assert [q.span.of(text) for q in quotations(text, paragraphs(text))] == case["expected"]


def found_in(text: str, pieces: list[Piece]) -> list[list[str]]:
    made = attributions(text, split(text), paragraphs(text), pieces)
    return [[span.of(text) for span in a.content] for a in made]


def test_direct_speech_that_the_tagger_missed_is_found() -> None:
    text = "“We never had a better harvest than this,” the farmer said."
    assert found_in(text, []) == [["“We never had a better harvest than this,”"]]


def test_scare_quotes_are_left_to_the_tagger() -> None:
    assert found_in("The so-called “peace train” was late again.", []) == []


def test_content_is_stretched_to_its_marks() -> None:
    text = "“We never had a better harvest than this,” he said."
    assert found_in(text, [Piece("content", Span(4, 30), 0.7)]) == [["“We never had a better harvest than this,”"]]


def test_a_running_quote_is_content_in_each_sentence() -> None:
    text = "“It was late. Nobody had slept for two days. We signed,” she said."
    assert len(found_in(text, [])) == 3


def test_a_cue_says_where_an_unclosed_quotation_ends() -> None:
    text = "“We will go on with this until spring, he said."
    cue = Piece("cue", Span(42, 46), 0.9)
    content = Piece("content", Span(0, 37), 0.9)
    source = Piece("source", Span(39, 41), 0.9)
    assert found_in(text, [content, source, cue]) == [["“We will go on with this until spring"]]


def test_an_unbalanced_mark_costs_a_paragraph_at_most() -> None:
    text = "“We will go on with this until spring, he said.\n\nThe mill closed in May.\n\nNobody was hurt in the fire."
    assert found_in(text, []) == [["“We will go on with this until spring, he said."]]


def test_an_outlet_that_quotes_somebody_is_not_the_source() -> None:
    text = "“The bridge will hold through the winter,” the Delta agency quoted a port engineer as saying."
    agency = text.index("the Delta agency")
    pieces = [
        Piece("content", Span(0, 42), 0.9),
        Piece("source", Span(agency, agency + 16), 0.9),
        Piece("cue", Span(agency + 17, agency + 23), 0.9),
    ]
    (made,) = attributions(text, split(text), paragraphs(text), pieces)
    assert made.source
    assert made.cue
    assert (made.source.of(text), made.cue.of(text)) == ("a port engineer", "quoted")


@pytest.mark.parametrize(
    ("ending", "source"),
    [("citing an official at the port", "an official at the port"), ("citing rising costs", "the Delta agency")],
)
def test_an_outlet_that_cites_somebody_is_not_the_source(ending: str, source: str) -> None:
    text = f"The bridge will hold through the winter, the Delta agency reported, {ending}."
    agency, cue = text.index("the Delta agency"), text.index("reported")
    pieces = [
        Piece("content", Span(0, 39), 0.9),
        Piece("source", Span(agency, agency + 16), 0.9),
        Piece("cue", Span(cue, cue + 8), 0.9),
    ]
    (made,) = attributions(text, split(text), paragraphs(text), pieces)
    assert made.source
    assert made.source.of(text) == source

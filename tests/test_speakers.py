"""The speaker rules: language cases from tests/cases/speakers*.json, and what must hold for any input."""

import json
import random
import re
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

from tone.records import Article, Attribution, Span, Speaker
from tone.speakers import lexicon, names, of_sentences, resolve, unify
from tone.speakers.phrases import description, read

CASES = Path(__file__).parent / "cases"
SPEAKERS: dict[str, list[dict[str, Any]]] = json.loads((CASES / "speakers.json").read_text(encoding="utf-8"))
KNOWN_FAILURES: list[dict[str, Any]] = json.loads((CASES / "speakers_known_failures.json").read_text(encoding="utf-8"))
MARKED = re.compile(r"\{([SKC])(\d?) ([^{}]*)\}")


def marked(text: str) -> tuple[str, list[Span], list[Attribution]]:
    """A text in the seeds' notation, a sentence a line, as plain text, sentences and attributions in reading order."""
    plain = ""
    sentences: list[Span] = []
    attributions: list[Attribution] = []
    for line in text.split("\n"):
        if not line:
            plain = plain.rstrip(" ") + "\n\n"
            continue
        start, at = len(plain), 0
        spans: dict[str, dict[str, list[Span]]] = defaultdict(lambda: defaultdict(list))
        for mark in MARKED.finditer(line):
            plain += line[at : mark.start()]
            spans[mark.group(2)][mark.group(1)].append(Span(len(plain), len(plain) + len(mark.group(3))))
            plain, at = plain + mark.group(3), mark.end()
        plain += line[at:]
        sentences.append(Span(start, len(plain)))
        plain += " "
        for parts in spans.values():
            if parts["C"]:
                source, cue = next(iter(parts["S"]), None), next(iter(parts["K"]), None)
                attributions.append(Attribution(tuple(parts["C"]), source, cue))
    return plain.rstrip(), sentences, attributions


def found(case: dict[str, Any]) -> list[list[str | None]]:
    text, sentences, attributions = marked(case["input"]["text"])
    article = Article("a", text, title=case["input"].get("title"))
    return [[s.name, s.rule] for s in resolve(article, sentences, attributions)]


@pytest.mark.parametrize("case", SPEAKERS["resolve"], ids=lambda c: c["label"])
def test_cases(case: dict[str, Any]) -> None:
    assert found(case) == case["expected"], case["comment"]


@pytest.mark.xfail(strict=True, raises=AssertionError)
@pytest.mark.parametrize("case", KNOWN_FAILURES, ids=lambda c: c["label"])
def test_known_failures(case: dict[str, Any]) -> None:
    assert [name for name, _ in found(case)] == case["expected"], case["comment"]


def test_every_rule_has_a_case() -> None:
    seen = {rule for case in SPEAKERS["resolve"] for _, rule in case["expected"]}
    missing = (lexicon.PROBABILITY.keys() | lexicon.ABSTAINED) - seen - IN_CODE
    assert not missing


IN_CODE = {"first person", "ambiguous: two persons fit the pronoun"}
"""Rules that need overlapping spans or many sentences, and have their own test below."""


@pytest.mark.parametrize("case", SPEAKERS["sentences"], ids=lambda c: c["label"])
def test_sentences(case: dict[str, Any]) -> None:
    text, sentences, attributions = marked(case["input"]["text"])
    speakers = resolve(Article("a", text), sentences, attributions)
    found = [s.name if s else None for s in of_sentences(sentences, attributions, speakers)]
    assert found == case["expected"], case["comment"]


@pytest.mark.parametrize("case", SPEAKERS["unify"], ids=lambda c: c["label"])
def test_collection(case: dict[str, Any]) -> None:
    articles = [
        (Article(str(i), ""), [Speaker(name, "full name", 0.9, kind) for name, kind in speakers])
        for i, speakers in enumerate(case["input"])
    ]
    assert [[s.name for s in speakers] for speakers in unify(articles)] == case["expected"], case["comment"]


def test_a_surname_completed_from_the_collection_says_so() -> None:
    one = (Article("1", ""), [Speaker("Lorcan Devane", "full name", 0.99)])
    two = (Article("2", ""), [Speaker("Devane", "name as given", 0.8)])
    assert unify([one, two])[1][0].rule == "name as given; full name from another article"


def test_first_person_inside_a_quote() -> None:
    text = 'Lena Orr noted, "It is over, and I think we lost," and left.'
    outer = Attribution((Span(16, 50),), Span(0, 8), Span(9, 14))
    inner = Attribution((Span(41, 48),), Span(33, 34), Span(35, 40))
    found = resolve(Article("a", text), [Span(0, len(text))], [outer, inner])
    assert [(s.name, s.rule) for s in found] == [("Lena Orr", "full name"), ("Lena Orr", "first person")]


def test_two_who_fit_a_pronoun_equally() -> None:
    text, sentences, attributions = marked(
        "{S Rosa Pike, a baker}, {K said} {C it was cold}.\n\n"
        "Snow fell.\nGeorge Hill, a clerk, waved to Ella Dunn.\n{S She} {K called} {C it pretty}."
    )
    last = resolve(Article("a", text), sentences, attributions)[-1]
    assert (last.name, last.rule) == (None, "ambiguous: two persons fit the pronoun")


def test_speakers_come_in_the_order_of_the_attributions() -> None:
    text, sentences, attributions = marked("{S Nora Pell} {K said} {C no}.\n{S Gus Hill} {K said} {C yes}.")
    backwards = resolve(Article("a", text), sentences, attributions[::-1])
    assert [s.name for s in backwards] == ["Gus Hill", "Nora Pell"]


def test_nothing_in_nothing_out() -> None:
    assert resolve(Article("a", ""), [], []) == []
    assert of_sentences([], [], []) == []
    assert unify([]) == []


def test_speakers_must_match_attributions() -> None:
    with pytest.raises(ValueError):
        of_sentences([Span(0, 1)], [Attribution((Span(0, 1),))], [])


def test_a_name_has_its_rules_probability_and_none_has_zero() -> None:
    text, sentences, attributions = marked("{S Nora Pell} {K said} {C no}.\n{C The sky} {K is thought} {C to fall}.")
    one, other = resolve(Article("a", text), sentences, attributions)
    assert one.probability == lexicon.PROBABILITY["full name"]
    assert (other.name, other.probability) == (None, 0.0)


def test_kinds() -> None:
    text, sentences, attributions = marked(
        "{S Nora Pell} {K said} {C no}.\n{S The Harbor Commission} {K said} {C yes}.\n{S A clerk} {K said} {C maybe}."
    )
    assert [s.kind for s in resolve(Article("a", text), sentences, attributions)] == ["person", "body", "unnamed"]


def test_any_spans_are_survived() -> None:
    """Spans that a tagger got wrong, anywhere in the text, name somebody or nobody, and never raise."""
    texts = [marked(case["input"]["text"])[0] for case in SPEAKERS["resolve"]]
    text = "\n\n".join(texts)
    choose = random.Random(0)

    def span(longest: int) -> Span:
        start = choose.randrange(len(text))
        return Span(start, min(len(text), start + choose.randrange(longest)))

    for _ in range(150):
        attributions = [
            Attribution((span(200),), choose.choice((None, span(60))), choose.choice((None, span(15))))
            for _ in range(8)
        ]
        sentences = sorted(span(200) for _ in range(12))
        speakers = resolve(Article("a", text), sentences, attributions)
        assert len(speakers) == len(attributions)
        assert all(s.name is None or s.name.strip() for s in speakers)
        assert len(of_sentences(sentences, attributions, speakers)) == len(sentences)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Nora Pell", "Nora J. Pell", True),
        ("Nora Pell", "N. Pell", True),
        ("Bob Carver", "Robert Carver", True),
        ("Joris van der Velde", "Joris Van der Velde", True),
        ("Nora Pell", "Nina Pell", False),
        ("Nora J. Pell", "Nora K. Pell", False),
        ("Victor Hale", "Victor Hale Jr.", False),
        ("Pell", "Nora Pell", False),
    ],
)
def test_compatible_names(one: str, other: str, same: bool) -> None:
    assert names.compatible(one, other) is same
    assert names.compatible(other, one) is same


@pytest.mark.parametrize(
    ("source", "head", "short"),
    [
        (
            "a senior administration official who spoke on condition of anonymity",
            "official",
            "senior administration official",
        ),
        ("two people familiar with the deal", "people", "people familiar with the deal"),
        ("the retired Army general", "general", "retired Army general"),
        ("some of the lawmakers", "some", "lawmakers"),
        ("many health workers across the country", "workers", "health workers"),
    ],
)
def test_phrases(source: str, head: str, short: str) -> None:
    phrase = read(source, Span(0, len(source)))
    assert phrase is not None
    assert phrase.head == head
    assert description(source, phrase) == short


def test_a_phrase_of_punctuation_is_none() -> None:
    assert read(" “” ", Span(0, 4)) is None

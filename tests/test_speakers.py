"""The speaker rules: language cases from tests/cases/speakers*.json, and what must hold for any input."""

import json
import random
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, get_args

import pytest

from tone.evaluation.judging import same_speaker
from tone.records import Article, Attribution, Span, Speaker
from tone.speakers import names, nations, of_sentences, resolve
from tone.speakers.collection import EXPANDED, Names, Survey
from tone.speakers.phrases import description, read
from tone.speakers.questions import Kind
from tone.speakers.weights import WEIGHTS
from tone.training import speakers as training
from tone.training.corpus import CorpusError, Label, Labelled

CASES = Path(__file__).parent / "cases"
SPEAKERS: dict[str, list[dict[str, Any]]] = json.loads((CASES / "speakers.json").read_text(encoding="utf-8"))
TALKS: list[dict[str, Any]] = json.loads((CASES / "speakers_talks.json").read_text(encoding="utf-8"))
STATEMENTS: list[dict[str, Any]] = json.loads((CASES / "speakers_statements.json").read_text(encoding="utf-8"))
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


BY_NAME = {
    "full name", "surname", "first name", "surname of several", "name as given", "name in apposition",
    "several persons", "body", "short form of a body", "document of a named issuer", "document issued before",
}  # fmt: skip
ABSTAINED = {
    "no source", "no antecedent", "author", "second person", "several persons of that surname", "declined, no position",
}  # fmt: skip
OTHERS = {"description", "one of a group", "relayed by an outlet"}


def test_every_rule_has_a_case() -> None:
    seen = {rule for case in SPEAKERS["resolve"] for _, rule in case["expected"]}
    ranked = set(get_args(Kind)) - {"plural noun"}  # a group is always left to its description
    assert seen == ranked | BY_NAME | ABSTAINED | OTHERS


def test_talks_between_two_countries() -> None:
    """Ministers of several countries, their spokesmen and ministries, capitals, officials without a name."""
    right = said = meant = 0
    for case in TALKS:
        text, sentences, attributions = marked(case["input"]["text"])
        speakers = resolve(Article("a", text, title=case["input"]["title"]), sentences, attributions)
        found = of_sentences(text, sentences, attributions, speakers)
        for speaker, expected in zip(found, case["expected"], strict=True):
            name = speaker.name if speaker else None
            right += bool(name and expected and same_speaker(name, expected))
            said += name is not None
            meant += expected is not None
    assert 2 * right / (said + meant) > 0.9


@pytest.mark.parametrize("case", STATEMENTS, ids=lambda c: c["label"])
def test_statements_spokesmen_and_agencies(case: dict[str, Any]) -> None:
    text, sentences, attributions = marked(case["input"]["text"])
    speakers = resolve(Article("a", text, title=case["input"]["title"]), sentences, attributions)
    found = of_sentences(text, sentences, attributions, speakers)
    assert [speaker.name if speaker else None for speaker in found] == case["expected"]


@pytest.mark.parametrize("case", SPEAKERS["sentences"], ids=lambda c: c["label"])
def test_sentences(case: dict[str, Any]) -> None:
    text, sentences, attributions = marked(case["input"]["text"])
    speakers = resolve(Article("a", text), sentences, attributions)
    found = [s.name if s else None for s in of_sentences(text, sentences, attributions, speakers)]
    assert found == case["expected"], case["comment"]


def unify(articles: Sequence[tuple[Article, Sequence[Speaker]]]) -> list[list[Speaker]]:
    """The speakers of each article with the names that the collection gives them, as a run's last step renames them."""
    survey = Survey()
    for number, (_, speakers) in enumerate(articles):
        for speaker in speakers:
            if speaker.name:
                survey.add(number, speaker.name, speaker.kind)
    known = survey.names()
    return [[_renamed(speaker, known) for speaker in speakers] for _, speakers in articles]


def _renamed(speaker: Speaker, known: Names) -> Speaker:
    if not speaker.name:
        return speaker
    name, expanded = known.of(speaker.name, speaker.kind)
    return replace(speaker, name=name, rule=speaker.rule + EXPANDED if expanded else speaker.rule)


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
    assert [(s.name, s.rule) for s in found] == [("Lena Orr", "full name"), (None, "author")]


def test_a_minister_of_another_country_is_not_meant() -> None:
    text, sentences, attributions = marked(
        "{S Kenyan Foreign Minister Joseph Mutisya} {K said} {C all was well}.\n\n"
        "{S The Egyptian foreign minister} {K disagreed}: {C “Nothing is.”}"
    )
    names_found = [s.name for s in resolve(Article("a", text), sentences, attributions)]
    assert names_found == ["Joseph Mutisya", "Egyptian foreign minister"]


@pytest.mark.parametrize(
    ("words", "countries"),
    [
        (["omani", "minister"], {"oman"}),
        (["north", "korean", "envoy"], {"north korea"}),
        (["us", "ambassador", "tehran"], {"united states", "iran"}),
        (["south", "pole"], set()),
    ],
)
def test_the_countries_that_words_tell(words: list[str], countries: set[str]) -> None:
    assert nations.told_by(words) == countries


def test_speakers_come_in_the_order_of_the_attributions() -> None:
    text, sentences, attributions = marked("{S Nora Pell} {K said} {C no}.\n{S Gus Hill} {K said} {C yes}.")
    backwards = resolve(Article("a", text), sentences, attributions[::-1])
    assert [s.name for s in backwards] == ["Gus Hill", "Nora Pell"]


def test_nothing_in_nothing_out() -> None:
    assert resolve(Article("a", ""), [], []) == []
    assert of_sentences("", [], [], []) == []
    assert unify([]) == []


def test_speakers_must_match_attributions() -> None:
    with pytest.raises(ValueError):
        of_sentences("a", [Span(0, 1)], [Attribution((Span(0, 1),))], [])


def test_probabilities() -> None:
    """A name is surer than what is inferred, nobody has none, and a sentence also has to be speech at all."""
    text, sentences, attributions = marked(
        "{S Nora Pell} {K said} {C the roof leaked}.\n{S She} {K said} {C that it rained}.\n"
        "{C The sky} {K is thought} {C to fall}."
    )
    named, inferred, nobody = speakers = resolve(Article("a", text), sentences, attributions)
    assert named.name == inferred.name == "Nora Pell"
    assert 1 > named.probability > 0.9
    assert 1 >= inferred.probability > 0.5
    assert (nobody.name, nobody.probability) == (None, 0.0)
    first, second, _ = of_sentences(text, sentences, attributions, speakers)
    assert first is not None
    assert second is not None
    assert first.probability < named.probability
    assert second.probability < inferred.probability


def test_a_sentence_that_mentions_a_wish_in_passing_has_no_speaker() -> None:
    text = "The bakery that people hoped to buy bread from on Sundays shut last year, and its windows are dark."
    wish = Attribution((Span(27, 34),), Span(16, 22), Span(23, 28), probability=0.5)
    (speaker,) = of_sentences(text, [Span(0, len(text))], [wish], resolve(Article("a", text), [], [wish]))
    assert speaker is not None
    assert (speaker.name, speaker.rule, speaker.probability) == (None, "in passing", 0.0)


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
        assert len(of_sentences(text, sentences, attributions, speakers)) == len(sentences)


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


@pytest.fixture
def kept_weights() -> Iterator[None]:
    """Puts the shipped weights back after a test of training."""
    before = dict(WEIGHTS)
    yield
    WEIGHTS.clear()
    WEIGHTS.update(before)


def named_last() -> list[Labelled]:
    """Articles in which "he" is always the one named last."""
    articles = []
    for number, (one, other) in enumerate(
        [("Gus Hill", "Ian Moss"), ("Tom Rook", "Bob Carver"), ("Jim Oak", "Al Fir")]
    ):
        text, sentences, attributions = marked(
            f"{one} met {other} at noon.\nIt rained.\n{{S He}} {{K said}} {{C that the roof leaked}}."
        )
        labels = {i: Label("neutral", frozenset(), other if i == 2 else None) for i in range(3)}
        articles.append(Labelled(str(number), text, tuple(sentences), labels, tuple(attributions), True, {}, "real"))
    return articles


def annotated(articles: Sequence[Labelled]) -> list[training.Spans]:
    return [(a.sentences, list(a.attributions or ())) for a in articles]


@pytest.mark.usefixtures("kept_weights")
def test_training_learns_whom_a_source_means() -> None:
    articles = named_last()
    spans = list(zip(articles, annotated(articles), strict=True))
    questions = [example for article, own in spans for example in training.examples(article, own)]
    assert {example.kind for example in questions} == {"pronoun"}
    assert all(len(example.right) == 1 for example in questions)
    weights = training.fit(questions, penalty=0.1)
    for example in questions:
        scores = [sum(weights.get(name, 0) * value for name, value in x.items()) for x in example.options]
        assert scores.index(max(scores)) in example.right


@pytest.mark.usefixtures("kept_weights")
def test_training_starts_from_nothing_and_can_be_repeated(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    wrong = ([Span(0, 27)], [Attribution((Span(14, 26),))])
    monkeypatch.setattr(training, "tagged", lambda articles, models: [*annotated(articles[:-1]), wrong])
    articles = [*named_last(), narration()]
    lines: list[str] = []
    for name in ("one", "two"):
        training.refit(articles, tmp_path, lines.append, file=tmp_path / name)
    written = json.loads((tmp_path / "one").read_text(encoding="utf-8"))
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()
    assert written == WEIGHTS
    assert written.keys() == {"pronoun", "stated"}
    assert written["stated"]["indirect, no source"] < 0 < written["stated"]["indirect, pronoun"]
    assert lines[0].startswith(f"speakers: {sum(map(len, WEIGHTS.values()))} weights from 4 articles")


@pytest.mark.usefixtures("kept_weights")
def test_training_without_narration_leaves_the_weights_alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(training, "tagged", lambda articles, models: annotated(articles))
    before = dict(WEIGHTS)
    with pytest.raises(CorpusError, match="the speakers need both"):
        training.refit(named_last(), tmp_path, file=tmp_path / "weights")
    with pytest.raises(CorpusError, match="no labelled speaker"):
        training.refit([], tmp_path, file=tmp_path / "weights")
    assert before == WEIGHTS
    assert not (tmp_path / "weights").exists()


def narration() -> Labelled:
    """An article of a sentence that says nothing, though a tagger may think so."""
    text = "They hoped it would be dry."
    return Labelled("n", text, (Span(0, 27),), {0: Label("neutral", frozenset(), None)}, (), True, {}, "real")

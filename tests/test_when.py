import datetime
import json
import random
import time
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from tone.records import Article, Scored, SentenceLabel, Span
from tone.tables import SENTENCES, tables
from tone.when import When, resolve

CASES = Path(__file__).parent / "cases"
WEDNESDAY = datetime.date(2025, 3, 5)


def load(name: str) -> list[Any]:
    cases: list[dict[str, Any]] = json.loads((CASES / name).read_text(encoding="utf-8"))
    return [pytest.param(case["input"], case["date"], case["expected"], id=case["label"]) for case in cases]


def days(text: str, date: str) -> list[str] | None:
    found = resolve(text, datetime.date.fromisoformat(date))
    return None if found is None else [found.start.isoformat(), found.end.isoformat()]


def check(text: str, date: datetime.date) -> When | None:
    """The promises that hold for every text."""
    found = resolve(text, date)
    if found is not None:
        assert date <= found.start <= found.end
        assert found.expression
        assert found.expression in text
    return found


@pytest.mark.parametrize(("text", "date", "expected"), load("when.json"))
def test_case(text: str, date: str, expected: list[str] | None) -> None:
    assert days(text, date) == expected
    check(text, datetime.date.fromisoformat(date))


@pytest.mark.xfail(strict=True)
@pytest.mark.parametrize(("text", "date", "expected"), load("when_known_failures.json"))
def test_known_failure(text: str, date: str, expected: list[str] | None) -> None:
    assert days(text, date) == expected


def test_there_are_enough_cases() -> None:
    labels = [case.id for name in ("when.json", "when_known_failures.json") for case in load(name)]
    assert len(labels) == len(set(labels)) >= 170


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The firm must pay by noon on March 31, they say.", "by noon on March 31"),
        ("The truce will hold until the end of September.", "until the end of September"),
        ("A vote must come no later than Jan. 31.", "later than Jan. 31"),
        ("An answer will come in the coming days.", "coming days"),
        ("They met on Monday and will meet again\non Friday.", "Friday"),
        ("The fair runs from 30 May to 2 June.", "30 May to 2 June"),
    ],
)
def test_the_words_are_those_of_the_expression(text: str, words: str) -> None:
    found = resolve(text, WEDNESDAY)
    assert found is not None
    assert found.expression == words


@pytest.mark.parametrize("offset", range(-8, 9))
def test_a_weekday_is_within_the_next_seven_days(offset: int) -> None:
    date = WEDNESDAY + datetime.timedelta(offset)
    found = resolve("The panel will meet on Thursday.", date)
    assert found is not None
    assert found.start == found.end
    assert found.start.weekday() == 3
    assert 0 <= (found.start - date).days < 7


@pytest.mark.parametrize("text", ["They meet tomorrow.", "They meet in 900 years.", "It will end after Friday."])
@pytest.mark.parametrize("date", [datetime.date.min, datetime.date.max, datetime.date(1899, 12, 31)])
def test_dates_that_no_news_has_give_nothing(text: str, date: datetime.date) -> None:
    assert resolve(text, date) is None


VOCABULARY = """
on by until before after from to between in within the next last this coming early mid late end of first second week
month year quarter day days weeks Monday Friday May March 14 31 2026 2030s 14th and or - , . 's not will met said
postponed moved for a two 48 hours time now today tonight tomorrow spring fall Christmas New Year new year 29 February
Dec. 04/05/2026 2025-02-30 week's half since ago few couple Easter “ ” weekend following than later 999
"""


@pytest.mark.parametrize("seed", range(20))
def test_promises_hold_for_any_words(seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(150):
        words = chance.choices(VOCABULARY.split(), k=chance.randint(1, 25))
        date = datetime.date(chance.choice([1900, 2023, 2024, 2025, 2199]), 1, 1)
        check(" ".join(words), date + datetime.timedelta(chance.randint(0, 364)))


LONG = 100_000


PIECES = [
    *(
        "a",
        " ",
        "1",
        "1.",
        "1-",
        "-",
        "“",
        "\u200b",
        "May ",
        "May 14 ",
        "on Friday ",
        "Friday and ",
        "14, ",
        "Monday, ",
    ),
    *("in two ", "the end of the ", "first week of ", "from May to ", "by ", "postponed to ", "said on ", "to be "),
    *("2025-05-14 ", "next week or ", "St. Patrick's ", "between 3 and ", "early in ", "not until ", "a few "),
]


@pytest.mark.parametrize("piece", PIECES)
def test_no_text_takes_long(piece: str) -> None:
    text = (piece * (LONG // len(piece) + 1))[:LONG]

    def seconds() -> float:
        start = time.process_time()
        check(text, WEDNESDAY)
        return time.process_time() - start

    assert min(seconds() for _ in range(3)) < 0.05


def test_a_sentence_takes_less_than_a_tenth_of_a_millisecond() -> None:
    sentences = [(case.values[0], datetime.date.fromisoformat(str(case.values[1]))) for case in load("when.json")]

    def seconds() -> float:
        start = time.process_time()
        for text, date in sentences:
            resolve(str(text), date)
        return time.process_time() - start

    assert min(seconds() for _ in range(3)) / len(sentences) < 1e-4


def scored(text: str, schedule: bool, date: datetime.date | None) -> Scored:
    label = SentenceLabel(
        speaker=None,
        tone="neutral",
        tone_probabilities=(0.1, 0.1, 0.8),
        claims=frozenset({"schedule"} if schedule else ()),
        claim_probabilities=(0.1, 0.9 if schedule else 0.1, 0.1),
    )
    return Scored(Article("a", text, date=date), [Span(0, len(text))], [label], [], [])


@pytest.mark.parametrize(
    ("text", "schedule", "date", "expected"),
    [
        ("They will meet by Friday.", True, WEDNESDAY, [WEDNESDAY, datetime.date(2025, 3, 7)]),
        ("They will meet soon.", True, WEDNESDAY, [None, None]),
        ("They will meet by Friday.", False, WEDNESDAY, [None, None]),
        ("They will meet by Friday.", True, None, [None, None]),
    ],
)
def test_schedule_claims_of_dated_articles_have_their_days_in_the_table(
    text: str, schedule: bool, date: datetime.date | None, expected: list[datetime.date | None]
) -> None:
    table = tables([scored(text, schedule, date)], [])["sentences"]
    assert [table["when_start"][0].as_py(), table["when_end"][0].as_py()] == expected
    assert SENTENCES.field("when_start").type == SENTENCES.field("when_end").type == pa.date32()

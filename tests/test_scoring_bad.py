"""Bad inputs of every kind among thousands: all the good ones are scored, each bad one is in skipped with its cause."""

import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest

import tone
from tests.test_reading_bad import BAD, page, text
from tone import speakers
from tone.records import Article, Attribution, Span, Speaker

GOOD_ONES = 2_000
ODD = "The lock keeper's dog ate the minutes."
RULES = "could not be scored: RuntimeError: odd text"


@pytest.fixture
def collection(tmp_path: Path) -> Path:
    """Good articles in lines, files and pages, between them the bad inputs, each in a folder of its own."""
    folder = tmp_path / "in"
    good = folder / "20-good"
    good.mkdir(parents=True)
    numbers = iter(range(GOOD_ONES))
    for number in (next(numbers) for _ in range(100)):
        (good / f"n{number}.txt").write_text(text(number), encoding="utf-8")
    for number in (next(numbers) for _ in range(10)):
        (good / f"n{number}.html").write_bytes(page(number))
    rows = [{"id": f"n{number}", "text": text(number)} for number in numbers]
    # One that reads well and makes the rules fail is in the middle of the good ones.
    rows.insert(len(rows) // 2, {"id": "odd", "text": f"{text(-1)} {ODD}"})
    (good / "rows.jsonl").write_text("\n".join(map(json.dumps, rows)) + "\n", encoding="utf-8")
    for number, bad in enumerate(BAD, start=10):
        (folder / f"{number}").mkdir()
        bad.make(folder / f"{number}" / bad.name)
    return folder


def test_bad_inputs_cost_no_good_one_its_score(
    collection: Path, tiny_models: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = speakers.resolve

    def failing(article: Article, sentences: Sequence[Span], quotes: Sequence[Attribution]) -> list[Speaker]:
        if ODD in article.text:
            raise RuntimeError("odd text")
        return plain(article, sentences, quotes)

    monkeypatch.setattr(speakers, "resolve", failing)
    made = tone.score(collection, tmp_path / "out", models=tiny_models)

    notices = made.articles["text"].str.extract(r"notice (\d+)\.$")[0].dropna().astype(int)
    assert sorted(notices) == list(range(GOOD_ONES))
    assert len(made.articles) == GOOD_ONES + sum(bad.good for bad in BAD)
    sentences = Counter(made.sentences["article"])
    assert sentences.keys() == set(made.articles["article"])
    assert {sentences[article] for article in made.articles["article"][notices.index]} == {3}
    assert made.sentences["tone"].notna().all()

    reasons = dict(zip(made.skipped["input"], made.skipped["reason"], strict=True))
    assert len(reasons) == len(made.skipped) == len(BAD) + 1
    assert reasons.pop("odd") == RULES
    assert len(reasons) >= 20
    for number, bad in enumerate(BAD, start=10):
        assert reasons[str(collection / f"{number}" / bad.name)].startswith(bad.reason)

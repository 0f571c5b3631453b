"""Figures against labels, on hand-made results whose figures are known."""

import json
from pathlib import Path

import pandas as pd
import pytest

from tone.baselines import baselines
from tone.collection import Collection
from tone.evaluation import compare, same_speaker
from tone.training.corpus import Labelled, parse, read

HEAD = "title: A\ndate: 2025-01-02\nsource: The Post\ncountry: Chad\ntopic: water\n"
GOLD = f"""{HEAD}
constructive | progress | Ada Bell | {{C “We signed it today,”}} {{S engineer Ada Bell}} {{K said}}.
cautious | denial | Ada Bell | {{S She}} {{K denied}} {{C any leak}}.
neutral | - | - | The well is old.
neutral | schedule | - | Work starts in May.
"""


@pytest.fixture
def gold() -> Labelled:
    return parse("w", GOLD)


def scored(gold: Labelled, tones: list[str], claims: list[set[str]], speakers: list[str | None]) -> Collection:
    sentences = pd.DataFrame(
        {
            "article": gold.id,
            "start": [s.start for s in gold.sentences],
            "end": [s.end for s in gold.sentences],
            "speaker": speakers,
            "tone": tones,
            **{c: [c in held for held in claims] for c in ("progress", "schedule", "denial")},
        }
    )
    first, second = gold.attributions or ()
    assert first.source
    assert second.source
    quotes = pd.DataFrame(
        {
            "article": gold.id,
            "content_start": [first.content[0].start, second.content[0].start],
            "content_end": [first.content[0].end, second.content[0].end - 2],
            "source_start": [first.source.start, None],
            "source_end": [first.source.end, None],
            "cue_start": [None, None],
            "cue_end": [None, None],
        }
    )
    return Collection(sentences, quotes, pd.DataFrame(), pd.DataFrame())


def test_figures_are_those_counted_by_hand(gold: Labelled) -> None:
    made = scored(
        gold,
        ["constructive", "neutral", "neutral", "neutral"],
        [{"progress"}, {"denial"}, {"denial"}, set()],
        ["Bell", None, "well", None],
    )
    found = {f.name: f.value for f in compare([gold], made).figures}
    assert found["tone accuracy"] == pytest.approx(3 / 4)
    assert found["tone cautious F1"] == 0
    assert found["tone neutral F1"] == pytest.approx(2 * 2 / (2 * 2 + 1))
    assert found["claim denial F1"] == pytest.approx(2 / 3)
    assert found["claim schedule F1"] == 0
    assert found["speaker precision"] == pytest.approx(1 / 2)
    assert found["speaker recall"] == pytest.approx(1 / 2)
    assert found["content exact F1"] == pytest.approx(1 / 2)
    assert found["content overlap F1"] > 0.9
    assert found["source exact F1"] == pytest.approx(2 / 3)
    assert found["cue exact F1"] == 0
    assert found["pair F1"] == pytest.approx(2 / 3)


def test_a_perfect_result_has_perfect_figures_and_intervals(gold: Labelled) -> None:
    labels = [gold.labels[n] for n in range(4)]
    made = scored(gold, [x.tone for x in labels], [set(x.claims) for x in labels], [x.speaker for x in labels])
    for figure in compare([gold], made).figures:
        if figure.name.startswith(("tone", "claim", "speaker")):
            assert (figure.value, figure.low, figure.high) == (1, 1, 1), figure.name


def test_nothing_in_common_is_an_error(gold: Labelled) -> None:
    made = scored(gold, ["neutral"] * 4, [set()] * 4, [None] * 4)
    with pytest.raises(ValueError, match="no id in common"):
        compare([parse("other", GOLD)], made)


def test_baselines_stand_beside_and_are_silent_where_they_say_nothing(gold: Labelled, small_corpus: Path) -> None:
    made = scored(gold, ["neutral"] * 4, [set()] * 4, [None] * 4)
    evaluation = compare([gold], made, baselines(read([small_corpus])))
    table = evaluation.table().set_index("figure").astype(float)
    assert list(table.columns) == ["value", "low", "high", "majority", "VADER", "TF-IDF + LR"]
    assert table["majority"]["tone accuracy"] == 0.5
    assert table["majority"]["claim macro-F1"] == 0
    assert table["VADER"].isna()["claim macro-F1"]
    assert table["TF-IDF + LR"].isna()["speaker F1"]
    assert table["VADER"].between(0, 1)["tone macro-F1"]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Ada Bell", "Bell", True),
        ("the foreign minister Ada Bell", "Ada Bell", True),
        ("Ada Bell", "Tom Bell", False),
        ("officials", "official", False),
        ("", "Bell", False),
    ],
)
def test_same_speaker(one: str, other: str, same: bool) -> None:
    assert same_speaker(one, other) is same


def test_spans_alone_can_be_gold(tmp_path: Path) -> None:
    row = {"article": "x", "source": [[0, 2]], "cue": [[3, 7]], "content": [[8, 10]]}
    (tmp_path / "articles.jsonl").write_text(json.dumps({"id": "x", "text": "He said so."}) + "\n", encoding="utf-8")
    (tmp_path / "gold.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
    (article,) = read([tmp_path])
    assert article.labels == {}
    assert article.attributions is not None
    assert len(article.attributions) == 1

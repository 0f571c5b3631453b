"""Figures against labels, on hand-made results whose figures are known."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from tone.baselines import baselines
from tone.collection import Collection
from tone.evaluation import Judged, compare, same_speaker
from tone.evaluation.calibration import Outcomes, coverage, expected_error, reliability
from tone.evaluation.failures import claim_confusion, confusion, worst
from tone.evaluation.failures import kinds as failure_kinds
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


def judged(**given: Any) -> Judged:
    plain = Judged("neutral", "neutral", frozenset(), frozenset(), None, None, False, "A sentence.")
    return replace(plain, **given)


def test_calibration_error_is_the_mean_gap_of_said_and_happened() -> None:
    seen = Outcomes(np.array([0.9] * 10 + [0.3] * 10), np.array([True] * 7 + [False] * 3 + [True] * 3 + [False] * 7))
    assert expected_error(seen) == pytest.approx(0.1)
    table = reliability("tone", seen)
    assert table["sentences"].tolist() == [10, 10]
    assert table["happened"].tolist() == pytest.approx([0.3, 0.7])
    assert table["said"].tolist() == pytest.approx([0.3, 0.9])


def test_certainty_counts_in_the_highest_bin() -> None:
    assert reliability("tone", Outcomes(np.array([1.0]), np.array([True])))["bin"].tolist() == [0.9]


def test_the_surest_share_is_that_with_the_highest_probabilities() -> None:
    rows = [
        judged(tone_probabilities=(0.0, 0.1, 0.9)),
        judged(tone="cautious", tone_probabilities=(0.1, 0.6, 0.3)),
    ]
    table = coverage(rows, [1.0, 0.5])
    assert table["tone"].tolist() == [0.5, 1.0]
    assert table["speaker"].isna().all()


def test_every_failure_has_its_kind_and_the_surest_come_first() -> None:
    rows = [
        judged(tone="cautious", tone_probabilities=(0.1, 0.6, 0.3), gold_speaker="Ada Bell", with_speaker=True),
        judged(tone="cautious", tone_probabilities=(0.0, 0.9, 0.1)),
        judged(claims=frozenset({"denial"}), claim_probabilities=(0.0, 0.0, 0.7)),
        judged(gold_claims=frozenset({"progress"}), claim_probabilities=(0.2, 0.0, 0.0)),
        judged(with_speaker=True, speaker="Tom Ito", rule="name", speaker_probability=0.9),
        judged(with_speaker=True, gold_speaker="Ada Bell", speaker="Tom Ito", rule="pronoun", speaker_probability=0.5),
        judged(with_speaker=True, gold_speaker="Ada Bell", rule="two people fit"),
        judged(with_speaker=True, gold_speaker="Ada Bell", speaker="Bell"),
    ]
    kinds = {(row["label"], row["kind"]): row["count"] for row in failure_kinds(rows).to_dict("records")}
    assert kinds == {
        ("tone", "neutral scored cautious in somebody's words"): 1,
        ("tone", "neutral scored cautious"): 1,
        ("denial", "denial extra"): 1,
        ("progress", "progress missed"): 1,
        ("speaker", "words taken for narration"): 1,
        ("speaker", "narration given a speaker"): 1,
        ("speaker", "another speaker, by pronoun"): 1,
        ("speaker", "abstained: two people fit"): 1,
    }
    cases = worst(rows, each=1)
    assert cases.set_index("label")["sure"].to_dict() == {"tone": 0.9, "denial": 0.7, "progress": 0.8, "speaker": 0.9}


def test_confusions_count_every_sentence_once() -> None:
    rows = [judged(), judged(tone="cautious"), judged(gold_claims=frozenset({"denial"}))]
    assert confusion(rows).loc["neutral"].to_dict() == {"constructive": 0, "cautious": 1, "neutral": 2}
    (denial,) = (row for row in claim_confusion(rows).to_dict("records") if row["claim"] == "denial")
    assert [denial[name] for name in ("right", "extra", "missed", "neither")] == [0, 0, 1, 2]


def test_results_without_probabilities_have_figures_and_no_calibration(gold: Labelled) -> None:
    made = scored(gold, ["cautious"] * 4, [set()] * 4, ["Bell", None, None, None])
    evaluation = compare([gold], made)
    assert evaluation.calibration().empty
    assert evaluation.reliability().empty
    assert evaluation.confusion().to_numpy().sum() == 4
    assert set(evaluation.worst()["article"]) == {"w"}

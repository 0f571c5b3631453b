"""Denials and the claims that they deny, on invented pairs, with the real encoder; and what holds of every table."""

import json
import time
from collections.abc import Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from tone.collection import Collection
from tone.denials import COLUMNS, denials, finding
from tone.denials.meaning import Vectors, vectors
from tone.denials.wording import accuses, answers, denied, denies, hearsay, states_denied

CASES = Path(__file__).parent / "cases"


def load(name: str, *marks: pytest.MarkDecorator) -> list[Any]:
    cases: list[dict[str, Any]] = json.loads((CASES / name).read_text(encoding="utf-8"))
    return [pytest.param(case["input"], case["expected"], id=case["label"], marks=marks) for case in cases]


def table(rows: Sequence[dict[str, Any]]) -> pd.DataFrame:
    """A table of sentences as scoring makes it, of rows with ``article, date, speaker, tone, denial, text``."""
    frame = pd.DataFrame(rows)
    frame["sentence"] = frame.groupby("article").cumcount()
    frame["date"] = pd.Series([date.fromisoformat(row["date"]) if row["date"] else None for row in rows], dtype=object)
    return frame.assign(progress=False, schedule=False)


def said(text: str, speaker: str | None = None, *, denial: bool = False, **known: Any) -> dict[str, Any]:
    return {
        "article": "a",
        "date": "2025-03-03",
        "tone": "neutral",
        **known,
        "speaker": speaker,
        "denial": denial,
        "text": text,
    }


def hashed(texts: Sequence[str]) -> Vectors:
    """Vectors that know nothing of meaning, for tests that are not about it."""
    found = np.array([np.random.default_rng(len(text)).normal(size=8) for text in texts], dtype=np.float32)
    return np.asarray(found / np.linalg.norm(found, axis=1, keepdims=True), dtype=np.float32)


ACCUSED = [
    said("Councillor Maren Holt accused the water board of hiding two test results.", "Maren Holt", tone="cautious"),
    said("The lake has been closed since June."),
    said("The water board denied that it was hiding any test results.", "water board", denial=True),
]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        *load("denials.json"),
        *load("denials_known_failures.json", pytest.mark.xfail(strict=True, raises=AssertionError)),
    ],
)
def test_each_denial_finds_its_claim(rows: list[dict[str, Any]], expected: dict[str, int | None]) -> None:
    made = table(rows)
    found = denials(made)
    place = {(row.article, row.sentence): at for at, row in enumerate(made.itertuples())}
    got = {
        str(place[row["article"], row["sentence"]]): None
        if pd.isna(row["score"])
        else place[row["claim_article"], row["claim_sentence"]]
        for row in found.to_dict("records")
    }
    assert got == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He denied that no ship had sailed.", "ship had sailed."),
        ("Ilse Brandt flatly rejected any suggestion that the vote was bought.", "the vote was bought."),
        ("The mill dismissed as “fiction” reports that it would close.", "it would close."),
        ("She denied taking the money, adding that she was tired.", "taking the money"),
        ("It was simply untrue that the ferry would be sold, he said.", "the ferry would be sold, he said."),
        ("“There is no list,” he said, “and there never was.”", "There is list, and there was."),
        ("Never.", "Never."),
    ],
)
def test_what_is_denied_is_taken_out_of_the_sentence(text: str, expected: str) -> None:
    assert denied(text) == expected


def test_wording_tells_answers_accusations_and_hearsay() -> None:
    assert answers("The ministry rejected the accusation.")
    assert answers("“That is not true,” she said.")
    assert not answers("The ministry denied that the bridge would be closed.")
    assert not answers("The ministry rejected claims that the bridge would be closed.")
    assert states_denied("The ministry rejected claims that the bridge would be closed.")
    assert not states_denied("The ministry denied it.")
    assert accuses("The league alleged fraud.")
    assert not accuses("The league gave up its claim.")
    assert hearsay("They keep saying that it floats.")
    assert not hearsay("It floats.")
    assert denies("It doesn’t float.")
    assert not denies("It floats.")


def test_the_table_has_its_columns_ranked_with_nulls_last() -> None:
    rows = [*ACCUSED, said("The moon is not made of salt.", "Edda Marlow", article="b", denial=True)]
    found = denials(table(rows))
    assert list(found.columns) == list(COLUMNS)
    assert found["article"].tolist() == ["a", "b"]
    assert found["claim_text"].iloc[0] == ACCUSED[0]["text"]
    assert found["claim_speaker"].iloc[0] == "Maren Holt"
    assert 0.5 <= found["score"].iloc[0] <= 1
    assert str(found["claim_date"].iloc[0])[:10] == "2025-03-03"
    nothing = found.iloc[1].filter(like="claim_")
    assert nothing.isna().all()
    assert np.isnan(found["score"].iloc[1])
    assert [str(kind) for kind in found.dtypes[["sentence", "claim_sentence", "score"]]] == [
        "int64",
        "Int64",
        "float64",
    ]


def test_the_least_score_decides_what_counts_as_found() -> None:
    made = table(ACCUSED)
    score = denials(made)["score"].iloc[0]
    assert denials(made, least=score)["claim_sentence"].tolist() == [0]
    assert denials(made, least=score + 1e-9)["claim_sentence"].isna().all()


def test_the_order_of_rows_changes_nothing() -> None:
    made = table(ACCUSED)
    pd.testing.assert_frame_equal(denials(made), denials(made.iloc[::-1]))


def test_each_distinct_sentence_is_encoded_once() -> None:
    asked: list[str] = []

    def recording(texts: Sequence[str]) -> Vectors:
        asked.extend(texts)
        return hashed(texts)

    rows = [*ACCUSED, *({**row, "article": "b"} for row in ACCUSED)]
    denials(table(rows), encode=recording)
    assert len(asked) == len(set(asked)) == 4  # three sentences, and what the denial denies


def test_without_a_denial_nothing_is_encoded() -> None:
    def refusing(texts: Sequence[str]) -> Vectors:
        raise AssertionError(texts)

    found = denials(table(ACCUSED[:2]), encode=refusing)
    assert list(found.columns) == list(COLUMNS)
    assert found.empty


def far_claim(day: str | None) -> pd.DataFrame:
    denial = {**ACCUSED[2], "article": "b", "date": "2025-06-03"}
    return table([{**ACCUSED[0], "date": day}, denial])


def test_a_claim_elsewhere_must_be_in_reach(monkeypatch: pytest.MonkeyPatch) -> None:
    found = partial(denials, least=0.1)
    for day, least_days in (("2025-03-03", 92), ("2025-06-02", 1), ("2025-06-06", 0)):
        made = far_claim(day)
        assert found(made)["claim_article"].tolist() == ["a"]
        assert found(made, days_before=least_days)["claim_article"].tolist() == ["a"]
    assert found(far_claim("2025-03-03"), days_before=91)["claim_article"].isna().all()
    assert found(far_claim("2025-06-07"))["claim_article"].isna().all()
    assert found(far_claim(None), days_before=0)["claim_article"].tolist() == ["a"]
    monkeypatch.setattr(finding, "LARGE", 1)
    assert found(far_claim("2025-03-03"))["claim_article"].isna().all()
    assert found(far_claim("2025-05-04"))["claim_article"].tolist() == ["a"]


def test_copies_count_once() -> None:
    made = table([*ACCUSED, *({**row, "article": "b"} for row in ACCUSED)])
    made["copy_of"] = [None] * 3 + ["a"] * 3
    assert denials(made)["article"].tolist() == ["a"]
    assert sorted(denials(made, copies="all")["article"]) == ["a", "b"]


def test_what_may_be_missing_is_borne() -> None:
    made = table(ACCUSED)
    for changed in (made.assign(date=None), made.drop(columns="date"), made.assign(speaker=None, tone="neutral")):
        assert len(denials(changed)) == 1
    assert denials(made.iloc[:0]).empty
    assert len(denials(made.iloc[2:])) == 1


def test_bad_arguments_are_named() -> None:
    made = table(ACCUSED)
    for column in ("text", "denial", "speaker", "sentence"):
        with pytest.raises(ValueError, match=column):
            denials(made.drop(columns=column))
    with pytest.raises(ValueError, match="least"):
        denials(made, least=1.5)
    with pytest.raises(ValueError, match="days_before"):
        denials(made, days_before=-1)


def test_a_collection_has_its_denials() -> None:
    empty = pd.DataFrame()
    made = table(ACCUSED)
    pd.testing.assert_frame_equal(Collection(made, empty, empty, empty).denials(least=0.2), denials(made, least=0.2))


def test_vectors_of_one_meaning_lie_close() -> None:
    one, same, other = vectors(["The mine is shut.", "They have closed the mine.", "Bread got dearer."])
    assert np.linalg.norm(one) == pytest.approx(1, abs=1e-5)
    assert one @ same > one @ other + 0.3
    assert vectors([]).shape == (0, 384)


@pytest.mark.parametrize("piece", ["denied ", "denied the ", " is not", "“", "rejected, ", "report ", "   ", "a"])
def test_rules_stay_fast_on_long_text(piece: str) -> None:
    text = "He denied" + piece * (50_000 // len(piece))
    begun = time.process_time()
    for rule in (denied, answers, states_denied, denies):
        rule(text)
    assert time.process_time() - begun < 1

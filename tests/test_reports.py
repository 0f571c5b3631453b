"""The per-speaker report: counts, intervals, filters, order, and odd frames."""

import datetime
import time
from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
import pytest

from tone.reports import COLUMNS, speakers, summary_skipped


def frame(rows: Sequence[tuple[str, str | None, str]], **columns: Any) -> pd.DataFrame:
    """A sentences frame of (article, speaker, tone)."""
    table = pd.DataFrame(rows, columns=["article", "speaker", "tone"])
    defaults: dict[str, Any] = {
        "progress": False,
        "schedule": False,
        "denial": False,
        "speaker_kind": "person",
        "date": None,
    }
    return table.assign(**{**defaults, "source": None, **columns})


def row(table: pd.DataFrame, name: str) -> "pd.Series[Any]":
    (position,) = np.flatnonzero(table["speaker"] == name)
    return table.iloc[position]


MIXED = frame(
    [
        ("a", "Ola Finch", "constructive"),
        ("a", "Ola Finch", "cautious"),
        ("a", None, "cautious"),
        ("b", "Ola Finch", "constructive"),
        ("b", "Ola Finch", "neutral"),
        ("b", "Harwick port authority", "cautious"),
        ("b", "Ola Finch", "constructive"),
    ],
    progress=[True, False, True, True, False, False, False],
    denial=[False, False, False, False, False, True, False],
    speaker_kind=["person", "person", None, "body", "person", "body", "person"],
    date=[datetime.date(2026, 3, 1)] * 3 + [datetime.date(2026, 3, 9)] * 4,
    source=["The Tern"] * 3 + ["Quay News"] * 4,
)


def test_what_is_counted() -> None:
    table = speakers(MIXED)
    assert list(table.columns) == list(COLUMNS)
    assert table["speaker"].tolist() == ["Ola Finch", "Harwick port authority"]
    finch = row(table, "Ola Finch")
    assert (finch["kind"], finch["articles"], finch["sentences"]) == ("person", 2, 5)
    assert (finch["constructive"], finch["cautious"], finch["neutral"]) == (0.6, 0.2, 0.2)
    assert finch["net_tone"] == pytest.approx(0.4)
    assert (finch["progress"], finch["schedule"], finch["denial"]) == (2, 0, 0)
    assert (finch["first"], finch["last"]) == (pd.Timestamp("2026-03-01"), pd.Timestamp("2026-03-09"))
    assert finch["enough"]
    assert finch["interval"] == "articles"
    port = row(table, "Harwick port authority")
    assert (port["kind"], port["sentences"], port["denial"], port["enough"]) == ("body", 1, 1, False)
    assert port["interval"] == "sentences"


def test_the_input_is_left_alone() -> None:
    before = MIXED.copy(deep=True)
    speakers(MIXED, since="2026-03-02")
    pd.testing.assert_frame_equal(MIXED, before)


def test_intervals_hold_the_net_tone_and_have_a_width() -> None:
    tones = ("constructive", "cautious", "neutral")
    rows = [(f"{n}-{i % spread}", f"{tone} {n} {spread}", tone)
            for tone in tones for n in (1, 2, 5, 30) for spread in (1, n) for i in range(n)]  # fmt: skip
    table = speakers(frame(rows))
    assert (table["net_low"] >= -1).all()
    assert (table["net_high"] <= 1).all()
    assert (table["net_low"] <= table["net_tone"]).all()
    assert (table["net_tone"] <= table["net_high"]).all()
    width = table["net_high"] - table["net_low"]
    assert (width > 0.02).all()
    assert (width[table["sentences"] == 1] > 1).all()


def test_articles_that_differ_make_a_wider_interval_than_sentences_that_do() -> None:
    apart = [(f"a{i}", "Apart", tone) for i, tone in enumerate(["constructive", "cautious"] * 4) for _ in range(5)]
    alike = [(f"b{i}", "Alike", tone) for i in range(8) for tone in ["constructive"] * 3 + ["cautious"] * 2]
    table = speakers(frame(apart + alike))
    width = table["net_high"] - table["net_low"]
    assert width[table["speaker"] == "Apart"].item() > 1.5 * width[table["speaker"] == "Alike"].item()


@pytest.mark.parametrize("articles", [1, 3, 12])
@pytest.mark.parametrize("shares", [(0.3, 0.3, 0.4), (0.1, 0.6, 0.3), (0.05, 0.85, 0.1)], ids=str)
def test_the_interval_covers_the_truth(articles: int, shares: tuple[float, float, float]) -> None:
    """400 invented speakers of one true net tone, whose articles differ: about 95 % of the intervals hold it."""
    rng = np.random.default_rng(7)
    rows = []
    for speaker in range(400):
        for article in range(articles):
            # A lone article tells nothing of how articles differ: there the truth is that of the article.
            own = shares if articles == 1 else rng.dirichlet(np.array(shares) * 5)
            tones = rng.choice(["constructive", "cautious", "neutral"], 1 + rng.poisson(4), p=own)
            rows += [(f"{speaker}-{article}", f"S{speaker}", tone) for tone in tones]
    table = speakers(frame(rows))
    truth = shares[0] - shares[1]
    covered = ((table["net_low"] <= truth) & (truth <= table["net_high"])).mean()
    assert covered >= 0.88
    if articles > 3:  # with few articles the intervals err on the wide side
        assert covered <= 0.99


def test_the_same_whatever_the_order_and_the_company() -> None:
    rng = np.random.default_rng(3)
    rows = [(f"a{rng.integers(30)}", f"S{rng.integers(20)}", str(rng.choice(["constructive", "cautious", "neutral"])))
            for _ in range(400)]  # fmt: skip
    table = speakers(frame(rows))
    shuffled = frame(rows).sample(frac=1, random_state=1)
    pd.testing.assert_frame_equal(speakers(shuffled), table)
    alone = speakers(frame([r for r in rows if r[1] == "S7"]))
    numbers = ["net_low", "net_high"]
    np.testing.assert_allclose(
        alone[numbers].to_numpy()[0], row(table, "S7")[numbers].to_numpy(dtype=float), rtol=0, atol=1e-12
    )
    assert not speakers(frame(rows), seed=1)["net_low"].equals(table["net_low"])


def test_more_articles_than_one_block_of_weights() -> None:
    rows = [(f"a{i}", "Ola Finch", ("constructive", "cautious")[i % 2]) for i in range(5000)]
    finch = row(speakers(frame(rows), rounds=300), "Ola Finch")
    # 5000 independent sentences: a standard error of 1 / sqrt(5000).
    assert finch["net_high"] - finch["net_low"] == pytest.approx(2 * 1.96 / 5000**0.5, rel=0.15)


def test_filters() -> None:
    assert speakers(MIXED, min_sentences=2)["speaker"].tolist() == ["Ola Finch"]
    assert row(speakers(MIXED, since="2026-03-09"), "Ola Finch")["sentences"] == 3
    assert row(speakers(MIXED, until=datetime.date(2026, 3, 1)), "Ola Finch")["sentences"] == 2
    assert row(speakers(MIXED, since=datetime.date(2026, 3, 1), until="2026-03-09"), "Ola Finch")["sentences"] == 5
    assert speakers(MIXED, since="2026-03-10").empty
    assert speakers(MIXED, source="The Tern")["speaker"].tolist() == ["Ola Finch"]
    assert speakers(MIXED, source="nobody").empty


def test_a_day_filter_leaves_out_what_has_no_date() -> None:
    rows = frame([("a", "Ola Finch", "neutral"), ("b", "Ola Finch", "neutral")], date=[datetime.date(2026, 3, 1), None])
    assert row(speakers(rows), "Ola Finch")["sentences"] == 2
    assert row(speakers(rows, since="2000-01-01"), "Ola Finch")["sentences"] == 1


@pytest.mark.parametrize(
    ("sort", "first"),
    [
        ("sentences", "Ola Finch"),
        ("speaker", "Harwick port authority"),
        ("cautious", "Harwick port authority"),
        ("net_tone", "Ola Finch"),
        ("denial", "Harwick port authority"),
        ("first", "Ola Finch"),
        ("kind", "Harwick port authority"),
    ],
)
def test_order(sort: str, first: str) -> None:
    assert speakers(MIXED, sort=sort)["speaker"].iloc[0] == first


def test_any_column_sorts() -> None:
    for column in COLUMNS:
        assert len(speakers(MIXED, sort=column)) == 2


def test_ties_go_by_name() -> None:
    assert speakers(frame([("a", "B", "neutral"), ("a", "A", "neutral")]))["speaker"].tolist() == ["A", "B"]


def test_nothing_to_count_gives_an_empty_table_with_the_same_types() -> None:
    full = speakers(MIXED)
    nobody = frame([("a", None, "neutral")])
    for nothing in (MIXED.iloc[:0], nobody, pd.DataFrame(columns=MIXED.columns)):
        table = speakers(nothing)
        assert len(table) == 0
        assert table.dtypes.to_dict() == full.dtypes.to_dict()


def test_dates_and_kinds_may_be_unknown() -> None:
    rows = [("a", "Ola Finch", "neutral")]
    for table in (frame(rows, speaker_kind=None), frame(rows).drop(columns=["date", "speaker_kind", "source"])):
        finch = row(speakers(table), "Ola Finch")
        assert pd.isna(finch["first"])
        assert pd.isna(finch["last"])
        assert pd.isna(finch["kind"])


def test_dates_as_text_and_a_repeating_index() -> None:
    table = frame([("a", "Ola Finch", "neutral"), ("b", "Ola Finch", "cautious")], date=["2026-03-01", "2026-03-02"])
    table.index = pd.Index([0, 0])
    finch = row(speakers(table, since="2026-03-02"), "Ola Finch")
    assert (finch["sentences"], finch["cautious"]) == (1, 1.0)


def test_names_in_any_script() -> None:
    names = ["نورا حداد", "李明", "Ann 🚢 Lee", "Šimůnek", "=SUM(A1)"]
    table = speakers(frame([("a", name, "neutral") for name in names]))
    assert sorted(table["speaker"]) == sorted(names)


@pytest.mark.parametrize(
    ("change", "options", "message"),
    [
        ({"drop": "tone"}, {}, "the table lacks the column tone"),
        ({"drop": "speaker"}, {}, "the table lacks the column speaker"),
        ({"drop": "date"}, {"since": "2026-03-01"}, "the table lacks the column date"),
        ({"drop": "source"}, {"source": "The Tern"}, "the table lacks the column source"),
        ({"tone": "happy"}, {}, "unknown tone 'happy'; the tones are constructive, cautious, neutral"),
        ({"tone": None}, {}, "unknown tone None"),
        ({"date": "one day"}, {}, "the column date must hold dates"),
        ({}, {"sort": "loudness"}, "cannot sort by 'loudness'; choose from speaker, kind, articles"),
        ({}, {"since": "yesterday"}, "since must be a date as YYYY-MM-DD, not 'yesterday'"),
        ({}, {"since": "2026-03-02", "until": "2026-03-01"}, r"since \(2026-03-02\) is after until \(2026-03-01\)"),
        ({}, {"rounds": 0}, "rounds must be at least 1, not 0"),
    ],
    ids=str,
)
def test_what_is_refused(change: dict[str, Any], options: dict[str, Any], message: str) -> None:
    drop = change.pop("drop", None)
    table = MIXED.drop(columns=[str(drop)]) if drop else MIXED.assign(**change)
    with pytest.raises(ValueError, match=message) as caught:
        speakers(table, **options)
    assert "\n" not in str(caught.value)


def test_twenty_thousand_sentences_of_three_thousand_speakers_are_quick() -> None:
    rng = np.random.default_rng(0)
    names = np.r_[np.arange(3000), rng.integers(0, 3000, 17000)]
    tones = rng.choice(["constructive", "cautious", "neutral"], 20000)
    rows = [(f"a{i // 13}", f"S{name}", str(tone)) for i, (name, tone) in enumerate(zip(names, tones, strict=True))]
    table = frame(rows)
    began = time.process_time()
    assert len(speakers(table)) == 3000
    assert time.process_time() - began < 3


def test_skipped_by_reason() -> None:
    skipped = pd.DataFrame(
        {
            "input": ["a.bin", "b.txt", "c.bin", "d.txt"],
            "article": [None, "b", None, None],
            "reason": ["binary file", "not valid Unicode: at character 3", "binary file", None],
        }
    )
    table = summary_skipped(skipped)
    assert table.columns.tolist() == ["reason", "inputs", "example"]
    assert list(table.itertuples(index=False, name=None)) == [
        ("binary file", 2, "a.bin"),
        ("no reason given", 1, "d.txt"),
        ("not valid Unicode", 1, "b.txt"),
    ]
    empty = summary_skipped(skipped.iloc[:0])
    assert len(empty) == 0
    assert empty.dtypes.to_dict() == table.dtypes.to_dict()
    with pytest.raises(ValueError, match="lacks the column reason"):
        summary_skipped(skipped.drop(columns="reason"))

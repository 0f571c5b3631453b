"""The reports: counts, intervals, filters, order, and odd frames."""

import datetime
import time
from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
import pytest

from tone.codebook import CLAIMS, TONES
from tone.reports import (
    ALL,
    CLAIM_COLUMNS,
    COLUMNS,
    COMPARISON_COLUMNS,
    SENTENCE_COLUMNS,
    TIMELINE_COLUMNS,
    claims,
    compare,
    speakers,
    summary_skipped,
    timeline,
    who_said,
    workbook,
)


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


def column(*values: Any) -> Any:
    """Values of whatever types and nulls, as a column."""
    return list(values)


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
        ({}, {"by": "day"}, "cannot group by 'day'; choose from source, month, week, topic"),
        ({}, {"by": "topic"}, "the table lacks the column topic"),
        ({"drop": "date"}, {"by": "week"}, "the table lacks the column date"),
        ({}, {"sort": "source"}, "cannot sort by 'source'"),
        ({}, {"copies": "never"}, "copies must be 'once' or 'all', not 'never'"),
        ({}, {"topic": "ports"}, "the table lacks the column topic"),
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


# --- by source, topic and period


def test_by_source_splits_every_count() -> None:
    table = speakers(MIXED, by="source")
    assert list(table.columns) == ["speaker", "source", *list(COLUMNS)[1:]]
    assert table[["speaker", "source", "sentences", "articles", "progress", "denial"]].to_numpy().tolist() == [
        ["Ola Finch", "Quay News", 3, 1, 1, 0],
        ["Ola Finch", "The Tern", 2, 1, 1, 0],
        ["Harwick port authority", "Quay News", 1, 1, 0, 1],
    ]
    whole = speakers(MIXED)
    for name in ("sentences", "articles", "progress", "schedule", "denial"):
        assert table.groupby("speaker")[name].sum().to_dict() == whole.set_index("speaker")[name].to_dict()


def test_a_row_of_a_group_is_what_the_filter_gives() -> None:
    rng = np.random.default_rng(5)
    rows = [(f"a{i}", f"S{rng.integers(4)}", str(rng.choice(["constructive", "cautious", "neutral"])))
            for i in rng.integers(40, size=300)]  # fmt: skip
    table = frame(rows)
    table["source"] = "paper " + (table["article"].str[1:].astype(int) % 3).astype(str)
    split = speakers(table, by="source")
    for source, part in split.groupby("source"):
        alone = speakers(table, source=str(source))
        pd.testing.assert_frame_equal(
            part.drop(columns="source").sort_values("speaker", ignore_index=True),
            alone.sort_values("speaker", ignore_index=True),
        )


@pytest.mark.parametrize(
    ("by", "starts"),
    [("month", ["2026-02-01", "2026-03-01", None]), ("week", ["2026-02-23", "2026-03-02", None])],
)
def test_periods_are_named_by_their_first_day_and_the_undated_come_last(by: Any, starts: list[str | None]) -> None:
    days = ["2026-02-28", "2026-03-02", "2026-03-08", None]
    table = frame([(f"a{i}", "Ola Finch", "neutral") for i in range(4)], date=days)
    found = speakers(table, by=by)
    assert found[by].tolist()[:2] == [pd.Timestamp(str(start)) for start in starts[:2]]
    assert pd.isna(found[by].iloc[2])
    assert found["sentences"].tolist() == [1, 2, 1]


def test_speakers_stay_together_in_the_order_of_their_totals() -> None:
    rows = [("a", "A", "neutral")] * 3 + [("b", "B", "neutral")] * 2 + [("c", "B", "neutral")] * 2
    table = frame(rows).assign(topic=["ports"] * 3 + ["wages"] * 2 + ["ports"] * 2)
    found = speakers(table, by="topic")
    assert found[["speaker", "topic"]].to_numpy().tolist() == [["B", "ports"], ["B", "wages"], ["A", "ports"]]
    assert speakers(table, by="topic", sort="topic")["speaker"].tolist() == ["B", "A", "B"]
    assert speakers(table, by="topic", sort="speaker")["speaker"].tolist() == ["A", "B", "B"]
    # The number of sentences is that of the speaker, so a group may have fewer.
    assert speakers(table, by="topic", min_sentences=4)["sentences"].tolist() == [2, 2]


def test_topic_filters() -> None:
    table = MIXED.assign(topic=["ports"] * 3 + ["wages"] * 4)
    assert row(speakers(table, topic="ports"), "Ola Finch")["sentences"] == 2
    assert speakers(table.assign(topic=None), topic="ports").empty


# --- copies


def with_copies() -> pd.DataFrame:
    """Two of an article's three sentences come again in a copy of it, from another paper."""
    copy = MIXED.iloc[:2].assign(article="z", source="Quay News")
    return pd.concat([MIXED.assign(copy_of=None), copy.assign(copy_of="a")], ignore_index=True)


def test_copies_count_once_unless_told_otherwise() -> None:
    finch = row(speakers(with_copies()), "Ola Finch")
    assert (finch["sentences"], finch["articles"], finch["copies"]) == (5, 2, 1)
    assert row(speakers(with_copies()), "Harwick port authority")["copies"] == 0
    whole = row(speakers(with_copies(), copies="all"), "Ola Finch")
    assert (whole["sentences"], whole["articles"], whole["copies"]) == (7, 3, 0)
    split = speakers(with_copies(), by="source").set_index(["speaker", "source"])
    assert split["copies"].to_dict() == {
        ("Ola Finch", "Quay News"): 1, ("Ola Finch", "The Tern"): 0, ("Harwick port authority", "Quay News"): 0,
    }  # fmt: skip
    assert row(speakers(with_copies(), since="2026-03-02"), "Ola Finch")["copies"] == 0


def test_all_reports_take_copies() -> None:
    table = with_copies().assign(text="We agreed.")
    assert timeline(table)["sentences"].sum() == 6
    assert timeline(table, copies="all")["sentences"].sum() == 8
    assert (len(who_said(table)), len(who_said(table, copies="all"))) == (6, 8)
    assert (len(claims(table, "progress")), len(claims(table, "progress", copies="all"))) == (3, 4)
    sides: dict[str, Any] = {"by": "source", "first": "The Tern", "second": "Quay News"}
    assert compare(table, **sides)["sentences_second"].tolist() == [4, 3]
    assert compare(table, **sides, copies="all")["sentences_second"].tolist() == [6, 5]


# --- comparisons


def test_what_is_compared() -> None:
    table = compare(MIXED, by="source", first="The Tern", second="Quay News")
    assert list(table.columns) == list(COMPARISON_COLUMNS)
    assert table["speaker"].tolist() == [ALL, "Ola Finch"]
    finch = row(table, "Ola Finch")
    assert (finch["sentences_first"], finch["sentences_second"]) == (2, 3)
    assert (finch["articles_first"], finch["articles_second"], finch["interval"]) == (1, 1, "sentences")
    assert (finch["net_tone_first"], finch["net_tone_second"]) == (0, pytest.approx(2 / 3))
    assert finch["difference"] == pytest.approx(2 / 3)
    assert (finch["progress_first"], finch["progress_second"], finch["denial_second"]) == (0.5, pytest.approx(1 / 3), 0)
    assert (finch["kind"], finch["enough"]) == ("person", False)
    everybody = row(table, ALL)
    assert (everybody["sentences_first"], everybody["sentences_second"]) == (2, 4)
    assert everybody["denial_second"] == 0.25
    assert pd.isna(everybody["kind"])


def test_the_other_way_round_is_the_negative() -> None:
    one = compare(MIXED, by="source", first="The Tern", second="Quay News")
    other = compare(MIXED, by="source", first="Quay News", second="The Tern")
    np.testing.assert_allclose(one["difference"], -other["difference"])
    # Each side has its own draws, so the ends agree but for chance.
    np.testing.assert_allclose(one["difference_low"], -other["difference_high"], atol=0.15)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (("2026-03-01", "2026-03-08"), ("2026-03-09", None)),
        ((None, datetime.date(2026, 3, 1)), (datetime.date(2026, 3, 9), datetime.date(2026, 3, 9))),
        ("2026-03-01", "2026-03-09"),
        ("2025..2026-03-01", "2026-03-02.."),
        ("..2026-03-05", "2026-03-06..2026"),
    ],
    ids=str,
)
def test_stretches_of_time(first: Any, second: Any) -> None:
    table = compare(MIXED, by="date", first=first, second=second)
    finch = row(table, "Ola Finch")
    assert (finch["sentences_first"], finch["sentences_second"]) == (2, 3)


def test_the_undated_are_on_neither_side() -> None:
    table = MIXED.assign(date=column(None, *MIXED["date"][1:]))
    assert row(compare(table, by="date", first="..2026-03-05", second="2026-03-06.."), ALL)["sentences_first"] == 1


def test_compared_speakers_can_be_chosen() -> None:
    rows = [(f"a{i}", f"S{i % 3}", "neutral") for i in range(30)]
    table = frame(rows).assign(topic=["ports"] * 12 + ["wages"] * 18)
    sides: dict[str, Any] = {"by": "topic", "first": "ports", "second": "wages"}
    assert compare(table, **sides)["speaker"].tolist() == [ALL, "S0", "S1", "S2"]
    chosen = compare(table, **sides, speakers=["S1"])
    assert chosen["speaker"].tolist() == [ALL, "S1"]
    assert chosen["sentences_first"].tolist() == [4, 4]
    assert compare(table, **sides, min_sentences=5)["speaker"].tolist() == [ALL]
    alone = row(chosen, "S1")[["difference_low", "difference_high"]]
    assert alone.tolist() == row(compare(table, **sides), "S1")[["difference_low", "difference_high"]].tolist()


def test_a_clear_change_is_told_from_none() -> None:
    def speaker(name: str, side: str, tones: Sequence[str]) -> pd.DataFrame:
        return frame([(f"{name} {side} {i}", name, tone) for i, tone in enumerate(tones)], source=side)

    hopeful, wary, mixed = ["constructive"] * 10, ["cautious"] * 10, ["constructive", "cautious"] * 5
    table = pd.concat(
        [
            *(speaker("Turned", side, tones) for side, tones in (("x", hopeful), ("y", wary))),
            *(speaker("Alike", side, mixed) for side in ("x", "y")),
        ]
    )
    found = compare(table, by="source", first="x", second="y").set_index("speaker")
    assert found["difference_high"]["Turned"] < -1
    assert found["difference_low"]["Alike"] < 0 < found["difference_high"]["Alike"]


@pytest.mark.parametrize("articles", [(6, 6), (12, 12), (4, 20)], ids=str)
def test_the_interval_of_the_difference_covers_the_truth(articles: tuple[int, int]) -> None:
    """300 invented speakers whose net tone falls from 0.4 to -0.3, over articles that differ."""
    rng = np.random.default_rng(11)
    parts = []
    for side, (number, shares) in enumerate(zip(articles, [(0.5, 0.1, 0.4), (0.2, 0.5, 0.3)], strict=True)):
        own = rng.dirichlet(np.array(shares) * 5, size=300 * number)
        counts = rng.multinomial(1 + rng.poisson(4, size=300 * number), own)
        article, tone = np.repeat(np.indices(counts.shape).reshape(2, -1), counts.ravel(), axis=1)
        names = np.array(["constructive", "cautious", "neutral"])[tone]
        parts.append(
            frame([]).reindex(range(len(article))).assign(
                article=[f"{side} {a}" for a in article], speaker=[f"S{a // number}" for a in article], tone=names,
                source=f"side {side}", progress=False, schedule=False, denial=False,
            )
        )  # fmt: skip
    table = compare(pd.concat(parts), by="source", first="side 0", second="side 1").iloc[1:]
    assert len(table) == 300
    assert table["difference"].mean() == pytest.approx(-0.7, abs=0.05)
    covered = ((table["difference_low"] <= -0.7) & (table["difference_high"] >= -0.7)).mean()
    assert 0.90 <= covered <= 0.99


def test_a_side_without_sentences_gives_no_rows() -> None:
    full = compare(MIXED, by="source", first="The Tern", second="Quay News")
    for nothing in (
        compare(MIXED, by="date", first="2020", second="2026"),
        compare(MIXED.assign(date=None), by="date", first="2020", second="2026"),
        compare(MIXED, by="source", first="The Tern", second="Quay News", since="2026-03-02"),
        compare(MIXED, by="source", first="The Tern", second="Quay News", speakers=[]),
        compare(MIXED.iloc[:0], by="date", first="2020", second="2026"),
    ):
        assert len(nothing) == 0
        assert nothing.dtypes.to_dict() == full.dtypes.to_dict()


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"by": "month", "first": "a", "second": "b"}, "cannot compare by 'month'; choose from source, topic, date"),
        ({"by": "topic", "first": "a", "second": "b"}, "the table lacks the column topic"),
        (
            {"by": "source", "first": "Tern", "second": "Quay News"},
            "no article from 'Tern'; the sources are Quay News, T",
        ),
        ({"by": "source", "first": "The Tern", "second": "The Tern"}, "both sides are 'The Tern': choose two sources"),
        ({"by": "source", "first": ("a", "b"), "second": "The Tern"}, "first must be the name of a source, not"),
        ({"by": "date", "first": "2026", "second": "2026-03"}, "first and second must not overlap"),
        ({"by": "date", "first": "2026-03..", "second": "..2026-04"}, "first and second must not overlap"),
        ({"by": "date", "first": "last week", "second": "2026"}, "first must name days, months or years like 2026-03"),
        ({"by": "date", "first": "2025", "second": "2026-13"}, "second must name days, months or years"),
        ({"by": "date", "first": "..", "second": "2026"}, "first must be like 2026-03 or"),
        ({"by": "date", "first": "2026..2025", "second": "2027"}, "is after until"),
        ({"by": "date", "first": ("2026-01-01",), "second": "2027"}, "first must be a pair of days"),
        ({"by": "date", "first": None, "second": "2027"}, "first must be a pair of days"),
    ],
    ids=str,
)
def test_what_cannot_be_compared(options: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message) as caught:
        compare(MIXED, **options)
    assert "\n" not in str(caught.value)


# --- timelines


def test_a_timeline_has_its_empty_periods() -> None:
    table = timeline(MIXED.assign(date=["2026-03-01"] * 3 + ["2026-03-17"] * 4), every="week")
    assert list(table.columns) == list(TIMELINE_COLUMNS)
    assert table["period"].tolist() == [pd.Timestamp(f"2026-{day}") for day in ("02-23", "03-02", "03-09", "03-16")]
    assert table["sentences"].tolist() == [2, 0, 0, 4]
    assert table["articles"].tolist() == [1, 0, 0, 1]
    assert table["denial"].tolist() == [0, 0, 0, 1]
    empty = table.iloc[1]
    assert empty[["constructive", "cautious", "neutral", "net_tone", "net_low", "net_high", "interval"]].isna().all()
    assert not empty["enough"]
    assert table["net_tone"].iloc[3] == 0.25


@pytest.mark.parametrize(("every", "rows"), [("day", 9), ("week", 3), ("month", 1)])
def test_how_long_a_period_is(every: Any, rows: int) -> None:
    assert len(timeline(MIXED, every=every)) == rows


def test_months_over_a_turn_of_the_year() -> None:
    table = timeline(MIXED.assign(date=["2024-11-30"] * 3 + ["2025-02-28"] * 4), every="month")
    assert table["period"].dt.strftime("%Y-%m").tolist() == ["2024-11", "2024-12", "2025-01", "2025-02"]


def test_a_timeline_of_one_speaker_is_theirs_alone() -> None:
    table = timeline(MIXED, "Harwick port authority", every="day")
    assert table["period"].tolist() == [pd.Timestamp("2026-03-09")]
    assert table["net_tone"].tolist() == [-1]
    finch = timeline(MIXED, "Ola Finch", every="month").iloc[0]
    whole = row(speakers(MIXED), "Ola Finch")
    for name in ("sentences", "articles", "net_tone", "net_low", "net_high", "interval", "progress"):
        assert finch[name] == whole[name]


def test_a_timeline_of_nobody_or_without_dates_is_empty() -> None:
    full = timeline(MIXED)
    for nothing in (
        timeline(MIXED, "Nobody"),
        timeline(MIXED.assign(date=None)),
        timeline(MIXED.iloc[:0]),
        timeline(MIXED.assign(speaker=None)),
    ):
        assert len(nothing) == 0
        assert nothing.dtypes.to_dict() == full.dtypes.to_dict()
    with pytest.raises(ValueError, match="the table lacks the column date"):
        timeline(MIXED.drop(columns="date"))
    with pytest.raises(ValueError, match="unknown period 'year'; choose from day, week, month"):
        timeline(MIXED, every="year")  # type: ignore[arg-type]


def test_days_from_long_ago_are_days() -> None:
    table = timeline(MIXED.assign(date=["1492-10-12"] * 7), every="week")
    assert table["period"].tolist() == [pd.Timestamp("1492-10-10")]


# --- the sentences behind a figure


TEXTS = MIXED.assign(
    text=[f"Sentence {i}." for i in range(7)],
    sentence=[0, 1, 2, 0, 1, 2, 3],
    title=column(*["Quay talks"] * 3, *[None] * 4),
    topic=column(*["ports"] * 3, *[None] * 4),
    p_constructive=0.7,
    p_cautious=0.2,
    p_neutral=0.1,
    p_progress=0.9,
    p_schedule=0.3,
    p_denial=0.8,
)


def test_what_is_behind_a_figure() -> None:
    found = who_said(TEXTS, speaker="Ola Finch")
    assert list(found.columns) == list(SENTENCE_COLUMNS)
    assert found["text"].tolist() == [f"Sentence {i}." for i in (0, 1, 3, 4, 6)]
    assert found["tone_probability"].tolist() == [0.7, 0.2, 0.7, 0.1, 0.7]
    assert found["title"].tolist()[0] == "Quay talks"
    assert found["date"].tolist()[-1] == pd.Timestamp("2026-03-09")


@pytest.mark.parametrize("by", ["source", "month", "week", "topic"])
def test_every_count_of_the_speakers_has_its_sentences(by: Any) -> None:
    for cell in speakers(TEXTS, by=by, rounds=1).to_dict("records"):
        group: dict[str, Any] = {"speaker": cell["speaker"]}
        group |= {"period": cell[by], "every": by} if by in ("month", "week") else {by: cell[by]}
        behind = who_said(TEXTS, **group)
        assert (len(behind), behind["article"].nunique()) == (cell["sentences"], cell["articles"])
        for tone in TONES:
            assert len(who_said(TEXTS, tone=tone, **group)) / cell["sentences"] == cell[tone]
        for claim in CLAIMS:
            assert len(who_said(TEXTS, claim=claim, **group)) == cell[claim]


def test_every_count_over_time_and_of_a_comparison_has_its_sentences() -> None:
    for cell in timeline(TEXTS, every="day", rounds=1).to_dict("records"):
        assert len(who_said(TEXTS, period=cell["period"], every="day")) == cell["sentences"]
    for cell in compare(TEXTS, by="date", first="2026-03-01", second="2026-03-09", rounds=1).to_dict("records"):
        behind = who_said(TEXTS, speaker=cell["speaker"], until="2026-03-01")
        assert len(behind) == cell["sentences_first"]


def test_a_missing_value_finds_what_has_none() -> None:
    assert len(who_said(TEXTS, topic=float("nan"))) == 4  # type: ignore[arg-type]
    undated = TEXTS.assign(date=column(*[None] * 3, *["2026-03-09"] * 4))
    assert len(who_said(undated, period=column(pd.NaT)[0])) == 2
    assert who_said(undated)["article"].tolist() == ["b"] * 4 + ["a"] * 2


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"tone": "happy"}, "unknown tone 'happy'"),
        ({"claim": "boast"}, "unknown claim 'boast'; the claims are progress, schedule, denial"),
        ({"period": "2026-03-01"}, "a period needs every: day, week or month"),
        ({"period": "March", "every": "month"}, "period must be a date as YYYY-MM-DD, not 'March'"),
        ({"period": "2026-03-01", "every": "year"}, "unknown period 'year'"),
    ],
    ids=str,
)
def test_what_nobody_can_have_said(options: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        who_said(TEXTS, **options)


def test_sentences_and_claims_of_a_bare_table() -> None:
    bare = TEXTS[["article", "speaker", "tone", "progress", "schedule", "denial", "text"]]
    found = who_said(bare)
    assert list(found.columns) == list(SENTENCE_COLUMNS)
    assert found[["date", "source", "topic", "title", "sentence", "tone_probability"]].isna().all(axis=None)
    assert claims(bare, "progress")[["date", "probability"]].isna().all(axis=None)
    with pytest.raises(ValueError, match="lacks the column text"):
        who_said(bare.drop(columns="text"))
    assert len(who_said(TEXTS.iloc[:0])) == len(claims(TEXTS.iloc[:0], "denial")) == 0


def test_claims_are_there_one_by_one_with_those_of_the_narration() -> None:
    found = claims(TEXTS, "progress")
    assert list(found.columns) == [name for name in CLAIM_COLUMNS if not name.startswith("when")]
    assert found["text"].tolist() == ["Sentence 0.", "Sentence 2.", "Sentence 3."]
    assert found["probability"].tolist() == [0.9] * 3
    assert pd.isna(found["speaker"].iloc[1])
    assert claims(TEXTS, "progress", speaker="Ola Finch")["text"].tolist() == ["Sentence 0.", "Sentence 3."]
    assert claims(TEXTS, "denial", source="The Tern").empty
    with pytest.raises(ValueError, match="unknown claim 'boast'"):
        claims(TEXTS, "boast")  # type: ignore[arg-type]


def test_schedule_claims_say_when_where_that_is_known() -> None:
    table = TEXTS.assign(schedule=True)
    found = claims(table, "schedule")
    assert list(found.columns) == list(CLAIM_COLUMNS)
    assert found[["when_start", "when_end"]].isna().all(axis=None)
    known = table.assign(
        when_start=datetime.date(2026, 3, 10), when_end=column(datetime.date(2026, 3, 12), *[None] * 6)
    )
    found = claims(known, "schedule")
    assert found["when_start"].tolist() == [pd.Timestamp("2026-03-10")] * 7
    assert found["when_end"].tolist()[0] == pd.Timestamp("2026-03-12")
    assert found["when_end"].isna().sum() == 6


# --- all at once


def test_a_workbook_holds_the_reports() -> None:
    articles = pd.DataFrame({"article": ["a", "b"], "text": ["x", "y"], "title": ["Quay talks", None]})
    skipped = pd.DataFrame({"input": ["c.bin"], "reason": ["binary file"]})
    tables = workbook(TEXTS, articles, skipped, since="2026-03-02", min_sentences=2)
    assert list(tables) == [
        "speakers", "speakers_by_source", "speakers_by_topic", "speakers_by_month", "timeline",
        "progress", "schedule", "denial", "sentences", "articles", "skipped",
    ]  # fmt: skip
    assert tables["speakers"]["speaker"].tolist() == ["Ola Finch"]
    assert len(tables["sentences"]) == 4
    assert list(tables["articles"].columns) == ["article", "title"]
    unknown = workbook(TEXTS.assign(date=None, source=None).drop(columns="topic"), articles, skipped)
    assert list(unknown) == ["speakers", "progress", "schedule", "denial", "sentences", "articles", "skipped"]


def test_the_reports_leave_their_input_alone() -> None:
    table = TEXTS.assign(copy_of=None)
    before = table.copy(deep=True)
    workbook(table, pd.DataFrame({"article": []}), pd.DataFrame({"input": []}))
    compare(table, by="source", first="The Tern", second="Quay News")
    pd.testing.assert_frame_equal(table, before)

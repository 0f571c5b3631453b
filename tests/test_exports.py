"""Tables as files: what comes back, and that no cell can run."""

import json
import sys
from datetime import UTC, date, datetime
from io import StringIO
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest

import tone
from tone import exports
from tone.exports import FORMULA, ExportError, csv_text, export, records

EVIL = [
    "=HYPERLINK(A1)", "+1+cmd", "-2+3", "@SUM(A1)", "\t=1+1", "\r=1+1", "\n=1+1", "＝1+1", "a\r=1+1", '="a,b"',
]  # fmt: skip
TABLE = pd.DataFrame(
    {
        "speaker": ["Ola Finch", "نورا حداد", "A 🚢 Lee", None],
        "sentences": [12, -3, 0, 7],
        "net_tone": [0.25, -0.5, float("nan"), 1.0],
        "enough": [True, False, True, False],
        "first": pd.to_datetime(["2026-03-01", "NaT", "1850-05-05", "2026-03-02"]).astype("datetime64[s]"),
        "date": pd.Series([date(2026, 3, 1), None, date(1850, 5, 5), None], dtype=object),
    }
)
HOSTILE = pd.DataFrame({"text": EVIL, "number": [-1.5] * len(EVIL)})


def sheet(path: Path, name: str) -> list[tuple[Any, ...]]:
    return list(openpyxl.load_workbook(path)[name].iter_rows(values_only=True))


def test_a_workbook_has_a_sheet_a_table(tmp_path: Path) -> None:
    path = tmp_path / "all.XLSX"
    assert export({"speakers": TABLE, "none": TABLE.iloc[:0]}, path) == [path]
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["speakers", "none"]
    one = book["speakers"]
    assert one.freeze_panes == "A2"
    assert one.auto_filter.ref == "A1:F5"
    assert one["A1"].font.b
    assert [one.column_dimensions[letter].width for letter in "ABC"] == [11, 11, 10]
    moment = datetime(2026, 3, 1)
    assert list(one.iter_rows(values_only=True)) == [
        tuple(TABLE.columns),
        ("Ola Finch", 12, 0.25, True, moment, moment),
        ("نورا حداد", -3, -0.5, False, None, None),
        ("A 🚢 Lee", 0, None, True, "1850-05-05", "1850-05-05"),  # before a spreadsheet's first day
        (None, 7, 1, False, datetime(2026, 3, 2), None),
    ]
    assert (one["C2"].number_format, one["E2"].number_format) == ("0.00", "yyyy-mm-dd")
    assert sheet(path, "none") == [tuple(TABLE.columns)]


def test_no_cell_of_a_workbook_is_a_formula(tmp_path: Path) -> None:
    path = tmp_path / "all.xlsx"
    export({"texts": HOSTILE.rename(columns={"number": "=1+1"})}, path)
    one = openpyxl.load_workbook(path)["texts"]
    assert one["B1"].data_type == "s"
    for cell, text in zip(one["A"][1:], EVIL, strict=True):
        assert cell.data_type == "s"
        assert cell.value.replace("\r", "") == text.replace("\r", "")  # the text itself, without an apostrophe
        assert cell.quotePrefix == text.startswith(FORMULA)
    assert one["B2"].value == -1.5


def test_what_a_cell_cannot_hold(tmp_path: Path) -> None:
    path = tmp_path / "all.xlsx"
    moment = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
    cells: list[Any] = ["x" * 40_000, "bell \x07 and NUL \x00", moment, [1, "a"], float("inf"), pd.NA, 10**20]
    export({"texts": pd.DataFrame({"cell": pd.Series(cells, dtype=object)})}, path)
    found = [row[0] for row in sheet(path, "texts")[1:]]
    assert found[0] == "x" * (32_767 - 4) + " […]"
    assert found[1] == "bell � and NUL �"
    assert found[2:4] == ["2026-03-01T09:30:00+00:00", "[1, 'a']"]
    assert found[4:6] == [None, None]
    assert found[6] == 1e20


def test_sheets_are_named_as_they_can_be(tmp_path: Path) -> None:
    path = tmp_path / "all.xlsx"
    long = "a table with a name that is rather long"
    export({"by [source]/topic": TABLE, long: TABLE, long + "!": TABLE}, path)
    names = openpyxl.load_workbook(path).sheetnames
    assert names[:2] == ["by _source__topic", long[:28]]
    assert len(set(names)) == 3
    assert all(len(name) <= 31 for name in names)


def test_a_table_that_no_sheet_holds_is_refused_before_anything_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exports, "SHEET_ROWS", 4)
    path = tmp_path / "all.xlsx"
    with pytest.raises(ExportError, match=r"the table speakers has 4 rows, a sheet holds 3: export to .csv"):
        export({"speakers": TABLE}, path)
    assert not path.exists()
    export({"speakers": TABLE.head(3)}, path)


def test_a_workbook_needs_openpyxl(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    with pytest.raises(ExportError, match=r"pip install 'tone\[excel\]'"):
        export({"speakers": TABLE}, tmp_path / "all.xlsx")


@pytest.mark.parametrize("name", ["all.xls", "all", "all.csv.gz", ".csv"])
def test_another_ending_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(ExportError, match=r"must end in .xlsx, .csv, .parquet, .json"):
        export({"speakers": TABLE}, tmp_path / name)


def test_nothing_to_export(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="there is no table to export"):
        export({}, tmp_path / "all.csv")


def test_one_table_makes_a_csv_file_that_excel_knows_for_utf_8(tmp_path: Path) -> None:
    path = tmp_path / "speakers.csv"
    assert export({"speakers": TABLE}, path) == [path]
    assert path.read_bytes().startswith(b"\xef\xbb\xbfspeaker,sentences,")
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    assert lines[1:3] == ["Ola Finch,12,0.25,True,2026-03-01,2026-03-01", "نورا حداد,-3,-0.5,False,,"]
    back = pd.read_csv(path, parse_dates=["first"])
    pd.testing.assert_frame_equal(back[["sentences", "net_tone", "enough"]], TABLE[["sentences", "net_tone", "enough"]])


@pytest.mark.parametrize("ending", ["csv", "parquet"])
def test_several_tables_make_a_folder(tmp_path: Path, ending: str) -> None:
    written = export({"speakers": TABLE, "by/source": TABLE}, tmp_path / f"deep/all.{ending}")
    folder = tmp_path / "deep" / "all"
    assert written == [folder / f"speakers.{ending}", folder / f"by_source.{ending}"]
    assert sorted(folder.iterdir()) == sorted(written)
    if ending == "parquet":
        pd.testing.assert_frame_equal(pd.read_parquet(written[0]).astype({"first": "datetime64[s]"}), TABLE)


def test_no_cell_of_a_csv_begins_like_a_formula() -> None:
    text = csv_text(HOSTILE.rename(columns={"number": "@number"}))
    back = pd.read_csv(StringIO(text))
    assert list(back.columns) == ["text", "'@number"]
    for cell, original in zip(back["text"], EVIL, strict=True):
        assert not cell.startswith(FORMULA)
        assert cell.startswith("'") == original.startswith(FORMULA)
        assert cell.removeprefix("'") == original.replace("\r", "\n")
    assert "\r" not in text  # unquoted, it would begin another row in a spreadsheet
    assert (back["'@number"] == -1.5).all()


def test_numbers_in_a_column_of_texts_stay_numbers() -> None:
    mixed = pd.DataFrame({"cell": pd.Series([-1, "-1", None, True], dtype=object)})
    assert csv_text(mixed) == 'cell\n-1\n\'-1\n""\nTrue\n'
    assert csv_text(pd.DataFrame({"share": [-0.123456]}), decimals=4) == "share\n-0.1235\n"
    categories = pd.DataFrame({"kind": pd.Categorical(["=1", "body", None])})
    assert csv_text(categories) == 'kind\n\'=1\nbody\n""\n'


def test_the_table_itself_is_left_alone(tmp_path: Path) -> None:
    before = HOSTILE.copy(deep=True)
    for ending in ("xlsx", "csv", "json", "parquet"):
        export({"texts": HOSTILE}, tmp_path / f"all.{ending}")
    pd.testing.assert_frame_equal(HOSTILE, before)


def test_json_holds_all_tables(tmp_path: Path) -> None:
    path = tmp_path / "all.json"
    assert export({"speakers": TABLE, "none": TABLE.iloc[:0]}, path) == [path]

    def refuse(constant: str) -> None:
        raise AssertionError(f"{constant} is no JSON")

    back = json.loads(path.read_text(encoding="utf-8"), parse_constant=refuse)
    assert back["none"] == []
    assert back["speakers"][0] == {
        "speaker": "Ola Finch", "sentences": 12, "net_tone": 0.25, "enough": True, "first": "2026-03-01",
        "date": "2026-03-01",
    }  # fmt: skip
    assert back["speakers"][2] | {"speaker": ""} == {
        "speaker": "", "sentences": 0, "net_tone": None, "enough": True, "first": "1850-05-05", "date": "1850-05-05",
    }  # fmt: skip
    assert back["speakers"][3]["speaker"] is None


def test_records_hold_moments_and_odd_values() -> None:
    odd = pd.DataFrame({"cell": pd.Series([datetime(2026, 3, 1, 9, 30), pd.NA, ("a",), float("inf")], dtype=object)})
    assert [row["cell"] for row in records(odd)] == ["2026-03-01T09:30:00", None, "('a',)", None]
    assert records(pd.DataFrame({"a": []})) == []


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    for ending in ("xlsx", "csv", "json", "parquet"):
        with pytest.raises(OSError, match="directory"):
            export({"speakers": TABLE}, tmp_path / "none" / f"all.{ending}")


# A collection


@pytest.fixture
def collection() -> tone.Collection:
    sentences = pd.DataFrame(
        {
            "article": ["a", "a", "b"],
            "sentence": [0, 1, 0],
            "text": ["=We agreed.", "Nothing moved.", "No deal is near."],
            "speaker": ["=Ola Finch", None, "=Ola Finch"],
            "speaker_kind": ["person", None, "person"],
            "tone": ["constructive", "neutral", "cautious"],
            "progress": [True, False, False],
            "schedule": [False, True, False],
            "denial": [False, False, True],
            "date": [date(2026, 3, 1), date(2026, 3, 1), date(2026, 3, 9)],
            "source": ["The Tern", "The Tern", "Quay News"],
        }
    )
    articles = pd.DataFrame({"article": ["a", "b"], "text": ["…", "…"], "title": ["Quay talks", None]})
    skipped = pd.DataFrame({"input": ["c.bin"], "article": [None], "reason": ["binary file"]})
    return tone.Collection(sentences, pd.DataFrame(), skipped, articles)


def test_a_collection_writes_all_its_reports(collection: tone.Collection, tmp_path: Path) -> None:
    collection.export(tmp_path / "all.xlsx")
    assert openpyxl.load_workbook(tmp_path / "all.xlsx").sheetnames == [
        "speakers", "speakers_by_source", "speakers_by_month", "timeline",
        "progress", "schedule", "denial", "sentences", "articles", "skipped",
    ]  # fmt: skip
    files = collection.export(tmp_path / "all.csv", since="2026-03-02")
    assert len(files) == 10
    assert "'=Ola Finch" in (tmp_path / "all" / "sentences.csv").read_text(encoding="utf-8-sig")
    assert "Nothing moved" not in (tmp_path / "all" / "schedule.csv").read_text(encoding="utf-8-sig")


def test_a_collection_has_the_reports_as_methods(collection: tone.Collection) -> None:
    assert collection.speakers(by="source")["source"].tolist() == ["Quay News", "The Tern"]
    assert collection.timeline("=Ola Finch", "month")["sentences"].tolist() == [2]
    assert collection.timeline(every="week")["sentences"].tolist() == [1, 0, 1]
    assert collection.who_said(speaker="=Ola Finch", tone="cautious")["text"].tolist() == ["No deal is near."]
    assert collection.claims("schedule")["text"].tolist() == ["Nothing moved."]
    compared = collection.compare(by="source", first="The Tern", second="Quay News", rounds=10)
    assert compared["difference"].tolist() == [-2, -2]

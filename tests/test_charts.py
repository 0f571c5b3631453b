"""The charts are valid, hold the figures of their tables, and say what they rest on."""

import io
import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import altair as alt
import numpy as np
import pandas as pd
import pytest

from tone import charts, reports
from tone.charts.drawing import Chart
from tone.collection import Collection

EVIL = "</script><script>alert(1)</script>"
NAMES = ("Marisol Teague", "Ola Finch", "نورا حداد", "Bram 👩🏽‍🚒 Ilves", "Harwick Port", EVIL)
TONES = {"Marisol Teague": "constructive", "Ola Finch": "cautious"}


def sentences(names: tuple[str, ...] = NAMES, articles: int = 6, tone: str | None = None) -> pd.DataFrame:
    """Every speaker has a sentence in every article, the last of them in the first article only."""
    rows = [
        {
            "article": f"a{article}",
            "sentence": place,
            "speaker": name,
            "speaker_kind": "person",
            "tone": tone or TONES.get(name, ("constructive", "cautious", "neutral")[(article + place) % 3]),
            "progress": article % 2 == 0,
            "schedule": place == 1,
            "denial": False,
            "date": pd.Timestamp("2026-03-02") + pd.Timedelta(weeks=article + 2 * (article > 2)),
            "source": ("The Tern", "Harwick Courier")[article % 2],
        }
        for article in range(articles)
        for place, name in enumerate(names)
        if name != names[-1] or article == 0
    ]
    return pd.DataFrame(rows)


@pytest.fixture(scope="module")
def said() -> pd.DataFrame:
    return sentences()


@pytest.fixture(scope="module")
def report(said: pd.DataFrame) -> pd.DataFrame:
    return reports.speakers(said, rounds=100)


@pytest.fixture(scope="module")
def weeks(said: pd.DataFrame) -> pd.DataFrame:
    return reports.timeline(said, rounds=100)


@pytest.fixture(scope="module")
def sides(said: pd.DataFrame) -> pd.DataFrame:
    return reports.compare(said, by="source", first="The Tern", second="Harwick Courier", rounds=100)


@pytest.fixture(scope="module")
def curve() -> pd.DataFrame:
    return pd.DataFrame(
        [
            {"label": label, "bin": b / 10, "sentences": 5 * b, "said": b / 10 + 0.05, "happened": b / 12}
            for label in ("tone", "denial")
            for b in range(1, 10)
        ]
    )


@pytest.fixture(scope="module")
def drawn(report: pd.DataFrame, weeks: pd.DataFrame, sides: pd.DataFrame, curve: pd.DataFrame) -> dict[str, Any]:
    return {
        "speakers": charts.speakers(report),
        "tones": charts.tones(report),
        "claims": charts.claims(report),
        "timeline": charts.timeline(weeks),
        "comparison": charts.comparison(sides, first="The Tern", second="Harwick Courier"),
        "reliability": charts.reliability(curve),
    }


EACH = pytest.mark.parametrize("kind", ["speakers", "tones", "claims", "timeline", "comparison", "reliability"])


def rows(chart: Any) -> list[dict[str, Any]]:
    """The chart's largest data set."""
    return max(chart.to_dict()["datasets"].values(), key=lambda data: (len(data), len(data[0])))


def lines(chart: Any) -> str:
    """Title and what stands below it."""
    title = chart.to_dict()["title"]
    return "\n".join([title["text"], *title["subtitle"]])


@EACH
def test_is_valid_and_draws(kind: str, drawn: dict[str, Any]) -> None:
    drawn[kind].to_dict(validate=True)
    picture = ElementTree.fromstring(charts.svg(drawn[kind]))
    assert picture.tag == "{http://www.w3.org/2000/svg}svg"
    assert float(picture.attrib["width"]) < 1000
    assert lines(drawn[kind]).splitlines()[0] in "".join(picture.itertext())


@EACH
def test_nothing_in_a_picture_can_run_or_load(kind: str, drawn: dict[str, Any]) -> None:
    picture = charts.svg(drawn[kind])
    assert not re.search(r"<script|style=|href|url\(", picture)


@EACH
def test_no_name_ends_a_script_element(kind: str, drawn: dict[str, Any]) -> None:
    assert "<" not in json.dumps([drawn[kind].to_dict()["datasets"], lines(drawn[kind])], ensure_ascii=False)


def test_html_loads_nothing(drawn: dict[str, Any]) -> None:
    page = io.StringIO()
    drawn["speakers"].save(page, format="html", inline=True)
    assert "<script>alert(1)" not in page.getvalue()
    assert page.getvalue().count("</script>") == 2
    assert not re.search(r"<script[^>]* src=|<link", page.getvalue())


@EACH
def test_older_notebooks_draw_the_same(kind: str, drawn: dict[str, Any]) -> None:
    import vl_convert

    old = vl_convert.vegalite_to_svg(drawn[kind].to_json(), vl_version="5.8")
    assert rounded(old) == rounded(charts.svg(drawn[kind]))


def rounded(picture: str) -> str:
    return re.sub(r"\d+\.\d+", lambda number: f"{float(number.group()):.3f}".rstrip("0").rstrip("."), picture)


@EACH
def test_can_be_changed_and_put_beside_another(kind: str, drawn: dict[str, Any]) -> None:
    mine = drawn[kind].properties(title="Mine")
    assert mine.to_dict()["title"] == "Mine"
    assert alt.vconcat(mine, drawn["tones"]).to_dict()["vconcat"][0]["title"] == "Mine"


def test_speakers_holds_the_figures_of_the_table(report: pd.DataFrame, drawn: dict[str, Any]) -> None:
    shown = pd.DataFrame(rows(drawn["speakers"]))
    expected = report.sort_values("net_tone", ascending=False, kind="stable").reset_index(drop=True)
    columns = ["net_tone", "net_low", "net_high", "sentences", "articles", "constructive", "neutral", "cautious"]
    pd.testing.assert_frame_equal(shown[columns], expected[columns], check_dtype=False)
    assert shown["label"].tolist()[:1] == ["Marisol Teague"]
    assert shown["label"].tolist()[-1:] == ["Ola Finch"]
    assert drawn["speakers"].to_dict()["layer"][1]["encoding"]["y"]["sort"] == shown["label"].tolist()


def test_speakers_leans_only_where_there_is_enough(drawn: dict[str, Any]) -> None:
    leaning = {row["label"]: (row["enough"], row["leaning"]) for row in rows(drawn["speakers"])}
    assert leaning["Marisol Teague"] == (True, "more constructive than cautious")
    assert leaning["Ola Finch"] == (True, "more cautious than constructive")
    assert leaning["Harwick Port"] == (True, "not clear")
    assert leaning["‹/script›‹script›alert(1)‹/script›"] == (False, "not clear")


def test_speakers_says_figures_in_words(report: pd.DataFrame) -> None:
    one = report.head(1).assign(net_tone=-0.234, net_low=-0.5, net_high=0.004)
    (row,) = rows(charts.speakers(one))
    assert (row["figure"], row["range"]) == ("−23", "−50 to 0")


def test_what_it_rests_on(drawn: dict[str, Any], report: pd.DataFrame) -> None:
    assert "Rests on 31 sentences by 6 speakers" in lines(drawn["speakers"])
    assert "fewer than 5 sentences" in lines(drawn["speakers"])
    assert "fewer than" not in lines(charts.speakers(report[report["sentences"] >= 5]))
    assert "Rests on 31 sentences in 6 articles" in lines(drawn["timeline"])
    assert "Rests on 31 sentences by 6 speakers, 6 of whom claim something" in lines(drawn["claims"])
    assert "tone · 225 sentences" in charts.svg(drawn["reliability"])
    text = "".join(ElementTree.fromstring(charts.svg(drawn["comparison"])).itertext())
    assert "3 → 3" in text


def test_note_is_below_the_title(report: pd.DataFrame, weeks: pd.DataFrame, sides: pd.DataFrame, curve: Any) -> None:
    calls: list[tuple[Callable[..., Any], pd.DataFrame]] = [
        *((call, report) for call in (charts.speakers, charts.tones, charts.claims)),
        (charts.timeline, weeks),
        (charts.comparison, sides),
        (charts.reliability, curve),
    ]
    for call, table in calls:
        assert lines(call(table, note="models of May")).endswith("\nmodels of May")


def test_limit_keeps_the_speakers_with_the_most_sentences(report: pd.DataFrame) -> None:
    few = charts.speakers(report.assign(sentences=[1, 2, 3, 4, 5, 60]), limit=2)
    assert {row["sentences"] for row in rows(few)} == {5, 60}
    assert "drawn are the 2 of 6 speakers with the most" in lines(few)
    with pytest.raises(ValueError, match="limit must be 1 to"):
        charts.speakers(report, limit=0)


def test_tones_stacks_shares_in_the_order_of_the_palette(report: pd.DataFrame, drawn: dict[str, Any]) -> None:
    spec = drawn["tones"].to_dict()
    assert spec["layer"][0]["encoding"]["color"]["scale"]["domain"] == ["constructive", "neutral", "cautious"]
    by_name = report.set_index("speaker")
    for row in rows(drawn["tones"]):
        if row["label"] in by_name.index:
            shares = by_name.loc[row["label"], ["constructive", "neutral", "cautious"]]
            assert [row["constructive"], row["neutral"], row["cautious"]] == shares.tolist()


def test_claims_counts(report: pd.DataFrame, drawn: dict[str, Any]) -> None:
    ola = next(row for row in rows(drawn["claims"]) if row["label"] == "Ola Finch")
    assert (ola["progress"], ola["schedule"], ola["denial"]) == (3, 6, 0)
    heads = "".join(ElementTree.fromstring(charts.svg(drawn["claims"])).itertext())
    assert "Progress · 16" in heads
    assert "Denial · 0" in heads
    with pytest.raises(ValueError, match="no speaker claims anything"):
        charts.claims(report.assign(progress=0, schedule=0, denial=0))


def test_timeline_leaves_gaps(weeks: pd.DataFrame, drawn: dict[str, Any]) -> None:
    shown = rows(drawn["timeline"])
    assert [row["sentences"] for row in shown] == weeks["sentences"].tolist() == [6, 5, 5, 0, 0, 5, 5, 5]
    empty = shown[3]
    assert (empty["net_tone"], empty["net_low"], empty["figure"], empty["range"]) == (None, None, "unknown", "unknown")
    assert [row["when"] for row in shown[:2]] == ["week of 2026-03-02", "week of 2026-03-09"]
    assert "NaN" not in charts.svg(drawn["timeline"])


@pytest.mark.parametrize(
    ("every", "names"), [("day", "2026-03-02"), ("week", "week of 2026-03-02"), ("month", "2026-03")]
)
def test_timeline_names_its_periods(said: pd.DataFrame, every: Any, names: str) -> None:
    table = reports.timeline(said, every=every, rounds=10)
    assert rows(charts.timeline(table))[0]["when"] == names
    assert rows(charts.timeline(table.head(1), every=every))[0]["when"] == names
    assert f"Net tone by {every}" in lines(charts.timeline(table))


def test_months_end_where_the_next_begins(said: pd.DataFrame) -> None:
    first, *_ = rows(charts.timeline(reports.timeline(said, every="month", rounds=10)))
    assert (first["starts"][:10], first["ends"][:10]) == ("2026-03-01", "2026-04-01")


def test_timeline_of_a_speaker_and_of_bad_periods(weeks: pd.DataFrame) -> None:
    assert lines(charts.timeline(weeks, speaker="نورا حداد")).startswith("How نورا حداد sounds over time")
    bad: Any
    for bad in ("May", None, 3.5):
        with pytest.raises(ValueError, match="the column period must hold da"):
            charts.timeline(weeks.assign(period=[bad] * len(weeks)))
    with pytest.raises(ValueError, match="unknown period 'year'"):
        charts.timeline(weeks, every="year")  # type: ignore[arg-type]


def test_comparison_puts_all_speakers_on_top(sides: pd.DataFrame, drawn: dict[str, Any]) -> None:
    shown = rows(drawn["comparison"])
    assert shown[0]["label"] == "All speakers"
    assert [row["difference"] for row in shown[1:]] == sorted(sides["difference"][1:], reverse=True)
    assert lines(drawn["comparison"]).startswith("How Harwick Courier differs from The Tern")
    assert not any(row["enough"] for row in shown[1:])


def test_comparison_reaches_as_far_as_its_intervals(sides: pd.DataFrame) -> None:
    def reach(table: pd.DataFrame) -> list[float]:
        return charts.comparison(table).to_dict()["layer"][2]["encoding"]["x"]["scale"]["domain"]  # type: ignore[no-any-return]

    small = sides.assign(difference=0.1, difference_low=0.0, difference_high=0.3)
    assert reach(small) == [-1, 1]
    assert reach(small.assign(difference_low=-1.2)) == [-1.5, 1.5]
    assert reach(small.assign(difference=np.nan, difference_low=np.nan, difference_high=np.nan)) == [-1, 1]


def test_reliability_has_a_panel_a_label(curve: pd.DataFrame, drawn: dict[str, Any]) -> None:
    shown = pd.DataFrame(rows(drawn["reliability"]))
    pd.testing.assert_frame_equal(shown[curve.columns], curve, check_dtype=False)
    assert drawn["reliability"].to_dict()["facet"]["sort"] == ["tone · 225 sentences", "denial · 225 sentences"]


@pytest.mark.parametrize("tone", ["constructive", "cautious", "neutral"])
def test_every_tone_alike(tone: str) -> None:
    table = reports.speakers(sentences(tone=tone), rounds=50)
    for call in (charts.speakers, charts.tones):
        ElementTree.fromstring(charts.svg(call(table)))


def test_one_row_and_unknown_intervals(report: pd.DataFrame, weeks: pd.DataFrame, sides: pd.DataFrame) -> None:
    unknown = report.assign(net_low=np.nan, net_high=np.nan)
    assert {row["range"] for row in rows(charts.speakers(unknown))} == {"unknown"}
    assert {row["leaning"] for row in rows(charts.speakers(unknown))} == {"not clear"}
    calls: list[tuple[Callable[..., Any], pd.DataFrame]] = [
        (charts.speakers, unknown.assign(net_tone=np.nan)),
        (charts.speakers, report.head(1)),
        (charts.tones, report.head(1)),
        (charts.claims, report.head(1)),
        (charts.timeline, weeks.head(1)),
        (charts.comparison, sides.head(1)),
    ]
    for call, table in calls:
        assert "NaN" not in charts.svg(call(table))


@pytest.mark.parametrize(
    ("call", "columns"),
    [
        (charts.speakers, reports.COLUMNS),
        (charts.tones, reports.COLUMNS),
        (charts.claims, reports.COLUMNS),
        (charts.timeline, reports.TIMELINE_COLUMNS),
        (charts.comparison, reports.COMPARISON_COLUMNS),
        (charts.reliability, ["label", "bin", "sentences", "said", "happened"]),
    ],
)
def test_an_empty_table_or_one_without_a_column(call: Callable[..., Any], columns: Any) -> None:
    empty = pd.DataFrame({name: [] for name in columns})
    with pytest.raises(ValueError, match="nothing to draw"):
        call(empty)
    with pytest.raises(ValueError, match=r"needs the columns? .*sentences"):
        call(empty.drop(columns=[name for name in columns if name.startswith("sentences")]))


def test_rows_of_several_groups_are_refused(said: pd.DataFrame) -> None:
    table = reports.speakers(said, by="source", rounds=10)
    with pytest.raises(ValueError, match="has several rows; draw one group at a time"):
        charts.speakers(table)
    assert rows(charts.speakers(table[table["source"] == "The Tern"]))


@pytest.fixture
def own_renderer() -> Any:
    """Leaves altair's choice of a renderer as it was."""
    with alt.renderers.enable("default"):
        yield


@pytest.fixture
def collection(said: pd.DataFrame) -> Collection:
    nothing = pd.DataFrame()
    manifest = {"tone": "9.9", "models": {"tone": {"weights": "abcdef0123456789"}}}
    return Collection(said, nothing, nothing, nothing, manifest)


def test_offline_gives_a_notebook_what_it_draws_itself(own_renderer: None, drawn: dict[str, Any]) -> None:
    charts.offline()
    bundle = drawn["speakers"]._repr_mimebundle_()
    assert set(bundle) == {"application/vnd.vegalite.v5+json", "image/svg+xml", "text/plain"}
    spec = bundle["application/vnd.vegalite.v5+json"]
    assert spec["$schema"].endswith("/v5.json")
    assert spec["background"] == "white"
    assert spec["datasets"] == drawn["speakers"].to_dict()["datasets"]
    assert "cdn" not in json.dumps(bundle)


def test_a_chart_of_a_collection(own_renderer: None, collection: Collection, said: pd.DataFrame) -> None:
    made = collection.chart("speakers", min_sentences=2, rounds=20, limit=3)
    assert len(rows(made)) == 3
    assert lines(made).endswith("tone 9.9, models tone abcdef01")
    assert alt.renderers.active == charts.showing.RENDERER
    assert "Rests on 16 sentences" in lines(collection.chart("tones", source="The Tern", rounds=20, note="x"))
    assert isinstance(collection.chart("claims", rounds=20), alt.HConcatChart)
    assert lines(collection.chart("timeline", speaker="Ola Finch", every="month", rounds=20)).startswith(
        "How Ola Finch"
    )
    sides: dict[str, Any] = {"by": "date", "first": ("2026-03-01", "2026-03-10"), "second": ("2026-03-11", None)}
    assert lines(collection.chart("comparison", **sides)).startswith(
        "How 2026-03-11 to the end differs from 2026-03-01 to 2026-03-10"
    )
    with pytest.raises(ValueError, match="no chart 'pie'; choose from speakers"):
        collection.chart("pie")  # type: ignore[arg-type]


def test_a_chosen_renderer_stays(collection: Collection) -> None:
    with alt.renderers.enable("svg"):
        collection.chart(rounds=20)
        assert alt.renderers.active == "svg"


def test_saves_as_a_picture(drawn: dict[str, Chart], tmp_path: Path) -> None:
    drawn["tones"].save(tmp_path / "chart.png")
    assert (tmp_path / "chart.png").read_bytes().startswith(b"\x89PNG")


def test_without_altair_it_says_what_to_install() -> None:
    code = "import sys; sys.modules['altair'] = None\nimport tone\nfrom tone import charts"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert ran.returncode == 1
    assert ran.stderr.endswith("ModuleNotFoundError: charts need altair: pip install 'tone[notebook]'\n")

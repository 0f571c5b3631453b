"""The page of a collection: what it says, that nothing in an article can run, and that it stays small."""

import base64
import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from click.testing import CliRunner

from tests.pages import MANIFEST, collection, generated
from tone import palette
from tone.cli import tone as command
from tone.collection import Collection
from tone.page import page, write
from tone.page import timeline as timelines
from tone.page.articles import shown
from tone.page.quality import cards, ran, right
from tone.reports import speakers

ROOT = Path(__file__).parents[1]
VOID = {"meta", "br", "input"}


@dataclass
class Element:
    tag: str
    attributes: dict[str, str]
    inside: list["Element | str"] = field(default_factory=list)

    @property
    def text(self) -> str:
        return " ".join("".join(i if isinstance(i, str) else i.text for i in self.inside).split())

    def find(self, tag: str, **attributes: str) -> Iterator["Element"]:
        for child in self.inside:
            if isinstance(child, Element):
                if child.tag == tag and attributes.items() <= child.attributes.items():
                    yield child
                yield from child.find(tag, **attributes)

    def one(self, tag: str, **attributes: str) -> "Element":
        (found,) = self.find(tag, **attributes)
        return found


class _Tree(HTMLParser):
    """What a browser makes of the page, as far as is needed here: every start tag, and text as text."""

    def __init__(self) -> None:
        super().__init__()
        self.open = [Element("", {})]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len(attrs) == len(dict(attrs)), f"an attribute twice in <{tag}>"
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].inside.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open[-1].inside.append(Element(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self.open[-1].tag == tag, f"</{tag}> closes <{self.open[-1].tag}>"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].inside.append(data)


def parsed(html: str) -> Element:
    tree = _Tree()
    tree.feed(html)
    tree.close()
    assert [element.tag for element in tree.open] == [""], "elements left open"
    return tree.open[0]


def data_of(html: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(parsed(html).one("script", type="application/json").inside[0])  # type: ignore[arg-type]
    return found


@pytest.fixture(scope="module")
def small() -> Collection:
    return collection(
        [
            {"article": "a", "date": date(2026, 3, 2), "source": "The Quay", "title": "Ferry talks go on"},
            {"article": "b", "date": date(2026, 3, 20), "source": "The Quay", "title": "No strike, says union"},
            {"article": "c", "title": "Undated"},
        ],
        {
            "a": [
                {"text": "“We are close,” said Ines Moreau.", "quote": "“We are close,”", "speaker": "Ines Moreau"}
                | {"tone": "constructive", "progress": True, "p_progress": 0.771},
                {"text": "The pier is old."},
                {"text": "She warned of delays.", "quote": "of delays", "speaker": "Ines Moreau"}
                | {"tone": "cautious", "break": True, "speaker_rule": "pronoun"},
            ],
            "b": [
                {"text": "“No strike is planned,” Bram Ito said.", "quote": "“No strike is planned,”"}
                | {"speaker": "Bram Ito", "denial": True, "p_denial": 0.96},
                {"text": "The vote is on Friday.", "schedule": True},
            ],
            "c": [
                {"text": "Owners were pleased, Ines Moreau added.", "speaker": "Ines Moreau", "tone": "constructive"}
            ],
        },
    )


def test_the_page_shows_the_collection_at_a_glance(small: Collection) -> None:
    glance = parsed(page(small)).one("section", id="glance")
    figures = {div.one("dt").text: div.one("dd").text for div in glance.one("dl", **{"class": "figures"}).find("div")}
    assert figures == {
        "Articles": "3",
        "Sentences": "6",
        "With a speaker": "4",
        "Speakers": "2",
        "Progress claims": "1",
        "Schedule claims": "1",
        "Denial claims": "1",
    }
    top = glance.text
    assert "The Quay (2)" in top
    assert "2 March 2026 to 20 March 2026; 1 article without a date" in top
    assert "constructive 50" in top
    assert "fallible" in top


def test_rows_of_speakers_are_those_of_the_report(small: Collection) -> None:
    html = page(small)
    report = speakers(small.sentences)
    packed = data_of(html)["speakers"]
    rows = [dict(zip(packed["columns"], row, strict=True)) for row in packed["rows"]]
    assert [row["speaker"] for row in rows] == report["speaker"].tolist() == ["Ines Moreau", "Bram Ito"]
    for row, (_, expected) in zip(rows, report.iterrows(), strict=True):
        assert row["sentences"] == expected["sentences"]
        assert row["net_low"] == round(100 * expected["net_low"])
        assert row["enough"] == expected["enough"]
    table = parsed(html).one("table", **{"data-table": "speakers"}).one("tbody")
    first = next(table.find("tr"))
    assert first.one("th", scope="row").text == "Ines Moreau person"
    assert first.one("b").text == "+33"  # two of three constructive, one cautious
    assert first.one("rect", **{"class": "constructive"}).attributes["width"] == "67"


def test_claims_say_who_when_and_how_sure(small: Collection) -> None:
    html = page(small)
    rows = list(parsed(html).one("table", **{"data-table": "claims"}).one("tbody").find("tr"))
    assert [row.text for row in rows] == [
        "denial 96 % “No strike is planned,” Bram Ito said. Bram Ito 2026-03-20",
        "schedule 85 % The vote is on Friday. (narration) 2026-03-20",
        "progress 77 % “We are close,” said Ines Moreau. Ines Moreau 2026-03-02",
    ]
    tree = parsed(html)
    for row in rows:
        (link,) = row.find("a")
        target = link.attributes["href"].removeprefix("#")
        assert link.text in tree.one("span", id=target).text


def test_schedules_show_the_days_that_they_speak_of(small: Collection) -> None:
    table = small.sentences.assign(when_start=None, when_end=None)
    schedule = table.index[table["schedule"]][0]
    table.loc[schedule, ["when_start", "when_end"]] = [date(2026, 3, 27), date(2026, 3, 28)]
    html = page(replace(small, sentences=table))
    tree = parsed(html)
    assert "2026-03-27 – 2026-03-28" in tree.one("table", **{"data-table": "claims"}).one("tbody").text
    assert "schedule (2026-03-27 to 2026-03-28)" in tree.one("details", id="a1").text
    assert "Speaks of" not in page(small)


def test_articles_have_their_quotes_marked_with_speaker_tone_and_claims_as_text(small: Collection) -> None:
    tree = parsed(page(small))
    articles = list(tree.find("details", **{"class": "article"}))
    assert [a.one("h3").text for a in articles] == ["No strike, says union", "Ferry talks go on", "Undated"]
    first = articles[1]
    assert [p.text for p in first.one("div").find("p")] == [
        "“We are close,” said Ines Moreau. +constructive: Ines Moreau · progress The pier is old.",
        "She warned of delays. ~cautious: Ines Moreau",
    ]
    assert [mark.text for mark in first.find("mark")] == ["“We are close,”", "of delays"]
    assert [s.attributes["class"] for s in first.find("span", id="a0s2")] == ["s cautious"]
    notes = [" ".join(note.attributes["data-sure"].split()) for note in first.find("button")]
    assert notes == ["80 %|full name 90 %|progress 77 %", "80 %|pronoun 90 %"]


def test_front_matter_is_not_shown_as_an_article(small: Collection) -> None:
    head = "---\ntitle: Ferry talks go on\n---\n\n"
    article = small.articles.iloc[[0]].assign(text=head + small.articles["text"][0])
    of_it = small.sentences[small.sentences["article"] == "a"]
    sentences = of_it.assign(start=of_it["start"] + len(head), end=of_it["end"] + len(head))
    quotes = small.quotes[:0]
    tree = parsed(page(replace(small, articles=article, sentences=sentences, quotes=quotes)))
    assert "title:" not in tree.one("details", id="a0").text


HOSTILE = [
    "</script><script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "{{ 7*7 }} {% include 'x' %} {# no #}",
    "<!-- <style>*{display:none}</style> -->",
    "</template></title></textarea><svg/onload=alert(1)>",
    "]]> &lt;b&gt; \u2028 \u2029 \x00 \x1b[31m \ufffe",
    "javascript:alert(1)",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_in_a_table_becomes_markup(text: str) -> None:
    hostile = collection(
        [{"article": text, "date": date(2026, 1, 1), "source": text, "title": text, "url": text, "topic": text}],
        {text: [{"text": f"“{text}” said x {text}.", "quote": text, "speaker": text, "progress": True}]},
    )
    hostile.skipped.loc[0] = [text, text, f"{text}: {text}"]
    manifest = {"tone": text, "models": {text: {text: text}}, "settings": {"precision": text}}
    plain = parsed(page(collection([{"article": "a"}], {"a": [{"text": "x"}]})))
    tree = parsed(page(replace(hostile, manifest=manifest), title=text))
    assert len(list(tree.find("script"))) == len(list(plain.find("script"))) == 2
    assert len(list(tree.find("style"))) == 1
    assert not list(tree.find("img"))
    assert not list(tree.find("iframe"))
    for element in _all(tree):
        assert not [name for name in element.attributes if name.startswith("on") or name in ("style", "src")]
        assert not element.attributes.get("href", "").startswith("javascript")
    shown_text = " ".join("".join("\ufffd" if ord(c) < 32 and c != "\n" else c for c in text).split())
    assert shown_text in tree.one("h1").text
    assert shown_text in tree.one("details", **{"class": "article"}).one("div").text
    assert shown_text in tree.one("table", **{"data-table": "speakers"}).text
    assert shown_text in tree.one("section", id="skipped").text
    assert data_of(page(hostile))["speakers"]["rows"][0][0] == shown_text


def test_a_web_address_becomes_a_link_that_gives_nothing_away() -> None:
    made = collection([{"article": "a", "url": "https://quay.example/1?a=b&c=d"}], {"a": [{"text": "x"}]})
    link = parsed(page(made)).one("details", id="a0").one("a")
    assert link.attributes["href"] == "https://quay.example/1?a=b&c=d"
    assert "noopener" in link.attributes["rel"]


def test_the_policy_allows_what_the_page_holds_and_nothing_else(small: Collection) -> None:
    tree = parsed(page(small))
    policy = dict(
        part.strip().split(" ", 1)
        for part in tree.one("meta", **{"http-equiv": "Content-Security-Policy"}).attributes["content"].split(";")
    )
    assert policy["default-src"] == policy["base-uri"] == policy["form-action"] == "'none'"
    (style,) = tree.find("style")
    (script,) = [one for one in tree.find("script") if "type" not in one.attributes]
    for element, name in ((style, "style-src"), (script, "script-src")):
        content = "".join(str(part) for part in element.inside)
        digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert policy[name] == f"'sha256-{digest}'"
    assert set(policy) == {"default-src", "style-src", "script-src", "base-uri", "form-action"}


def test_the_page_names_no_other_file(small: Collection) -> None:
    html = page(small)
    for element in _all(parsed(html)):
        assert element.tag not in ("link", "iframe", "object", "embed", "img", "video", "audio", "base")
        assert "src" not in element.attributes
        assert "style" not in element.attributes
    assert not re.search(r"@import|url\(|https?://", html)


def test_the_colours_are_those_of_the_charts(small: Collection) -> None:
    html = page(small)
    for colours in (palette.LIGHT, palette.DARK, palette.TINT_LIGHT, palette.TINT_DARK):
        for tone, colour in colours.items():
            assert re.search(rf"--{tone}(-tint)?:{colour};", html)


def test_two_thousand_articles_stay_small() -> None:
    many = generated(2000)
    html = page(many)
    assert 10_000_000 < len(html.encode()) < 15_000_000
    found = json.loads(html.partition('id="data">')[2].partition("</script>")[0])
    assert len(found["speakers"]["rows"]) == many.sentences["speaker"].nunique()
    making = many.sentences[["progress", "schedule", "denial"]].any(axis=1).sum()
    assert len(found["claims"]["rows"]) == making
    assert len(found["articles"]) < 2000


def test_a_page_too_small_for_all_articles_shows_a_sample_and_says_so() -> None:
    some = generated(40)
    whole, part, again = (parsed(page(some, max_bytes=most)) for most in (5_000_000, 0, 0))
    assert len(list(whole.find("details", **{"class": "article"}))) == 40
    assert "are on this page" not in whole.one("section", id="articles").text
    few = shown(some, 60_000)
    assert 0 < len(few) < 40
    assert [a.place for a in few] == [a.place for a in shown(some, 60_000)]
    assert {a.place for a in few} <= {a.place for a in shown(some, 90_000)}
    assert part.text == again.text
    least = page(replace(generated(300), manifest={}), max_bytes=0)
    said = re.search(r"(\d+) of 300 articles are on this page", parsed(least).one("section", id="articles").text)
    assert said
    assert int(said[1]) == len(data_of(least)["articles"]) < 300


def test_an_empty_collection_makes_a_page_that_says_so() -> None:
    tree = parsed(page(replace(collection([], {}), manifest={})))
    text = tree.one("main").text
    for line in (
        "No sentence has a speaker.",
        "No sentence with a speaker is in an article with a date.",
        "No sentence makes such a claim.",
        "There is no article.",
        "Nothing: every input was scored.",
        "No figures are at hand",
        "It is not known what scored",
    ):
        assert line in text
    assert not list(tree.one("main").find("table"))


def test_tables_may_lack_what_was_not_known(small: Collection) -> None:
    bare = small.sentences.drop(
        columns=["date", "source", "title", "speaker_kind", "speaker_rule", "speaker_probability"]
        + [name for name in map(str, small.sentences) if name.startswith("p_")]
    )
    articles = small.articles[["article", "text"]]
    tree = parsed(page(replace(small, sentences=bare, articles=articles)))
    assert "denial 100" in tree.one("table", **{"data-table": "claims"}).text
    assert "No article has a date." in tree.one("section", id="glance").text
    assert tree.one("details", id="a1").one("h3").text == "b"


@pytest.mark.parametrize("column", ["text", "speaker", "tone", "denial", "start"])
def test_a_missing_column_is_named(small: Collection, column: str) -> None:
    with pytest.raises(ValueError, match=f"lacks the column {column}"):
        page(replace(small, sentences=small.sentences.drop(columns=column)))


def test_copies_are_counted_once_and_said_to_be_copies(small: Collection) -> None:
    copied = replace(
        small,
        articles=small.articles.assign(copy_of=small.articles["article"].map({"c": "a"})),
        sentences=small.sentences.assign(copy_of=small.sentences["article"].map({"c": "a"})),
    )
    tree = parsed(page(copied))
    assert "1 further article repeats another one’s text" in tree.one("section", id="glance").text
    assert "Repeats the text of Ferry talks go on" in tree.one("details", id="a2").text
    row = dict(zip(*((data := data_of(page(copied))["speakers"])["columns"], data["rows"][0]), strict=True))
    assert (row["speaker"], row["sentences"]) == ("Ines Moreau", 2)


def test_names_in_any_script_stand_for_themselves() -> None:
    names = ["דליה כרמי", "🦊 Fox 🦊", "عائشة", "A\u202eB"]
    made = collection([{"article": "a"}], {"a": [{"text": f"{n} spoke.", "speaker": n} for n in names]})
    tree = parsed(page(made))
    rows = tree.one("table", **{"data-table": "speakers"}).one("tbody").find("bdi")
    assert {row.text for row in rows} == set(names)


def test_skipped_inputs_are_grouped_by_reason(small: Collection) -> None:
    lost = pd.DataFrame(
        [(f"{n}.txt", None, f"cannot be read: error {n}") for n in range(3)] + [("empty.txt", None, "no sentences")],
        columns=["input", "article", "reason"],
    )
    groups = list(parsed(page(replace(small, skipped=lost))).one("section", id="skipped").find("details"))
    assert [g.one("summary").text for g in groups] == ["cannot be read (3 inputs)", "no sentences (1 input)"]
    assert "0.txt cannot be read: error 0" in " ".join(" ".join(i.text.split()) for i in groups[0].find("li")) or (
        "0.txtcannot be read: error 0" in groups[0].text
    )


CARD = """# tone

<!-- weights -->
- `weights`: sha256 `{checksum}`
<!-- end -->

<!-- figures: real news -->
| figure | tone | 95 % interval |
| --- | ---: | ---: |
| tone accuracy | 0.751 | 0.718 to 0.785 |
<!-- end -->

## Limits

- Irony and
  headlines.
- `Rare` classes.
"""


def test_figures_of_the_models_that_scored_are_shown_and_no_others(small: Collection, tmp_path: Path) -> None:
    (tmp_path / "tone").mkdir()
    card = tmp_path / "tone" / "README.md"
    manifest = {**MANIFEST, "settings": {"models": str(tmp_path)}}
    card.write_text(CARD.format(checksum="b" * 64), encoding="utf-8")
    tree = parsed(page(replace(small, manifest=manifest)))
    assert "75 sentences in 100" in tree.one("section", id="glance").text
    models = tree.one("section", id="models")
    assert "Measured on real news" in models.text
    assert "tone accuracy" in models.text
    assert [item.text for item in models.find("li")] == ["Irony and headlines.", "Rare classes."]
    assert str(tmp_path) not in page(replace(small, manifest=manifest))
    card.write_text(CARD.format(checksum="c" * 64), encoding="utf-8")
    assert cards(manifest) == ()
    assert cards({}) == ()
    assert right((), "tone accuracy") is None


def test_a_strange_manifest_costs_only_what_it_would_have_said() -> None:
    assert ran({"versions": 3, "settings": None, "seconds": {"a": "x"}, "tone": "1"}) == (("tone", "1"),)
    assert cards({"models": [1], "settings": 3}) == ()


@pytest.mark.parametrize(
    ("days", "every", "labels"),
    [
        ([date(2026, 3, 1), date(2026, 3, 3)], "day", ("1 Mar 2026", "2 Mar 2026", "3 Mar 2026")),
        ([date(2025, 12, 31), date(2026, 12, 31)], "week", ("29 Dec 2025", "29 Jun 2026", "28 Dec 2026")),
        ([date(2020, 1, 5), date(2026, 1, 5)], "month", ("Jan 2020", "Jan 2023", "Jan 2026")),
        ([date(2026, 3, 1)], "day", ("1 Mar 2026",)),
    ],
)
def test_the_timeline_fits_its_dates(days: list[date], every: str, labels: tuple[str, ...]) -> None:
    articles = [{"article": str(n), "date": day} for n, day in enumerate(days)]
    said = {str(n): [{"text": "x", "speaker": "S", "tone": "cautious"}] for n in range(len(days))}
    drawn = timelines.drawn(collection(articles, said).sentences)
    assert drawn
    assert (drawn.every, drawn.labels) == (every, labels)
    assert [row["net_tone"] for row in drawn.rows] == [-100] * len(days)
    assert drawn.gaps == (len(days) > 1)
    assert drawn.dots.count("M") == drawn.bars.count("Z") == len(days)


def test_the_timeline_joins_neighbours_and_leaves_gaps() -> None:
    days = [date(2026, 3, 1), date(2026, 3, 2), date(2026, 3, 5)]
    articles = [{"article": str(n), "date": day} for n, day in enumerate(days)]
    tones = ["constructive", "cautious", "constructive"]
    said = {str(n): [{"text": "x", "speaker": "S", "tone": tone}] for n, tone in enumerate(tones)}
    drawn = timelines.drawn(collection(articles, said).sentences)
    assert drawn
    assert drawn.line == "M100.0 -100L300.0 100"  # five days, 200 wide each; up is negative
    assert drawn.whiskers.startswith("M900.0 ")
    assert drawn.band.count("Z") == 1


def test_writing_is_whole_or_not_at_all(small: Collection, tmp_path: Path) -> None:
    target = tmp_path / "report.html"
    assert small.html(target) == target
    assert target.read_text(encoding="utf-8") == page(small)
    with pytest.raises(ValueError, match="lacks the column"):
        write(replace(small, sentences=small.sentences.drop(columns="text")), target)
    assert target.read_text(encoding="utf-8") == page(small)
    assert [path.name for path in tmp_path.iterdir()] == ["report.html"]
    with pytest.raises(OSError, match="No such file"):
        write(small, tmp_path / "no" / "report.html")


def test_the_command_writes_a_page(small: Collection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tone.load", lambda out: small)
    target = tmp_path / "report.html"
    done = CliRunner().invoke(command, ["report", "out", "--html", str(target)])
    assert (done.exit_code, done.output) == (0, f"Wrote {target}\n")
    assert target.read_text(encoding="utf-8") == page(small)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--html", "{}/no/report.html"], "No such file or directory: {}/no/report.html"),
        (["--html", "{}/x.html", "--since", "2026-01-01"], "--since does not go with --html"),
        (["--html", "{}/x.html", "--format", "csv"], "--format does not go with --html"),
        (["--html", "{}/x.html", "--export", "{}/x.json"], "--export does not go with --html"),
    ],
)
def test_the_command_says_in_one_line_why_it_wrote_none(
    small: Collection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, options: list[str], message: str
) -> None:
    monkeypatch.setattr("tone.load", lambda out: small)
    done = CliRunner().invoke(command, ["report", "out", *(option.format(tmp_path) for option in options)])
    assert done.exit_code == 2
    assert message.format(tmp_path) in done.stderr
    assert done.stderr.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_a_wheel_has_all_that_the_page_is_made_of() -> None:
    from hatchling.builders.wheel import WheelBuilder

    held = {Path(file.distribution_path).as_posix() for file in WheelBuilder(str(ROOT)).recurse_included_files()}
    for name in ("template.html.j2", "page.css", "page.js"):
        assert f"tone/page/{name}" in held


def _all(element: Element) -> Iterator[Element]:
    for child in element.inside:
        if isinstance(child, Element):
            yield child
            yield from _all(child)

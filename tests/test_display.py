"""What a notebook shows of an article and of a collection: everything that was found, escaped."""

import html
import re
from datetime import date
from html.parser import HTMLParser
from typing import Any

import pandas as pd
import pytest

from tests.pages import MANIFEST, collection, generated
from tone import palette
from tone.collection import Collection
from tone.display import made_with

EVIL = "</style></script><script>alert(1)</script><img src=x onerror=alert(2)>{{ 7*7 }}"
ARTICLES: list[dict[str, Any]] = [
    {"article": "ferry", "title": "Ferry talks", "date": date(2026, 3, 1), "source": "The Tern"},
    {"article": "evil", "title": EVIL, "date": date(2026, 3, 9), "source": EVIL},
    {"article": "bare", "title": None, "date": None, "source": None},
]
SAID: dict[str, list[dict[str, Any]]] = {
    "ferry": [
        {
            "text": "Marisol Teague said the berth was nearly agreed.",
            "quote": "the berth was nearly agreed",
            "speaker": "Marisol Teague",
            "tone": "constructive",
            "progress": True,
        },
        {"text": "The quay was quiet.", "tone": "cautious"},
        {
            "text": "“لا شيء مؤكد,” said Noura 👩🏽‍🚒 Haddad.",
            "quote": "“لا شيء مؤكد,”",
            "speaker": "نورا حداد",
            "tone": "cautious",
            "denial": True,
            "break": True,
        },
    ],
    "evil": [{"text": f"{EVIL} said so.", "quote": EVIL, "speaker": EVIL, "tone": "neutral"}],
    "bare": [],
}


@pytest.fixture(scope="module")
def scored() -> Collection:
    return collection(ARTICLES, SAID)


class Page(HTMLParser):
    """The tags with their attributes, and the text outside of style elements."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self._styled = False
        self.feed(source)
        self.text = " ".join(self.text.split())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._styled = tag == "style"

    def handle_endtag(self, tag: str) -> None:
        self._styled = False
        self.text += " " if tag in ("td", "th") else ""

    def handle_data(self, data: str) -> None:
        self.text += "" if self._styled else data


def shown(value: Any) -> Page:
    return Page(value._repr_html_())


def test_an_article_shows_its_text_with_what_was_found(scored: Collection) -> None:
    text = shown(scored.article("ferry")).text
    assert "Ferry talks The Tern · 2026-03-01 · ferry" in text
    assert "said the berth was nearly agreed. [+ Marisol Teague · constructive · progress] The quay was quiet." in text
    assert "[~ نورا حداد · cautious · denial]" in text


def test_an_article_marks_its_quotes_by_tone(scored: Collection) -> None:
    source = scored.article("ferry")._repr_html_()
    marked = re.findall(r'<span class="(\w+)"[^>]*>[^<]*<mark>([^<]*)</mark>', source)
    assert marked[:2] == [("constructive", "the berth was nearly agreed"), ("cautious", "“لا شيء مؤكد,”")]
    assert [words for _, words in marked[2:]] == ["+ constructive", "= neutral", "~ cautious"]


def test_an_article_says_on_hover_how_sure_it_is(scored: Collection) -> None:
    titles = [attributes["title"] for _, attributes in shown(scored.article("ferry")).tags if "title" in attributes]
    assert len(titles) == 2
    sure = "80\N{NO-BREAK SPACE}%, full name 90\N{NO-BREAK SPACE}%, progress 85\N{NO-BREAK SPACE}%"
    assert titles[0] == f"Marisol Teague: constructive, progress ({sure})"


def test_an_article_keeps_its_paragraphs(scored: Collection) -> None:
    tags = shown(scored.article("ferry")).tags
    assert sum(tag == "p" and attributes.get("dir") == "auto" for tag, attributes in tags) == 2


def test_an_article_is_printed_as_text(scored: Collection) -> None:
    assert repr(scored.article("ferry")).splitlines() == [
        "Ferry talks",
        "The Tern · 2026-03-01 · ferry",
        "",
        "Marisol Teague said ‹the berth was nearly agreed›. [+ Marisol Teague · constructive · progress] "
        "The quay was quiet.",
        "",
        "‹“لا شيء مؤكد,”› said Noura 👩🏽‍🚒 Haddad. [~ نورا حداد · cautious · denial]",
    ]


@pytest.mark.parametrize("what", ["article", "collection"])
def test_nothing_from_an_article_is_markup(scored: Collection, what: str) -> None:
    page = shown(scored.article("evil") if what == "article" else scored)
    assert not {"script", "img"} & {tag for tag, _ in page.tags}
    assert not any(name.startswith("on") or name in ("src", "href") for _, tag in page.tags for name in tag)
    assert EVIL in page.text


def test_what_was_skipped_is_escaped(scored: Collection) -> None:
    skipped = pd.DataFrame([{"input": EVIL, "article": None, "reason": f"{EVIL}: and more"}])
    page = shown(Collection(scored.sentences, scored.quotes, skipped, scored.articles))
    assert "script" not in {tag for tag, _ in page.tags}
    assert f"Skipped: 1 input, {EVIL} (such as {EVIL})." in page.text


def test_an_article_without_sentences(scored: Collection) -> None:
    assert "No sentence was found in it." in shown(scored.article("bare")).text
    assert repr(scored.article("bare")) == "bare\n\n"


def test_an_unknown_article(scored: Collection) -> None:
    with pytest.raises(ValueError, match=r"^no article 'fery'; did you mean 'ferry'\?$"):
        scored.article("fery")
    with pytest.raises(ValueError, match=r"^no article 'zzzz'; there are 3, such as 'ferry'$"):
        scored.article("zzzz")
    with pytest.raises(ValueError, match=r"^no article was scored here$"):
        collection([], {}).article("ferry")


def test_an_article_of_a_table_without_a_column(scored: Collection) -> None:
    lacking = Collection(scored.sentences.drop(columns="tone"), scored.quotes, scored.skipped, scored.articles)
    with pytest.raises(ValueError, match="lacks the column tone"):
        lacking.article("ferry")


def test_a_collection_at_a_glance(scored: Collection) -> None:
    text = shown(scored).text
    assert "3 articles, 4 sentences" in text
    assert "3 sentences with the words of 3 speakers; 1 March 2026 to 9 March 2026 (1 article without a date)" in text
    assert "* Marisol Teague 1 1 100 0 0 +100 (" in text
    assert "fewer than 5 sentences" in text
    assert "Nothing was skipped." in text
    assert "tone 0.1.0, models quotes aaaaaaaa, tone bbbbbbbb, claims cccccccc" in text


def test_a_collection_shows_the_most_quoted() -> None:
    large = generated(40, sentences=12)
    page = shown(large)
    report = large.speakers().head(10)
    assert [name for name in report["speaker"] if name in page.text] == report["speaker"].tolist()
    assert f"The 10 of {large.speakers().shape[0]} speakers with the most sentences." in page.text
    ends = [attributes["x1"] for tag, attributes in page.tags if tag == "line" and attributes["class"] == "range"]
    assert ends == [f"{100 * low:.1f}" for low in report["net_low"]]
    assert "and 25 more sources" in page.text


def test_copies_are_counted_apart(scored: Collection) -> None:
    articles, sentences = (
        table.assign(copy_of=table["article"].map({"evil": "ferry"})) for table in (scored.articles, scored.sentences)
    )
    text = shown(Collection(sentences, scored.quotes, scored.skipped, articles)).text
    assert "2 articles and 1 copy, 3 sentences" in text


@pytest.mark.parametrize("empty", [[], [{"text": "It rained."}]], ids=["nothing", "narration"])
def test_a_collection_without_speakers(empty: list[dict[str, Any]]) -> None:
    assert "No sentence has a speaker." in shown(collection([ARTICLES[0]], {"ferry": empty})).text


def test_a_collection_that_lacks_a_column(scored: Collection) -> None:
    lacking = Collection(scored.sentences.drop(columns="tone"), scored.quotes, scored.skipped, scored.articles)
    text = shown(lacking).text
    assert text.startswith(repr(lacking))
    assert "There is no more to show: the table lacks the column tone." in text


def test_light_and_dark(scored: Collection) -> None:
    style = scored._repr_html_().partition("</style>")[0]
    assert html.unescape(style) == style
    light, dark = palette.TINT_LIGHT["cautious"], palette.TINT_DARK["cautious"]
    assert style.count(f"--cautious-tint:{light}") == style.count(f"--cautious-tint:{dark}") == 2
    dark_theme = '[data-jp-theme-light="false"] .tone-view,.vscode-dark .tone-view'
    assert f"{dark_theme}{{--constructive:{palette.DARK['constructive']};" in style


def test_what_it_was_made_with() -> None:
    assert made_with(MANIFEST) == "tone 0.1.0, models quotes aaaaaaaa, tone bbbbbbbb, claims cccccccc"
    assert made_with({"tone": "1.0"}) == "tone 1.0"
    assert made_with({}) is None

"""The page as a reader uses it: mouse, keyboard, phone, dark, paper, screen reader."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest

from tests.browser.chromium import PATH, chromium
from tests.pages import collection, generated
from tone.page import write

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

sync_api = pytest.importorskip("playwright.sync_api", reason="the extra 'browser' is not installed")
axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="the extra 'browser' is not installed")
pytestmark = pytest.mark.skipif(PATH is None, reason="there is no chromium on this machine")
expect = sync_api.expect

Opened = Callable[..., "Page"]


@pytest.fixture(scope="module")
def browser() -> Iterator["Browser"]:
    with chromium() as started:
        yield started


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Sixty articles, three of them skipped, one with schedule days."""
    made = generated(60, sentences=10, seed=3)
    sentences = made.sentences.assign(when_start=None, when_end=None)
    schedule = sentences.index[sentences["schedule"]]
    sentences.loc[schedule, "when_start"] = date(2026, 9, 1)
    sentences.loc[schedule, "when_end"] = date(2026, 9, 3)
    skipped = pd.DataFrame(
        [("x.txt", None, "cannot be read: no"), ("y.txt", None, "cannot be read: never"), ("z.txt", None, "empty")],
        columns=["input", "article", "reason"],
    )
    return write(replace(made, sentences=sentences, skipped=skipped), tmp_path_factory.mktemp("page") / "report.html")


@pytest.fixture
def opened(browser: "Browser", path: Path) -> Iterator[Opened]:
    """Opens a page; after the test, nothing may have gone wrong in it or been asked of a network."""
    contexts: list[Any] = []
    wrong: list[str] = []

    def open_page(target: Path = path, width: int = 1200, **options: Any) -> "Page":
        context = browser.new_context(viewport={"width": width, "height": 800}, **options)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(60_000)
        page.on("console", lambda message: wrong.append(message.text))
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("request", lambda request: wrong.extend({request.url} - {target.as_uri()}))
        page.goto(target.as_uri())
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not wrong


def column(page: "Page", table: str, key: str) -> list[str]:
    return list(page.locator(f"[data-table={table}] tbody [data-key={key}]").all_inner_texts())


def head(page: "Page", table: str, key: str) -> Any:
    return page.locator(f"[data-table={table}] [data-sort={key}]")


def test_it_loads_with_all_sections(opened: Opened) -> None:
    page = opened()
    names = ["At a glance", "Speakers", "Timeline", "Claims", "Articles", "What was skipped"]
    assert page.get_by_role("heading", level=2).all_inner_texts()[:6] == names
    assert len(column(page, "speakers", "speaker")) == 25
    expect(page.locator("[data-where=speakers]")).to_have_text(re.compile("^1–25 of "))


def test_column_heads_sort_up_and_down(opened: Opened) -> None:
    page = opened()
    numbers = [int(n) for n in column(page, "speakers", "sentences")]
    assert numbers == sorted(numbers, reverse=True)
    head(page, "speakers", "speaker").click()
    names = column(page, "speakers", "speaker")
    assert names == sorted(names)
    expect(page.get_by_role("columnheader", name="Speaker").first).to_have_attribute("aria-sort", "ascending")
    head(page, "speakers", "speaker").click()
    assert column(page, "speakers", "speaker")[0] > names[-1]
    head(page, "speakers", "net_tone").click()
    nets = [int(n.replace("−", "-")) for n in column(page, "speakers", "net")]
    assert nets == sorted(nets, reverse=True)
    assert page.locator("[data-table=speakers] [aria-sort]").count() == 1


def test_claims_sort_by_the_days_they_speak_of_with_the_unknown_last(opened: Opened) -> None:
    page = opened()
    page.locator("form[data-of=claims] [name=type]").select_option("schedule")
    assert set(column(page, "claims", "when")) == {"2026-09-01 – 2026-09-03"}
    page.locator("form[data-of=claims] [name=type]").select_option("")
    for _ in range(2):
        head(page, "claims", "start").click()
        assert column(page, "claims", "when")[0] == "2026-09-01 – 2026-09-03"


def test_filters_narrow_and_say_how_many_are_left(opened: Opened) -> None:
    page = opened()
    status = page.locator("[data-count=speakers]")
    expect(status).to_have_attribute("role", "status")
    whole = status.inner_text()
    form = page.locator("form[data-of=speakers]")
    form.get_by_label("Name").fill("novak".upper()[:3].lower())
    form.get_by_label("Name").fill("amina")
    names = column(page, "speakers", "speaker")
    assert names
    assert all("Amina" in name for name in names)
    expect(status).to_have_text(re.compile(rf"^\d+ of {whole}$"))
    form.get_by_label("Name").fill("nobody of that name")
    expect(status).to_have_text(f"0 of {whole}")
    assert column(page, "speakers", "speaker") == []
    form.get_by_role("button", name="Clear").click()
    expect(status).to_have_text(whole)
    form.get_by_label("At least").select_option("5")
    assert all(int(n) >= 5 for n in column(page, "speakers", "sentences"))


def test_claims_are_filtered_by_type_speaker_and_words(opened: Opened) -> None:
    page = opened()
    form = page.locator("form[data-of=claims]")
    form.get_by_label("Type").select_option("denial")
    assert all("denial" in types for types in column(page, "claims", "types"))
    who = next(name for name in column(page, "claims", "speaker") if name != "(narration)")
    form.get_by_label("Speaker").fill(who)
    assert set(column(page, "claims", "speaker")) == {who}
    form.get_by_label("Words").fill("no such words")
    assert column(page, "claims", "text") == []


def test_pages_turn(opened: Opened) -> None:
    page = opened()
    first = column(page, "speakers", "speaker")
    previous = page.get_by_role("button", name="Previous speakers")
    expect(previous).to_be_disabled()
    page.get_by_role("button", name="Next speakers").click()
    expect(page.locator("[data-where=speakers]")).to_have_text(re.compile("^26–50 of "))
    assert not set(first) & set(column(page, "speakers", "speaker"))
    previous.click()
    assert column(page, "speakers", "speaker") == first
    page.locator("[data-size=speakers]").select_option("100")
    assert column(page, "speakers", "speaker")[:25] == first


def test_a_speaker_leads_to_the_articles_and_claims(opened: Opened) -> None:
    page = opened()
    row = page.locator("[data-table=speakers] tbody tr").filter(has=page.locator(".claim a:not(.zero)")).first
    who = row.locator("[data-key=speaker]").inner_text()
    articles = int(row.locator("[data-key=articles]").inner_text())
    row.locator("th a").click()
    expect(page.locator("details.article:visible")).to_have_count(articles)
    page.get_by_role("button", name="Open all shown").click()
    for article in page.locator("details.article:visible").all():
        assert who in article.inner_text()
    link = row.locator(".claim a:not(.zero)").first
    kind, number = link.get_attribute("data-to"), int(link.inner_text())
    link.click()
    assert set(column(page, "claims", "speaker")) == {who}
    assert len(column(page, "claims", "types")) == number
    assert all(str(kind) in types for types in column(page, "claims", "types"))


def test_a_claim_leads_to_its_sentence(opened: Opened) -> None:
    page = opened()
    page.locator("form[data-of=articles] [name=title]").fill("nothing has this title")
    expect(page.locator("details.article:visible")).to_have_count(0)
    link = page.locator("[data-table=claims] [data-key=text]").last
    link.click()
    sentence = page.locator(f"[id='{str(link.get_attribute('href'))[1:]}']")
    expect(sentence).to_be_in_viewport()
    assert link.inner_text() in sentence.inner_text()
    expect(sentence.locator("button")).to_be_focused()
    page.locator("form[data-of=articles] [name=title]").fill("still nothing")
    link.click()
    expect(sentence).to_be_in_viewport()


def test_pointing_at_a_quote_shows_how_sure_it_is(opened: Opened) -> None:
    page = opened()
    article = page.locator("details.article").filter(has=page.locator("mark")).first
    article.locator("summary").click()
    card = page.get_by_role("tooltip")
    expect(card).to_be_hidden()
    article.locator("mark").first.hover()
    expect(card).to_contain_text(re.compile(r"(constructive|cautious|neutral) 80\s%"))
    expect(card).to_contain_text(re.compile(r"speaker by full name 90\s%"))
    page.keyboard.press("Escape")
    expect(card).to_be_hidden()
    article.locator(".note").nth(1).focus()
    expect(card).to_be_visible()
    expect(article.locator(".note").nth(1)).to_have_attribute("aria-describedby", "card")
    box = card.bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 1200


def test_notes_can_be_put_away_but_stay_for_screen_readers(opened: Opened) -> None:
    page = opened()
    article = page.locator("details.article").filter(has=page.locator("mark")).first
    article.locator("summary").click()
    note = article.locator(".note").first
    wide = note.bounding_box()
    page.get_by_label("Notes in the text").uncheck()
    page.mouse.move(0, 0)
    small = note.bounding_box()
    assert wide
    assert small
    assert wide["width"] > 40 > small["width"]
    assert note.inner_text()


def test_the_keyboard_does_it_all(opened: Opened) -> None:
    page = opened()
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to the content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    head(page, "speakers", "articles").focus()
    page.keyboard.press("Enter")
    numbers = [int(n) for n in column(page, "speakers", "articles")]
    assert numbers == sorted(numbers, reverse=True)
    outline = head(page, "speakers", "articles").evaluate("e => getComputedStyle(e).outlineStyle")
    assert outline == "solid"
    page.locator("details.article summary").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("details.article").first).to_have_attribute("open", "")


def test_a_phone_needs_no_sideways_scroll(opened: Opened) -> None:
    page = opened(width=360, has_touch=True)
    page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    for table in ("speakers", "claims"):
        for cell in page.locator(f"[data-table={table}] tbody tr").first.locator("th, td").all():
            box = cell.bounding_box()
            assert box
            assert box["x"] + box["width"] <= 360
    page.locator(".note").first.tap()
    expect(page.get_by_role("tooltip")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    head(page, "speakers", "speaker").tap()
    names = column(page, "speakers", "speaker")
    assert names == sorted(names)


def test_it_is_dark_where_the_reader_wants_it_dark(opened: Opened) -> None:
    grey = (
        "(e => { const [r, g, b] = getComputedStyle(e).{} .match(/\\d+/g); return (+r + +g + +b) / 3 })(document.body)"
    )
    for scheme, dark in (("light", False), ("dark", True)):
        page = opened(color_scheme=scheme)
        assert (page.evaluate(grey.replace("{}", "backgroundColor")) < 60) is dark
        assert (page.evaluate(grey.replace("{}", "color")) > 200) is dark


def test_paper_gets_everything_that_passed_the_filters(opened: Opened, tmp_path: Path) -> None:
    page = opened()
    page.locator("form[data-of=articles] [name=title]").fill("part 1")
    articles = page.locator("[data-count=articles]").inner_text()
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    left = int(page.locator("[data-where=speakers]").text_content().split(" of ")[1])
    assert len(column(page, "speakers", "speaker")) == left > 25
    assert page.locator("details.article[open]:visible").count() == int(articles.split()[0])
    assert page.locator("details.data:not([open])").count() == 0
    for gone in (".controls", ".pages", "nav", ".skip"):
        expect(page.locator(gone).first).to_be_hidden()
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert len(column(page, "speakers", "speaker")) == 25
    assert page.locator("details.article[open]").count() == 0
    page.pdf(path=tmp_path / "page.pdf")
    assert (tmp_path / "page.pdf").read_bytes().startswith(b"%PDF")


def test_without_scripts_the_first_rows_and_all_articles_are_there(opened: Opened) -> None:
    page = opened(java_script_enabled=False)
    assert page.locator("[data-table=speakers] tbody tr").count() == 25
    assert page.locator("details.article").count() == 60
    page.locator("details.article summary").first.click()
    expect(page.locator("details.article p").first).to_be_visible()
    expect(page.locator(".controls").first).to_be_hidden()
    expect(page.get_by_text("with scripts, the page shows all of them").first).to_be_visible()


def test_nothing_that_an_article_says_runs(browser: "Browser", opened: Opened, tmp_path: Path) -> None:
    bad = '</script><script>hit=1</script><img src=x onerror=hit=1>{{ 7*7 }}"><svg onload=hit=1>'
    made = collection(
        [{"article": bad, "title": bad, "source": bad, "url": "javascript:hit=1"}],
        {bad: [{"text": f"“{bad}”", "quote": bad, "speaker": bad, "denial": True, "speaker_rule": bad}]},
    )
    page = opened(write(made, tmp_path / "bad.html", title=bad))
    page.locator("details.article summary").click()
    page.locator("details.article .s").hover()
    page.get_by_role("link", name=bad).first.click()
    assert page.evaluate("typeof hit") == "undefined"
    assert bad in page.locator("details.article").inner_text()
    assert column(page, "speakers", "speaker") == [bad]


def test_the_policy_stops_a_script_that_got_in(browser: "Browser", path: Path) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(path.as_uri())
    refused = page.evaluate(
        """async () => {
          const seen = [];
          addEventListener("securitypolicyviolation", (event) => seen.push(event.effectiveDirective));
          const script = document.createElement("script");
          script.textContent = "window.hit = 1";
          const image = document.createElement("img");
          image.src = "https://quay.example/pixel.png";
          image.setAttribute("onerror", "window.hit = 2");
          document.body.append(script, image);
          await new Promise((done) => setTimeout(done, 500));
          return [window.hit ?? null, seen.sort()];
        }"""
    )
    assert refused == [None, ["img-src", "script-src-attr", "script-src-elem"]]
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1200, 360])
def test_axe_finds_nothing(opened: Opened, scheme: str, width: int) -> None:
    page = opened(width=width, color_scheme=scheme, bypass_csp=False)
    page.locator("details.article summary").first.click()
    page.locator("details.data summary").first.click()
    page.locator("details.article .note").first.focus()
    found = axe.Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


def test_axe_finds_nothing_on_an_empty_page(opened: Opened, tmp_path: Path) -> None:
    page = opened(write(collection([], {}), tmp_path / "empty.html"))
    found = axe.Axe().run(page)
    assert found.violations_count == 0, found.generate_report()

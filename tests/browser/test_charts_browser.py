"""Charts, articles and collections as a browser shows them, with no network."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.chromium import PATH, chromium
from tests.pages import generated
from tone import charts, palette

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytest.importorskip("playwright.sync_api", reason="the extra 'browser' is not installed")
pytestmark = pytest.mark.skipif(PATH is None, reason="there is no chromium on this machine")


@pytest.fixture(scope="module")
def browser() -> Iterator["Browser"]:
    with chromium() as started:
        yield started


@pytest.fixture
def page(browser: "Browser") -> Iterator["Page"]:
    """A page that may ask for nothing but files; whatever else it wanted fails the test."""
    context = browser.new_context(offline=True, viewport={"width": 1000, "height": 700})
    opened = context.new_page()
    opened.set_default_timeout(60_000)
    wrong: list[str] = []
    opened.on("request", lambda request: None if request.url.startswith("file:") else wrong.append(request.url))
    opened.on("pageerror", lambda error: wrong.append(str(error)))
    yield opened
    context.close()
    assert wrong == []


def test_a_chart_is_drawn_and_has_tooltips_offline(page: "Page", tmp_path: Path) -> None:
    scored = generated(12, sentences=8)
    report = scored.speakers(rounds=20).head(4)
    chart = charts.speakers(report)
    chart.save(tmp_path / "chart.html", inline=True, embed_options={"renderer": "svg"})
    page.goto((tmp_path / "chart.html").as_uri())
    page.wait_for_selector("svg.marks")
    for name in report["speaker"]:
        assert page.locator("svg.marks text", has_text=name).count() == 1
    page.locator("svg.marks .mark-symbol.role-mark path").first.hover()
    first = report.sort_values("net_tone", ascending=False, kind="stable")["speaker"].iloc[0]
    assert first in page.locator("#vg-tooltip-element.visible").inner_text()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_notebook_s_theme_outweighs_the_system_s(page: "Page", tmp_path: Path, theme: str) -> None:
    page.emulate_media(color_scheme="dark" if theme == "light" else "light")
    source = generated(2, sentences=6).article("a00001")._repr_html_()
    flag = {"light": "true", "dark": "false"}[theme]
    (tmp_path / "cell.html").write_text(
        f'<meta charset="utf-8"><body data-jp-theme-light="{flag}">{source}', encoding="utf-8"
    )
    page.goto((tmp_path / "cell.html").as_uri())
    colour = page.locator(".tone-view").evaluate("element => getComputedStyle(element).color")
    expected = palette.INK if theme == "light" else "#e8eaed"
    assert colour == f"rgb({', '.join(str(int(expected[at : at + 2], 16)) for at in (1, 3, 5))})"


@pytest.mark.parametrize("what", ["article", "collection"])
def test_fits_a_narrow_cell(page: "Page", tmp_path: Path, what: str) -> None:
    scored = generated(3, sentences=6)
    source = (scored.article("a00002") if what == "article" else scored)._repr_html_()
    (tmp_path / "cell.html").write_text(f'<meta charset="utf-8"><body>{source}', encoding="utf-8")
    page.set_viewport_size({"width": 560, "height": 600})
    page.goto((tmp_path / "cell.html").as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= 560

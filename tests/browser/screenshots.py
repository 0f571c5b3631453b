"""Pictures for the README: python -m tests.browser.screenshots OUT FOLDER."""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import tone
from tests.browser.chromium import PATH, chromium


def main(out: str, folder: str) -> None:
    """Write page.png, article.png, phone.png and chart.png, made from the results in ``out``."""
    if PATH is None:
        raise SystemExit("there is no chromium on this machine")
    pictures = Path(folder)
    pictures.mkdir(parents=True, exist_ok=True)
    collection = tone.load(out)
    collection.chart("speakers", limit=12).save(pictures / "chart.png", ppi=144)
    with TemporaryDirectory() as draft, chromium() as browser:
        address = collection.html(Path(draft) / "report.html").as_uri()
        page = browser.new_page(viewport={"width": 1180, "height": 860}, device_scale_factor=1.5)
        page.goto(address)
        page.evaluate("document.querySelector('#speakers').scrollIntoView()")
        page.screenshot(path=pictures / "page.png")
        article = page.locator("details.article").filter(has=page.locator(".constructive mark")).first
        article.locator("summary").click()
        article.evaluate("element => element.scrollIntoView()")
        article.locator(".constructive mark").first.hover()
        page.screenshot(path=pictures / "article.png")
        phone = browser.new_page(
            viewport={"width": 360, "height": 740}, device_scale_factor=2, color_scheme="dark", has_touch=True
        )
        phone.goto(address)
        phone.screenshot(path=pictures / "phone.png")


if __name__ == "__main__":
    main(*sys.argv[1:])

"""Write the sample collection anew from the corpus: ``python seeds/make_samples.py``.

The sample collection is what `make demo` scores: some of the corpus's articles without their labels, in the input
formats that users have.
"""

import html
import json
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import pandas as pd

from tone.training.corpus import Labelled, parse_file

HERE: Final = Path(__file__).parent
SAMPLED: Final = (
    "iran-us-talks-retold",
    *(f"a{n:03d}" for n in range(1, 13)),
    *(f"n{n:03d}" for n in range(0, 96, 4)),
)


def main() -> None:
    """Write ``seeds/articles``."""
    out = HERE / "articles"
    shutil.rmtree(out, ignore_errors=True)
    articles = [parse_file(HERE / "corpus" / f"{name}.txt") for name in SAMPLED]
    for folder in ("wire", "web"):
        (out / folder).mkdir(parents=True)
    plain, marked, pages, lines, rows, table = (articles[start::6] for start in range(6))
    for article in plain:
        (out / f"{article.head['date']}-{article.id}.txt").write_text(article.text + "\n", encoding="utf-8")
    for article in marked:
        head = "".join(f"{key}: {article.head[key]}\n" for key in ("title", "date", "source"))
        (out / f"{article.id}.md").write_text(f"---\n{head}---\n\n{article.text}\n", encoding="utf-8")
    for article in pages:
        (out / "web" / f"{article.id}.html").write_text(_page(article), encoding="utf-8")
    with (out / "wire" / "feed.jsonl").open("w", encoding="utf-8") as feed:
        feed.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in _rows(lines))
    pd.DataFrame(_rows(rows)).to_csv(out / "wire" / "archive.csv", index=False)
    pd.DataFrame(_rows(table)).to_parquet(out / "wire" / "archive.parquet", index=False)


def _rows(articles: Sequence[Labelled]) -> list[dict[str, str]]:
    return [{"id": a.id, **{k: a.head[k] for k in ("title", "date", "source")}, "text": a.text} for a in articles]


def _page(article: Labelled) -> str:
    head = {key: html.escape(article.head[key]) for key in ("title", "date", "source")}
    body = "\n".join(f"<p>{html.escape(p)}</p>" for p in article.text.split("\n\n"))
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>{head["title"]}</title>
<meta property="og:site_name" content="{head["source"]}">
<meta property="article:published_time" content="{head["date"]}T08:00:00Z">
</head>
<body>
<nav><a href="/">Home</a> <a href="/world">World</a> <a href="/business">Business</a></nav>
<article>
<h1>{head["title"]}</h1>
{body}
</article>
<footer>All rights reserved. <a href="/contact">Contact</a></footer>
</body>
</html>
"""


if __name__ == "__main__":
    main()

"""Check an annotated corpus: ``python -m tone.training.validate FOLDER``.

Beyond the format, which reading checks: dates, double spaces, spans that begin or end in a space, speakers whose
sentence holds no content, near-duplicate sentences, and how varied the whole is.
"""

import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Final

from tone.codebook import CLAIMS, TONES
from tone.training.corpus import CorpusError, Labelled, parse_file

MINIMUM_ARTICLES: Final = 80
SHINGLE_WORDS: Final = 8
WORDS: Final = (150, 450)


def problems(article: Labelled) -> Iterator[str]:
    """What is wrong with one article, a line each."""
    try:
        date.fromisoformat(article.head["date"])
    except ValueError:
        yield f"date {article.head['date']!r} is not YYYY-MM-DD"
    count = len(article.text.split())
    if not WORDS[0] <= count <= WORDS[1]:
        yield f"{count} words, expected {WORDS[0]} to {WORDS[1]}"
    if "  " in article.text:
        yield "two spaces in a row"
    for attribution in article.attributions or ():
        for span in (attribution.source, attribution.cue, *attribution.content):
            if span and (not span.of(article.text).strip() or span.of(article.text) != span.of(article.text).strip()):
                yield f"a span begins or ends in a space: {span.of(article.text)!r}"


def repeated(articles: Sequence[Labelled]) -> Iterator[str]:
    """Runs of words that stand in two articles: the mark of copied text."""
    seen: dict[tuple[str, ...], str] = {}
    for article in articles:
        words = re.findall(r"[\w’']+", article.text.lower())
        for at in range(len(words) - SHINGLE_WORDS + 1):
            shingle = tuple(words[at : at + SHINGLE_WORDS])
            other = seen.setdefault(shingle, article.id)
            if other != article.id:
                yield f"{article.id} and {other} share {' '.join(shingle)!r}"
                break


def main(folder: Path) -> int:
    """Print what is wrong and a summary; 0 when nothing is wrong."""
    found: list[str] = []
    articles: list[Labelled] = []
    for path in sorted(folder.glob("*.txt")):
        try:
            articles.append(parse_file(path))
        except CorpusError as problem:
            found.append(str(problem))
    found += [f"{a.id}: {problem}" for a in articles for problem in problems(a)]
    found += repeated(articles)
    if len(articles) < MINIMUM_ARTICLES:
        found.append(f"{len(articles)} articles, expected at least {MINIMUM_ARTICLES}")
    labels = [label for a in articles for label in a.labels.values()]
    tones, claims = Counter(label.tone for label in labels), Counter(c for label in labels for c in label.claims)
    found += [f"no sentence is labelled {name}" for name in (*TONES, *CLAIMS) if not (tones | claims)[name]]
    print("\n".join(found), end="\n" if found else "")
    print(
        f"{len(articles)} articles, {len(labels)} sentences, {sum(len(a.attributions or ()) for a in articles)} "
        f"attributions; {dict(tones)}; {dict(claims)}; {len(found)} problems"
    )
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))

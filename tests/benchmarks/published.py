"""The tagger beside published results: trained on PolNeAR alone, measured on PolNeAR as its papers count.

    python tests/benchmarks/published.py TRAIN BENCH [--models FOLDER]

TRAIN and BENCH are folders with ``articles.jsonl`` and ``gold.jsonl`` (``article``; ``source``, ``cue`` and ``content``
as lists of spans). Counted is exact F1, a span being right when both its ends are, in sentences that hold an
attribution. PolNeAR marks a quotation that runs over several sentences as one content, we give it sentence by sentence;
so contents that stand side by side in one quotation are joined before the second count. Trained weights are kept in
FOLDER where one is named, and read from there the next time. Takes a quarter of an hour on two cores.
"""

import argparse
import json
import tempfile
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from tone.quotes.marks import quotations
from tone.quotes.tags import ROLES, Role
from tone.records import Article, Attribution, Span
from tone.segmenting import paragraphs
from tone.training.run import train
from tone.training.speakers import tagged

Spans = set[Span]


def main() -> None:
    """Train where there are no weights yet, and print both counts."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("train", type=Path)
    parser.add_argument("bench", type=Path)
    parser.add_argument("--models", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        models = options.models or Path(temporary)
        if not (models / "quotes").is_dir():
            train(["quotes"], corpora=[options.train], models_folder=models)
        rows = [json.loads(line) for line in (options.bench / "articles.jsonl").open(encoding="utf-8")]
        articles = [Article(row["id"], row["text"]) for row in rows]
        gold: dict[str, dict[Role, Spans]] = defaultdict(lambda: {role: set() for role in ROLES})
        for line in (options.bench / "gold.jsonl").open(encoding="utf-8"):
            row: dict[str, Any] = json.loads(line)
            for role in ROLES:
                gold[row["article"]][role] |= {Span(*ends) for ends in row[role]}
        wanted = [gold[article.id] for article in articles]
        found = [(article.text, *spans) for article, spans in zip(articles, tagged(articles, models), strict=True)]
        print(f"exact F1 in {len(articles)} articles, in sentences that hold an attribution:")
        for name, contents in (("sentence by sentence", _apart), ("running quotes joined", _joined)):
            figures = [f"{role} {exact_f1(wanted, found, role, contents):.3f}" for role in ROLES]
            print(f"  {name:24}{', '.join(figures)}")


Found = tuple[str, Sequence[Span], Sequence[Attribution]]
Contents = Callable[[Found], Spans]


def exact_f1(wanted: Sequence[dict[Role, Spans]], found: Sequence[Found], role: Role, contents: Contents) -> float:
    """Of one role, over all articles."""
    right = said = meant = 0
    for gold, article in zip(wanted, found, strict=True):
        _, sentences, quotes = article
        marked = [span for spans in gold.values() for span in spans]
        held = [sentence for sentence in sentences if any(sentence.overlap(span) for span in marked)]
        ours = contents(article) if role == "content" else {span for q in quotes if (span := getattr(q, role))}
        inside = {span for span in ours if any(span.overlap(sentence) for sentence in held)}
        right, said, meant = right + len(inside & gold[role]), said + len(inside), meant + len(gold[role])
    return 2 * right / (said + meant) if said + meant else 0.0


def _apart(article: Found) -> Spans:
    return {piece for quote in article[2] for piece in quote.content}


def _joined(article: Found) -> Spans:
    text = article[0]
    marks = [quotation.span for quotation in quotations(text, paragraphs(text))]
    joined: list[Span] = []
    for piece in sorted(_apart(article)):
        last = joined[-1] if joined else None
        beside = last is not None and last.end <= piece.start and not text[last.end : piece.start].strip()
        if last and beside and any(mark.overlap(last) and mark.overlap(piece) for mark in marks):
            joined[-1] = Span(last.start, piece.end)
        else:
            joined.append(piece)
    return set(joined)


if __name__ == "__main__":
    main()

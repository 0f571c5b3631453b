"""Compare sentence segmenters on our cases, on real news with gold sentences, and on odd input.

    python tests/benchmarks/compare_segmenters.py [NEWS] > tests/benchmarks/segmenters.md

NEWS is a folder with ``articles.jsonl`` (id, text) and ``gold.jsonl`` (article, start, end, stratum); without it the
figures on news are left out. The libraries (blingfire, syntok, nltk, sentencex, pysbd) are not needed by the project:
install those to be compared; a missing one is left out. Each gets one paragraph at a time, from ``paragraphs``.
"""

import importlib
import json
import multiprocessing
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from importlib.metadata import PackageNotFoundError, version
from multiprocessing.queues import Queue
from pathlib import Path

from tone.segmenting import paragraphs, split
from tone.segmenting_data import BEFORE_NAME, EITHER

Pair = tuple[int, int]
Segmenter = Callable[[str], list[Pair]]

CASES = Path(__file__).parent.parent / "cases"
PATIENCE = 30.0  # seconds for one odd input
ODD = {
    "no punctuation": "word ",
    "quotation marks": '"',
    "quoted letters": '"A." ',
    "dots": ".",
    "spaced dots": ". ",
    "nested brackets": "(A. ",
    "glued quotations": 'the."The',
    "emoji": "a. 😀 ",
    "notes": "a.[1] ",
    "handles": ".@a",
}

INTRODUCTION = """# Sentence segmenters compared

Made by `tests/benchmarks/compare_segmenters.py`. "Our cases" are `tests/cases/segmenting*.json`: every sentence of a
case must come out. They were written with our rules, which they favour. "News" is 102 articles of public US and British
news with 2,068 gold sentences, which are not in the project; our rules were tuned on them. Their gold comes from an
automatic segmenter that was read over. We differ from it at 19 places: 15 are its mistakes (a missing space after a
full stop, a split after "Sens." or "Mt."), 4 are our convention that a named cue stays with its question (`"Why now?"
Hale asked.`; without it: 0.991 and 0.996).
"Odd input" is 100,000 characters of one pattern, each in a process of its own, for 30 s at most.

nltk's trained English model is a download of its own, so nltk is measured untrained, with our list of abbreviations.
spaCy and sentsplit were not measured: they bring a parser or a trained tagger for what is decided at a full stop.
The last releases of pysbd, blingfire and syntok are of 2021 and 2022.
"""


def by_paragraph(pieces: Callable[[str], Iterable[Pair]]) -> Segmenter:
    """A segmenter of texts from one of paragraphs; spans lose the white space at their ends."""

    def segment(text: str) -> list[Pair]:
        spans = []
        for block in paragraphs(text):
            for start, end in pieces(block.of(text)):
                piece = block.of(text)[start:end]
                start += block.start + len(piece) - len(piece.lstrip())
                if piece.strip():
                    spans.append((start, start + len(piece.strip())))
        return spans

    return segment


def located(text: str, pieces: Iterable[str]) -> list[Pair]:
    """Where pieces without offsets stand in the text; those that are not found are lost."""
    spans, at = [], 0
    for piece in pieces:
        found = text.find(piece.strip(), at)
        if piece.strip() and found >= 0:
            at = found + len(piece.strip())
            spans.append((found, at))
    return spans


def ours() -> Segmenter:
    return lambda text: [(span.start, span.end) for span in split(text)]


def blingfire() -> Segmenter:
    library = importlib.import_module("blingfire")
    return by_paragraph(lambda text: library.text_to_sentences_and_offsets(text)[1])


def pysbd() -> Segmenter:
    segmenter = importlib.import_module("pysbd").Segmenter(language="en", clean=False, char_span=True)
    return by_paragraph(lambda text: [(span.start, span.end) for span in segmenter.segment(text)])


def syntok() -> Segmenter:
    library = importlib.import_module("syntok.segmenter")
    return by_paragraph(
        lambda text: [
            (sentence[0].offset, sentence[-1].offset + len(sentence[-1].value))
            for paragraph in library.analyze(text)
            for sentence in paragraph
            if sentence
        ]
    )


def sentencex() -> Segmenter:
    library = importlib.import_module("sentencex")
    return by_paragraph(lambda text: located(text, library.segment("en", text)))


def nltk() -> Segmenter:
    tokenizer = importlib.import_module("nltk.tokenize.punkt").PunktSentenceTokenizer()
    tokenizer._params.abbrev_types.update(  # its trained model is a download of its own
        abbreviation.lower() for abbreviation in BEFORE_NAME | EITHER | {"a.m", "p.m", "no", "d.c"}
    )
    return by_paragraph(lambda text: list(tokenizer.span_tokenize(text)))


SEGMENTERS: dict[str, Callable[[], Segmenter]] = {
    "ours": ours,
    "blingfire": blingfire,
    "syntok": syntok,
    "nltk": nltk,
    "sentencex": sentencex,
    "pysbd": pysbd,
}


def solved(segment: Segmenter) -> tuple[int, int]:
    """How many of our cases come out exactly as expected, and how many there are."""
    files = [CASES / "segmenting.json", CASES / "segmenting_known_failures.json"]
    cases = [case for file in files for case in json.loads(file.read_text(encoding="utf-8"))]
    right = [[case["input"][start:end] for start, end in segment(case["input"])] == case["expected"] for case in cases]
    return sum(right), len(right)


def read(news: Path) -> list[tuple[str, set[Pair]]]:
    """The texts that are annotated whole, with their gold sentences."""
    texts = {row["id"]: row["text"] for row in map(json.loads, (news / "articles.jsonl").open(encoding="utf-8"))}
    gold = defaultdict(set)
    for row in map(json.loads, (news / "gold.jsonl").open(encoding="utf-8")):
        if row["stratum"] == "article":
            gold[row["article"]].add((row["start"], row["end"]))
    return [(texts[article], spans) for article, spans in gold.items()]


def f1(pairs: Sequence[tuple[set[int] | set[Pair], set[int] | set[Pair]]]) -> float:
    """F1 of found against gold, over all texts together."""
    both = sum(len(found & gold) for found, gold in pairs)
    return 2 * both / sum(len(found) + len(gold) for found, gold in pairs)


def on_news(segment: Segmenter, articles: Sequence[tuple[str, set[Pair]]]) -> tuple[float, float, float]:
    """F1 of whole spans and of sentence ends, and megabytes a second (the best of three runs)."""
    seconds = []
    for _ in range(3):
        began = time.perf_counter()
        found = [set(segment(text)) for text, _ in articles]
        seconds.append(time.perf_counter() - began)
    spans = f1([(mine, gold) for mine, (_, gold) in zip(found, articles, strict=True)])
    ends = f1([({e for _, e in mine}, {e for _, e in gold}) for mine, (_, gold) in zip(found, articles, strict=True)])
    return spans, ends, sum(len(text.encode()) for text, _ in articles) / min(seconds) / 1e6


def _timed(name: str, text: str, answers: "Queue[tuple[float, int]]") -> None:
    segment = SEGMENTERS[name]()
    began = time.perf_counter()
    spans = segment(text)
    kept = {at for start, end in spans for at in range(start, end)}
    lost = sum(not text[at].isspace() for at in range(len(text)) if at not in kept)
    answers.put((time.perf_counter() - began, lost))


def on_odd_input(name: str) -> str:
    """The slowest of the odd inputs, 100,000 characters each, in seconds; what hung or lost characters by name."""
    slowest, faults = ("", 0.0), []
    context = multiprocessing.get_context("spawn")
    for label, unit in ODD.items():
        answers: Queue[tuple[float, int]] = context.Queue()
        process = context.Process(target=_timed, args=(name, unit * (100_000 // len(unit)), answers))
        process.start()
        process.join(PATIENCE)
        if process.is_alive():
            process.kill()
            faults.append(f"{label}: over {PATIENCE:.0f} s")
            continue
        if process.exitcode:
            faults.append(f"{label}: fails")
            continue
        seconds, lost = answers.get()
        slowest = max(slowest, (label, seconds), key=lambda pair: pair[1])
        if lost:
            faults.append(f"{label}: loses {lost} characters")
    return "; ".join([f"{slowest[1]:.1f} s ({slowest[0]})", *faults])


def main(arguments: Sequence[str]) -> None:
    """Print the table."""
    articles = read(Path(arguments[0])) if arguments else []
    print(INTRODUCTION)
    print("| segmenter | our cases | news, whole sentences F1 | news, sentence ends F1 | MB/s | odd input, slowest |")
    print("| --- | --- | --- | --- | --- | --- |")
    for name, make in SEGMENTERS.items():
        try:
            label = name if name == "ours" else f"{name} {version(name)}"
            segment = make()
        except (PackageNotFoundError, ImportError) as error:
            print(f"{name} is left out: {error}", file=sys.stderr)
            continue
        right, cases = solved(segment)
        news = "- | - | -"
        if articles:
            spans, ends, speed = on_news(segment, articles)
            news = f"{spans:.3f} | {ends:.3f} | {speed:.1f}"
        print(f"| {label} | {right} of {cases} | {news} | {on_odd_input(name)} |", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])

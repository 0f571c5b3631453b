"""Articles cut into what the page shows: paragraphs of sentences, with their quotes and who says what in which tone."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from markupsafe import escape

from tone.codebook import CLAIMS
from tone.collection import Collection
from tone.page.frames import Record, day, line, records
from tone.segmenting import paragraphs

# Bytes of markup, roughly: around an article, and around a sentence with a speaker or a claim.
_FRAME: Final = 900
_NOTE: Final = 210

SENTENCE_COLUMNS: Final = ("article", "sentence", "start", "end", "speaker", "tone", *CLAIMS)
OPTIONAL: Final = (
    "speaker_rule",
    "speaker_probability",
    *(f"p_{name}" for name in ("constructive", "cautious", "neutral", *CLAIMS)),
    "when_start",
    "when_end",
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a sentence, and whether it is quoted."""

    text: str
    quoted: bool


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence in pieces.

    ``noted`` says whether there is something to say of it: a speaker, or a claim. ``sure`` are whole per cents: of the
    tone, the speaker, then of each claim made, None where the table does not say. ``when`` is what a schedule is about.
    """

    number: int
    pieces: tuple[Piece, ...]
    tone: str
    speaker: str | None
    rule: str | None
    claims: tuple[str, ...]
    when: str
    sure: tuple[int | None, ...]
    noted: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """An article on the page; ``place`` is its number in the collection."""

    place: int
    title: str
    facts: tuple[str, ...]
    url: str | None
    copy_of: str | None
    paragraphs: tuple[tuple[Sentence, ...], ...]
    sentences: int
    speakers: tuple[str, ...]


def label(article: Record) -> str:
    """The title of an article, or else its id."""
    return line(article["title"]) or line(article["article"]) or "(untitled)"


def shown(collection: Collection, budget: float = float("inf")) -> list[Shown]:
    """The articles for a page, the newest first and those without a date last.

    Where all of them would take more than ``budget`` bytes, about, there is a sample: articles in the order of the
    SHA-256 of their ids, each one that still fits, so that the same collection gives the same sample.
    """
    articles = records(collection.articles, ("article", "text"), ("date", "source", "title", "topic", "url", "copy_of"))
    sentences = _by_article(records(collection.sentences, SENTENCE_COLUMNS, OPTIONAL))
    quotes = _by_article(records(collection.quotes, ("article", "content_start", "content_end")))
    ids = [str(article["article"]) for article in articles]
    names = {name: label(article) for name, article in zip(ids, articles, strict=True)}
    sizes = [_size(article, sentences.get(name, ())) for name, article in zip(ids, articles, strict=True)]
    chosen = [
        _article(place, articles[place], sentences.get(ids[place], ()), quotes.get(ids[place], ()), names)
        for place in _sample(ids, sizes, budget)
    ]
    return sorted(chosen, key=lambda item: day(articles[item.place]["date"]) or "", reverse=True)


def _by_article(rows: Sequence[Record]) -> dict[str, list[Record]]:
    groups: dict[str, list[Record]] = {}
    for row in rows:
        groups.setdefault(str(row["article"]), []).append(row)
    return groups


def _size(article: Record, sentences: Sequence[Record]) -> int:
    notes = sum(_NOTE + len(str(row["speaker"] or "")) for row in sentences if _noted(row))
    return _FRAME + len(escape(str(article["text"])).encode()) + notes


def _sample(ids: Sequence[str], sizes: Sequence[int], budget: float) -> list[int]:
    if sum(sizes) <= budget:
        return list(range(len(ids)))
    kept: list[int] = []
    for place in sorted(range(len(ids)), key=lambda place: hashlib.sha256(ids[place].encode()).digest()):
        if sizes[place] <= budget:
            kept.append(place)
            budget -= sizes[place]
    return sorted(kept)


def _noted(row: Record) -> bool:
    return row["speaker"] is not None or any(row[claim] for claim in CLAIMS)


def _article(
    place: int, article: Record, rows: Sequence[Record], quotes: Sequence[Record], names: Mapping[str, str]
) -> Shown:
    text = str(article["text"])
    rows = sorted(rows, key=lambda row: int(row["start"]))
    known = [quote for quote in quotes if quote["content_start"] is not None and quote["content_end"] is not None]
    contents = sorted((int(quote["content_start"]), int(quote["content_end"])) for quote in known)
    said = sum(row["speaker"] is not None for row in rows)
    facts = [article["source"], day(article["date"]), article["topic"]]
    if article["title"]:
        facts.append(article["article"])
    url = str(article["url"] or "")
    original = article["copy_of"]
    return Shown(
        place=place,
        title=label(article),
        facts=tuple(line(fact) for fact in facts if fact),
        # Only what is surely a web address becomes a link: never javascript: or data:.
        url=url if url.startswith(("https://", "http://")) else None,
        copy_of=None if original is None else names.get(str(original), str(original)),
        paragraphs=tuple(_paragraphs(text, rows, contents)),
        sentences=said,
        speakers=tuple(dict.fromkeys(line(row["speaker"]) for row in rows if row["speaker"] is not None)),
    )


def _paragraphs(
    text: str, rows: Sequence[Record], contents: Sequence[tuple[int, int]]
) -> Iterator[tuple[Sentence, ...]]:
    """The sentences of each paragraph; what stands before the first sentence is a front matter, and left out."""
    if not rows:
        return
    starts = [span.start for span in paragraphs(text, max(0, int(rows[0]["start"])))]
    group: list[Sentence] = []
    at, quote = 0, 0
    for row in rows:
        start, end = max(at, int(row["start"])), min(len(text), int(row["end"]))
        if group and starts and start >= starts[0]:
            yield tuple(group)
            group = []
        while starts and starts[0] <= start:
            starts.pop(0)
        while quote < len(contents) and contents[quote][1] <= start:
            quote += 1
        group.append(_sentence(row, tuple(_pieces(text, start, end, contents[quote:]))))
        at = max(at, end)
    yield tuple(group)


def _pieces(text: str, start: int, end: int, contents: Sequence[tuple[int, int]]) -> Iterator[Piece]:
    """``start`` to ``end`` in pieces; ``contents`` are in order, and those past the end are not looked at."""
    at = start
    for low, high in contents:
        if low >= end:
            break
        low, high = max(low, at), min(high, end)
        if low < high:
            if at < low:
                yield Piece(text[at:low], False)
            yield Piece(text[low:high], True)
            at = high
    if at < end:
        yield Piece(text[at:end], False)


def _sentence(row: Record, pieces: tuple[Piece, ...]) -> Sentence:
    made = tuple(claim for claim in CLAIMS if row[claim])
    start, end = day(row["when_start"]), day(row["when_end"])
    known = [row[f"p_{row['tone']}"], row["speaker_probability"], *(row[f"p_{claim}"] for claim in made)]
    return Sentence(
        number=int(row["sentence"]),
        pieces=pieces,
        tone=str(row["tone"]),
        speaker=None if row["speaker"] is None else line(row["speaker"]),
        rule=row["speaker_rule"] if row["speaker"] is not None else None,
        claims=made,
        when=(start or end or "") if start == end or not (start and end) else f"{start} to {end}",
        sure=tuple(None if value is None else round(100 * value) for value in known),
        noted=_noted(row),
    )


def sure(sentence: Sentence) -> str:
    """How sure the models are: ``92 %|full name 95 %|progress 77 %``, the second only where there is a speaker."""
    tone, speaker, *claims = sentence.sure
    lines = [_with("", tone)]
    if sentence.speaker is not None:
        lines.append(_with(sentence.rule or "an unknown rule", speaker))
    return "|".join([*lines, *(_with(*pair) for pair in zip(sentence.claims, claims, strict=True))])


def _with(label: str, per_cent: int | None) -> str:
    return " ".join([*([label] if label else []), *([] if per_cent is None else [f"{per_cent}\N{NO-BREAK SPACE}%"])])

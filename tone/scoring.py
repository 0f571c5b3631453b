"""Articles in, tables out, in batches across articles."""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import Final

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from tone import adapters, claims, speakers, tones
from tone.claims import ClaimModel
from tone.codebook import CLAIMS, TONES
from tone.memory import give_back
from tone.models import PARTS, ModelError, open_model
from tone.quotes import tagger
from tone.quotes.extract import attributions
from tone.quotes.tagger import Piece, Tagger
from tone.records import Article, Scored, SentenceLabel, Skipped, Span
from tone.segmenting import paragraphs, split
from tone.tables import WORKING, tables
from tone.threads import advisable, side_by_side
from tone.tones import ToneModel
from tone.windows import windows

# A batch takes this part of what is left of its shard, or so much text: long ones cost less and encode a copy with
# its original, short ones at the end leave no thread idle long (guided self-scheduling, Polychronopoulos & Kuck 1987).
BATCH_PART: Final = 1 / 8
BATCH_CHARACTERS: Final = 12_500


@dataclass(frozen=True, slots=True)
class Models:
    """The three models, loaded; ``files`` gives each part's weight files with their checksums."""

    tagger: Tagger
    tone: ToneModel
    claims: ClaimModel
    files: Mapping[str, Mapping[str, str]]


def checksums(models: Path) -> dict[str, Mapping[str, str]]:
    """The weight files of each model in a folder, with their checksums, without loading them. Raises ModelError."""
    configs = {part: open_model(models, part).config for part in PARTS}
    of_tone = configs["tone"]["files"][adapters.FILE]
    for part in ("quotes", "claims"):
        if configs[part].get("tone_model", of_tone) != of_tone:
            raise ModelError(f"the {part} in {models} were trained on another tone model: run `tone train {part}`")
    return {part: config["files"] for part, config in configs.items()}


def load_models(models: Path) -> Models:
    """The models in a folder. Raises ModelError or EncoderError, whose messages say what to do."""
    files = checksums(models)
    tone = tones.load(models)
    return Models(tagger.load(models, tone.encoder), tone, claims.load(models), files)


def score_shards(
    shards: Iterable[tuple[int, Sequence[Article | Skipped]]], models: Models, threads: int | None = None
) -> Iterator[tuple[int, dict[str, pa.Table]]]:
    """Yield each shard's number with what `score_shard` makes of it, in their order, on several threads.

    Without ``threads`` they are as many as make the most of the cores that PyTorch takes in this one. One shard is read
    ahead, so that none is without work. Raises MemoryError.
    """
    number = threads or advisable(models.tone.encoder.device)
    if number == 1:
        yield from ((shard, score_shard(items, models)) for shard, items in shards)
        return
    with side_by_side(number) as crew:
        waiting: deque[tuple[int, list[Future[dict[str, pa.Table]]]]] = deque()
        for shard, items in shards:
            waiting.append((shard, [crew.submit(_then_free, batch, models) for batch in _batches(items)]))
            if len(waiting) > 1:
                yield _gathered(*waiting.popleft())
        yield from (_gathered(*shard) for shard in waiting)


def _then_free(batch: Sequence[Article | Skipped], models: Models) -> dict[str, pa.Table]:
    """A batch's tables. What matrices of varying sizes leave free in each thread's heap would else grow and grow."""
    try:
        return _tables(batch, models)
    finally:
        give_back()


def _gathered(shard: int, parts: Sequence[Future[dict[str, pa.Table]]]) -> tuple[int, dict[str, pa.Table]]:
    return shard, _joined([part.result() for part in parts])


def score_shard(items: Sequence[Article | Skipped], models: Models) -> dict[str, pa.Table]:
    """Score some items of the reading stream, in batches across articles: working tables, by the names of `WORKING`.

    Rows are in the order of the items, and depend on them alone. An article that cannot be scored becomes a row of
    ``skipped`` with the reason. Raises MemoryError.
    """
    return _joined([_tables(batch, models) for batch in _batches(items)])


def _tables(batch: Sequence[Article | Skipped], models: Models) -> dict[str, pa.Table]:
    """The tables of a batch; where something in it makes that fail, one by one, so that only that goes."""
    articles = [item for item in batch if isinstance(item, Article)]
    try:
        results = iter(score_batch(articles, models))
        found = [item if isinstance(item, Skipped) else next(results) for item in batch]
        scored = [result for result in found if isinstance(result, Scored)]
        return tables(scored, [result for result in found if isinstance(result, Skipped)])
    except MemoryError:
        raise
    except Exception as problem:
        if len(batch) == 1:
            return tables([], [_failed(article, problem) for article in articles])
    return _joined([_tables([item], models) for item in batch])


def _joined(parts: Sequence[Mapping[str, pa.Table]]) -> dict[str, pa.Table]:
    return {
        name: pa.concat_tables([schema.empty_table(), *(p[name] for p in parts)]) for name, schema in WORKING.items()
    }


def score_batch(articles: Sequence[Article], models: Models) -> list[Scored | Skipped]:
    """Score some articles together, each on its own terms: one result an article, in their order.

    One that has no sentences, or makes the rules fail, becomes a Skipped. Names are as the article has them.
    """
    if not articles:
        return []
    texts = [article.text for article in articles]
    spans = [split(article.text, article.body_start) for article in articles]
    pieces, vectors = _read(texts, spans, models)
    tone_probabilities = models.tone.probabilities(vectors)
    plain = [span.of(text) for text, found in zip(texts, spans, strict=True) for span in found]
    claim_probabilities = models.claims.probabilities(plain, models.tone.claim_scores(vectors))
    decided = models.claims.decide(claim_probabilities)
    results: list[Scored | Skipped] = []
    at = 0
    for article, found, own in zip(articles, spans, pieces, strict=True):
        here = slice(at, at + len(found))
        at += len(found)
        if not found:
            results.append(Skipped(article.id, article.id, "no sentences"))
            continue
        try:
            quotes = attributions(article.text, found, paragraphs(article.text, article.body_start), own)
            named = speakers.resolve(article, found, quotes)
            whose = speakers.of_sentences(article.text, found, quotes, named)
        except MemoryError:
            raise
        except Exception as problem:  # what one odd text does to the rules must not cost the others
            results.append(_failed(article, problem))
            continue
        labels = [
            SentenceLabel(
                who,
                TONES[int(t.argmax())],
                tuple(map(float, t)),
                frozenset(claim for claim, yes in zip(CLAIMS, d, strict=True) if yes),
                tuple(map(float, c)),
            )
            for who, t, c, d in zip(
                whose, tone_probabilities[here], claim_probabilities[here], decided[here], strict=True
            )
        ]
        results.append(Scored(article, found, labels, quotes, named))
    return results


def _read(
    texts: Sequence[str], spans: Sequence[Sequence[Span]], models: Models
) -> tuple[list[list[Piece]], NDArray[np.float32]]:
    """What tagger and tone model find in sentences: pieces of each text, vectors (sentences, queries, width)."""
    encoder = models.tone.encoder
    found = windows(encoder.tokenizer, texts, spans)
    if models.tagger.encoder is encoder:
        encoded = list(encoder.states(found))
        return models.tagger.find(found, texts, encoded), models.tone.vectors(found, encoded)
    own = windows(models.tagger.encoder.tokenizer, texts, spans)
    return models.tagger.find(own, texts), models.tone.vectors(found)


def _failed(article: Article, problem: Exception) -> Skipped:
    return Skipped(article.id, article.id, f"could not be scored: {type(problem).__name__}: {problem}")


def _batches(shard: Sequence[Article | Skipped]) -> Iterator[Sequence[Article | Skipped]]:
    """The shard in batches, which depend on its items alone."""
    ends = list(accumulate(len(item.text) if isinstance(item, Article) else 0 for item in shard))
    begin = done = 0
    for count, end in enumerate(ends, start=1):
        if count == len(shard) or end - done >= max(BATCH_CHARACTERS, BATCH_PART * (ends[-1] - done)):
            yield shard[begin:count]
            begin, done = count, end

"""Articles in, tables out, in batches across articles."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from tone import adapters, claims, speakers, tones
from tone.claims import ClaimModel
from tone.codebook import CLAIMS, TONES
from tone.models import PARTS, ModelError, open_model
from tone.quotes import tagger
from tone.quotes.extract import attributions
from tone.quotes.tagger import Piece, Tagger
from tone.records import Article, Scored, SentenceLabel, Skipped, Span
from tone.segmenting import paragraphs, split
from tone.tables import WORKING, tables
from tone.tones import ToneModel
from tone.windows import windows

# Enough text that lengths sort well, little enough that progress shows and memory stays small.
BATCH_CHARACTERS: Final = 400_000


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


def _batches(articles: Iterable[Article | Skipped]) -> Iterator[list[Article | Skipped]]:
    batch: list[Article | Skipped] = []
    size = 0
    for item in articles:
        batch.append(item)
        size += len(item.text) if isinstance(item, Article) else 0
        if size >= BATCH_CHARACTERS:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch

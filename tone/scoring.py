"""Articles in, scored articles out, in batches across articles."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from tone import adapters, claims, speakers, tones
from tone.claims import ClaimModel
from tone.codebook import CLAIMS, TONES
from tone.copies import copies
from tone.encoding import windows
from tone.models import PARTS, ModelError, open_model
from tone.quotes import tagger
from tone.quotes.extract import attributions
from tone.quotes.tagger import Tagger
from tone.records import Article, Scored, SentenceLabel, Skipped, Speaker
from tone.segmenting import paragraphs, split
from tone.tones import ToneModel

# Enough text that lengths sort well, little enough that progress shows and memory stays small.
BATCH_CHARACTERS: Final = 400_000


@dataclass(frozen=True, slots=True)
class Progress:
    """How far scoring is: articles read (scored or skipped), the total where it is known, and sentences scored."""

    articles: int
    total: int | None
    sentences: int


@dataclass(frozen=True, slots=True)
class Models:
    """The three models, loaded.

    ``one_tokenizer`` says whether tagger and tone model cut words alike, ``files`` gives each part's weight files with
    their checksums.
    """

    tagger: Tagger
    tone: ToneModel
    claims: ClaimModel
    one_tokenizer: bool
    files: Mapping[str, Mapping[str, str]]


def load_models(models: Path) -> Models:
    """The models in a folder. Raises ModelError or EncoderError, whose messages say what to do."""
    configs = {part: open_model(models, part).config for part in PARTS}
    if configs["claims"]["tone_model"] != configs["tone"]["files"][adapters.FILE]:
        raise ModelError(f"the claims in {models} were trained on another tone model: run `tone train claims`")
    tags, tone = tagger.load(models), tones.load(models)
    alike = tags.encoder.tokenizer.get_vocab() == tone.encoder.tokenizer.get_vocab()
    files = {part: config["files"] for part, config in configs.items()}
    return Models(tags, tone, claims.load(models), alike, files)


def score_articles(
    articles: Iterable[Article | Skipped],
    models: Models,
    *,
    total: int | None = None,
    progress: Callable[[Progress], None] | None = None,
) -> tuple[list[Scored], list[Skipped]]:
    """Score a collection; over the whole of it, the same person gets the same name, and copies are found."""
    scored: list[Scored] = []
    skipped: list[Skipped] = []
    sentences = 0
    for batch in _batches(articles):
        skipped += [item for item in batch if isinstance(item, Skipped)]
        for result in score_batch([item for item in batch if isinstance(item, Article)], models):
            if isinstance(result, Skipped):
                skipped.append(result)
            else:
                scored.append(result)
                sentences += len(result.sentences)
        if progress:
            progress(Progress(len(scored) + len(skipped), total, sentences))
    return _with_copies(_one_name_each(scored)), skipped


def score_batch(articles: Sequence[Article], models: Models) -> list[Scored | Skipped]:
    """Score some articles together, each on its own terms; one that cannot be scored becomes a Skipped."""
    split_up = [(article, split(article.text, article.body_start)) for article in articles]
    results: list[Scored | Skipped] = [Skipped(a.id, a.id, "no sentences") for a, found in split_up if not found]
    ready = [(article, found) for article, found in split_up if found]
    texts, spans = [a.text for a, _ in ready], [found for _, found in ready]
    tone_windows = windows(models.tone.encoder.tokenizer, texts, spans)
    # With one tokenizer, texts are tokenized once.
    tag_windows = tone_windows if models.one_tokenizer else windows(models.tagger.encoder.tokenizer, texts, spans)
    pieces = models.tagger.find(tag_windows, texts)
    vectors = models.tone.vectors(tone_windows)
    tone_probabilities = models.tone.probabilities(vectors)
    plain = [span.of(text) for text, found in zip(texts, spans, strict=True) for span in found]
    claim_probabilities = models.claims.probabilities(plain, models.tone.claim_scores(vectors))
    decided = models.claims.decide(claim_probabilities)
    at = 0
    for (article, found), own in zip(ready, pieces, strict=True):
        here = slice(at, at + len(found))
        at += len(found)
        try:
            quotes = attributions(article.text, found, paragraphs(article.text, article.body_start), own)
            named = speakers.resolve(article, found, quotes)
        except Exception as problem:  # what one odd text does to the rules must not cost the others
            results.append(Skipped(article.id, article.id, f"could not be scored: {type(problem).__name__}: {problem}"))
            continue
        labels = [
            SentenceLabel(
                None,
                TONES[int(t.argmax())],
                tuple(map(float, t)),
                frozenset(claim for claim, yes in zip(CLAIMS, d, strict=True) if yes),
                tuple(map(float, c)),
            )
            for t, c, d in zip(tone_probabilities[here], claim_probabilities[here], decided[here], strict=True)
        ]
        results.append(Scored(article, found, labels, quotes, named))
    return results


def _one_name_each(scored: Sequence[Scored]) -> list[Scored]:
    unified = speakers.unify([(s.article, s.speakers) for s in scored])
    return [_with_speakers(s, names) for s, names in zip(scored, unified, strict=True)]


def _with_copies(scored: Sequence[Scored]) -> list[Scored]:
    articles = [s.article for s in scored]
    found = copies([a.id for a in articles], [a.text[a.body_start :] for a in articles], [a.date for a in articles])
    return [replace(s, copy_of=original) for s, original in zip(scored, found, strict=True)]


def _with_speakers(scored: Scored, named: Sequence[Speaker]) -> Scored:
    by_sentence = speakers.of_sentences(scored.sentences, scored.attributions, named)
    labels = [replace(label, speaker=who) for label, who in zip(scored.labels, by_sentence, strict=True)]
    return replace(scored, speakers=named, labels=labels)


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

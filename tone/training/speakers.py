"""Fit the weights of the speaker model on labelled articles: ``tone train speakers``.

Two models: whom a source means (a softmax over candidates, by kind of source) and whether a sentence reports a position
(logistic regression). Both are fitted on the annotated spans and, so that they know the tagger's errors, on its own.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from tone.evaluation.judging import same_speaker
from tone.quotes.marks import marked
from tone.records import Article, Attribution, Span
from tone.speakers import resolve
from tone.speakers.candidates import Candidate
from tone.speakers.names import words
from tone.speakers.questions import Question
from tone.speakers.stated import features
from tone.speakers.weights import PATH, WEIGHTS
from tone.training.corpus import CorpusError, Labelled
from tone.training.loop import Log

ROUNDS: Final = 3
REAL: Final = 5.0
"""How much more an example from real news counts than an invented one."""
PENALTY: Final = 6.0
"""Of the squared weights of a ranking (L2); chosen by cross-validation over articles."""
DOUBT: Final = 0.3
"""Of the logistic regression (C, the inverse of a penalty)."""
_SILENT: Final = ("running quote", "words alone", "cue alone")
"""Kinds of source of which nobody may be right: the words are narration."""

Spans = tuple[Sequence[Span], Sequence[Attribution]]


@dataclass(frozen=True, slots=True)
class Example:
    """A question: the features of each candidate, which of them are right, how much it counts."""

    kind: str
    options: Sequence[Mapping[str, float]]
    right: frozenset[int]
    weight: float


def examples(article: Labelled, spans: Spans) -> Iterator[Example]:
    """The questions that an article's sources put, as far as the labels answer them."""
    sentences, attributions = spans
    asked: list[tuple[Question, Sequence[Candidate]]] = []
    whole = Article(article.id, article.text, title=article.head.get("title"))
    resolve(whole, sentences, attributions, lambda question, options: asked.append((question, options)))
    for question, options in asked:
        gold = _answer(article, question.attribution, attributions)
        if gold is None:
            continue
        right = _right(gold, [option.found.speaker.name for option in options], question.kind)
        if right and len(options) > 1:
            given = [{name: value for name, value in option.features.items() if value} for option in options]
            yield Example(question.kind, given, frozenset(right), REAL if article.corpus == "real" else 1.0)


def _answer(article: Labelled, attribution: Attribution, others: Sequence[Attribution]) -> str | None:
    """The speaker of the sentence of which an attribution has most, empty for narration; None where it is unclear."""
    shares = {n: sum(c.overlap(article.sentences[n]) for c in attribution.content) for n in article.labels}
    number = max(shares, key=shares.__getitem__, default=-1)
    if number < 0 or not shares[number]:
        return None
    sentence = article.sentences[number]
    if any(sum(c.overlap(sentence) for c in o.content) > shares[number] for o in others if o is not attribution):
        return None
    return article.labels[number].speaker or ""


def _right(gold: str, names: Sequence[str | None], kind: str) -> list[int]:
    """Which candidates are right: those whose name is closest to the label's."""
    if not gold:
        return [i for i, name in enumerate(names) if name is None] if kind in _SILENT else []
    closeness = {i: _shared(gold, name) for i, name in enumerate(names) if name and same_speaker(name, gold)}
    return [i for i, close in closeness.items() if close == max(closeness.values())]


def _shared(one: str, other: str) -> float:
    a, b = set(words(one)), set(words(other))
    return len(a & b) / max(1, len(a | b))


def fit(data: Sequence[Example], penalty: float = PENALTY) -> dict[str, float]:
    """The weights of one kind of question: maximum likelihood of the right candidates, with an L2 penalty."""
    from sklearn.feature_extraction import DictVectorizer

    columns = DictVectorizer()
    matrix = columns.fit_transform([option for example in data for option in example.options])
    sizes = np.array([len(example.options) for example in data])
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    right = np.concatenate([[float(i in e.right) for i in range(len(e.options))] for e in data])
    counts = np.array([example.weight for example in data])

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        scores = matrix @ weights
        powers = np.exp(scores - np.repeat(np.maximum.reduceat(scores, starts), sizes))
        total = np.add.reduceat(powers, starts)
        share = np.maximum(np.add.reduceat(powers * right, starts), 1e-300)
        value = penalty / 2 * float(weights @ weights) + float(counts @ (np.log(total) - np.log(share)))
        pull = powers / np.repeat(total, sizes) - powers * right / np.repeat(share, sizes)
        return value, penalty * weights + matrix.T @ (np.repeat(counts, sizes) * pull)

    best = minimize(loss, np.zeros(matrix.shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": 200})
    return _rounded(zip(columns.feature_names_, best.x, strict=True))


def fit_stated(articles: Iterable[tuple[Labelled, Spans]]) -> dict[str, float]:
    """The weights that tell a stated position from narration, by logistic regression.

    Raises CorpusError where the articles have only one of the two.
    """
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    rows, stated, counts = [], [], []
    for article, (sentences, attributions) in articles:
        whole = Article(article.id, article.text, title=article.head.get("title"))
        said = list(zip(attributions, resolve(whole, sentences, attributions), strict=True))
        marks = marked(article.text)
        for number, label in article.labels.items():
            gold = article.sentences[number]
            sentence = max(sentences, key=gold.overlap)
            inside = [(a, speaker) for a, speaker in said if any(c.overlap(sentence) for c in a.content)]
            if inside and gold.overlap(sentence):
                rows.append(features(article.text, sentence, inside, marks))
                stated.append(label.speaker is not None)
                counts.append(REAL if article.corpus == "real" else 1.0)
    if len(set(stated)) < 2:
        raise CorpusError("too few labelled articles to tell positions from narration: the speakers need both")
    columns = DictVectorizer()
    model = LogisticRegression(C=DOUBT, max_iter=2000, fit_intercept=False)
    model.fit(columns.fit_transform(rows), stated, sample_weight=counts)
    return _rounded(zip(columns.feature_names_, model.coef_[0], strict=True))


def _rounded(weights: Iterable[tuple[str, float]]) -> dict[str, float]:
    return {name: rounded for name, weight in weights if (rounded := round(float(weight), 2))}


def tagged(articles: Sequence[Labelled | Article], models: Path) -> list[Spans]:
    """The sentences and attributions that the tagger in a folder finds in each article. Raises ModelError."""
    from tone.quotes import tagger
    from tone.quotes.extract import attributions
    from tone.segmenting import paragraphs, split
    from tone.windows import windows

    tags = tagger.load(models)
    texts = [article.text for article in articles]
    spans = [split(text) for text in texts]
    pieces = tags.find(windows(tags.encoder.tokenizer, texts, spans), texts)
    return [
        (own, attributions(text, own, paragraphs(text), found))
        for text, own, found in zip(texts, spans, pieces, strict=True)
    ]


def train(annotated: Sequence[tuple[Labelled, Spans]], ours: Sequence[tuple[Labelled, Spans]]) -> None:
    """Fit all weights in place, from nothing; nothing is random, so that the same articles give the same weights.

    What is asked depends on who was found to speak before, so that the ranking is fitted anew with its own answers.

    Args:
        annotated: articles with their annotated spans.
        ours: articles with the spans that our tagger finds.

    Raises:
        CorpusError: no source to learn from, or no narration among the sentences that the tagger takes for words.
    """
    WEIGHTS.clear()
    for _ in range(ROUNDS):
        by_kind: dict[str, list[Example]] = defaultdict(list)
        for article, spans in (*annotated, *ours):
            for example in examples(article, spans):
                by_kind[example.kind].append(example)
        if not by_kind:
            raise CorpusError("no labelled speaker to learn from: the speakers need articles whose labels name them")
        WEIGHTS.clear()
        WEIGHTS.update({kind: fit(data) for kind, data in by_kind.items()})
    WEIGHTS["stated"] = fit_stated(ours)


def refit(corpus: Sequence[Labelled], models: Path, log: Log = print, *, file: Path = PATH) -> None:
    """Fit the speaker weights on labelled articles and write them.

    Args:
        corpus: labelled articles; those without labelled speakers are left out.
        models: where the quotes model is.
        log: where to say what came of it.
        file: what to write, by default the weights of the package.

    Raises:
        CorpusError: nothing to learn from; the weights stay as they were. ModelError: no quotes model.
    """
    articles = [article for article in corpus if article.speakers]
    annotated = [(a, (a.sentences, a.attributions)) for a in articles if a.attributions is not None]
    before = dict(WEIGHTS)
    try:
        train(annotated, list(zip(articles, tagged(articles, models), strict=True)))
    except CorpusError:
        WEIGHTS.clear()
        WEIGHTS.update(before)
        raise
    file.write_text(json.dumps(WEIGHTS, indent=1, sort_keys=True, ensure_ascii=False) + "\n", encoding="utf-8")
    log(f"speakers: {sum(map(len, WEIGHTS.values()))} weights from {len(articles)} articles in {file}")

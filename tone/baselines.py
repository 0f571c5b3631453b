"""Simple ways to guess tone and claims, to judge ours beside: on the same sentences, without context."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from tone.codebook import CLAIMS, TONES
from tone.training.corpus import Label, Labelled

Guess = tuple[str | None, frozenset[str] | None]
Baseline = Callable[[Sequence[str]], list[Guess]]

VADER_CUT: Final = 0.3


def baselines(corpus: Sequence[Labelled]) -> Mapping[str, Baseline]:
    """By name: the majority class, VADER (tone only; absent unless installed), and TF-IDF with logistic regression.

    Fitted on the labelled sentences of ``corpus``.
    """
    texts = [a.sentences[n].of(a.text) for a in corpus for n in a.labels]
    labels = [label for a in corpus for label in a.labels.values()]
    found: dict[str, Baseline] = {"majority": majority(labels)}
    lexicon = vader()
    if lexicon:
        found["VADER"] = lexicon
    found["TF-IDF + LR"] = linear(texts, labels)
    return found


def majority(labels: Sequence[Label]) -> Baseline:
    """The commonest tone, and each claim type where most sentences hold it (that is, none)."""
    (tone, _), *_ = Counter(label.tone for label in labels).most_common(1)
    claims = frozenset(c for c in CLAIMS if sum(c in label.claims for label in labels) * 2 > len(labels))
    return lambda texts: [(tone, claims)] * len(texts)


def vader() -> Baseline | None:
    """VADER (Hutto and Gilbert 2014), its compound score cut at plus and minus `VADER_CUT`."""
    try:
        from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer
    except ImportError:
        return None
    analyser = SentimentIntensityAnalyzer()

    def guess(text: str) -> Guess:
        compound = analyser.polarity_scores(text)["compound"]
        tone = "constructive" if compound >= VADER_CUT else "cautious" if compound <= -VADER_CUT else "neutral"
        return tone, None

    return lambda texts: [guess(text) for text in texts]


def linear(texts: Sequence[str], labels: Sequence[Label]) -> Baseline:
    """TF-IDF of words and word pairs, logistic regression; claims at a probability of one half, classes balanced."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression

    words = TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True)
    inputs = words.fit_transform(texts)
    on_tone = LogisticRegression(max_iter=2000, class_weight="balanced")
    on_tone.fit(inputs, [TONES.index(label.tone) for label in labels])
    on_claims = {
        claim: LogisticRegression(max_iter=2000, class_weight="balanced").fit(
            inputs, [claim in label.claims for label in labels]
        )
        for claim in CLAIMS
    }

    def guess(texts: Sequence[str]) -> list[Guess]:
        rows = words.transform(texts)
        held = {claim: model.predict(rows) for claim, model in on_claims.items()}
        return [
            (TONES[int(tone)], frozenset(c for c in CLAIMS if held[c][i]))
            for i, tone in enumerate(on_tone.predict(rows))
        ]

    return guess

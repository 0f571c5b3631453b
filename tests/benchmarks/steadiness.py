"""How far labels depend on what is scored together, on the number of threads, and on precision.

    python tests/benchmarks/steadiness.py [--articles 60] [--rounds 3] [--threads 1] [--at-most 0.0001]

Articles of the labelled corpus are labelled in one call, in their order; then in random orders, cut into random calls,
on each number of threads; and by the plain path, transformers' modules in fp32, a text at a time. Printed are the
sentences whose tone, claims or spans differ, and the largest difference of a probability. Exit status 1 where random
orders or threads change more than the share ``--at-most``, or the plain path more than 0.5 % of a kind of label.
"""

import argparse
import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from tone import adapters
from tone.encoding import Encoder
from tone.models import default_folder, open_model
from tone.quotes.tagger import Piece
from tone.records import Span
from tone.scoring import Models, load_models
from tone.training.corpus import read
from tone.windows import windows

CORPUS = Path(__file__).parents[2] / "seeds" / "corpus"
PLAIN_AT_MOST = 0.005


@dataclass(frozen=True)
class Text:
    """An article and its sentences."""

    text: str
    sentences: Sequence[Span]


@dataclass(frozen=True)
class Labels:
    """Of sentences: probabilities (sentences, 3) of tones and of claims, which claims are met, and spans found."""

    tones: NDArray[np.float32]
    claims: NDArray[np.float32]
    met: NDArray[np.bool_]
    pieces: list[list[Piece]]


@dataclass(frozen=True)
class Differences:
    """Sentences that differ, by kind of label, and the largest difference of a probability, by kind."""

    sentences: int
    flips: dict[str, int]
    largest: dict[str, float]

    def __str__(self) -> str:
        found = (f"{kind} {count} (p ± {self.largest[kind]:.2g})" for kind, count in self.flips.items())
        return f"of {self.sentences} sentences differ: " + ", ".join(found)


def label(texts: Sequence[Text], models: Models) -> Labels:
    """Label articles in one call, as scoring does."""
    bodies, sentences = [t.text for t in texts], [t.sentences for t in texts]
    tone_windows = windows(models.tone.encoder.tokenizer, bodies, sentences)
    tag_windows = windows(models.tagger.encoder.tokenizer, bodies, sentences)
    pieces = []
    for found, spans in zip(models.tagger.find(tag_windows, bodies), sentences, strict=True):
        pieces += [[p for p in found if s.start <= p.span.start < s.end] for s in spans]
    vectors = models.tone.vectors(tone_windows)
    plain = [span.of(t.text) for t in texts for span in t.sentences]
    claims = models.claims.probabilities(plain, models.tone.claim_scores(vectors))
    return Labels(models.tone.probabilities(vectors), claims, models.claims.decide(claims), pieces)


def in_random_calls(texts: Sequence[Text], models: Models, rng: random.Random) -> Labels:
    """Label articles in a random order, in calls of 1 to 20, and give the labels in the order of ``texts``."""
    order = rng.sample(range(len(texts)), len(texts))
    calls, at = [], 0
    while at < len(order):
        size = rng.randint(1, 20)
        calls.append(label([texts[i] for i in order[at : at + size]], models))
        at += size
    firsts = np.concatenate([[0], np.cumsum([len(texts[i].sentences) for i in order])])
    back = np.concatenate([np.arange(firsts[k], firsts[k + 1]) for k in np.argsort(order)])
    pieces = [own for call in calls for own in call.pieces]
    tones, claims, met = (
        np.concatenate([getattr(call, name) for call in calls])[back] for name in ("tones", "claims", "met")
    )
    return Labels(tones, claims, met, [pieces[i] for i in back])


def compare(one: Labels, other: Labels) -> Differences:
    """How labels of the same sentences differ; probabilities of spans are compared where the spans agree."""
    spans = [
        [(p.role, p.span) for p in a] == [(p.role, p.span) for p in b]
        for a, b in zip(one.pieces, other.pieces, strict=True)
    ]
    shifts = [
        abs(p.probability - q.probability)
        for a, b, alike in zip(one.pieces, other.pieces, spans, strict=True)
        if alike
        for p, q in zip(a, b, strict=True)
    ]
    return Differences(
        len(spans),
        {
            "tone": int((one.tones.argmax(1) != other.tones.argmax(1)).sum()),
            "claims": int((one.met != other.met).any(1).sum()),
            "spans": spans.count(False),
        },
        {
            "tone": float(np.abs(one.tones - other.tones).max(initial=0)),
            "claims": float(np.abs(one.claims - other.claims).max(initial=0)),
            "spans": max(shifts, default=0.0),
        },
    )


def plainly(models: Models, folder: Path) -> Models:
    """The same models with their encoders as transformers runs them, in fp32."""

    def encoder(part: str) -> Encoder:
        loaded, _ = adapters.load(open_model(folder, part), dtype=torch.float32)
        return replace(loaded, packed=None)

    tone = encoder("tone")
    shared = models.tagger.encoder is models.tone.encoder
    return replace(
        models,
        tagger=replace(models.tagger, encoder=tone if shared else encoder("quotes")),
        tone=replace(models.tone, encoder=tone),
    )


def main() -> None:
    """Print the differences."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=60)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--threads", type=int, nargs="+", default=[1], help="the first is that of the comparison")
    parser.add_argument("--models", type=Path, default=default_folder())
    parser.add_argument("--at-most", type=float, default=0.0001, help="share of the sentences")
    options = parser.parse_args()
    torch.set_num_threads(options.threads[0])
    texts = [Text(a.text, a.sentences) for a in read([CORPUS])][: options.articles]
    models = load_models(options.models)
    first = label(texts, models)
    failed = False
    for threads in options.threads:
        torch.set_num_threads(threads)
        for number in range(options.rounds):
            found = compare(first, in_random_calls(texts, models, random.Random(number)))
            failed |= max(found.flips.values()) > options.at_most * found.sentences
            print(f"random order {number}, threads {options.threads[0]} and {threads}: {found}", flush=True)
    found = compare(first, label(texts, plainly(models, options.models)))
    failed |= max(found.flips.values()) > PLAIN_AT_MOST * found.sentences
    print(f"{models.tone.encoder.dtype} and transformers' modules in fp32: {found}")
    if failed:
        raise SystemExit(1)


if __name__ == "__main__":
    main()

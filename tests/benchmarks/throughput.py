"""Encoder throughput beside `transformers.pipeline`, on the same sentences in the same run.

    python tests/benchmarks/throughput.py [--sentences 600] [--threads 2]

Both sides run the shipped tone encoder over every sentence of the labelled corpus. The pipeline is used as its
documentation shows it, ``pipeline("feature-extraction")(sentences)``. Ours runs twice: over the very same sentences,
each alone, which is what the ratio compares; and in windows of several, as scoring does.
Repeated alternately, the medians are compared.
"""

import argparse
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import torch
from transformers import pipeline

from tone import adapters
from tone.models import default_folder, open_model
from tone.records import Span
from tone.tones import load
from tone.training.corpus import read
from tone.windows import windows

CORPUS = Path(__file__).parents[2] / "seeds" / "corpus"


def main() -> None:
    """Print sentences a second of both, and their ratio."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sentences", type=int, default=600)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--at-least", type=float, default=0.0, help="exit 1 when the ratio is below this")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    articles, count = [], 0
    for article in read([CORPUS]):
        articles.append(article)
        count += len(article.sentences)
        if count >= options.sentences:
            break
    sentences = [span.of(a.text) for a in articles for span in a.sentences]
    model = load(default_folder())
    encoder, queries = model.encoder, model.queries
    plain, tokenizer = adapters.backbone(open_model(default_folder(), "tone").config["encoder"])
    make: Any = pipeline  # its overloads know no plain module
    reference = make("feature-extraction", model=plain, tokenizer=tokenizer, device=encoder.device)
    alone: list[float] = []
    in_windows: list[float] = []
    theirs: list[float] = []
    texts, spans = [a.text for a in articles], [a.sentences for a in articles]
    single = [[Span(0, len(sentence))] for sentence in sentences]

    def rate(run: Callable[[], object]) -> float:
        begun = time.perf_counter()
        run()
        return len(sentences) / (time.perf_counter() - begun)

    for _ in range(options.rounds):
        alone.append(rate(lambda: encoder.sentence_vectors(windows(encoder.tokenizer, sentences, single), queries)))
        in_windows.append(rate(lambda: encoder.sentence_vectors(windows(encoder.tokenizer, texts, spans), queries)))
        theirs.append(rate(lambda: reference(sentences)))
    ratio = statistics.median(alone) / statistics.median(theirs)
    print(f"{len(sentences)} sentences, {options.threads} threads, {encoder.dtype}, {options.rounds} rounds")
    print(f"transformers.pipeline  {statistics.median(theirs):8.0f} sentences/s")
    print(f"tone, same sentences   {statistics.median(alone):8.0f} sentences/s, {ratio:.1f} times")
    print(
        f"tone, in windows       {statistics.median(in_windows):8.0f} sentences/s, "
        f"{statistics.median(in_windows) / statistics.median(theirs):.1f} times"
    )
    if ratio < options.at_least:
        raise SystemExit(f"below {options.at_least}")


if __name__ == "__main__":
    main()

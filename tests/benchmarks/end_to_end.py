"""The whole of `tone score` in one run: what it does a second, where its time goes, and the plain way beside it.

    python -m tests.benchmarks.end_to_end [--articles 400] [--threads 1] [--plain 30]
        [--at-least 6 --encoder-share 0.6 --rest 0.15]

The collection is made from the labelled corpus and the samples, in text files, web pages and JSON lines; where more is
asked for, with paragraphs and sentences in another order, so that no text is there twice. Everything runs on as many
cores as ``--threads`` says; what is imported and compiled only once is not in the seconds.

- *Articles and sentences a second* are those of the wall clock; with one thread those of the processor, so that other
  load on the machine counts for little. With several, other load shows in how much of the cores the run had: what is
  missing went to others, or was spent waiting.
- *Stages* in seconds of the processor, of all threads together. The share of all but the encoder
  leaves out the loading of the models.
- *Share of the matmul peak.* Operations of the encoder's weights and attention on real tokens (padding is not counted)
  a second of a thread, in relation to those of `torch.matmul` on large matrices in the same precision in a thread,
  while all threads do the same.
- *The plain way* (``plain_way.py``) scores every n-th article, with PyTorch's products on all threads; the ratio is
  that of sentences a second. First with a pipeline a task, which is how one would write it; then with one whose
  features all layers read, which is the least that it can take, and what the floor is for.

Exit status 1 where a floor that is given does not hold.
"""

import argparse
import json
import os
import random
import re
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from html import escape
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
CORPUS, SAMPLES = ROOT / "seeds" / "corpus", ROOT / "seeds" / "articles"
ENCODER = "encoder"
# The functions of each stage.
STAGES = {
    "loading": ["tone.scoring:checksums", "tone.scoring:load_models"],
    "reading": ["tone.reading:read"],
    "sentences": ["tone.segmenting:split", "tone.segmenting:paragraphs"],
    "windows, tokenizing": ["tone.windows:windows"],
    "tagger, decoding": ["tone.quotes.tagger:Tagger.find"],
    "tone, pooling": ["tone.encoding:Encoder.sentence_vectors"],
    ENCODER: ["tone.encoding:Encoder.states"],
    "attributions": ["tone.quotes.extract:attributions"],
    "speakers": ["tone.speakers.resolve:resolve", "tone.speakers.sentences:of_sentences"],
    "claims": ["tone.claims:ClaimModel.probabilities"],
    "schedule dates": ["tone.when.choosing:resolve"],
    "tables": ["tone.tables:tables"],
    "sketches": ["tone.sketches:sketch"],
    "fingerprints": ["tone.store.shards:fingerprint"],
    "writing shards": ["tone.store.shards:write"],
    "finishing: tables": ["tone.store.finishing:finish"],
    "finishing: names": ["tone.speakers.collection:Survey.add", "tone.speakers.collection:Survey.names"],
    "finishing: copies": ["tone.copies:copies"],
    "finishing: report": ["tone.store.report:write_report"],
}


@dataclass(slots=True)
class Encoded:
    """What the encoder was given: the tokens of the windows and of the sentences in them, of all calls."""

    windows: list[int] = field(default_factory=list)
    sentences: list[int] = field(default_factory=list)
    different: list[int] = field(default_factory=list)

    def note(self, arguments: Any, _: Any) -> None:
        """Note one call of `Encoder.states`."""
        self.windows += [len(window.ids) for window in arguments[1]]
        self.sentences += [target.end - target.start for window in arguments[1] for target in window.targets]
        # Windows of the same tokens are encoded once.
        self.different += map(len, {window.ids for window in arguments[1]})

    def flops(self, config: Any) -> float:
        """Floating-point operations of the encoder's weights and attention on these windows."""
        width, inner, layers = config.hidden_size, config.intermediate_size, config.num_hidden_layers
        weights = 2 * layers * (4 * width * width + 2 * width * inner)
        return float(sum(weights * n + 4 * layers * width * n * n for n in self.different))


def texts(number: int) -> Iterator[str]:
    """Different texts: the samples and the corpus, then the same with paragraphs and sentences in another order."""
    from tone.reading import read
    from tone.records import Article
    from tone.segmenting import split
    from tone.training.corpus import parse_file

    samples = [a.text[a.body_start :].strip() for a in read([SAMPLES]) if isinstance(a, Article)]
    corpus = [parse_file(path).text for path in sorted(CORPUS.glob("*.txt"))]
    # A sample is an article of the corpus in another format.
    known = {" ".join(re.findall(r"\w+", text)[-12:]) for text in samples}
    basis = samples + [text for text in corpus if " ".join(re.findall(r"\w+", text)[-12:]) not in known]
    chance = random.Random(1)
    for at in range(number):
        text = basis[at % len(basis)]
        if at >= len(basis):
            blocks = [[s.of(block) for s in split(block)] for block in text.split("\n\n")]
            chance.shuffle(blocks)
            for block in blocks:
                chance.shuffle(block)
            text = "\n\n".join(map(" ".join, blocks))
        yield text


def write(folder: Path, number: int) -> None:
    """A collection of text files, web pages and JSON lines."""
    lines = []
    for at, text in enumerate(texts(number)):
        day = f"2025-{at % 12 + 1:02}-{at % 28 + 1:02}"
        if at % 10 == 0:
            body = "".join(f"<p>{escape(paragraph)}</p>" for paragraph in text.split("\n\n"))
            page = f"<!doctype html><html><head><title>Notice {at}</title></head><body><article>{body}</article></body>"
            (folder / f"{at}.html").write_text(f"{page}</html>", encoding="utf-8")
        elif at % 10 < 4:
            (folder / f"{day}-{at}.txt").write_text(text, encoding="utf-8")
        else:
            lines.append(json.dumps({"id": f"j{at}", "date": day, "source": f"The Post {at % 7}", "text": text}))
    (folder / "rows.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")


def matmul_peak(dtype: Any, threads: int, size: int = 2048, rounds: int = 6) -> float:
    """Floating-point operations a second of `torch.matmul` in one of so many threads at once, the best of some
    rounds."""
    import torch

    from tone.threads import side_by_side

    def alone() -> float:
        a, b = torch.randn(size, size).to(dtype), torch.randn(size, size).to(dtype)
        best = 0.0
        for _ in range(rounds):
            begun = time.thread_time()
            torch.matmul(a, b)
            best = max(best, 2 * size**3 / (time.thread_time() - begun))
        return best

    with side_by_side(threads) as crew:
        return max(found.result() for found in [crew.submit(alone) for _ in range(threads)])


def peak_memory() -> float:
    """The largest resident set of this process so far, in MiB (Linux)."""
    status = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) / 1024 for line in status if line.startswith("VmHWM"))


def histogram(name: str, lengths: Sequence[int], step: int, bins: int = 8) -> Iterator[str]:
    """Lines of a histogram; the last bin holds all that is longer."""
    counts = [0] * bins
    for length in lengths:
        counts[min(length // step, bins - 1)] += 1
    yield f"\n{name}, tokens (mean {sum(lengths) / len(lengths):.0f}, longest {max(lengths)})"
    for at, count in enumerate(counts):
        upper = f"–{(at + 1) * step - 1}" if at < bins - 1 else "+"
        yield f"  {f'{at * step}{upper}':>8} {count:7,} {'█' * round(40 * count / max(counts))}"


def tone_score(inputs: Path, out: Path) -> None:
    """The command as installed, in this process."""
    from tone.cli import tone

    tone(["score", str(inputs), "-o", str(out), "-q"], standalone_mode=False)


def options() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=400)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--plain", type=int, default=30, help="articles for the plain way; 0 leaves it out")
    parser.add_argument("--at-least", type=float, default=0.0, help="the ratio to the plain way")
    parser.add_argument("--encoder-share", type=float, default=0.0, help="the encoders' share of the matmul peak")
    parser.add_argument("--rest", type=float, default=float("inf"), help="the share of all but the encoder, at most")
    return parser.parse_args()


def main() -> None:
    """Print the figures, and leave with 1 where a floor does not hold."""
    given = options()
    # Before torch, tokenizers and Arrow start their threads.
    os.environ |= {"OMP_NUM_THREADS": str(given.threads), "RAYON_NUM_THREADS": str(given.threads)}
    os.environ["TOKENIZERS_PARALLELISM"] = "false"  # what runs in threads of the library would be in no stage
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[: given.threads])
    with tempfile.TemporaryDirectory() as folder:
        failed = measure(Path(folder), given)
    for line in failed:
        print(line, file=sys.stderr)
    raise SystemExit(bool(failed))


def measure(folder: Path, given: argparse.Namespace) -> list[str]:
    """Run both ways and print; gives a line for each floor that does not hold."""
    import pyarrow.parquet as pq
    import torch

    from tests.benchmarks.plain_way import load, score
    from tests.benchmarks.stage_clock import StageClock
    from tone.encoding import best_device, best_precision
    from tone.models import default_folder
    from tone.reading import read
    from tone.records import Article
    from tone.threads import advisable

    torch.set_num_threads(given.threads)
    threads, dtype = advisable(best_device()), best_precision(best_device())
    now = time.process_time if given.threads == 1 else time.perf_counter
    for name, number in (("few", 10), ("all", given.articles)):
        (folder / name).mkdir()
        write(folder / name, number)
    tone_score(folder / "few", folder / "warm")
    peak = matmul_peak(dtype, threads)

    clock, encoded = StageClock(), Encoded()
    for stage, names in STAGES.items():
        for name in names:
            clock.hook(name, stage, encoded.note if stage == ENCODER else None)
    wall, busy = time.perf_counter(), time.process_time()
    tone_score(folder / "all", folder / "out")
    wall, busy = time.perf_counter() - wall, time.process_time() - busy
    memory = peak_memory()
    peak = max(peak, matmul_peak(dtype, threads))

    wall, busy = wall - clock.wall["loading"], busy - clock.process["loading"]
    scoring = busy if given.threads == 1 else wall
    encoder = clock.cpu[ENCODER]
    rest = 1 - encoder / busy
    models = load(default_folder())
    share = encoded.flops(models.features.model.config) / encoder / peak
    sentences = pq.read_metadata(folder / "out" / "sentences.parquet").num_rows
    own = sum(encoded.sentences) * sentences / len(encoded.sentences)
    print(
        f"{given.articles} articles, {sentences:,} sentences, {given.threads} thread(s), {str(dtype)[6:]}\n"
        f"\n{given.articles / scoring:10.1f} articles/s\n{sentences / scoring:10.0f} sentences/s\n"
        f"{own / busy:10,.0f} tokens/s of a core\n{memory:10.0f} MiB peak resident memory\n"
        f"{wall:10.1f} s on the wall clock, {busy:.1f} s of the processor: "
        f"{busy / wall / given.threads:.0%} of the cores; loading {clock.wall['loading']:.1f} s before\n"
        f"\n{'stage':<28} {'s':>8} {'% of all':>12} {'ms an article':>13}"
    )
    stages = {name: clock.cpu[name] for name in clock.cpu if name != "loading"}
    for name, seconds in {**stages, "everything else": busy - sum(stages.values())}.items():
        print(f"{name:<28} {seconds:8.2f} {100 * seconds / busy:12.1f} {1000 * seconds / given.articles:13.2f}")
    print(
        f"\nthe encoder {share:.0%} of the matmul peak of {peak / 1e9:,.0f} GFLOP/s a thread; "
        f"all but it {rest:.1%} of the time"
    )
    print(*histogram("windows", encoded.windows, 32), sep="\n")
    print(*histogram("sentences", encoded.sentences, 8, 10), sep="\n")

    failed = []
    if share < given.encoder_share:
        failed.append(f"the encoder reaches {share:.2f} of the peak, below {given.encoder_share}")
    if rest > given.rest:
        failed.append(f"all but the encoder takes {rest:.2f} of the time, above {given.rest}")
    if given.plain:
        every = max(1, given.articles // given.plain)
        some = [a for a in read([folder / "all"]) if isinstance(a, Article)][::every]
        print(f"\nthe plain way, {len(some)} articles, fp32:")
        for name, plain in (
            ("a pipeline a task", models),
            ("one pipeline, all layers on it", replace(models, tagger=None)),
        ):
            score(some[:1], plain, folder / "plain.parquet")
            begun = now()
            scored = score(some, plain, folder / "plain.parquet")
            rate = scored / (now() - begun)
            ratio = sentences / scoring / rate
            print(f"  {name:<32}{rate:6.0f} sentences/s; tone {ratio:.1f} times as many")
        if ratio < given.at_least:
            failed.append(f"{ratio:.1f} times as fast as the plain way with one pipeline, below {given.at_least}")
    return failed


if __name__ == "__main__":
    main()

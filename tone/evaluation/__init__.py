"""How right a scored collection is, held against labelled articles."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tone.evaluation import calibration, failures
from tone.evaluation.figures import Figure, sentence_figures, span_counts, span_figures, with_intervals
from tone.evaluation.judging import Judged, judge, same_speaker
from tone.training.corpus import Labelled, read

if TYPE_CHECKING:
    import pandas as pd

    from tone.baselines import Baseline
    from tone.collection import Collection

__all__ = ["Evaluation", "Figure", "Judged", "compare", "evaluate", "same_speaker"]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The figures, what simple baselines reach on the same sentences, and the ``judged`` sentences they rest on."""

    figures: tuple[Figure, ...]
    baselines: Mapping[str, Mapping[str, float]]
    articles: int
    judged: tuple[Judged, ...]

    def table(self) -> "pd.DataFrame":
        """A row a figure: figure, value, low, high, and a column a baseline (NaN where it says nothing)."""
        import pandas as pd

        table = pd.DataFrame(
            [(f.name, f.value, f.low, f.high) for f in self.figures], columns=["figure", "value", "low", "high"]
        )
        for name, reached in self.baselines.items():
            table[name] = table["figure"].map(reached).astype(float)
        return table

    def confusion(self) -> "pd.DataFrame":
        """Counts of sentences: a row a gold tone, a column a scored tone."""
        return failures.confusion(self.judged)

    def claim_confusion(self) -> "pd.DataFrame":
        """A row a claim type: right, extra, missed, neither (sentences), precision, recall."""
        return failures.claim_confusion(self.judged)

    def calibration(self) -> "pd.DataFrame":
        """A row a label (tone, and each claim type): label, sentences, expected calibration error."""
        import pandas as pd

        seen = calibration.outcomes(self.judged)
        return pd.DataFrame(
            [(name, len(held.said), calibration.expected_error(held)) for name, held in seen.items()],
            columns=["label", "sentences", "expected calibration error"],
        )

    def reliability(self) -> "pd.DataFrame":
        """A row a label and bin of probability: label, bin, sentences, said (mean probability), happened (share)."""
        import pandas as pd

        seen = calibration.outcomes(self.judged)
        tables = [calibration.reliability(name, held) for name, held in seen.items()]
        return pd.concat(tables, ignore_index=True) if tables else pd.DataFrame()

    def coverage(self) -> "pd.DataFrame":
        """The accuracy of each label on the surest 100, 90, 80 and 50 % of the sentences."""
        return calibration.coverage(self.judged)

    def kinds(self) -> "pd.DataFrame":
        """A row a kind of failure, the commonest first: label, kind, count, share of that label's failures."""
        return failures.kinds(self.judged)

    def worst(self, each: int = 5) -> "pd.DataFrame":
        """The failures that were surest, ``each`` a label: label, kind, sure, article, gold, scored, text."""
        return failures.worst(self.judged, each)


def evaluate(gold: Path, out: Path, *, training: Sequence[Path] = ()) -> Evaluation:
    """Hold the results in ``out`` against the labelled articles in ``gold`` (either corpus format).

    With ``training``, folders of labelled articles, simple baselines are fitted on those and figure beside.
    Raises CorpusError or StoreError, and ValueError when gold and results have no article in common.
    """
    from tone import store
    from tone.baselines import baselines

    return compare(read([gold]), store.read(out), baselines(read(training)) if training else {})


def compare(
    gold: Sequence[Labelled], scored: "Collection", baselines: "Mapping[str, Baseline] | None" = None
) -> Evaluation:
    """Hold a scored collection against labelled articles; only articles that both hold count."""
    there = set(scored.sentences["article"])
    common = [article for article in gold if article.id in there]
    if not common:
        raise ValueError("the labelled articles and the scored ones have no id in common")
    by_article = {str(name): _records(rows) for name, rows in scored.sentences.groupby("article")}
    judged = [rows for article in common if (rows := judge(article, by_article[article.id]))]
    found = with_intervals(judged, sentence_figures) if judged else []
    annotated = [article for article in common if article.attributions is not None]
    if annotated:
        quotes = {str(name): _records(rows) for name, rows in scored.quotes.groupby("article")}
        counts = [span_counts(a, quotes.get(a.id, []), by_article[a.id]) for a in annotated]
        found += with_intervals(counts, span_figures)
    flat = tuple(row for rows in judged for row in rows)
    beside = {name: _reached(baseline, flat) for name, baseline in (baselines or {}).items() if flat}
    return Evaluation(tuple(found), beside, len(common), flat)


def _reached(baseline: "Baseline", judged: Sequence[Judged]) -> dict[str, float]:
    """A baseline's figures, those alone of which it says anything."""
    guesses = baseline([row.text for row in judged])
    rows = [
        replace(row, tone=tone, claims=claims or frozenset(), with_speaker=False)
        for row, (tone, claims) in zip(judged, guesses, strict=True)
    ]
    silent = {"claim"} if all(claims is None for _, claims in guesses) else set()
    return {name: v for name, v in sentence_figures([rows]).items() if name.split()[0] not in silent}


def _records(rows: "pd.DataFrame") -> list[dict[str, Any]]:
    return [{str(k): v for k, v in row.items()} for row in rows.to_dict("records")]

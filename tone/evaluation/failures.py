"""Where the labels are wrong: confusions, kinds of failures with their counts, and the worst cases to read."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from tone.codebook import CLAIMS, TONES
from tone.evaluation.judging import Judged, right_speaker

if TYPE_CHECKING:
    import pandas as pd

ABSTAINED: Final = "abstain"


def confusion(rows: Sequence[Judged]) -> "pd.DataFrame":
    """Counts of sentences: a row a gold tone, a column a scored tone."""
    import pandas as pd

    seen = Counter((r.gold_tone, r.tone) for r in rows)
    return pd.DataFrame(
        [[seen[gold, tone] for tone in TONES] for gold in TONES],
        index=pd.Index(TONES, name="gold"),
        columns=pd.Index(TONES, name="scored"),
    )


def claim_confusion(rows: Sequence[Judged]) -> "pd.DataFrame":
    """Counts of sentences, a row a claim type: right, extra, missed, neither; and precision and recall."""
    import pandas as pd

    table = pd.DataFrame(
        [
            {
                "claim": claim,
                "right": sum(claim in r.claims & r.gold_claims for r in rows),
                "extra": sum(claim in r.claims - r.gold_claims for r in rows),
                "missed": sum(claim in r.gold_claims - r.claims for r in rows),
                "neither": sum(claim not in r.claims | r.gold_claims for r in rows),
            }
            for claim in CLAIMS
        ]
    )
    table["precision"] = table["right"] / (table["right"] + table["extra"])
    table["recall"] = table["right"] / (table["right"] + table["missed"])
    return table


def failures(row: Judged) -> Iterator[tuple[str, str, float]]:
    """What is wrong with a sentence: (label, kind of failure, how sure the wrong label was, 0 to 1)."""
    if row.tone != row.gold_tone:
        whose = "narration" if row.gold_speaker is None else "somebody's words"
        whose = f" in {whose}" if row.with_speaker else ""
        sure = max(row.tone_probabilities) if row.tone_probabilities else 0.0
        yield "tone", f"{row.gold_tone} scored {row.tone or 'nothing'}{whose}", sure
    for number, claim in enumerate(CLAIMS):
        if (claim in row.claims) != (claim in row.gold_claims):
            p = row.claim_probabilities[number] if row.claim_probabilities else 0.5
            extra = claim in row.claims
            yield claim, f"{claim} {'extra' if extra else 'missed'}", p if extra else 1 - p
    if row.with_speaker and not right_speaker(row) and (row.speaker is not None or row.gold_speaker is not None):
        yield "speaker", _speaker_failure(row), row.speaker_probability or 0.0


def _speaker_failure(row: Judged) -> str:
    if row.gold_speaker is None:
        return "narration given a speaker"
    if row.speaker is not None:
        return f"another speaker, by {row.rule or 'no rule'}"
    if row.rule is not None:
        return f"{ABSTAINED}ed: {row.rule}"
    return "words taken for narration"


def kinds(rows: Sequence[Judged]) -> "pd.DataFrame":
    """A row a kind of failure, the commonest first: label, kind, count, share (of that label's failures)."""
    import pandas as pd

    seen = Counter((label, kind) for row in rows for label, kind, _ in failures(row))
    totals: Counter[str] = Counter()
    for (label, _), count in seen.items():
        totals[label] += count
    return pd.DataFrame(
        [(label, kind, count, count / totals[label]) for (label, kind), count in seen.most_common()],
        columns=["label", "kind", "count", "share"],
    )


def worst(rows: Sequence[Judged], each: int = 5) -> "pd.DataFrame":
    """The failures that were surest, ``each`` a label: label, kind, sure, article, gold, scored, text."""
    import pandas as pd

    found = []
    for row in rows:
        for label, kind, sure in failures(row):
            gold, scored = _sides(row, label)
            found.append((label, kind, sure, row.article, gold, scored, row.text))
    table = pd.DataFrame(found, columns=["label", "kind", "sure", "article", "gold", "scored", "text"])
    ranked = table.sort_values("sure", ascending=False, kind="stable")
    return ranked.groupby("label", sort=False).head(each).sort_values("label", kind="stable").reset_index(drop=True)


def _sides(row: Judged, label: str) -> tuple[str | None, str | None]:
    if label == "tone":
        return row.gold_tone, row.tone
    if label == "speaker":
        return row.gold_speaker, row.speaker
    return (label if label in row.gold_claims else None), (label if label in row.claims else None)

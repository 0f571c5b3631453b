"""Whether probabilities mean what they say, and what leaving the unsure ones out would give."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from tone.codebook import CLAIMS
from tone.evaluation.judging import Judged, right_speaker

if TYPE_CHECKING:
    import pandas as pd

BINS: Final = 10
SHARES: Final = (1.0, 0.9, 0.8, 0.5)


@dataclass(frozen=True, slots=True)
class Outcomes:
    """Probabilities, each of something that happened or not: ``said`` and ``happened`` have the shape (n,)."""

    said: NDArray[np.float64]
    happened: NDArray[np.bool_]


def outcomes(rows: Sequence[Judged]) -> dict[str, Outcomes]:
    """By label: "tone" (that of the chosen one, and whether it was right), and each claim type.

    Sentences without probabilities are left out; a label without any is absent.
    """
    toned = [(max(r.tone_probabilities), r.tone == r.gold_tone) for r in rows if r.tone_probabilities]
    found = {"tone": toned} if toned else {}
    for number, claim in enumerate(CLAIMS):
        held = [(r.claim_probabilities[number], claim in r.gold_claims) for r in rows if r.claim_probabilities]
        found |= {claim: held} if held else {}
    return {
        name: Outcomes(np.array([p for p, _ in pairs]), np.array([h for _, h in pairs]))
        for name, pairs in found.items()
    }


def reliability(name: str, seen: Outcomes, bins: int = BINS) -> "pd.DataFrame":
    """A row for each of ``bins`` equally wide bins that holds something (DeGroot and Fienberg 1983).

    Columns: label, bin (its lower end), sentences, said (mean probability), happened (share).
    """
    import pandas as pd

    at = np.minimum((seen.said * bins).astype(int), bins - 1)
    return pd.DataFrame(
        [
            {
                "label": name,
                "bin": b / bins,
                "sentences": int((at == b).sum()),
                "said": float(seen.said[at == b].mean()),
                "happened": float(seen.happened[at == b].mean()),
            }
            for b in range(bins)
            if (at == b).any()
        ],
        columns=["label", "bin", "sentences", "said", "happened"],
    )


def expected_error(seen: Outcomes, bins: int = BINS) -> float:
    """The expected calibration error: the mean gap of said and happened over the bins (Naeini et al. 2015)."""
    table = reliability("", seen, bins)
    return float((table["sentences"] * (table["said"] - table["happened"]).abs()).sum() / len(seen.said))


def coverage(rows: Sequence[Judged], shares: Sequence[float] = SHARES) -> "pd.DataFrame":
    """How right the surest labels are: a row for each share of the sentences that one would label.

    Columns: share, and the accuracy of "tone", of each claim type, and of "speaker" among the sentences given one (NaN
    where nothing says how sure).
    """
    import pandas as pd

    sure = {"tone": [(max(r.tone_probabilities), r.tone == r.gold_tone) for r in rows if r.tone_probabilities]}
    for number, claim in enumerate(CLAIMS):
        sure[claim] = [
            (abs(r.claim_probabilities[number] - 0.5), (claim in r.claims) == (claim in r.gold_claims))
            for r in rows
            if r.claim_probabilities
        ]
    sure["speaker"] = [
        (r.speaker_probability, right_speaker(r))
        for r in rows
        if r.with_speaker and r.speaker is not None and r.speaker_probability is not None
    ]
    return pd.DataFrame(
        [{"share": share, **{name: _accuracy(pairs, share) for name, pairs in sure.items()}} for share in shares]
    )


def _accuracy(pairs: Sequence[tuple[float, bool]], share: float) -> float:
    if not pairs:
        return float("nan")
    ranked = sorted(pairs, key=lambda pair: -pair[0])[: max(1, round(share * len(pairs)))]
    return float(np.mean([right for _, right in ranked]))

"""The denials of a table of sentences, each with the sentence that holds the claim."""

from typing import Final

import numpy as np
import pandas as pd

from tone.denials.meaning import vectors
from tone.denials.pairing import Said
from tone.denials.searching import Encode, best_matches
from tone.reports.selecting import Copies, require, select

_PART: Final[dict[str, str]] = {
    "article": "id of the article",
    "sentence": "number of the sentence in its article, from 0",
    "text": "the sentence",
    "speaker": "whose words the sentence reports; null for narration",
    "date": "that of the article; NaT where unknown",
}
COLUMNS: Final[dict[str, str]] = {
    **{name: f"of the denial: {what}" for name, what in _PART.items()},
    **{f"claim_{name}": f"of the claim: {what}; null too where no claim was found" for name, what in _PART.items()},
    "score": "how likely the claim is the denied one, 0 to 1; NaN where none was found",
}
"""The columns of `denials`, in their order, and what each one holds."""

LEAST: Final = 0.5
"""What a score must reach for its claim to count as found."""

LARGE: Final = 20_000
"""In a table of more sentences, a claim may be dated `DAYS_BEFORE` the denial at most."""

DAYS_BEFORE: Final = 30


def denials(
    sentences: pd.DataFrame,
    *,
    least: float = LEAST,
    days_before: int | None = None,
    copies: Copies = "once",
    encode: Encode = vectors,
) -> pd.DataFrame:
    """Each denial with the claim that it most likely denies: a row a denial, with the columns of ``COLUMNS``.

    The likeliest pair comes first; denials without a claim that is likely enough come last, with nulls. A claim is
    sought around its denial, and by its meaning in all articles that are dated at most three days after it; not among
    the speaker's own words, unless these tell what others claim. `tone.denials.pairing` says what a score rests on.
    Each distinct sentence is encoded once.

    Args:
        sentences: the scored sentences: ``article, sentence, text, speaker, tone, progress, schedule, denial`` and,
            where known, ``date`` and ``copy_of``.
        least: the least score of a claim that counts as found; 0 shows the likeliest of each denial.
        days_before: how many days before a denial a claim in another article may be dated. By default it is any
            number, or, in a table of more than ``LARGE`` sentences, ``DAYS_BEFORE``. Undated articles are always in
            reach.
        copies: ``once`` leaves out articles that are copies of another, ``all`` takes them as articles of their own.
        encode: makes vectors of length 1 of texts, in the place of the pretrained encoder.

    Raises:
        ValueError: a column is missing, an unknown tone or ``copies``, bad dates, ``least`` or ``days_before``.
        EncoderError: the pretrained encoder is not there.
    """
    require(sentences, ("sentence", "text"))
    if not 0 <= least <= 1:
        raise ValueError(f"least must be from 0 to 1, not {least}")
    if days_before is not None and days_before < 0:
        raise ValueError(f"days_before must not be negative, as {days_before} is")
    rows = select(sentences, copies=copies, narration=True)
    rows = rows.sort_values(["article", "sentence"], kind="stable", ignore_index=True)
    if days_before is None and len(rows) > LARGE:
        days_before = DAYS_BEFORE
    which = np.flatnonzero(rows["denial"].to_numpy(bool)).tolist()
    matches = best_matches(_said(rows), rows["date"].to_numpy("datetime64[D]"), which, days_before, encode)
    kept = [match if match and match.likely >= least else None for match in matches]
    parts = rows[list(_PART)]
    claims = parts.reindex([match.place if match else -1 for match in kept])
    found = pd.concat(
        [parts.iloc[which].reset_index(drop=True), claims.reset_index(drop=True).add_prefix("claim_")], axis="columns"
    )
    found["score"] = [match.likely if match else np.nan for match in kept]
    found = found.astype({"sentence": "int64", "claim_sentence": "Int64", "score": "float64"})
    order = ["score", "date", "article", "sentence"]
    return found.sort_values(order, ascending=[False, True, True, True], kind="stable", ignore_index=True)


def _said(rows: pd.DataFrame) -> list[Said]:
    speakers = rows["speaker"].astype(object).where(rows["speaker"].notna(), None)
    columns = (rows["article"], rows["sentence"], rows["text"], speakers, rows["tone"] == "cautious")
    return [
        Said(article, int(sentence), text, speaker, bool(cautious))
        for article, sentence, text, speaker, cautious in zip(*columns, strict=True)
    ]

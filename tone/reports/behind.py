"""The sentences behind a figure, and the claims one by one."""

from typing import Final

import pandas as pd

from tone.codebook import CLAIMS, TONES, Claim, Tone
from tone.reports.periods import Day, Every, day, days, starts
from tone.reports.selecting import Copies, missing, require, select

_FOUND: Final[dict[str, str]] = {
    "speaker": "whose words the sentence reports",
    "date": "that of the article; NaT where unknown",
    "source": "that of the article; null where unknown",
    "topic": "that of the article; null where unknown",
    "title": "that of the article; null where unknown",
    "article": "id of the article",
    "sentence": "number of the sentence in its article, from 0",
    "text": "the sentence",
}

SENTENCE_COLUMNS: Final[dict[str, str]] = {
    **_FOUND,
    "tone": "constructive, cautious or neutral",
    "tone_probability": "how probable that tone is, 0 to 1; NaN where the table does not hold it",
    "progress": "whether the sentence claims progress",
    "schedule": "whether it says when something will happen",
    "denial": "whether it denies something",
}
"""The columns of `who_said`, in their order, and what each one holds."""

CLAIM_COLUMNS: Final[dict[str, str]] = {
    **_FOUND,
    "speaker": "whose words the sentence reports; null for narration",
    "probability": "how probable the claim is, 0 to 1; NaN where the table does not hold it",
    "when_start": "only of schedule claims: first day that the claim speaks of; NaT where none could be told",
    "when_end": "only of schedule claims: last day that the claim speaks of; NaT where none could be told",
}
"""The columns of `claims`, in their order, and what each one holds."""

_WHEN: Final = ("when_start", "when_end")


def who_said(
    sentences: pd.DataFrame,
    *,
    speaker: str | None = None,
    tone: Tone | None = None,
    claim: Claim | None = None,
    source: str | None = None,
    topic: str | None = None,
    since: Day | None = None,
    until: Day | None = None,
    period: Day | None = None,
    every: Every | None = None,
    copies: Copies = "once",
) -> pd.DataFrame:
    """The sentences behind a cell of a report: a row a sentence, with the columns that ``SENTENCE_COLUMNS`` describes.

    By date, then article, in reading order; undated articles last. As in the reports, sentences without a speaker
    (narration) are left out.

    Args:
        sentences: the scored sentences, as for `speakers`, with their ``text``.
        speaker: whose; None (or ``ALL``, as a comparison calls them) for everybody's.
        tone: only sentences of this tone.
        claim: only sentences with this claim: ``progress``, ``schedule`` or ``denial``.
        source: only articles of this source. Here and for ``topic`` and ``period``, a missing value as a report's cell
            may hold it (NaN, NaT) finds what has none.
        topic: only articles on this topic.
        since: first day, a date or ``YYYY-MM-DD``.
        until: last day, likewise.
        period: a day in the period, such as the first one, by which reports name it; needs ``every``.
        every: how long the period is: ``day``, ``week`` or ``month``.
        copies: ``once`` leaves out articles that are copies of another, ``all`` shows them.

    Raises:
        ValueError: a column is missing, an unknown tone, claim, period or date, ``since`` after ``until``.
    """
    if tone is not None and tone not in TONES:
        raise ValueError(f"unknown tone {tone!r}; the tones are {', '.join(TONES)}")
    if claim is not None:
        _known_claim(claim)
    require(sentences, ("text",))
    found = select(sentences, speaker=speaker, since=since, until=until, source=source, topic=topic, copies=copies)
    if period is not None:
        require(sentences, ("date",))
        found = found[_in_period(found["date"], period, every)]
    if tone is not None:
        found = found[found["tone"] == tone]
    if claim is not None:
        found = found[found[claim].astype(bool)]
    likely = pd.Series(float("nan"), found.index)
    for name in TONES:
        if f"p_{name}" in found.columns:
            likely = likely.mask(found["tone"] == name, found[f"p_{name}"])
    return _in_order(found.assign(tone_probability=likely), list(SENTENCE_COLUMNS))


def claims(
    sentences: pd.DataFrame,
    kind: Claim,
    *,
    speaker: str | None = None,
    since: Day | None = None,
    until: Day | None = None,
    source: str | None = None,
    topic: str | None = None,
    copies: Copies = "once",
) -> pd.DataFrame:
    """Every claim of a kind: a row a sentence, with the columns that ``CLAIM_COLUMNS`` describes.

    By date, then article, in reading order; undated articles last. Claims that the narration makes are there too, with
    no speaker.

    Args:
        sentences: the scored sentences, as for `speakers`, with their ``text``.
        kind: ``progress``, ``schedule`` or ``denial``.
        speaker: whose; None for everybody's and the narration's.
        since: first day of the articles; it, ``until, source, topic, copies`` filter as in `speakers`.
        until: last day of the articles.
        source: only articles of this source.
        topic: only articles on this topic.
        copies: ``once`` leaves out articles that are copies of another, ``all`` shows them.

    Raises:
        ValueError: a column is missing, an unknown kind, tone or date, ``since`` after ``until``.
    """
    _known_claim(kind)
    require(sentences, ("text",))
    found = select(
        sentences,
        speaker=speaker,
        since=since,
        until=until,
        source=source,
        topic=topic,
        copies=copies,
        narration=speaker is None,
    )
    found = found[found[kind].astype(bool)]
    likely = found.get(f"p_{kind}", pd.Series(float("nan"), found.index))
    found = found.assign(probability=likely, **{name: days(found, name) for name in _WHEN})
    return _in_order(found, [name for name in CLAIM_COLUMNS if kind == "schedule" or name not in _WHEN])


def _known_claim(claim: str) -> None:
    if claim not in CLAIMS:
        raise ValueError(f"unknown claim {claim!r}; the claims are {', '.join(CLAIMS)}")


def _in_period(when: pd.Series, period: Day, every: Every | None) -> "pd.Series[bool]":
    """Which days are in the period that holds the day ``period``; those that are unknown where it is."""
    if missing(period):
        return when.isna()
    if every is None:
        raise ValueError("a period needs every: day, week or month")
    asked = pd.Series([day(period, "period")], dtype="datetime64[s]")
    return starts(when, every).eq(starts(asked, every).iloc[0])


def _in_order(found: pd.DataFrame, columns: list[str]) -> pd.DataFrame:
    title = found.get("title", pd.Series(None, found.index, dtype="str")).astype("str")
    number = found.get("sentence", pd.Series(pd.NA, found.index, dtype="Int64"))
    found = found.assign(title=title, sentence=number)
    return found.sort_values(["date", "article", "sentence"], kind="stable", ignore_index=True)[columns]

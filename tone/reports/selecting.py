"""Which sentences a report rests on: the filters that all reports share."""

from collections.abc import Iterable
from typing import Final, Literal, get_args

import pandas as pd

from tone.codebook import CLAIMS, TONES
from tone.reports.periods import Day, between, days

NEEDED: Final = ("article", "speaker", "tone", *CLAIMS)
"""The columns that no report can do without."""

ALL: Final = "(all)"
"""Stands for all speakers together where a report has a row for them."""

Copies = Literal["once", "all"]

_TEXTS: Final = ("source", "topic", "copy_of")


def select(
    sentences: pd.DataFrame,
    *,
    speaker: str | None = None,
    since: Day | None = None,
    until: Day | None = None,
    source: str | None = None,
    topic: str | None = None,
    copies: Copies = "once",
    narration: bool = False,
) -> pd.DataFrame:
    """The rows that the filters let through, all columns kept; those without a speaker only with ``narration``.

    Of the columns, ``date`` becomes days, and ``speaker_kind, date, source, topic, copy_of`` are there in any case.
    A text filter takes what a cell of a report holds: None filters nothing, a missing value (NaN) finds the unknown.

    Raises:
        ValueError: a column is missing, an unknown tone or ``copies``, bad days.
    """
    require(sentences, NEEDED)
    if copies not in get_args(Copies):
        raise ValueError(f"copies must be 'once' or 'all', not {copies!r}")
    rows = sentences.reset_index(drop=True)
    keep = pd.Series(True, rows.index) if narration else rows["speaker"].notna()
    first, last = between(since, until)
    when = days(rows)
    if first is not None or last is not None:
        require(rows, ("date",))
    if first is not None:
        keep &= when >= first
    if last is not None:
        keep &= when <= last
    if speaker != ALL:
        keep &= _matches(rows, "speaker", speaker)
    keep &= _matches(rows, "source", source) & _matches(rows, "topic", topic)
    unknown = pd.Series(None, rows.index, dtype="str")
    known = {name: rows.get(name, unknown) for name in (*_TEXTS, "speaker_kind")}
    if copies == "once":
        keep &= known["copy_of"].isna()
    chosen = rows.assign(**known, date=when).loc[keep]
    strange = chosen.loc[~chosen["tone"].isin(TONES), "tone"]
    if len(strange):
        raise ValueError(f"unknown tone {strange.iloc[0]!r}; the tones are {', '.join(TONES)}")
    return chosen.astype({"article": "str", "speaker": "str", "source": "str", "topic": "str"})


def require(table: pd.DataFrame, columns: Iterable[str]) -> None:
    """Raise ValueError where the table lacks one of the columns."""
    missing = [column for column in columns if column not in table.columns]
    if missing:
        plural = "s" if len(missing) > 1 else ""
        raise ValueError(f"the table lacks the column{plural} {', '.join(missing)}")


def require_known(sentences: pd.DataFrame, column: Literal["source", "topic"], name: str) -> None:
    """Raise ValueError, which says what there is, where no sentence has ``name`` in the column."""
    require(sentences, (column,))
    known = sorted(sentences[column].dropna().astype("str").unique())
    if name not in known:
        some = ", ".join(known[:10]) + (f" and {len(known) - 10} more" if len(known) > 10 else "")
        preposition = "from" if column == "source" else "on"
        raise ValueError(
            f"no article {preposition} {name!r}; the {column}s are {some}" if known else f"no article has a {column}"
        )


def missing(value: object) -> bool:
    """Whether it is what a table holds where there is nothing: NaN, NaT or NA."""
    return value is pd.NA or value is pd.NaT or value != value


def _matches(rows: pd.DataFrame, column: str, value: str | None) -> "pd.Series[bool]":
    if value is None:
        return pd.Series(True, rows.index)
    require(rows, (column,))
    if missing(value):
        return rows[column].isna()
    return rows[column].eq(value).fillna(False).astype(bool)

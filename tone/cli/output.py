"""What several commands print with."""

import json
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    import pandas as pd


class Day(click.ParamType[date]):
    """A calendar date on the command line."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The date; a usage error for anything else."""
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is not a date like 2026-03-31.", param, ctx)


def as_csv(frame: "pd.DataFrame") -> str:
    """A table as comma-separated values with a header, safe for spreadsheets; fractions with four decimals."""
    from tone.exports import csv_text

    return csv_text(frame, decimals=4)


def as_json(frame: "pd.DataFrame") -> str:
    """A table as a JSON array of objects; dates as YYYY-MM-DD, null for what is missing."""
    from tone.exports import records

    return dump(records(frame))


def dump(value: object) -> str:
    """A value as JSON, indented, with a line feed."""
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def did_you_mean(thing: str, name: str, known: Sequence[str]) -> str:
    """What to say where there is no such ``thing``; ``known`` are the names that there are, at least one."""
    from rapidfuzz import fuzz, process

    near = process.extract(name, known, scorer=fuzz.WRatio, limit=3, score_cutoff=60)
    if near:
        return f"no {thing} {name!r}. Did you mean {' or '.join(repr(other) for other, _, _ in near)}?"
    return f"no {thing} {name!r} among {len(known):,}, such as {known[0]!r}"


def count(number: int, thing: str) -> str:
    """``1,204 sentences``; ``thing`` in the singular, with a regular plural."""
    return f"{number:,} {thing}{'' if number == 1 else 's'}"

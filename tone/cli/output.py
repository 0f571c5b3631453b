"""What several commands print with."""

import json
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
    """A table as comma-separated values with a header; fractions with four decimals."""
    return frame.to_csv(index=False, float_format="%.4f", lineterminator="\n")


def as_json(frame: "pd.DataFrame") -> str:
    """A table as a JSON array of objects; dates as YYYY-MM-DD, null for what is missing."""
    plain = frame.copy()
    for name in frame.select_dtypes("datetime").columns:
        plain[name] = frame[name].dt.strftime("%Y-%m-%d")
    plain = plain.astype(object)
    return dump(plain.where(frame.notna(), None).to_dict("records"))


def dump(value: object) -> str:
    """A value as JSON, indented, with a line feed."""
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def count(number: int, thing: str) -> str:
    """``1,204 sentences``; ``thing`` in the singular, with a regular plural."""
    return f"{number:,} {thing}{'' if number == 1 else 's'}"

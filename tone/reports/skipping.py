"""Why inputs were skipped."""

import pandas as pd

from tone.reports.selecting import require


def summary_skipped(skipped: pd.DataFrame) -> pd.DataFrame:
    """Why inputs were skipped: a row a kind of reason (the text before its first colon), the most frequent first.

    ``skipped`` has the columns ``input`` and ``reason``. Returns ``reason, inputs`` (how many) and ``example``
    (the first input of the kind). Raises ValueError where a column is missing.
    """
    require(skipped, ("input", "reason"))
    head = skipped["reason"].astype("str").fillna("no reason given").str.split(":", n=1).str[0].str.strip()
    groups = skipped.groupby(head, sort=True)["input"]
    table = groups.agg(inputs="size", example="first").rename_axis("reason").reset_index().astype({"reason": "str"})
    return table.sort_values("inputs", ascending=False, kind="stable", ignore_index=True)

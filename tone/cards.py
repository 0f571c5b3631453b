"""Model cards: prose that people write, with tables of figures that `tone evaluate --cards` keeps up to date.

A table stands between ``<!-- figures: NAME -->`` and ``<!-- end -->``, the checksums between ``<!-- weights -->`` and
``<!-- end -->``.
"""

import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tone.models import PARTS, open_model

if TYPE_CHECKING:
    import pandas as pd

# Which figures, by their first word, belong on which card.
FIGURES: Final = {
    "tone": ("tone",),
    "claims": ("claim",),
    "quotes": ("source", "cue", "content", "pair", "speaker"),
}


def update(models: Path, name: str, figures: "pd.DataFrame") -> list[Path]:
    """Put the figures into the cards that have a place for ``name``, with the checksums of the weights they are of.

    Returns the cards that were changed. Raises ModelError where a model is missing or altered.
    """
    changed = []
    for part in PARTS:
        path = models / part / "README.md"
        files = open_model(models, part).config["files"]
        old = path.read_text(encoding="utf-8") if path.exists() else ""
        own = figures[figures["figure"].str.split().str[0].isin(FIGURES[part])]
        weights = "\n".join(f"- `{file}`: sha256 `{checksum}`" for file, checksum in files.items())
        new = _between(old, f"<!-- figures: {name} -->", markdown(own)) if len(own) else old
        if new != old:
            path.write_text(_between(new, "<!-- weights -->", weights), encoding="utf-8")
            changed.append(path)
    return changed


def markdown(figures: "pd.DataFrame") -> str:
    """The figures as a Markdown table, the interval in one column."""
    others = [name for name in figures.columns if name not in ("figure", "value", "low", "high")]
    others = [name for name in others if figures[name].notna().any()]
    lines = [
        "| " + " | ".join(["figure", "tone", "95 % interval", *others]) + " |",
        "| --- |" + " ---: |" * (2 + len(others)),
    ]
    for row in figures.to_dict("records"):
        beside = "".join(f" {'' if row[name] != row[name] else format(row[name], '.3f')} |" for name in others)
        lines.append(f"| {row['figure']} | {row['value']:.3f} | {row['low']:.3f} to {row['high']:.3f} |{beside}")
    return "\n".join(lines)


def _between(card: str, opening: str, content: str) -> str:
    pattern = re.compile(rf"({re.escape(opening)}\n).*?(<!-- end -->)", re.DOTALL)
    return pattern.sub(lambda found: f"{found.group(1)}{content}\n{found.group(2)}", card)

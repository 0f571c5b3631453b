"""Model cards: prose that people write, with tables of figures that `tone evaluate --cards` keeps up to date.

Between ``<!-- figures: NAME -->`` and ``<!-- end -->`` stands a table of figures, between ``<!-- calibration: NAME
-->`` and ``<!-- end -->`` how sure the labels are and a picture of it, and between ``<!-- weights -->`` and ``<!-- end
-->`` the checksums.
"""

import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tone.codebook import CLAIMS
from tone.models import PARTS, open_model

if TYPE_CHECKING:
    import pandas as pd

    from tone.evaluation import Evaluation

PICTURE: Final = "reliability.svg"
# Which figures, by their first word, belong on which card.
FIGURES: Final = {
    "tone": ("tone",),
    "claims": ("claim",),
    "quotes": ("source", "cue", "content", "pair", "speaker"),
}
# Whose probabilities.
LABELS: Final = {"tone": ("tone",), "claims": CLAIMS, "quotes": ("speaker",)}


def update(models: Path, name: str, found: "Evaluation") -> list[Path]:
    """Put the figures into the cards that have a place for ``name``, with the checksums of the weights they are of.

    Returns the cards that were changed. Raises ModelError where a model is missing or altered.
    """
    figures = found.table()
    changed = []
    for part in PARTS:
        path = models / part / "README.md"
        files = open_model(models, part).config["files"]
        old = path.read_text(encoding="utf-8") if path.exists() else ""
        own = figures[figures["figure"].str.split().str[0].isin(FIGURES[part])]
        new = _between(old, f"<!-- figures: {name} -->", markdown(own)) if len(own) else old
        if f"<!-- calibration: {name} -->" in old:
            new = _between(new, f"<!-- calibration: {name} -->", _calibration(found, part, path.parent))
        if new != old:
            weights = "\n".join(f"- `{file}`: sha256 `{checksum}`" for file, checksum in files.items())
            path.write_text(_between(new, "<!-- weights -->", weights), encoding="utf-8")
            changed.append(path)
    return changed


def _calibration(found: "Evaluation", part: str, folder: Path) -> str:
    """Calibration errors, the accuracy of the surest labels, and where there are probabilities, their curve."""
    own = list(LABELS[part])
    errors = found.calibration()
    errors = errors[errors["label"].isin(own)]
    coverage = found.coverage()[["share", *own]]
    parts = [plain(errors)] if len(errors) else []
    parts.append(f"Accuracy where only the surest share is labelled:\n\n{plain(coverage)}")
    curve = found.reliability()
    curve = curve[curve["label"].isin(own)]
    if len(curve):
        from tone import charts

        charts.reliability(curve).save(folder / PICTURE)
        parts.append(f"![Reliability: how often a label was right, by its probability]({PICTURE})")
    return "\n\n".join(parts)


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


def plain(table: "pd.DataFrame") -> str:
    """Any table as Markdown, numbers to the right, fractions with three decimals."""
    heads = [str(name) for name in table.columns]
    sides = [" ---: |" if table[name].dtype.kind in "if" else " --- |" for name in table.columns]
    lines = ["| " + " | ".join(heads) + " |", "|" + "".join(sides)]
    for row in table.itertuples(index=False):
        lines.append("| " + " | ".join(_cell(value) for value in row) + " |")
    return "\n".join(lines)


def _cell(value: object) -> str:
    if isinstance(value, float):
        return "" if value != value else f"{value:.3f}"
    return "" if value is None else " ".join(str(value).replace("|", "\\|").split())


def _between(card: str, opening: str, content: str) -> str:
    pattern = re.compile(rf"({re.escape(opening)}\n).*?(<!-- end -->)", re.DOTALL)
    return pattern.sub(lambda found: f"{found.group(1)}{content}\n{found.group(2)}", card)

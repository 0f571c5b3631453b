"""Cards take the figures of the models that they stand beside."""

import shutil
from pathlib import Path

import pandas as pd

from tone.cards import PICTURE, plain, update
from tone.evaluation import Evaluation, Figure, Judged
from tone.models import open_model


def found() -> Evaluation:
    figures = (Figure("tone accuracy", 0.5, 0.4, 0.6), Figure("speaker F1", 0.6, 0.5, 0.7))
    right = Judged(
        "neutral", "neutral", frozenset(), frozenset(), None, None, False, "A sentence.", "a", (0.1, 0.2, 0.7)
    )
    return Evaluation(figures, {"VADER": {"tone accuracy": 0.3}}, 1, (right,))


def test_a_card_gets_its_own_figures_and_checksums(tiny_models: Path, tmp_path: Path) -> None:
    models = tmp_path / "models"
    shutil.copytree(tiny_models, models)
    card = "# x\n<!-- weights -->\n<!-- end -->\nProse.\n<!-- figures: news -->\nold\n<!-- end -->\nMore.\n"
    for part in ("tone", "claims", "quotes"):
        (models / part / "README.md").write_text(card, encoding="utf-8")
    assert update(models, "news", found()) == [models / "quotes" / "README.md", models / "tone" / "README.md"]
    text = (models / "tone" / "README.md").read_text(encoding="utf-8")
    assert "| tone accuracy | 0.500 | 0.400 to 0.600 | 0.300 |" in text
    assert "speaker" not in text
    assert "old" not in text
    assert text.endswith("<!-- end -->\nMore.\n")
    assert open_model(models, "tone").config["files"]["adapter.safetensors"] in text
    assert "VADER" not in (models / "quotes" / "README.md").read_text(encoding="utf-8")
    assert (models / "claims" / "README.md").read_text(encoding="utf-8") == card


def test_a_card_shows_how_sure_its_labels_are(tiny_models: Path, tmp_path: Path) -> None:
    models = tmp_path / "models"
    shutil.copytree(tiny_models, models)
    card = models / "tone" / "README.md"
    card.write_text("# x\n<!-- calibration: news -->\nold\n<!-- end -->\n", encoding="utf-8")
    assert update(models, "news", found()) == [card]
    text = card.read_text(encoding="utf-8")
    assert "| tone | 1 | 0.300 |" in text
    assert "| 0.900 | 1.000 |" in text
    assert f"({PICTURE})" in text
    assert (models / "tone" / PICTURE).read_text(encoding="utf-8").startswith("<svg")


def test_a_table_in_markdown_keeps_its_cells_apart() -> None:
    table = pd.DataFrame({"kind": ["a|b\nc", None], "count": [3, 4]})
    assert plain(table).splitlines() == ["| kind | count |", "| --- | ---: |", "| a\\|b c | 3 |", "|  | 4 |"]

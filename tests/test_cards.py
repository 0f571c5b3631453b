"""Cards take the figures of the models that they stand beside."""

import shutil
from pathlib import Path

import pandas as pd

from tone.cards import update
from tone.models import open_model


def test_a_card_gets_its_own_figures_and_checksums(tiny_models: Path, tmp_path: Path) -> None:
    models = tmp_path / "models"
    shutil.copytree(tiny_models, models)
    card = "# x\n<!-- weights -->\n<!-- end -->\nProse.\n<!-- figures: news -->\nold\n<!-- end -->\nMore.\n"
    for part in ("tone", "claims", "quotes"):
        (models / part / "README.md").write_text(card, encoding="utf-8")
    figures = pd.DataFrame(
        {
            "figure": ["tone accuracy", "speaker F1"],
            "value": [0.5, 0.6],
            "low": [0.4, 0.5],
            "high": [0.6, 0.7],
            "VADER": [0.3, None],
        }
    )
    assert update(models, "news", figures) == [models / "quotes" / "README.md", models / "tone" / "README.md"]
    text = (models / "tone" / "README.md").read_text(encoding="utf-8")
    assert "| tone accuracy | 0.500 | 0.400 to 0.600 | 0.300 |" in text
    assert "speaker" not in text
    assert "old" not in text
    assert text.endswith("<!-- end -->\nMore.\n")
    assert open_model(models, "tone").config["files"]["adapter.safetensors"] in text
    assert "VADER" not in (models / "quotes" / "README.md").read_text(encoding="utf-8")
    assert (models / "claims" / "README.md").read_text(encoding="utf-8") == card

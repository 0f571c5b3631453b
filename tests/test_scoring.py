"""From articles to tables, on tiny models: what must hold however good the models are."""

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow.parquet as pq
import pytest

import tone
from tone.codebook import CLAIMS, TONES
from tone.models import ModelError
from tone.runs import Progress
from tone.store import StoreError
from tone.tables import SCHEMAS

TEXTS = [
    "“We will sign on Friday,” said Ines Okafor, the harbour master. She added that the pilots had agreed.\n\n"
    "The port has been shut since March.",
    "Nothing moved on Tuesday. “No meeting is planned with anyone from the union,” the ministry said.",
]


@pytest.fixture(scope="module")
def scored(tiny_models: Path) -> tone.Collection:
    return tone.score(TEXTS, models=tiny_models)


def test_every_character_stays_where_it_was(scored: tone.Collection) -> None:
    for row in scored.sentences.to_dict("records"):
        assert TEXTS[int(row["article"])][row["start"] : row["end"]] == row["text"]
    assert list(scored.sentences.groupby("article")["sentence"].max()) == [2, 1]


def test_probabilities_are_probabilities(scored: tone.Collection) -> None:
    sums = scored.sentences[[f"p_{t}" for t in TONES]].sum(axis=1)
    assert sums.between(0.999, 1.001).all()
    assert set(scored.sentences["tone"]) <= set(TONES)
    likely = scored.sentences[[f"p_{c}" for c in CLAIMS]]
    assert ((likely >= 0) & (likely <= 1)).all(axis=None)
    best = scored.sentences[[f"p_{t}" for t in TONES]].to_numpy().argmax(axis=1)
    assert [TONES[i] for i in best] == list(scored.sentences["tone"])


def test_marked_speech_has_its_content_whatever_the_tagger_says(scored: tone.Collection) -> None:
    rows = scored.quotes.to_dict("records")
    contents = [TEXTS[int(q["article"])][q["content_start"] : q["content_end"]] for q in rows]
    assert any("“We will sign on Friday,”" in c for c in contents)
    assert any("“No meeting is planned with anyone from the union,”" in c for c in contents)


def test_the_order_of_articles_changes_no_label(scored: tone.Collection, tiny_models: Path) -> None:
    other = tone.score(TEXTS[::-1], models=tiny_models)
    other.sentences["article"] = (1 - other.sentences["article"].astype(int)).astype(str)
    merged = scored.sentences.merge(other.sentences, on=["article", "sentence"])
    assert (merged["tone_x"] == merged["tone_y"]).all()
    assert (merged["p_cautious_x"] - merged["p_cautious_y"]).abs().max() < 0.02


def test_what_is_written_is_what_is_read_back(tiny_models: Path, tmp_path: Path) -> None:
    made = tone.score(TEXTS, tmp_path / "out", models=tiny_models)
    read = tone.load(tmp_path / "out")
    for name in ("sentences", "quotes", "skipped", "articles"):
        pd.testing.assert_frame_equal(getattr(made, name), getattr(read, name))
        assert pq.read_schema(tmp_path / "out" / f"{name}.parquet").remove_metadata() == SCHEMAS[name]
    assert (tmp_path / "out" / "speakers.csv").read_text(encoding="utf-8").startswith("speaker,kind,articles")
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["settings"]["models"] == str(tiny_models)
    assert manifest["counts"] == {"sentences": 5, "quotes": len(made.quotes), "skipped": 0, "articles": 2}
    assert set(manifest["models"]) == {"quotes", "tone", "claims"}
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == [
        ".lock", "articles.parquet", "manifest.json", "quotes.parquet", "sentences.parquet", "skipped.parquet",
        "speakers.csv",
    ]  # fmt: skip


def test_bad_inputs_are_recorded_and_cost_the_good_ones_nothing(tiny_models: Path, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "good.txt").write_text(TEXTS[0], encoding="utf-8")
    (folder / "empty.txt").write_text(" \n", encoding="utf-8")
    (folder / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00")
    (folder / "list.jsonl").write_text('[1]\n{"id": "b", "text": "It rained. He said so."}\n{"id"\n', encoding="utf-8")
    made = tone.score(folder, models=tiny_models)
    assert set(made.sentences["article"]) == {"good", "b"}
    assert len(made.skipped) == 4
    assert made.skipped["reason"].str.len().min() > 5


def test_rules_that_fail_on_one_text_cost_the_others_nothing(
    tiny_models: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tone import speakers

    plain = speakers.resolve

    def failing(article: Any, sentences: Any, attributions: Any) -> Any:
        if "Nothing moved" in article.text:
            raise RuntimeError("odd text")
        return plain(article, sentences, attributions)

    monkeypatch.setattr(speakers, "resolve", failing)
    made = tone.score(TEXTS, models=tiny_models)
    assert set(made.sentences["article"]) == {"0"}
    assert made.skipped["reason"].tolist() == ["could not be scored: RuntimeError: odd text"]


def test_nothing_scored_says_why(tiny_models: Path, tmp_path: Path) -> None:
    with pytest.raises(tone.NothingScoredError) as caught:
        tone.score(tmp_path / "nowhere", tmp_path / "out", models=tiny_models)
    assert caught.value.collection.skipped["reason"].tolist() == ["no such file or folder"]
    assert len(tone.load(tmp_path / "out").skipped) == 1


def test_a_frame_keeps_its_ids_and_dates(tiny_models: Path) -> None:
    frame = pd.DataFrame({"id": ["x"], "text": [TEXTS[0]], "date": ["2025-03-04"], "source": ["The Post"]})
    made = tone.score(frame, models=tiny_models)
    assert str(made.sentences["date"].iloc[0]) == "2025-03-04"
    assert made.sentences["source"].iloc[0] == "The Post"


def test_progress_is_told_with_its_total(tiny_models: Path, tmp_path: Path) -> None:
    for number, text in enumerate(TEXTS):
        (tmp_path / f"{number}.txt").write_text(text, encoding="utf-8")
    told: list[Progress] = []
    tone.score(tmp_path, models=tiny_models, progress=told.append)
    assert told[-1] == Progress(2, 2, 5)


def test_other_inputs_are_refused(tiny_models: Path) -> None:
    with pytest.raises(TypeError, match="list of texts"):
        tone.score([Path("a"), "text"], models=tiny_models)  # type: ignore[arg-type]


def test_missing_models_and_results_are_named(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="tone train"):
        tone.score(TEXTS, models=tmp_path)
    with pytest.raises(StoreError, match="no such folder"):
        tone.load(tmp_path / "none")
    with pytest.raises(StoreError, match="unfinished or foreign"):
        tone.load(tmp_path)


def test_claims_of_another_tone_model_are_refused(tiny_models: Path, tmp_path: Path) -> None:
    import shutil

    shutil.copytree(tiny_models, tmp_path / "models")
    path = tmp_path / "models" / "claims" / "config.json"
    config = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps({**config, "tone_model": "0" * 64}), encoding="utf-8")
    with pytest.raises(ModelError, match="another tone model"):
        tone.score(TEXTS, models=tmp_path / "models")


def test_an_explanation_adds_up(tiny_models: Path) -> None:
    from tone.explaining import explain

    (made,) = explain(["The ministry denied that talks had failed."], tiny_models)
    assert sum(made.tone_probabilities.values()) == pytest.approx(1, abs=1e-4)
    assert 0 < len(made.tone_words) <= 5
    assert set(made.claim_terms) == set(CLAIMS)

"""The shipped models, the package as a whole, and what the README promises."""

import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import tone
from tone.models import PARTS, default_folder, open_model
from tone.records import Article
from tone.training.corpus import parse_file

ROOT = Path(__file__).parents[1]
ARTICLE = (
    "OSLO — Norway and its neighbours have agreed to share the cost of a new cable, Energy Minister Kari Solheim said "
    "on Monday.\n\n"
    "“This is a good day for everyone who pays an electricity bill,” Solheim told reporters. She added that work would "
    "begin next spring.\n\n"
    "The opposition warned that the price could double. “We are deeply worried that families will pay for these "
    "mistakes,” said Lars Brekke, its energy spokesman.\n\n"
    "The ministry denied that any contract had been signed in secret."
)


@pytest.fixture(scope="module")
def scored() -> tone.Collection:
    return tone.score([ARTICLE])


def test_a_plain_article_is_read_as_a_reader_would(scored: tone.Collection) -> None:
    rows = scored.sentences.set_index("sentence")
    assert rows["speaker"].tolist()[:5] == ["Kari Solheim", "Kari Solheim", "Kari Solheim", "opposition", "Lars Brekke"]
    assert rows["tone"][0] == rows["tone"][1] == "constructive"
    assert rows["tone"][3] == rows["tone"][4] == "cautious"
    assert rows["progress"][0]
    assert rows["schedule"][2]
    assert rows["denial"][5]
    assert not rows["denial"][1]


def test_a_figure_of_speech_is_criticism() -> None:
    scored = tone.score(["“I have never seen a budget with so many holes,” said Lars Brekke."])
    assert scored.sentences["tone"].tolist() == ["cautious"]


def test_the_report_says_who_was_constructive(scored: tone.Collection) -> None:
    report = scored.speakers().set_index("speaker")
    assert report["net_tone"]["Kari Solheim"] > 0 > report["net_tone"]["Lars Brekke"]
    assert (report["net_low"] <= report["net_tone"]).all()
    assert (report["net_tone"] <= report["net_high"]).all()


def test_every_model_has_a_card_with_figures() -> None:
    for part in PARTS:
        card = (default_folder() / part / "README.md").read_text(encoding="utf-8")
        for heading in ("## Data", "## Figures", "## Limits"):
            assert heading in card, (part, heading)
        assert re.search(r"\| 0\.\d{3} to 0\.\d{3} \|", card), part
        recorded = open_model(default_folder(), part).config["files"]
        assert all(checksum in card for checksum in recorded.values()), f"the card of {part} is of another model"


def test_models_stay_small() -> None:
    sizes = [p.stat().st_size for part in PARTS for p in (default_folder() / part).iterdir()]
    assert sum(sizes) < 25_000_000


def test_import_is_fast_and_loads_no_torch() -> None:
    code = (
        "import sys, time; t = time.perf_counter(); import tone; print(time.perf_counter() - t, 'torch' in sys.modules)"
    )
    runs = [
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
        for _ in range(3)
    ]
    assert min(float(seconds) for seconds, _ in runs) < 0.3
    assert {torch for _, torch in runs} == {"False"}


def test_a_wheel_installed_elsewhere_scores(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "-w", tmp_path, ROOT],
        check=True,
    )
    (wheel,) = tmp_path.glob("tone-*.whl")
    elsewhere = tmp_path / "elsewhere"
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(elsewhere)
    (tmp_path / "a.txt").write_text(ARTICLE, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "tone", "score", "a.txt", "-o", "out"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(elsewhere)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    made = tone.load(tmp_path / "out")
    assert made.manifest["settings"]["models"] == str(elsewhere / "tone" / "_models")
    assert len(made.sentences) == 6


def test_the_python_session_of_the_readme_runs(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    (session,) = re.findall(r"```python\n(.*?)```", readme, flags=re.DOTALL)
    tone.score([ARTICLE], tmp_path / "out")
    (tmp_path / "seeds").symlink_to(ROOT / "seeds")
    monkeypatch.chdir(tmp_path)
    exec(compile(session, "README.md", "exec"), {})


def test_the_sample_collection_is_the_corpus_without_its_labels() -> None:
    scored_texts = {a.id: a.text for a in _sample()}
    assert len(scored_texts) >= 30
    for name, text in scored_texts.items():
        stem = re.sub(r"^.*/|^\d{4}-\d\d-\d\d-", "", name)
        if "web/" not in name:
            assert parse_file(ROOT / "seeds" / "corpus" / f"{stem}.txt").text in text


def _sample() -> list[Article]:
    from tone.reading import read

    return [item for item in read([ROOT / "seeds" / "articles"]) if isinstance(item, Article)]

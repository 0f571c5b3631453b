"""The corpus format, and what training leaves on disk."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from tone import adapters, tones
from tone.claims import ClaimModel
from tone.encoding import load_backbone
from tone.models import FORMAT, PARTS, ModelError, open_model
from tone.quotes import tags
from tone.training import claims, quotes, tone, train
from tone.training.corpus import CorpusError, Label, parse, parse_file, read
from tone.training.run import mean_state
from tone.training.validate import main as validate

HEAD = "title: A\ndate: 2025-01-02\nsource: The Post\ncountry: Chad\ntopic: water\n"
ARTICLE = f"""{HEAD}
constructive | progress,schedule | Ada Bell | {{C “We have one,”}} {{S engineer Ada Bell}} {{K said}}, {{C “from May.”}}
neutral | - | - | The well is old.

cautious | denial | Ada Bell | {{S She}} {{K denied}} {{C any leak}}, {{K2 adding}} {{C2 that pipes age}}.
"""


def test_an_article_is_its_sentences_without_marks() -> None:
    article = parse("w", ARTICLE)
    assert article.text == (
        "“We have one,” engineer Ada Bell said, “from May.” The well is old.\n\n"
        "She denied any leak, adding that pipes age."
    )
    assert [s.of(article.text) for s in article.sentences][1] == "The well is old."
    assert article.labels[0] == Label("constructive", frozenset({"progress", "schedule"}), "Ada Bell")
    assert article.labels[1].speaker is None
    first, second, third = article.attributions or ()
    assert [p.of(article.text) for p in first.content] == ["“We have one,”", "“from May.”"]
    assert (first.kind, second.kind) == ("direct", "indirect")
    assert third.source is None
    assert third.cue is not None
    assert third.cue.of(article.text) == "adding"


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("cheerful | - | - | Yes.", "line 7: unknown tone"),
        ("neutral | hope | - | Yes.", "line 7: unknown claim"),
        ("neutral | - | Yes.", "line 7: expected tone"),
        ("neutral | - | A | {C {S He} said} so.", "line 7: braces do not nest"),
        ("neutral | - | A | He} said so.", "line 7: a brace is closed"),
        ("neutral | - | A | {C He said so.", "line 7: a brace is opened"),
        ("neutral | - | A | {S He} {K spoke}.", "line 7: attribution 1 has no content"),
        ("neutral | - | A | {S He} {S it} {C so}.", "line 7: attribution 1 has 2 sources"),
    ],
)
def test_a_wrong_line_is_named(line: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        parse("w", f"{HEAD}\n{line}\n")


def test_a_head_without_a_key_is_named(tmp_path: Path) -> None:
    (tmp_path / "w.txt").write_text("title: A\n\nneutral | - | - | Yes.\n", encoding="utf-8")
    with pytest.raises(CorpusError, match=r"w\.txt: the head lacks date, source, country, topic"):
        parse_file(tmp_path / "w.txt")


def test_tables_find_each_other_by_article(tmp_path: Path) -> None:
    text = "Before it. He said so. After it."
    rows: dict[str, list[dict[str, object]]] = {
        "articles.jsonl": [{"id": "x", "text": text}],
        "gold.jsonl": [{"article": "x", "start": 11, "end": 22, "tone": "neutral", "claims": [], "stratum": "random"}],
    }
    (tmp_path / "main").mkdir()
    (tmp_path / "spans").mkdir()
    for name, held in rows.items():
        (tmp_path / "main" / name).write_text("".join(json.dumps(r) + "\n" for r in held), encoding="utf-8")
    spans = {"article": "x", "source": [[11, 13]], "cue": [[14, 18]], "content": [[19, 21]]}
    (tmp_path / "spans" / "attributions.jsonl").write_text(json.dumps(spans) + "\n", encoding="utf-8")
    (article,) = read([tmp_path / "main", tmp_path / "spans"])
    assert [s.of(text) for s in article.sentences] == ["Before it.", "He said so.", "After it."]
    assert list(article.labels) == [1]
    assert not article.speakers
    assert article.attributions is not None
    assert article.attributions[0].content[0].of(text) == "so"


def test_an_article_for_show_only_is_not_trained_on(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(ARTICLE, encoding="utf-8")
    (tmp_path / "b.txt").write_text("use: sample\n" + ARTICLE, encoding="utf-8")
    assert [a.id for a in read([tmp_path])] == ["a"]


def test_a_later_folder_corrects_labels(tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    row = {
        "article": "x",
        "start": 0,
        "end": 9,
        "tone": "neutral",
        "claims": [],
        "speaker": "Ada",
        "stratum": "article",
    }
    for folder, rows in ((first, [row]), (second, [{**row, "tone": "cautious", "claims": ["denial"]}])):
        folder.mkdir()
        (folder / "gold.jsonl").write_text("".join(json.dumps(r) + "\n" for r in rows), encoding="utf-8")
    (first / "articles.jsonl").write_text(json.dumps({"id": "x", "text": "It leaks. Yes."}) + "\n", encoding="utf-8")
    (article,) = read([first, second])
    assert article.labels == {0: Label("cautious", frozenset({"denial"}), "Ada")}
    (unchanged,) = read([second, first])
    assert unchanged.labels == {0: Label("neutral", frozenset(), "Ada")}


def test_missing_and_foreign_folders_are_named(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="no such folder"):
        read([tmp_path / "none"])
    with pytest.raises(CorpusError, match="holds neither"):
        read([tmp_path])


def test_the_validator_fails_on_a_wrong_article(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "w.txt").write_text(ARTICLE.replace("2025-01-02", "last week"), encoding="utf-8")
    assert validate(tmp_path) == 1
    told = capsys.readouterr().out
    assert "not YYYY-MM-DD" in told
    assert "expected at least" in told


def test_tags_lie_on_the_annotated_words(tiny_encoder: Path) -> None:
    _, tokenizer = load_backbone(tiny_encoder)
    article = parse("w", ARTICLE)
    made = quotes.make_windows(tokenizer, [article])
    (tagged,) = quotes.tag_windows(made, [article])
    (window,) = made
    target = window.targets[0]
    spans = tags.decode(tagged[target.start : target.end])
    words = [
        (role, article.text[window.chars[target.start + a][0] : window.chars[target.start + b - 1][1]])
        for role, a, b in spans
    ]
    assert words == [
        ("content", "“We have one,”"),
        ("source", "engineer Ada Bell"),
        ("cue", "said"),
        ("content", "“from May.”"),
    ]
    assert tagged[0] == tagged[len(window.ids) - 1] == quotes.IGNORED


def test_an_adapter_restores_the_tuned_encoder(tiny_encoder: Path) -> None:
    base, _ = load_backbone(tiny_encoder)
    before = {name: tensor.clone() for name, tensor in base.state_dict().items()}
    generator = torch.Generator().manual_seed(3)
    with torch.no_grad():
        for parameter in base.parameters():
            parameter.add_(0.01 * torch.randn(parameter.shape, generator=generator))
    found = adapters.extract(before, base, rank=64)
    fresh, _ = load_backbone(tiny_encoder)
    adapters.apply(fresh, found)
    for (name, tuned), restored in zip(base.named_parameters(), fresh.parameters(), strict=True):
        assert torch.allclose(tuned, restored, atol=1e-3), name


def test_calibration_makes_overconfident_scores_honest() -> None:
    rng = np.random.default_rng(0)
    gold = rng.integers(0, 3, 3000)
    scores = np.eye(3)[np.where(rng.random(3000) < 0.7, gold, rng.integers(0, 3, 3000))].astype(np.float32) * 12
    factor, shift = tone.calibrated(scores, list(gold))
    top = np.exp(scores[0] * factor + shift)
    assert top.max() / top.sum() == pytest.approx(0.8, abs=0.05)


def test_the_threshold_is_where_expected_f1_is_highest() -> None:
    assert claims.best_threshold(np.array([0.9, 0.8, 0.1, 0.05])) == pytest.approx(0.8)


def test_what_the_held_out_sentences_show_useless_weighs_nothing() -> None:
    rng = np.random.default_rng(1)
    held = rng.random(400) < 0.3
    labels = [Label("neutral", frozenset(("progress",) if yes else ()), None) for yes in (*held, True)]
    labels = [replace(x, claims=x.claims | {"schedule", "denial"} if n % 2 else x.claims) for n, x in enumerate(labels)]
    texts = [f"{'agreed' if yes else 'talked'} {n % 7}" for n, yes in enumerate((*held, True))]
    noise = rng.normal(size=(len(texts), 3)).astype(np.float32)
    model = claims.train(texts, labels, (texts, noise, labels))
    terms = dict(model.terms("progress", "agreed", 1.0))
    assert terms["agreed"] > 2
    assert abs(terms["(meaning)"]) < 0.5
    assert model.probabilities(["agreed 1", "talked 1"], noise[:2])[:, 0].round().tolist() == [1, 0]


def test_training_leaves_three_checked_models(tiny_models: Path) -> None:
    for part in PARTS:
        stored = open_model(tiny_models, part)
        assert stored.config["format"] == FORMAT
        assert stored.config["training"]["articles"]["invented"] > 0


def test_the_same_seed_gives_the_same_tagger(tiny_encoder: Path, small_corpus: Path, tmp_path: Path) -> None:
    for name in ("one", "two"):
        train(["quotes"], corpora=[small_corpus], models_folder=tmp_path / name, encoder=str(tiny_encoder), seed=5,
              log=lambda _: None)  # fmt: skip
    one, two = (open_model(tmp_path / name, "quotes").config["files"] for name in ("one", "two"))
    assert one == two


def test_the_mean_of_weights_is_that_of_each() -> None:
    states = [
        {"a": torch.tensor([1.0, 2.0]), "n": torch.tensor([0])},
        {"a": torch.tensor([3.0, 6.0]), "n": torch.tensor([0])},
    ]
    mean = mean_state(states)
    assert mean["a"].tolist() == [2.0, 4.0]
    assert mean["n"].dtype == torch.int64


def test_a_tone_model_is_averaged_over_seeds(tiny_encoder: Path, small_corpus: Path, tmp_path: Path) -> None:
    for name, seed, average in (("first", 0, 1), ("second", 1, 1), ("both", 0, 2)):
        train(["tone"], corpora=[small_corpus], models_folder=tmp_path / name, encoder=str(tiny_encoder), seed=seed,
              average=average, log=lambda _: None)  # fmt: skip
    first, second, both = (tones.load(tmp_path / name) for name in ("first", "second", "both"))
    assert open_model(tmp_path / "both", "tone").config["training"]["seeds"] == [0, 1]
    assert not np.allclose(first.claim_weight, second.claim_weight)
    np.testing.assert_allclose(both.claim_weight, (first.claim_weight + second.claim_weight) / 2, atol=1e-6)
    with pytest.raises(ValueError, match="at least 1"):
        train(["tone"], corpora=[small_corpus], models_folder=tmp_path, encoder=str(tiny_encoder), average=0)


def test_an_altered_or_older_model_is_refused(tiny_models: Path, tmp_path: Path) -> None:
    folder = tmp_path / "quotes"
    folder.mkdir()
    for path in (tiny_models / "quotes").iterdir():
        (folder / path.name).write_bytes(path.read_bytes())
    (folder / adapters.FILE).write_bytes(b"x" + (folder / adapters.FILE).read_bytes())
    with pytest.raises(ModelError, match="altered"):
        open_model(tmp_path, "quotes")
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    (folder / "config.json").write_text(json.dumps({**config, "format": 0}), encoding="utf-8")
    with pytest.raises(ModelError, match="format 0"):
        open_model(tmp_path, "quotes")
    with pytest.raises(ModelError, match="tone train tone"):
        open_model(tmp_path, "tone")


def test_claims_decide_by_their_thresholds() -> None:
    model = ClaimModel(None, {}, {}, {"progress": 0.5, "schedule": 0.2, "denial": 0.9})
    decided = model.decide(np.array([[0.6, 0.1, 0.95], [0.4, 0.2, 0.8]], dtype=np.float32))
    assert decided.tolist() == [[True, False, True], [False, True, False]]

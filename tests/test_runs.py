"""Runs: shards, stopping and going on, refusals, what is made of the shards. Most without models, see `plain`."""

import json
import os
import resource
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from filelock import FileLock

import tone
from tests import plain
from tests.plain import contents, execute
from tone import runs, scoring, store
from tone.cluster import ClusterError
from tone.reading import Limits
from tone.records import Article, Skipped
from tone.reports import speakers
from tone.runs import Progress
from tone.store import StoreError, report, shards
from tone.tables import SCHEMAS, WORKING

ROOT = Path(__file__).parents[1]
ARTICLES = plain.articles(60)


@pytest.fixture(autouse=True)
def small_shards(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shards, "CHARACTERS", 2_000)


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("undisturbed")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(shards, "CHARACTERS", 2_000)
        plain.run(out, ARTICLES)
    return out


@pytest.fixture(scope="module")
def calls(tmp_path_factory: pytest.TempPathFactory) -> int:
    """How many system calls that change the disk a whole run takes."""
    counted: list[None] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(shards, "CHARACTERS", 2_000)
        plain.watch(lambda: counted.append(None), patch.setattr)
        plain.run(tmp_path_factory.mktemp("counted"), ARTICLES)
    return len(counted)


class StopError(Exception):
    """Stands for whatever ends a run."""


def stopping(after: int, error: BaseException | None = None) -> runs.Execute:
    """Scores so many shards, then raises."""

    def stopped(waiting: Iterable[runs.Numbered]) -> Iterator[tuple[int, dict[str, pa.Table]]]:
        for done, result in enumerate(execute(waiting)):
            if done == after:
                raise error or StopError
            yield result

    return stopped


def stop(out: Path, after: int = 3, items: Any = ARTICLES) -> None:
    """A run that is stopped when so many shards are there."""
    with pytest.raises(StopError):
        plain.run(out, items, execute=stopping(after))
    assert len(shards.numbers(out)) == after


# Shards


def test_shards_are_full_with_characters_or_with_items(monkeypatch: pytest.MonkeyPatch) -> None:
    cut = list(shards.cut(ARTICLES))
    assert [number for number, _ in cut] == list(range(len(cut)))
    assert [item for _, items in cut for item in items] == ARTICLES
    sizes = [sum(len(item.text) for item in items if isinstance(item, Article)) for _, items in cut]
    assert all(2_000 <= size < 3_500 for size in sizes[:-1])
    monkeypatch.setattr(shards, "ITEMS", 3)
    skipped = [Skipped(str(n), None, "empty text") for n in range(7)]
    assert [len(items) for _, items in shards.cut(skipped)] == [3, 3, 1]
    assert list(shards.cut([])) == []


def test_the_fingerprint_is_of_all_that_items_hold() -> None:
    article = Article("a", "It rained.", title="Rain")
    others: list[Article | Skipped] = [
        replace(article, text="It rained!"),
        replace(article, id="b"),
        replace(article, source="Rain", title=None),
        replace(article, body_start=3),
        Skipped("a", None, "empty text"),
        Skipped("a", None, "missing text"),
    ]
    found = [shards.fingerprint([item]) for item in (article, *others)]
    assert len(set(found)) == len(found)
    assert shards.fingerprint([article]) == shards.fingerprint([replace(article)])
    assert shards.fingerprint([article, others[0]]) != shards.fingerprint([others[0], article])


# Stopping and going on


@pytest.mark.parametrize("share", [0.02, 0.25, 0.6, 0.88, 0.93, 0.99])
def test_killed_anywhere_it_goes_on_to_the_same_tables(
    undisturbed: Path, calls: int, tmp_path: Path, share: float
) -> None:
    command = [sys.executable, "-m", "tests.plain", str(tmp_path), str(round(share * calls))]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == -9, done.stdout + done.stderr
    plain.run(tmp_path, ARTICLES)
    assert contents(tmp_path) == contents(undisturbed)
    assert {path.name for path in tmp_path.iterdir()} == {path.name for path in undisturbed.iterdir()}


def test_what_is_there_is_not_scored_again(undisturbed: Path, tmp_path: Path) -> None:
    stop(tmp_path, after=4)
    scored: list[int] = []
    told: list[Progress] = []

    def watched(waiting: Iterable[runs.Numbered]) -> Iterator[tuple[int, dict[str, pa.Table]]]:
        for number, found in execute(waiting):
            scored.append(number)
            yield number, found

    summary = plain.run(tmp_path, ARTICLES, execute=watched, progress=told.append, total=60)
    number_of_shards = len(list(shards.cut(ARTICLES)))
    assert scored == list(range(4, number_of_shards))
    assert summary.shards_there == 4
    assert not summary.complete
    assert told[3].shards_there == 4
    assert told[3].articles_there == told[3].articles > 10
    assert told[-1].articles == told[-1].total == 60
    assert told[-1].sentences == summary.sentences
    assert contents(tmp_path) == contents(undisturbed)


@pytest.mark.parametrize("harm", ["a byte", "a file", "its statement", "half its statement", "another's table"])
def test_a_broken_shard_is_scored_again(undisturbed: Path, tmp_path: Path, harm: str) -> None:
    stop(tmp_path)
    shard = tmp_path / "shards" / "000001"
    match harm:
        case "a byte":
            content = bytearray((shard / "sentences.parquet").read_bytes())
            content[len(content) // 2] ^= 1
            (shard / "sentences.parquet").write_bytes(content)
        case "a file":
            (shard / "articles.parquet").unlink()
        case "its statement":
            (shard / "shard.json").unlink()
        case "half its statement":
            (shard / "shard.json").write_text(
                (shard / "shard.json").read_text(encoding="utf-8")[:100], encoding="utf-8"
            )
        case _:
            (shard / "quotes.parquet").write_bytes((tmp_path / "shards/000002/quotes.parquet").read_bytes())
    assert plain.run(tmp_path, ARTICLES).shards_there == 2
    assert contents(tmp_path) == contents(undisturbed)


def test_shards_may_come_back_in_any_order(undisturbed: Path, tmp_path: Path) -> None:
    def backwards(waiting: Iterable[runs.Numbered]) -> Iterator[tuple[int, dict[str, pa.Table]]]:
        yield from reversed(list(execute(waiting)))

    plain.run(tmp_path, ARTICLES, execute=backwards)
    assert contents(tmp_path) == contents(undisturbed)


def test_ctrl_c_keeps_the_shards(undisturbed: Path, tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        plain.run(tmp_path, ARTICLES, execute=stopping(2, KeyboardInterrupt()))
    assert plain.run(tmp_path, ARTICLES).shards_there == 2
    assert contents(tmp_path) == contents(undisturbed)


@pytest.mark.parametrize("bytes_a_file", [4_000, 12_000], ids=["in a shard", "in a table"])
def test_a_full_disk_is_a_line_and_keeps_the_shards(undisturbed: Path, tmp_path: Path, bytes_a_file: int) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (bytes_a_file, hard))
    try:
        with pytest.raises(StoreError, match=rf"^cannot write to {tmp_path}: File too large"):
            plain.run(tmp_path, ARTICLES)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert not list(tmp_path.rglob("*.part"))
    kept = len(shards.numbers(tmp_path))
    assert (kept > 0) == (bytes_a_file > 4_000)
    assert plain.run(tmp_path, ARTICLES).shards_there == kept
    assert contents(tmp_path) == contents(undisturbed)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_without_permission_is_a_line(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir(mode=0o500)
    with pytest.raises(StoreError, match=r"cannot write to .*: Permission denied"):
        plain.run(tmp_path / "out", ARTICLES)


def test_no_folder_can_be_made_under_a_file(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StoreError, match=r"cannot write to .*: Not a directory"):
        plain.run(tmp_path / "file" / "out", ARTICLES)


# One run a folder


FIRST = next(item for item in ARTICLES if isinstance(item, Article))
CHANGED = [replace(FIRST, title="Other"), *ARTICLES[1:]]
REFUSED: dict[str, tuple[dict[str, Any], str]] = {
    "other inputs": ({"items": CHANGED}, "other inputs .they differ from shard 0 on"),
    "another order": ({"items": ARTICLES[:8] + ARTICLES[:7:-1]}, "other inputs .they differ from shard 1 on"),
    "models": ({"models": {**plain.MODELS, "claims": {"claims.skops": "3" * 64}}}, r"differs in models \(claims\)"),
    "precision": ({"precision": "bfloat16"}, r"differs in precision \(float32, now bfloat16\)"),
    "limits": ({"limits": Limits(article_chars=9)}, r"differs in limits \(article_chars\)"),
}


@pytest.mark.parametrize("state", ["stopped", "finished"])
@pytest.mark.parametrize("case", REFUSED)
def test_another_run_is_refused_and_nothing_changed(undisturbed: Path, tmp_path: Path, state: str, case: str) -> None:
    if state == "stopped":
        stop(tmp_path)
    else:
        plain.run(tmp_path, ARTICLES)
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*") if path.is_file()}
    options, message = {"items": ARTICLES} | REFUSED[case][0], REFUSED[case][1]
    ends = "choose another folder, or start afresh with --overwrite$"
    with pytest.raises(StoreError, match=f"{message}.*{ends}"):
        plain.run(tmp_path, **options)
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*") if path.is_file()} == before
    afresh = plain.run(tmp_path, **options, overwrite=True)
    assert afresh.shards_there == 0
    assert (contents(tmp_path) == contents(undisturbed)) == (case not in ("other inputs", "another order"))


@pytest.mark.parametrize("items", [ARTICLES[:-9], [*ARTICLES, Article("new", "Okafor: no.")]], ids=["fewer", "more"])
def test_inputs_that_went_or_came_are_refused(tmp_path: Path, items: Any) -> None:
    plain.run(tmp_path, ARTICLES)
    with pytest.raises(StoreError, match="other inputs"):
        plain.run(tmp_path, items)


def test_fewer_inputs_than_there_are_shards(tmp_path: Path) -> None:
    stop(tmp_path, after=5)
    first_two = [item for _, items in list(shards.cut(ARTICLES))[:2] for item in items]
    with pytest.raises(StoreError, match=r"other inputs \(they differ from shard 2 on\)"):
        plain.run(tmp_path, first_two)


def test_a_run_without_a_shard_yet_gives_way(undisturbed: Path, tmp_path: Path) -> None:
    stop(tmp_path, after=0, items=CHANGED)
    plain.run(tmp_path, ARTICLES)
    assert contents(tmp_path) == contents(undisturbed)


def test_a_finished_folder_stays_as_it_is(tmp_path: Path) -> None:
    first = plain.run(tmp_path, ARTICLES)
    before = {path: path.stat().st_mtime_ns for path in tmp_path.iterdir()}
    again = plain.run(tmp_path, ARTICLES, execute=stopping(0))
    assert again.complete
    assert not first.complete
    pd.testing.assert_frame_equal(again.reasons, first.reasons)
    assert replace(again, complete=False, reasons=first.reasons).__dict__ == first.__dict__
    assert {path: path.stat().st_mtime_ns for path in tmp_path.iterdir()} == before


def test_what_a_killed_run_left_beside_its_manifest_is_removed(tmp_path: Path) -> None:
    plain.run(tmp_path, ARTICLES)
    kept = sorted(path.name for path in tmp_path.iterdir())
    for name in ("shards/000001", "shards/.000002.part"):
        (tmp_path / name).mkdir(parents=True)
        (tmp_path / name / "quotes.parquet").touch()
    for name in ("run.json", ".sentences.parquet.part", ".manifest.json.part"):
        (tmp_path / name).touch()
    assert plain.run(tmp_path, ARTICLES).complete
    assert sorted(path.name for path in tmp_path.iterdir()) == kept


def test_an_altered_table_is_noticed(tmp_path: Path) -> None:
    plain.run(tmp_path, ARTICLES)
    (tmp_path / "speakers.csv").write_text("speaker\n", encoding="utf-8")
    with pytest.raises(StoreError, match=r"speakers.csv was altered .*--overwrite"):
        plain.run(tmp_path, ARTICLES)


def test_results_of_an_earlier_version_are_not_overwritten_unasked(undisturbed: Path, tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text('{"tone": "0.0.1", "counts": {}}', encoding="utf-8")
    with pytest.raises(StoreError, match=r"earlier version of tone: .*--overwrite"):
        plain.run(tmp_path, ARTICLES)
    plain.run(tmp_path, ARTICLES, overwrite=True)
    assert contents(tmp_path) == contents(undisturbed)


def test_other_files_are_left_alone(tmp_path: Path) -> None:
    for name in ("notes.txt", "shards/mine.txt", "shards/123/x", ".hidden"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("mine", encoding="utf-8")
    stop(tmp_path)
    plain.run(tmp_path, ARTICLES, overwrite=True)
    for name in ("notes.txt", "shards/mine.txt", "shards/123/x", ".hidden"):
        assert (tmp_path / name).read_text(encoding="utf-8") == "mine"
    assert not shards.numbers(tmp_path)


def test_two_runs_do_not_share_a_folder(undisturbed: Path, tmp_path: Path) -> None:
    with FileLock(tmp_path / ".lock"), pytest.raises(StoreError, match="another run is writing to"):
        plain.run(tmp_path, ARTICLES)
    plain.run(tmp_path, ARTICLES)
    assert contents(tmp_path) == contents(undisturbed)


def test_memory_is_taken_from_the_system_for_the_time_being(tmp_path: Path) -> None:
    before = pa.default_memory_pool().backend_name
    stop(tmp_path)
    assert pa.default_memory_pool().backend_name == before
    during = []

    def watched(waiting: Iterable[runs.Numbered]) -> Iterator[tuple[int, dict[str, pa.Table]]]:
        for result in execute(waiting):
            during.append(pa.default_memory_pool().backend_name)
            yield result

    plain.run(tmp_path, ARTICLES, execute=watched)
    assert set(during) == {"system"}
    assert pa.default_memory_pool().backend_name == before


# What finishing makes of the shards


def test_one_name_each_over_all_shards(undisturbed: Path) -> None:
    made = store.read(undisturbed)
    for table in (made.sentences, made.quotes):
        assert set(table["speaker"]) == {"Ines Okafor", "Lars Brekke", "Ministry", "Rima al-Sawaya", "Rima Sawaya"}
    expanded = made.sentences[made.sentences["text"].str.startswith("Okafor: ")]
    assert set(expanded["speaker_rule"]) == {"name as given; full name from another article"}
    others = made.sentences[~made.sentences["text"].str.startswith("Okafor: ")]
    assert not others["speaker_rule"].str.contains("another article").any()


def test_tables_have_their_schemas_and_the_manifest_says_what_is_in_them(undisturbed: Path) -> None:
    manifest = json.loads((undisturbed / "manifest.json").read_text(encoding="utf-8"))
    for name, schema in SCHEMAS.items():
        file = pq.ParquetFile(undisturbed / f"{name}.parquet")
        assert file.schema_arrow.remove_metadata() == schema
        assert manifest["files"][f"{name}.parquet"]["rows"] == manifest["counts"][name] == file.metadata.num_rows
    cut = list(shards.cut(ARTICLES))
    assert [shard["fingerprint"] for shard in manifest["shards"]] == [shards.fingerprint(items) for _, items in cut]
    assert sum(shard["sentences"] for shard in manifest["shards"]) == manifest["counts"]["sentences"] == 330


def test_copies_are_found_across_shards_and_marked_in_both_tables(undisturbed: Path) -> None:
    made = store.read(undisturbed)
    found = made.articles.dropna(subset="copy_of").set_index("article")["copy_of"].to_dict()
    assert found["in/6"] == "in/3"
    assert found["in/48"] == "in/45"
    originals = made.articles.set_index("article")["copy_of"]
    assert made.sentences["copy_of"].equals(made.sentences["article"].map(originals).rename("copy_of"))


def test_copies_are_compared_without_front_matter(tmp_path: Path) -> None:
    front = "---\ntitle: " + "a very long title " * 40 + "\n---\n"
    body = FIRST.text
    pair = [Article("b", body), Article("a", front + body, body_start=len(front))]
    plain.run(tmp_path, pair)
    assert store.read(tmp_path).articles["copy_of"].tolist()[1] == "b"


@pytest.mark.parametrize("rows", [40, 10_000])
def test_the_report_is_the_same_in_groups_of_any_size(
    undisturbed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rows: int
) -> None:
    from tone.exports import csv_text

    monkeypatch.setattr(report, "ROWS", rows)
    number = report.write_report(undisturbed / "sentences.parquet", tmp_path / "speakers.csv")
    whole = speakers(store.read(undisturbed).sentences)
    assert (tmp_path / "speakers.csv").read_text(encoding="utf-8") == csv_text(whole)
    assert number == len(whole) > 3


def test_the_summary_counts_what_the_tables_hold(undisturbed: Path) -> None:
    made, summary = store.read(undisturbed), store.summary(undisturbed)
    assert (summary.articles, summary.sentences) == (len(made.articles), len(made.sentences))
    assert (summary.reported, summary.speakers) == (
        made.sentences["speaker"].count(),
        made.sentences["speaker"].nunique(),
    )
    assert summary.skipped == 5
    assert summary.reasons["reason"].tolist() == ["empty text"]


def test_nothing_in_is_an_empty_folder_of_results(tmp_path: Path) -> None:
    summary = plain.run(tmp_path, [])
    assert (summary.articles, summary.skipped, len(summary.reasons)) == (0, 0, 0)
    made = store.read(tmp_path)
    assert [len(getattr(made, name)) for name in SCHEMAS] == [0, 0, 0, 0]
    assert list(made.sentences.columns) == SCHEMAS["sentences"].names
    assert made.speakers().empty
    assert plain.run(tmp_path, []).complete


def test_a_shard_with_nothing_but_skipped_inputs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shards, "ITEMS", 2)
    bad = [Skipped(f"{n}.txt", None, "empty text") for n in range(5)]
    summary = plain.run(tmp_path, [*bad[:2], *ARTICLES[:1], *bad[2:]])
    assert (summary.articles, summary.skipped) == (1, 5)
    assert store.read(tmp_path).skipped["input"].tolist() == [f"{n}.txt" for n in range(5)]


def test_articles_with_nothing_known_of_them(tmp_path: Path) -> None:
    summary = plain.run(tmp_path, [Article("🚢/ا", "نورا حداد: لا.\nIt rained."), Article("b", "x")])
    assert (summary.articles, summary.sentences) == (2, 3)
    assert store.read(tmp_path).articles["date"].isna().all()


# With models


TEXTS = [
    "“We will sign on Friday,” said Ines Okafor, the harbour master. She added that the pilots had agreed.\n\n"
    "The port has been shut since March.",
    "Nothing moved on Tuesday. “No meeting is planned with anyone from the union,” the ministry said.",
    "Lars Brekke denied that the ferry was late. It rained all night.",
]


@pytest.fixture(scope="module")
def models(tiny_models: Path) -> scoring.Models:
    return scoring.load_models(tiny_models)


def labels(found: dict[str, pa.Table]) -> list[dict[str, Any]]:
    columns = ["article", "sentence", "text", "speaker", "speaker_rule", "tone", "progress", "schedule", "denial"]
    return sorted(found["sentences"].select(columns).to_pylist(), key=lambda row: (row["article"], row["sentence"]))


def test_batches_and_order_change_no_label(models: scoring.Models, monkeypatch: pytest.MonkeyPatch) -> None:
    items = [Article(str(n), text) for n, text in enumerate(TEXTS)]
    together = scoring.score_shard(items, models)
    assert {name: table.schema for name, table in together.items()} == WORKING
    assert together["articles"]["article"].to_pylist() == ["0", "1", "2"]
    backwards = scoring.score_shard(items[::-1], models)
    assert backwards["articles"]["article"].to_pylist() == ["2", "1", "0"]
    monkeypatch.setattr(scoring, "BATCH_CHARACTERS", 1)
    assert labels(together) == labels(backwards) == labels(scoring.score_shard(items, models))


@pytest.mark.parametrize("room", ["scoring.windows", "scoring.tables", "tables.sketch"])
def test_only_the_article_that_makes_a_batch_fail_is_skipped(
    models: scoring.Models, monkeypatch: pytest.MonkeyPatch, room: str
) -> None:
    module, _, name = room.partition(".")
    real = getattr(sys.modules[f"tone.{module}"], name)

    def failing(*args: Any) -> Any:
        if "Nothing moved" in str(args):
            raise RuntimeError("odd: text")
        return real(*args)

    monkeypatch.setattr(f"tone.{room}", failing)
    bad = Skipped("bad.txt", None, "empty text")
    items: list[Article | Skipped] = [Article("0", TEXTS[0]), bad, Article("1", TEXTS[1]), Article("2", TEXTS[2])]
    found = scoring.score_shard(items, models)
    assert found["articles"]["article"].to_pylist() == ["0", "2"]
    assert found["skipped"].to_pylist() == [
        {"input": "bad.txt", "article": None, "reason": "empty text"},
        {"input": "1", "article": "1", "reason": "could not be scored: RuntimeError: odd: text"},
    ]


def test_out_of_memory_is_no_fault_of_an_article(models: scoring.Models, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: Any) -> Any:
        raise MemoryError

    monkeypatch.setattr(scoring, "windows", full)
    with pytest.raises(MemoryError):
        scoring.score_shard([Article("0", TEXTS[0])], models)


def test_the_same_run_twice_scores_once(tiny_models: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = tone.score_to(TEXTS, tmp_path, models=tiny_models)
    monkeypatch.setattr(scoring, "load_models", None)
    again = tone.score_to(TEXTS, tmp_path, models=tiny_models)
    assert (first.complete, again.complete) == (False, True)
    assert again.sentences == first.sentences == 7
    with pytest.raises(StoreError, match="other inputs"):
        tone.score(TEXTS[::-1], tmp_path, models=tiny_models)


def test_a_folder_within_an_input_is_refused(tiny_models: Path, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXTS[0], encoding="utf-8")
    with pytest.raises(StoreError, match="would be read as articles"):
        tone.score_to(tmp_path, tmp_path / "out", models=tiny_models)
    assert not (tmp_path / "out").exists()
    assert tone.score_to(tmp_path, tmp_path / ".out", models=tiny_models).articles == 1


def test_workers_need_their_extra(tiny_models: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    monkeypatch.delitem(sys.modules, "tone.cluster.client", raising=False)
    monkeypatch.delattr("tone.cluster.client", raising=False)
    with pytest.raises(ClusterError, match=r"pip install 'tone\[dask\]'"):
        tone.score_to(TEXTS, tmp_path, models=tiny_models, workers=2)

"""Several threads that score side by side: the same tables, in order, and nothing left behind."""

import datetime
import io
import os
import signal
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
import torch

from tests import plain
from tone import scoring
from tone.records import Article, Scored, Skipped
from tone.store import shards
from tone.threads import MOST, ON_A_GPU, advisable, side_by_side
from tone.training.corpus import read

DAY = datetime.date(2025, 3, 4)
ARTICLES = plain.articles(60)
NO_MODELS: Any = None


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shards, "CHARACTERS", 9_000)
    monkeypatch.setattr(scoring, "BATCH_CHARACTERS", 1_500)


@pytest.fixture
def without_models(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scoring, "score_batch", lambda articles, _: [plain.scored(article) for article in articles])


def serialized(tables: dict[str, pa.Table]) -> dict[str, bytes]:
    found = {}
    for name, table in tables.items():
        sink = io.BytesIO()
        with pa.ipc.new_stream(sink, table.schema) as stream:
            stream.write_table(table)
        found[name] = sink.getvalue()
    return found


def test_tables_are_the_same_to_the_byte_on_any_number_of_threads(tiny_models: Path, small_corpus: Path) -> None:
    models = scoring.load_models(tiny_models)
    items: list[Article | Skipped] = [Article(a.id, a.text, date=DAY) for a in read([small_corpus])]
    items[7:7] = [Skipped("b.txt", None, "empty text"), Article("nothing", " ")]
    one, two, three = (
        [(number, serialized(tables)) for number, tables in scoring.score_shards(shards.cut(items), models, threads)]
        for threads in (1, 2, 3)
    )
    assert [number for number, _ in one] == list(range(len(one)))
    assert len(one) > 3
    assert one == two == three
    alone = [serialized(scoring.score_shard(some, models)) for _, some in shards.cut(items)]
    assert [tables for _, tables in one] == alone


def test_threads_work_side_by_side_and_one_shard_is_read_ahead(monkeypatch: pytest.MonkeyPatch) -> None:
    meeting = threading.Barrier(2)  # passed by two threads at once, or not at all
    read_so_far = 0

    def met(articles: Sequence[Article], _: Any) -> list[Scored | Skipped]:
        meeting.wait(timeout=30)
        return [plain.scored(article) for article in articles]

    def counted() -> Iterator[tuple[int, list[Article | Skipped]]]:
        nonlocal read_so_far
        for read_so_far, number in enumerate(range(6), start=1):  # noqa: B007
            yield number, [Article(f"{number}-{i}", "Okafor: We agreed. " * 100) for i in range(2)]

    monkeypatch.setattr(scoring, "score_batch", met)
    ahead = [read_so_far - number for number, _ in scoring.score_shards(counted(), NO_MODELS, 2)]
    assert ahead == [2, 2, 2, 2, 2, 1]


def test_each_thread_has_its_share_of_the_cores_and_the_caller_keeps_its_own() -> None:
    before = torch.get_num_threads()
    switch = sys.getswitchinterval()

    def inside(all_of_them: threading.Barrier) -> int:
        all_of_them.wait(30)
        torch.ones(64, 64) @ torch.ones(64, 64)
        return torch.get_num_threads()

    try:
        torch.set_num_threads(4)
        for number, share in ((1, 4), (2, 2), (4, 1), (6, 1)):
            with side_by_side(number) as threads:
                barrier = threading.Barrier(number)
                found = [each.result() for each in [threads.submit(inside, barrier) for _ in range(number)]]
                assert torch.get_num_threads() == 4
            assert found == [share] * number
        with pytest.raises(ZeroDivisionError), side_by_side(2) as threads:
            threads.submit(lambda: 1 // 0).result()
        assert torch.get_num_threads() == 4
        seen: list[int] = []
        later = threading.Thread(target=lambda: seen.append(inside(threading.Barrier(1))))
        later.start()
        later.join()
        assert seen == [4]
    finally:
        torch.set_num_threads(before)
    assert sys.getswitchinterval() == switch


@pytest.mark.parametrize(("cores", "threads"), [(1, 1), (2, 2), (8, 8), (9, 4), (12, 6), (16, 8), (64, 8)])
def test_further_cores_go_to_the_products(monkeypatch: pytest.MonkeyPatch, cores: int, threads: int) -> None:
    monkeypatch.setattr(torch, "get_num_threads", lambda: cores)
    assert advisable(torch.device("cpu")) == threads <= MOST
    assert advisable(torch.device("cuda")) == min(cores, ON_A_GPU)


def test_one_bad_article_costs_no_other_its_score(monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(articles: Sequence[Article], _: Any) -> list[Scored | Skipped]:
        if any(article.id == "in/50" for article in articles):
            raise RuntimeError("odd text")
        return [plain.scored(article) for article in articles]

    monkeypatch.setattr(scoring, "score_batch", failing)
    made = [tables for _, tables in scoring.score_shards(shards.cut(ARTICLES), NO_MODELS, 3)]
    ids = pa.concat_tables(tables["articles"] for tables in made)["article"].to_pylist()
    assert ids == [item.id for item in ARTICLES if isinstance(item, Article) and item.id != "in/50"]
    skipped = pa.concat_tables(tables["skipped"] for tables in made).to_pylist()
    assert {row["input"]: row["reason"] for row in skipped}["in/50"] == "could not be scored: RuntimeError: odd text"


def test_memory_that_runs_out_ends_the_run_and_keeps_the_shards_before(monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(articles: Sequence[Article], _: Any) -> list[Scored | Skipped]:
        if any(article.id == "in/50" for article in articles):
            raise MemoryError
        return [plain.scored(article) for article in articles]

    monkeypatch.setattr(scoring, "score_batch", failing)
    bad = next(n for n, items in shards.cut(ARTICLES) if any(getattr(item, "id", "") == "in/50" for item in items))
    got = []
    with pytest.raises(MemoryError):
        for number, _ in scoring.score_shards(shards.cut(ARTICLES), NO_MODELS, 2):
            got.append(number)
    assert bad > 1
    assert got == list(range(bad))


def forever(begun: threading.Event) -> None:
    begun.set()
    while True:
        time.sleep(0.001)


def test_what_nobody_waits_for_is_broken_off() -> None:
    running = threading.Event()
    with side_by_side(1) as threads:
        working = threads.submit(forever, running)
        waiting = threads.submit(forever, threading.Event())
        assert running.wait(30)
    assert working.done()
    assert working.exception() is not None
    assert waiting.cancelled()
    assert not [thread.name for thread in threading.enumerate() if thread.name.startswith("scoring")]


def test_ctrl_c_ends_all_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    later = threading.Timer(0.3, os.kill, (os.getpid(), signal.SIGINT))
    both = threading.Barrier(2, action=later.start)

    def endless(articles: Sequence[Article], _: Any) -> list[Scored | Skipped]:
        both.wait(30)
        forever(threading.Event())
        raise AssertionError

    monkeypatch.setattr(scoring, "score_batch", endless)
    handler = signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background job ignores it
    try:
        with pytest.raises(KeyboardInterrupt):
            next(scoring.score_shards(shards.cut(ARTICLES), NO_MODELS, 2))
    finally:
        signal.signal(signal.SIGINT, handler)
    assert not [thread.name for thread in threading.enumerate() if thread.name.startswith("scoring")]


def test_a_run_that_is_left_leaves_no_thread(without_models: None) -> None:
    found = scoring.score_shards(shards.cut(ARTICLES), NO_MODELS, 2)
    next(found)
    assert [thread.name for thread in threading.enumerate() if thread.name.startswith("scoring")]
    found.close()  # type: ignore[attr-defined]
    assert not [thread.name for thread in threading.enumerate() if thread.name.startswith("scoring")]

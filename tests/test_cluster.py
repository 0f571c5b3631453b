"""Shards scored by Dask workers: threads of this process where the models do not matter, and two real processes."""

import os
import runpy
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import dask
import psutil
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from distributed import get_worker
from distributed.deploy.spec import SpecCluster

from tone import scoring
from tone.adapters import FILE
from tone.cluster import Cluster, ClusterError, client, scored, worker
from tone.cluster.local import LocalScheduler, LocalWorker
from tone.models import ModelError, save, sha256
from tone.records import Article, Skipped

Item = Article | Skipped
Shards = list[tuple[int, Sequence[Item]]]

TEXTS = [
    "“We will sign on Friday,” said Ines Okafor, the harbour master. She added that the pilots had agreed.\n\n"
    "The port has been shut since March.",
    "Nothing moved on Tuesday. “No meeting is planned with anyone from the union,” the ministry said.",
    "Baltasar Wren denied that the ferry line was for sale. Talks go on next week, his office said.",
]


def shards(number: int, size: int = 3) -> Shards:
    """Numbered shards of short articles, each with something that was skipped."""
    articles = [[Article(f"{n}-{i}", TEXTS[(n + i) % 3] * (1 + i)) for i in range(size)] for n in range(number)]
    return [(n, [*some, Skipped(f"{n}.bin", None, "no text")]) for n, some in enumerate(articles)]


def ids(items: Sequence[Item], models: Any = None) -> dict[str, pa.Table]:
    """What stands for scoring where it does not matter: a table of the articles' ids."""
    return {"articles": pa.table({"article": [item.id for item in items if isinstance(item, Article)]})}


def _lost() -> None:
    """The worker that runs this is gone for the scheduler, as when its machine is switched off."""
    here: Any = get_worker()
    here.loop.add_callback(here.batched_stream.comm.abort)
    time.sleep(1)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with models that nobody can load, but whose checksums hold."""
    stored = tmp_path / "stored"
    for part in ("quotes", "tone", "claims"):
        save(stored / part, {"tone_model": sha256(stored / "tone" / FILE)} if part == "claims" else {}, {FILE: b"some"})
    return stored


Threads = Callable[[int], Any]


@pytest.fixture
def threads(monkeypatch: pytest.MonkeyPatch) -> Iterator[Threads]:
    """Starts a cluster with workers in threads of this process, whose scoring is `ids` unless a test sets another."""
    begun: list[SpecCluster] = []
    monkeypatch.setattr(scoring, "load_models", str)
    monkeypatch.setattr(scoring, "score_shard", ids)
    worker._ready.cache_clear()

    def start(number: int) -> Any:
        common = {"host": "127.0.0.1", "protocol": "tcp://"}
        options = {**common, "nthreads": 3}
        cluster = SpecCluster(
            scheduler={"cls": LocalScheduler, "options": {**common, "port": 0, "dashboard": False}},
            workers={n: {"cls": LocalWorker, "options": options} for n in range(number)},
            silence_logs=50,
        )
        begun.append(cluster)
        return cluster

    with dask.config.set({"distributed.comm.timeouts.connect": "1s"}):
        yield start
        for cluster in begun:
            cluster.close()
    worker._ready.cache_clear()


def on(cluster: Any) -> Cluster:
    return Cluster(scheduler=cluster.scheduler_address)


def test_every_shard_comes_back_once(threads: Threads, folder: Path) -> None:
    given = shards(9)
    found = dict(scored(given, folder, on(threads(2))))
    assert {n: t["articles"]["article"].to_pylist() for n, t in found.items()} == {
        n: [item.id for item in items if isinstance(item, Article)] for n, items in given
    }


def test_runs_with_other_models_share_a_cluster(
    threads: Threads, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def named(items: Sequence[Item], models: Any) -> dict[str, pa.Table]:
        return {"models": pa.table({"folder": [models]})}

    monkeypatch.setattr(scoring, "score_shard", named)
    other = tmp_path / "other"
    shutil.copytree(folder, other)
    cluster = threads(1)
    one, two = scored(shards(4), folder, on(cluster)), scored(shards(4), other, on(cluster))
    found = [tables["models"]["folder"].to_pylist() for pair in zip(one, two, strict=True) for _, tables in pair]
    assert found == [[str(folder)], [str(other)]] * 4


def test_no_shards_need_no_cluster(folder: Path) -> None:
    assert list(scored([], folder, Cluster(scheduler="tcp://127.0.0.1:9"))) == []


def test_shards_are_read_as_they_are_needed(threads: Threads, folder: Path) -> None:
    read = 0

    def counted() -> Iterator[tuple[int, Sequence[Item]]]:
        nonlocal read
        for shard in shards(20):
            read += 1
            yield shard

    ahead = [read - taken for taken, _ in enumerate(scored(counted(), folder, on(threads(2))))]
    assert len(ahead) == 20
    assert max(ahead) == 2 * client.IN_FLIGHT


def test_a_worker_scores_one_shard_at_a_time_on_all_its_threads(
    threads: Threads, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import torch

    here: dict[str, int] = {}

    def counting(items: Sequence[Item], models: Any) -> dict[str, pa.Table]:
        name = get_worker().address
        here[name] = here.get(name, 0) + 1
        time.sleep(0.02)
        most = here[name]
        here[name] -= 1
        return {"most": pa.table({"most": [most], "threads": [torch.get_num_threads()]})}

    monkeypatch.setattr(scoring, "score_shard", counting)
    before = torch.get_num_threads()
    try:
        found = pa.concat_tables(t["most"] for _, t in scored(shards(12), folder, on(threads(2))))
    finally:
        torch.set_num_threads(before)
    assert set(found["most"].to_pylist()) == {1}
    assert set(found["threads"].to_pylist()) == {3}
    assert len(here) == 2


def test_what_a_lost_worker_had_is_done_by_others(
    threads: Threads, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lost: list[str] = []

    def once(items: Sequence[Item], models: Any) -> dict[str, pa.Table]:
        if items[0] == shards(1)[0][1][0] and not lost:
            lost.append(get_worker().address)
            _lost()
        return ids(items)

    monkeypatch.setattr(scoring, "score_shard", once)
    assert sorted(n for n, _ in scored(shards(8), folder, on(threads(2)))) == list(range(8))
    assert len(lost) == 1


def test_a_shard_that_ends_every_worker_is_named_when_the_others_are_done(
    threads: Threads, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def deadly(items: Sequence[Item], models: Any) -> dict[str, pa.Table]:
        if isinstance(items[0], Article) and items[0].id == "1-0":
            _lost()
        return ids(items)

    monkeypatch.setattr(scoring, "score_shard", deadly)
    found: list[int] = []
    cluster = threads(2 * (_deaths := 4) + 1)
    with pytest.raises(ClusterError, match="shard 1, whose first article is 1-0, ended every worker"):
        found.extend(n for n, _ in scored(shards(6), folder, on(cluster)))
    assert len(cluster.scheduler.workers) == 1, _deaths


def test_an_error_of_scoring_itself_stays_what_it_is(
    threads: Threads, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(items: Sequence[Item], models: Any) -> dict[str, pa.Table]:
        raise ValueError("odd shard")

    monkeypatch.setattr(scoring, "score_shard", failing)
    with pytest.raises(ValueError, match=r"^odd shard$"):
        list(scored(shards(3), folder, on(threads(1))))


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"checksums": "{}"}, "other ones: copy this machine's"),
        ({"version": "0.0.1"}, "it has tone .*, and 0.0.1 is wanted"),
        ({"precision": "float8"}, "computes in (bfloat16|float32), and float8 is wanted"),
        ({"folder": Path("/nowhere")}, "no quotes model in /nowhere"),
    ],
)
def test_a_worker_that_would_give_other_tables_is_refused(
    threads: Threads, folder: Path, monkeypatch: pytest.MonkeyPatch, changed: dict[str, Any], message: str
) -> None:
    from dataclasses import replace

    other = replace(worker.Terms.here(folder), **changed)
    real = worker.Terms.here
    asked: list[Path] = []

    def here(models: Path) -> worker.Terms:
        asked.append(models)
        return other if len(asked) == 1 else real(models)

    monkeypatch.setattr(worker.Terms, "here", here)
    with pytest.raises(ClusterError, match=f"^the worker at tcp://127.0.0.1:[0-9]+ cannot score: .*{message}"):
        list(scored(shards(1), folder, on(threads(1))))


def test_models_altered_here_are_refused_before_anything_is_sent(folder: Path) -> None:
    (folder / "tone" / FILE).write_bytes(b"other")
    with pytest.raises(ModelError, match="altered"):
        list(scored(shards(1), folder, Cluster(scheduler="tcp://127.0.0.1:9")))


def test_without_workers_it_says_so(threads: Threads, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client, "WAIT_SECONDS", 0.1)
    monkeypatch.setattr(client, "_LOOK_SECONDS", 0.1)
    with pytest.raises(ClusterError, match="no worker has been ready"):
        list(scored(shards(1), folder, on(threads(0))))


def test_a_scheduler_that_leaves_is_reported(threads: Threads, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cluster = threads(1)

    def slow(items: Sequence[Item], models: Any) -> dict[str, pa.Table]:
        cluster.loop.add_callback(cluster.scheduler.close)
        time.sleep(0.5)
        return ids(items)

    monkeypatch.setattr(scoring, "score_shard", slow)
    with pytest.raises(ClusterError, match=r"connection to tcp://.* was lost"):
        list(scored(shards(4), folder, on(cluster)))


def test_an_address_without_a_scheduler_is_reported_within_ten_seconds(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert client.ANSWER_SECONDS < 10
    monkeypatch.setattr(client, "ANSWER_SECONDS", 0.3)
    with socket.create_server(("127.0.0.1", 0)) as mute:
        port = mute.getsockname()[1]
        for address in ("tcp://127.0.0.1:9", f"tcp://127.0.0.1:{port}", "nonsense://x:1", "", "tls://127.0.0.1:9"):
            begun = time.monotonic()
            with pytest.raises(
                ClusterError, match=f"^no scheduler answers at {address or 'an empty address'}: .{{10}}"
            ):
                list(scored(shards(1), folder, Cluster(scheduler=address)))
            assert time.monotonic() - begun < 2


def test_a_worker_is_no_scheduler(threads: Threads, folder: Path) -> None:
    (address,) = threads(1).scheduler.workers
    with pytest.raises(ClusterError, match="the address of a worker"):
        list(scored(shards(1), folder, Cluster(scheduler=address)))


def test_a_cluster_is_an_address_or_a_number() -> None:
    for wrong in ({}, {"scheduler": "tcp://127.0.0.1:9", "workers": 2}, {"workers": 0}):
        with pytest.raises(ValueError, match=r"scheduler|at least one"):
            Cluster(**wrong)


def test_without_dask_the_extra_is_named(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import tone.cluster

    monkeypatch.delitem(sys.modules, "tone.cluster.client")
    monkeypatch.delattr(tone.cluster, "client")
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(ClusterError, match=r"pip install 'tone\[dask\]'"):
        scored(shards(1), folder, Cluster(workers=1))


def test_tables_survive_the_way() -> None:
    tables = {
        "plain": pa.table({"text": ["“Ja”, said 안", None], "n": [1, 2]}),
        "sparse": pa.table({"words": pa.array(["a", "b", "a"]).dictionary_encode(), "l": [[1], [], [2, 3]]}),
        "empty": pa.table({"p": pa.array([], pa.float64())}),
    }
    back = worker.unpacked(worker.packed(tables))
    assert all(back[name].equals(table, check_metadata=True) for name, table in tables.items())


def test_two_processes_of_which_one_is_killed_give_the_same_bytes(tiny_models: Path, tmp_path: Path) -> None:
    given = shards(6)
    models = scoring.load_models(tiny_models)
    environment = dict(os.environ)
    found: dict[int, dict[str, pa.Table]] = {}
    begun: list[psutil.Process] = []
    for number, tables in scored(given, tiny_models, Cluster(workers=2)):
        if not found:
            begun = _workers(os.getpid())
            assert len(begun) == 2
            assert {host for process in (psutil.Process(), *begun) for host in _listening(process)} == {"127.0.0.1"}
            begun[0].kill()
        found[number] = tables
    assert not [process for process in begun if process.is_running()]
    assert dict(os.environ) == environment
    assert sorted(found) == [number for number, _ in given]
    for number, items in given:
        for name, alone in scoring.score_shard(items, models).items():
            assert _file(alone, tmp_path) == _file(found[number][name], tmp_path), (number, name)


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL])
def test_no_process_stays_behind(tiny_models: Path, how: signal.Signals, tmp_path: Path) -> None:
    script = tmp_path / "run.py"
    script.write_text(
        "import signal, sys\n"
        "from pathlib import Path\n"
        "from tone.cluster import Cluster, scored\n"
        "from tone.records import Article\n"
        "if __name__ == '__main__':\n"
        "    signal.signal(signal.SIGINT, signal.default_int_handler)\n"  # a shell's background job ignores it
        "    shards = ((n, [Article(str(n), 'It rained on Monday, she said. ' * 2000)]) for n in range(1000))\n"
        "    for number, _ in scored(shards, Path(sys.argv[1]), Cluster(workers=2)):\n"
        "        print(number, flush=True)\n",
        encoding="utf-8",
    )
    command = [sys.executable, str(script), str(tiny_models)]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    ) as run:
        assert run.stdout is not None
        assert run.stdout.readline()
        workers = _workers(run.pid)
        assert len(workers) == 2
        if how is signal.SIGINT:
            os.killpg(run.pid, how)  # as a terminal does it: to each process of the group
        else:
            run.kill()
        _, errors = run.communicate(timeout=120)
    if how is signal.SIGINT:
        assert errors.count("Traceback") == 1
        assert errors.strip().endswith("KeyboardInterrupt")
    assert not psutil.wait_procs(workers, timeout=60)[1]


def _workers(pid: int) -> list[psutil.Process]:
    """The worker processes that a process has begun."""
    return [child for child in psutil.Process(pid).children() if "spawn_main" in " ".join(child.cmdline())]


def _listening(process: psutil.Process) -> set[str]:
    """The hosts of the addresses that a process listens on."""
    return {c.laddr.ip for c in process.net_connections(kind="inet") if c.status == psutil.CONN_LISTEN}


def _file(table: pa.Table, folder: Path) -> bytes:
    pq.write_table(table, folder / "table.parquet", compression="zstd")
    return (folder / "table.parquet").read_bytes()


def test_the_plan_is_that_of_the_formula() -> None:
    script = runpy.run_path(str(Path(__file__).parent / "benchmarks" / "plan.py"))
    plan, table = script["plan"], script["table"]
    made = plan(100_000_000, 20, 16, 0.8, characters=2500, client=0.5, sent=1, received=0.4)
    assert made.shards == 250_000
    assert made.runs == 100
    assert made.core_hours == pytest.approx(100_000_000 / 20 / 3600)
    assert made.cost == pytest.approx(made.core_hours / 16 * 0.8)
    assert made.hours(10) == pytest.approx(made.core_hours / 160)
    assert made.cores_a_client == pytest.approx(400 / 20 / 0.5)
    assert made.clients(5, 16) == 2
    assert (made.sent, made.received) == (250, 100)
    assert "| 10 | 8.7 |" in table(made, [10], 16)
    with pytest.raises(ValueError, match="above 0"):
        plan(1, 0, 16, 1)

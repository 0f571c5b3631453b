"""The command line: what it prints, where, and how it ends. The library under it is replaced by small tables."""

import json
import subprocess
import sys
import types
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from importlib.metadata import version
from io import StringIO
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from click.testing import CliRunner, Result
from rich.console import Console

from tone.cli import tone as command
from tone.cli.progress import Lines, duration
from tone.cli.tables import speakers as table
from tone.collection import Collection
from tone.reports import ALL, BY, COLUMNS, EVERY, speakers, summary_skipped
from tone.reports.comparing import SIDES
from tone.runs import Progress
from tone.store import Summary

Run = Callable[..., Result]


def sentence_rows(speakers: dict[str, int], text: str = "We agreed.") -> pd.DataFrame:
    """So many sentences of each speaker, spread over two articles."""
    names = [name for name, number in speakers.items() for _ in range(number)]
    tones = ["constructive", "cautious", "neutral"]
    return pd.DataFrame(
        {
            "article": [f"news/a{i % 2}" for i in range(len(names))],
            "sentence": range(len(names)),
            "start": 0,
            "end": len(text),
            "text": text,
            "speaker": pd.Series(names, dtype="str"),
            "speaker_kind": "person",
            "tone": pd.Series([tones[i % 3] for i in range(len(names))], dtype="str"),
            "progress": True,
            "schedule": False,
            "denial": False,
            "date": [date(2026, 3, 1 + i % 2) for i in range(len(names))],
            "source": ["The Tern" if i % 2 else "Quay News" for i in range(len(names))],
        }
    )


def collection(sentences: pd.DataFrame, skipped: list[tuple[str, str]] | None = None) -> Collection:
    articles = pd.DataFrame(
        {
            "article": ["news/a0", "news/a1"],
            "text": ["We agreed.", "Nothing yet."],
            "title": ["A [short] one", None],
            "date": [date(2026, 3, 1), None],
            "source": [None, "The Tern"],
        }
    )
    quotes = pd.DataFrame({"article": ["news/a0"], "content_start": [0], "content_end": [10]})
    rows = pd.DataFrame(skipped or [], columns=["input", "reason"])
    return Collection(sentences, quotes, rows, articles)


FEW = {"Ola Finch": 9, "Harwick port": 6, "Marisol Teague": 2}


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs the command; its ``tone.load`` gives a small collection."""
    monkeypatch.setattr("tone.load", lambda out: collection(sentence_rows(FEW)))

    def invoke(*args: str, width: int = 80, **options: Any) -> Result:
        return CliRunner().invoke(command, args, prog_name="tone", env={"COLUMNS": str(width)}, **options)

    return invoke


def fails(result: Result, *parts: str, code: int = 2) -> None:
    """Asserts one line on stderr, nothing on stdout, and the exit status."""
    assert result.exit_code == code, result.output
    assert result.stdout == ""
    assert result.stderr.startswith("Error: ")
    assert result.stderr.count("\n") == 1
    for part in parts:
        assert part in result.stderr


# The group


def test_help_version_and_nothing(run: Run) -> None:
    assert "score" in run("--help").stdout
    assert run("--version").stdout == f"tone {version('tone')}\n"
    assert "Commands:" in run().output


@pytest.mark.parametrize("name", sorted(command.commands))
def test_each_command_has_help(run: Run, name: str) -> None:
    result = run(name, "-h")
    assert result.exit_code == 0
    assert result.stdout.startswith(f"Usage: tone {name}")


def test_commands_are_named_and_described() -> None:
    assert sorted(command.commands) == ["evaluate", "explain", "report", "score", "show", "train"]
    assert all(len(c.get_short_help_str(limit=200)) < 60 for c in command.commands.values())


def test_mistyped(run: Run) -> None:
    fails(run("scroe"), "No such command 'scroe'", "Did you mean 'score'?", "See 'tone --help'.")
    fails(run("score", "--modles", "x"), "--modles", "Did you mean '--models'?", "See 'tone score --help'.")
    fails(run("--verison"), "--verison")
    fails(run("score", "x"), "Missing option '-o'")
    fails(
        run("train", "tones", "--data", "."),
        "'tones' is not one of 'quotes', 'tone', 'claims', 'all', 'shared', 'speakers'",
    )


class OurError(Exception):
    """Stands for an exception class that the package defines."""

    __module__ = "tone.store"


@pytest.mark.parametrize(
    ("error", "line"),
    [
        (OurError("out is no\nresult folder"), "Error: out is no result folder\n"),
        (OSError(28, "No space left on device", "out/x"), "Error: No space left on device: out/x\n"),
        (OSError("disk on fire"), "Error: disk on fire\n"),
    ],
    ids=str,
)
def test_known_errors_are_a_line(run: Run, monkeypatch: pytest.MonkeyPatch, error: Exception, line: str) -> None:
    def broken(out: Path) -> Any:
        raise error

    monkeypatch.setattr("tone.load", broken)
    for arguments in (("report", "out"), ("show", "out", "a")):
        result = run(*arguments)
        fails(result)
        assert result.stderr == line


def test_a_bug_keeps_its_traceback(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(out: Path) -> Any:
        raise KeyError("oops")

    monkeypatch.setattr("tone.load", broken)
    assert isinstance(run("report", "out").exception, KeyError)


@pytest.mark.parametrize(
    ("error", "line", "code"),
    [
        (KeyboardInterrupt(), "stopped with Ctrl-C; the same command goes on from what out has", 130),
        (MemoryError(), "out of memory; the same command goes on from what out has", 2),
    ],
    ids=["ctrl-c", "memory"],
)
def test_what_stops_scoring_says_how_to_go_on(
    run: Run, monkeypatch: pytest.MonkeyPatch, error: BaseException, line: str, code: int
) -> None:
    def interrupted(*args: object, **options: object) -> Any:
        raise error

    monkeypatch.setattr("tone.score_to", interrupted)
    result = run("score", "x.txt", "-o", "out")
    fails(result, line, code=code)


def test_ctrl_c_elsewhere(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(out: Path) -> Any:
        raise KeyboardInterrupt

    monkeypatch.setattr("tone.load", interrupted)
    fails(run("report", "out"), "stopped with Ctrl-C", code=130)


# score


def summed_up(speakers: dict[str, int], skipped: Sequence[tuple[str, str]] = (), **more: Any) -> Summary:
    rows = pd.DataFrame(list(skipped), columns=["input", "reason"])
    sentences = sum(speakers.values())
    return Summary(2, sentences, sentences, len(speakers), len(rows), summary_skipped(rows), **more)


def scoring(result: Summary, calls: list[dict[str, Any]], steps: tuple[Progress, ...] = ()) -> Callable[..., Summary]:
    def score_to(inputs: Any, out: Path, *, progress: Callable[[Progress], None] | None, **options: Any) -> Summary:
        calls.append({"inputs": inputs, "out": out, "progress": progress, **options})
        for step in steps:
            if progress:
                progress(step)
        out.mkdir(exist_ok=True)
        for name in ("sentences.parquet", "skipped.parquet", "speakers.csv"):
            (out / name).touch()
        return result

    return score_to


SKIPPED = [("a.bin", "binary file"), ("b.txt", "empty text"), ("c.bin", "binary file"), ("d.csv", "no column: text")]


def test_score(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    calls: list[dict[str, Any]] = []
    monkeypatch.setattr("tone.score_to", scoring(summed_up(FEW, SKIPPED), calls))
    out = tmp_path / "out"
    result = run("score", "x.txt", "news", "-o", str(out), "--models", "mine")
    assert result.exit_code == 0
    assert result.stderr == ""
    assert result.stdout.splitlines() == [
        "Scored 2 articles: 17 sentences, 17 of them with the words of 3 speakers.",
        f"Skipped 4 inputs (each with its reason in {out / 'skipped.parquet'}):",
        "  2 binary file, such as a.bin",
        "  1 empty text, b.txt",
        "  1 no column, d.csv",
        f"Tables in {out}: sentences.parquet, speakers.csv, skipped.parquet",
        f"Read on:  tone report {out}",
    ]
    call = calls[0]
    assert call["inputs"] == [Path("x.txt"), Path("news")]
    assert (call["out"], call["models"]) == (out, Path("mine"))
    assert (call["overwrite"], call["workers"], call["scheduler"]) == (False, None, None)


def test_score_says_what_was_there(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    calls: list[dict[str, Any]] = []
    out = str(tmp_path / "out")
    monkeypatch.setattr("tone.score_to", scoring(summed_up(FEW, complete=True), calls))
    lines = run("score", "x.txt", "-o", out, "--overwrite", "--workers", "3").stdout.splitlines()
    assert lines[0] == f"Complete already, nothing was done: {out} is of these inputs and models."
    assert lines[1] == "Scored 2 articles: 17 sentences, 17 of them with the words of 3 speakers."
    assert (calls[0]["overwrite"], calls[0]["workers"]) == (True, 3)
    monkeypatch.setattr("tone.score_to", scoring(summed_up(FEW, shards_there=12), calls))
    lines = run("score", "x.txt", "-o", out, "--scheduler", "tcp://127.0.0.1:9").stdout.splitlines()
    assert lines[0] == "Gone on with: 12 shards of an earlier try."
    assert calls[1]["scheduler"] == "tcp://127.0.0.1:9"
    fails(run("score", "x.txt", "-o", out, "--workers", "3", "--scheduler", "tcp://127.0.0.1:9"), "--workers")
    fails(run("score", "x.txt", "-o", out, "--workers", "0"), "--workers")


def test_score_quiet_tells_what_was_skipped_only(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    calls: list[dict[str, Any]] = []
    monkeypatch.setattr("tone.score_to", scoring(summed_up(FEW, SKIPPED), calls))
    result = run("score", "x.txt", "-o", str(tmp_path / "out"), "-q")
    assert result.exit_code == 0
    assert result.stdout == ""
    assert result.stderr.startswith("Skipped 4 inputs")
    assert calls[0]["progress"] is None
    assert calls[0]["models"] is None
    monkeypatch.setattr("tone.score_to", scoring(summed_up(FEW), calls))
    assert run("score", "x.txt", "-o", str(tmp_path / "out"), "--quiet").output == ""


def test_nothing_scored(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    nothing = replace(summed_up({}, [("a.bin", "binary file")]), articles=0)
    monkeypatch.setattr("tone.score_to", scoring(nothing, []))
    result = run("score", "a.bin", "-o", str(tmp_path / "out"))
    assert result.exit_code == 1
    assert result.stdout == ""
    lines = result.stderr.splitlines()
    assert lines[0] == "Nothing was scored."
    assert lines[-1] == "  1 binary file, a.bin"


STEPS = (Progress(40, None, 300, 40, 3), Progress(80, 240, 700, 40, 3), Progress(120, 240, 1100, 40, 3))


def test_a_bar_on_a_terminal(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setattr("tone.score_to", scoring(summed_up(FEW), [], STEPS))
    result = run("score", "x", "-o", str(tmp_path / "out"), width=100)
    assert result.exit_code == 0
    assert "120 of 240 articles" in result.stderr
    assert result.stderr.count("3 shards were there") == 1
    assert "Scoring" not in result.stdout


def test_lines_elsewhere(capsys: pytest.CaptureFixture[str]) -> None:
    times = iter([0.0, 4.0, 11.0, 12.0, 30.0])
    lines = Lines(every=10, clock=lambda: next(times))
    for step in (
        Progress(10, None, 1),
        Progress(22, None, 1),
        Progress(23, 240, 150),
        Progress(150, 1230, 1100, articles_there=30, shards_there=1),
    ):
        lines(step)
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.splitlines() == [
        "22 articles, 1 sentence, 2.0 articles/s",
        "150 of 1,230 articles (1 shard was there), 1,100 sentences, 4.0 articles/s, 4 min left",
    ]


def test_durations() -> None:
    assert [duration(s) for s in (0, 89, 90, 5000, 9000)] == ["0 s", "89 s", "2 min", "83 min", "2.5 h"]


# report


def test_report_table(run: Run) -> None:
    result = run("report", "out")
    assert result.exit_code == 0
    assert result.stderr == ""
    lines = result.stdout.splitlines()
    assert all(len(line) <= 80 for line in lines)
    assert lines[0].split()[:3] == ["Speaker", "Sent.", "Art."]
    assert lines[2].startswith("Ola Finch ")
    assert lines[4].startswith("* Marisol Teague ")
    assert "* fewer than 5 sentences: too few to tell how this speaker sounds." in lines
    assert "shown" not in result.stdout


def rendered(frame: pd.DataFrame, width: int) -> list[str]:
    console = Console(file=StringIO(), width=width, highlight=False)
    with console.capture() as captured:
        console.print(table(frame, width))
    return captured.get().splitlines()


@pytest.mark.parametrize("width", [60, 80, 100, 120, 160])
def test_figures_are_never_cut(width: int) -> None:
    names = {"Federal Office for Inland Waterways and Ferries of the North": 1250, "نورا حداد": 7, "A 🚢 [b]": 1}
    frame = speakers(sentence_rows(names))
    lines = rendered(frame, width)
    assert len(lines) == 5
    for line, sentences in zip(lines[2:], ("1,250", "7", "1"), strict=True):
        assert f" {sentences} " in line
        name, _, figures = line.partition(f" {sentences} ")
        assert "…" not in figures.replace(" … ", "")
        assert len(name) > 0
    assert "A 🚢 [b]" in lines[4]
    assert ("Tones" in lines[0], "First" in lines[0]) == (width >= 110, width >= 140)


def test_report_table_says_what_it_leaves_out(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    many = {f"Person {i}": 1 for i in range(41)}
    monkeypatch.setattr("tone.load", lambda out: collection(sentence_rows(many)))
    result = run("report", "out")
    assert result.stdout.count("Person") == 30
    assert "30 of 41 speakers shown; --limit 41 shows all." in result.stdout
    assert run("report", "out", "--limit", "41").stdout.count("Person") == 41
    assert run("report", "out", "--format", "csv").stdout.count("Person") == 41
    limited = run("report", "out", "--format", "csv", "--limit", "3")
    assert limited.stdout.count("Person") == 3
    assert limited.stderr == "3 of 41 speakers shown; --limit 41 shows all.\n"


def test_report_csv(run: Run) -> None:
    lines = run("report", "out", "--format", "csv", "--sort", "speaker").stdout.splitlines()
    assert lines[0] == ",".join(COLUMNS)
    assert lines[1].startswith("Harwick port,person,2,6,0.3333,0.3333,0.3333,0.0000,")
    assert lines[1].endswith(",articles,6,0,0,2026-03-01,2026-03-02,True,0")


def test_report_json(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = json.loads(run("report", "out", "--format", "json").stdout)
    assert [row["speaker"] for row in rows] == list(FEW)
    assert list(rows[0]) == list(COLUMNS)
    assert (rows[0]["first"], rows[0]["sentences"], rows[0]["enough"]) == ("2026-03-01", 9, True)
    undated = sentence_rows(FEW).assign(date=None, speaker_kind=None)
    monkeypatch.setattr("tone.load", lambda out: collection(undated))
    row = json.loads(run("report", "out", "--format", "json").stdout)[0]
    assert (row["first"], row["last"], row["kind"]) == (None, None, None)


def test_report_filters(run: Run) -> None:
    def names(*options: str) -> list[str]:
        return [row["speaker"] for row in json.loads(run("report", "out", "--format", "json", *options).stdout)]

    assert names("--min-sentences", "6") == ["Ola Finch", "Harwick port"]
    assert names("--limit", "1") == ["Ola Finch"]
    assert names("--since", "2026-03-03") == []
    assert len(names("--until", "2026-03-01")) == 3
    assert len(names("--source", "The Tern")) == 3
    assert names("--sort", "speaker")[0] == "Harwick port"


def test_report_without_speakers(run: Run) -> None:
    assert run("report", "out", "--since", "2030-01-01").stdout == "No sentence with a speaker is left to report.\n"
    csv = run("report", "out", "--since", "2030-01-01", "--format", "csv")
    assert csv.stdout == ",".join(COLUMNS) + "\n"


def test_report_mistakes(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    fails(run("report", "out", "--sort", "loudness"), "cannot sort by 'loudness'", "net_tone", "denial")
    fails(run("report", "out", "--since", "yesterday"), "'yesterday' is not a date like 2026-03-31")
    fails(run("report", "out", "--since", "2026-13-01"), "'2026-13-01' is not a date")
    fails(run("report", "out", "--since", "2026-03-02", "--until", "2026-03-01"), "is after until")
    fails(run("report", "out", "--source", "Tern"), "no article from 'Tern'; the sources are Quay News, The Tern")
    fails(run("report", "out", "--limit", "0"), "--limit")
    fails(run("report", "out", "--format", "xml"), "'xml' is not one of 'table', 'csv', 'json'")
    monkeypatch.setattr("tone.load", lambda out: collection(sentence_rows(FEW).assign(source=None)))
    fails(run("report", "out", "--source", "Tern"), "no article has a source")
    fails(run("report", "out", "--topic", "ports"), "the table lacks the column topic")
    fails(run("report", "out", "--by", "topic"), "the table lacks the column topic")


def test_report_choices_are_those_of_the_library() -> None:
    choices = {option.name: option.type for option in command.commands["report"].params}
    assert tuple(choices["by"].choices) == BY  # type: ignore[attr-defined]
    assert tuple(choices["every"].choices) == EVERY  # type: ignore[attr-defined]
    assert tuple(choices["compare"].types[0].choices) == SIDES  # type: ignore[attr-defined]


@pytest.mark.parametrize("width", [60, 80, 100, 160])
def test_report_by_source(run: Run, width: int) -> None:
    lines = run("report", "out", "--by", "source", width=width).stdout.splitlines()
    assert lines[0].split()[:2] == ["Speaker", "Source"]
    assert [line.startswith("* ") for line in lines[2:8]] == [False, True, True, True, True, True]
    assert all(name in line for line, name in zip(lines[2:6], ["Ola", "Ola", "Harwick", "Harwick"], strict=True))
    assert all(len(line) <= width for line in lines)
    for line, source, sentences in zip(lines[2:], ["Quay News", "The Tern"] * 2, [5, 4, 3, 3], strict=False):
        assert f"{source}  " in line
        assert line.split(source)[1].split()[0] == str(sentences)


def test_report_by_month_in_csv(run: Run) -> None:
    lines = run("report", "out", "--by", "month", "--format", "csv").stdout.splitlines()
    assert lines[0].startswith("speaker,month,kind,")
    assert lines[1].startswith("Ola Finch,2026-03-01,person,2,9,")
    assert "  2026-03  " in run("report", "out", "--by", "month", width=100).stdout


def test_report_timeline(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = sentence_rows({"Ola Finch": 3}).assign(
        date=pd.Series([date(2026, 1, 5), date(2026, 3, 1), None], dtype=object)
    )
    monkeypatch.setattr("tone.load", lambda out: collection(rows))
    lines = run("report", "out", "--timeline", "Ola Finch", "--every", "month").stdout.splitlines()
    assert lines[0].split()[:3] == ["Month", "Sent.", "Art."]
    assert [line.split()[:2] for line in lines[2:5]] == [["2026-01", "1"], ["2026-02", "0"], ["2026-03", "1"]]
    assert "nan" not in "".join(lines)
    assert lines[-1] == "1 more sentence without a date."
    weeks = run("report", "out", "--timeline", "all").stdout
    assert "2026-01-05 " in weeks
    assert "… 6 weeks " in weeks
    assert len(json.loads(run("report", "out", "--timeline", "all", "--format", "json").stdout)) == 8
    fails(run("report", "out", "--timeline", "Finch"), "no speaker 'Finch'. Did you mean 'Ola Finch'?")
    fails(run("report", "out", "--timeline", "all", "--every", "year"), "'year' is not one of")
    monkeypatch.setattr("tone.load", lambda out: collection(rows.assign(date=None)))
    nothing = "No sentence with a speaker and a date is left to report.\n"
    assert run("report", "out", "--timeline", "all").stdout == nothing
    monkeypatch.setattr("tone.load", lambda out: collection(rows.assign(speaker=None)))
    fails(run("report", "out", "--timeline", "Ola"), "No sentence with a speaker is left to report.")


def test_report_claims(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = sentence_rows({"Ola Finch": 2}, "[b]We\nagreed\x07.").assign(
        speaker=pd.Series(["Ola Finch", None], dtype="str"),
        schedule=True,
        p_schedule=0.91,
        when_start=date(2026, 3, 9),
        when_end=date(2026, 3, 10),
    )
    monkeypatch.setattr("tone.load", lambda out: collection(rows))
    assert run("report", "out", "--claims", "schedule").stdout.splitlines() == [
        "2026-03-01 · Ola Finch · Quay News · news/a0 · 0.91 → 2026-03-09 … 2026-03-10",
        "[b]We agreed�.",
        "",
        "2026-03-02 · (narration) · The Tern · news/a1 · 0.91 → 2026-03-09 … 2026-03-10",
        "[b]We agreed�.",
        "",
    ]
    limited = run("report", "out", "--claims", "schedule", "--limit", "1").stdout
    assert limited.endswith("\n1 of 2 claims shown; --limit 2 shows all.\n")
    csv = run("report", "out", "--claims", "schedule", "--format", "csv", "--source", "The Tern").stdout.splitlines()
    assert csv[0].startswith("speaker,date,source,topic,title,article,sentence,text,probability,when_start,when_end")
    assert len(csv) > 1
    assert run("report", "out", "--claims", "denial").stdout == "No denial is left to report.\n"
    fails(run("report", "out", "--claims", "boast"), "'boast' is not one of 'progress', 'schedule', 'denial'")


@pytest.mark.parametrize("width", [60, 80, 100, 120])
def test_report_comparison(run: Run, width: int) -> None:
    result = run("report", "out", "--compare", "source", "Quay News", "The Tern", width=width)
    lines = result.stdout.splitlines()
    assert all(len(line) <= width for line in lines)
    assert [line.split()[0] for line in lines[2:6]] == [ALL, "*", "*", "*"]
    assert "Ola Finch" in lines[3]
    assert "1: Quay News   2: The Tern" in lines
    assert lines[2].split()[1:3] == ["9", "8"]
    assert ("100 → 100" in lines[2]) == (width >= 110)


def test_report_comparison_of_times_and_its_mistakes(run: Run) -> None:
    compare = ("report", "out", "--compare")
    rows = json.loads(run(*compare, "date", "2026-03-01", "2026-03-02..", "--format", "json").stdout)
    assert [row["speaker"] for row in rows] == [ALL, *FEW]
    assert rows[1]["sentences_first"] == 5
    few = run(*compare, "date", "2026-03-01", "2026-03-02..", "--min-sentences", "2", "--format", "csv").stdout
    assert "Marisol" not in few
    assert run(*compare, "date", "2025", "2026").stdout == "No sentence with a speaker is left on one of the sides.\n"
    fails(run(*compare, "source", "Tern", "Quay News"), "no article from 'Tern'; the sources are Quay News, The Tern")
    fails(run(*compare, "date", "March", "2026"), "first must name days, months or years like 2026-03-09, not 'March'")
    fails(run(*compare, "speaker", "a", "b"), "'speaker' is not one of 'source', 'topic', 'date'")
    fails(run(*compare, "date", "2026-03"), "--compare")


def test_report_counts_copies_once(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = sentence_rows({"Ola Finch": 4})
    rows["copy_of"] = ["news/a1" if name == "news/a0" else None for name in rows["article"]]
    monkeypatch.setattr("tone.load", lambda out: collection(rows))
    note = "Copies of other articles are left out; --copies all counts them."
    assert note in run("report", "out").stdout
    assert note not in run("report", "out", "--copies", "all").stdout
    once, whole = (
        json.loads(run("report", "out", "--copies", copies, "--format", "json").stdout)[0] for copies in ("once", "all")
    )
    assert (once["sentences"], once["copies"], whole["sentences"], whole["copies"]) == (2, 1, 4, 0)


def test_report_csv_runs_nothing(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tone.load", lambda out: collection(sentence_rows({"=cmd|' /C calc'!A0": 1})))
    assert run("report", "out", "--format", "csv").stdout.splitlines()[1].startswith("'=cmd|' /C calc'!A0,person,")


def test_report_export(run: Run, tmp_path: Path) -> None:
    book = tmp_path / "all.xlsx"
    result = run("report", "out", "--xlsx", str(book), "--min-sentences", "6", "--since", "2026-03-02")
    assert (result.stdout, result.stderr) == (f"Wrote {book}\n", "")
    assert pd.read_excel(book, sheet_name="speakers")["speaker"].tolist() == []
    assert len(pd.read_excel(book, sheet_name="sentences")) == 8
    result = run("report", "out", "--export", str(tmp_path / "all.csv"))
    assert result.stdout.startswith(f"Wrote 10 tables to {tmp_path / 'all'}: speakers.csv, ")
    assert (tmp_path / "all" / "timeline.csv").exists()
    fails(run("report", "out", "--xlsx", str(tmp_path / "all.doc")), "'all.doc': the name must end in .xlsx, .csv")
    fails(run("report", "out", "--export", str(tmp_path / "none" / "all.json")), "No such file or directory")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--every", "day"], "--every needs --timeline"),
        (["--timeline", "all", "--by", "month"], "--by does not go with --timeline"),
        (["--timeline", "all", "--claims", "denial"], "--timeline does not go with --claims: ask for one report"),
        (["--claims", "denial", "--sort", "denial"], "--sort does not go with --claims"),
        (["--claims", "denial", "--min-sentences", "2"], "--min-sentences does not go with --claims"),
        (["--compare", "date", "2025", "2026", "--by", "week"], "--by does not go with --compare"),
        (["--export", "all.csv", "--format", "csv"], "--format does not go with --export"),
        (["--export", "all.csv", "--limit", "3"], "--limit does not go with --export"),
    ],
    ids=lambda value: value if isinstance(value, str) else " ".join(value),
)
def test_report_options_that_do_not_go_together(run: Run, options: list[str], message: str) -> None:
    fails(run("report", "out", *options), message)


# show


def test_show(run: Run) -> None:
    result = run("show", "out", "news/a0", width=200)
    assert result.exit_code == 0
    assert result.stdout.startswith("A [short] one\n2026-03-01 · news/a0\n\n‹We agreed.›")
    assert "[+ Ola Finch · constructive · progress]" in result.stdout
    assert "+ constructive   ~ cautious   = neutral" in result.stdout
    assert all(len(line) <= 100 for line in result.stdout.splitlines())


def test_show_in_colour_needs_no_brackets(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm-256color")
    result = run("show", "out", "news/a0", color=True)
    assert "‹" not in result.stdout
    assert "\x1b[4;32mWe agreed." in result.stdout


def test_show_suggests_near_ids(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    fails(run("show", "out", "news/a2"), "no article 'news/a2'. Did you mean 'news/a0' or 'news/a1'?")
    fails(run("show", "out", "a1"), "Did you mean 'news/a1'")
    fails(run("show", "out", "zzzzzz"), "no article 'zzzzzz' among 2, such as 'news/a0'")
    empty = collection(sentence_rows({}))
    monkeypatch.setattr("tone.load", lambda out: replace(empty, articles=empty.articles.iloc[:0]))
    fails(run("show", "out", "x"), "no article was scored here")


# explain, train, evaluate


@dataclass(frozen=True)
class Explained:
    sentence: str
    tone: str
    tone_probabilities: dict[str, float]
    tone_words: list[tuple[str, float]]
    claims: tuple[str, ...]
    claim_probabilities: dict[str, float]
    claim_terms: dict[str, list[tuple[str, float]]]


@pytest.fixture
def explained(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    calls: list[Any] = []

    def explain(sentences: list[str], models: Path | None = None) -> list[Explained]:
        calls.append((sentences, models))
        claims = {"progress": 0.91, "schedule": 0.02, "denial": 0.0}
        tones = {"constructive": 0.9, "cautious": 0.06, "neutral": 0.04}
        terms = {"progress": [("agreed", 2.5), ("(meaning)", -0.5)]}
        return [Explained(s, "constructive", tones, [("agreed", 0.5)], ("progress",), claims, terms) for s in sentences]

    stub = types.ModuleType("tone.explaining")
    stub.explain = explain  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "tone.explaining", stub)
    return calls


def test_explain(run: Run, explained: list[Any]) -> None:
    result = run("explain", "We agreed.", "We [b]agreed[/b].", "--models", "mine")
    assert result.exit_code == 0
    assert explained == [(["We agreed.", "We [b]agreed[/b]."], Path("mine"))]
    assert "We [b]agreed[/b].\n" in result.stdout
    assert "  tone      + constructive" in result.stdout
    assert "+ 0.90  ~ 0.06  = 0.04" in result.stdout
    assert "  progress  yes 0.91  agreed +2.50  (meaning) -0.50" in result.stdout
    assert "  denial    no  0.00" in result.stdout


def test_explain_lines_of_standard_input(run: Run, explained: list[Any]) -> None:
    result = run("explain", "--json", input="We agreed.\n\n  Nothing yet. \n")
    assert explained == [(["We agreed.", "Nothing yet."], None)]
    rows = json.loads(result.stdout)
    assert [row["sentence"] for row in rows] == ["We agreed.", "Nothing yet."]
    assert rows[0]["claim_terms"] == {"progress": [["agreed", 2.5], ["(meaning)", -0.5]]}


def test_explain_nothing(run: Run, explained: list[Any]) -> None:
    fails(run("explain", input="\n \n"), "There is no sentence")
    fails(run("explain", "  "), "There is no sentence")
    assert explained == []


def test_train(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    calls: list[Any] = []

    def train(parts: Any, *, log: Callable[[str], None], **options: Any) -> None:
        calls.append((parts, options))
        log("epoch 1")

    stub = types.ModuleType("tone.training")
    stub.train = train  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "tone.training", stub)
    data = str(tmp_path)
    result = run("train", "tone", "--data", data, "--data", data, "--models", "mine", "--seed", "3")
    assert result.exit_code == 0
    assert result.stderr == "epoch 1\n"
    assert result.stdout == "Trained tone. Use with: tone score --models mine\n"
    options = {"corpora": [tmp_path, tmp_path], "models_folder": Path("mine"), "encoder": None, "seed": 3, "average": 1}
    assert calls.pop() == (("tone",), {**options, "teachers": 1})
    run("train", "shared", "--data", data, "--teachers", "2")
    assert calls[-1][1]["teachers"] == 2
    assert calls.pop()[0] == ("shared", "claims")
    run("train", "--data", data)
    assert calls.pop()[0] == ("quotes", "tone", "claims")
    assert run("train", "speakers", "--data", data).stdout == "Trained speakers.\n"
    assert calls.pop()[0] == ("speakers",)
    fails(run("train", "--data", str(tmp_path / "none")), "does not exist")
    fails(run("train"), "Missing option '--data'")


def evaluating(monkeypatch: pytest.MonkeyPatch, evaluate: Callable[..., Any]) -> None:
    stub = types.ModuleType("tone.evaluation")
    stub.evaluate = evaluate  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "tone.evaluation", stub)


def test_evaluate(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from tone.evaluation import Evaluation, Figure, Judged

    wrong = Judged(
        "neutral", "cautious", frozenset(), frozenset(), None, None, False, "It\n[rained].", "a[1]", (0.1, 0.6, 0.3)
    )
    found = Evaluation((Figure("tone accuracy", 0.9, 0.85, 0.95), Figure("figures [n]", 7, 1, 9)), {}, 1, (wrong,))
    evaluating(monkeypatch, lambda gold, out, training: found)
    text = run("evaluate", str(tmp_path), "out").stdout
    assert "tone accuracy   0.900   0.850   0.950" in text
    assert "figures [n]     7.000   1.000   9.000" in text
    assert "neutral scored cautious" in text
    assert "0.60  neutral scored cautious  [a[1]]\n      It [rained].\n" in text
    assert "[rained]" not in run("evaluate", str(tmp_path), "out", "--worst", "0").stdout
    markdown = run("evaluate", str(tmp_path), "out", "--format", "markdown").stdout
    assert "| tone accuracy | 0.900 | 0.850 to 0.950 |" in markdown
    assert "## reliability\n\n| label | bin | sentences | said | happened |" in markdown
    parts = json.loads(run("evaluate", str(tmp_path), "out", "--format", "json").stdout)
    assert parts["figures"][1] == {"figure": "figures [n]", "value": 7.0, "low": 1.0, "high": 9.0}
    assert parts["calibration"] == [{"label": "tone", "sentences": 1, "expected calibration error": 0.6}]
    fails(run("evaluate", str(tmp_path / "none"), "out"), "does not exist")

    def refuse(gold: Path, out: Path, training: object) -> Any:
        raise ValueError("gold lacks\nthe column tone")

    evaluating(monkeypatch, refuse)
    fails(run("evaluate", str(tmp_path), "out"), "gold lacks the column tone")


# As a process of its own


def python(*args: str, **options: Any) -> "subprocess.CompletedProcess[str]":
    return subprocess.run([sys.executable, *args], capture_output=True, text=True, timeout=60, check=False, **options)


def test_python_m_tone() -> None:
    asked = python("-m", "tone", "--help")
    assert asked.returncode == 0
    assert asked.stdout.startswith("Usage: tone [OPTIONS] COMMAND")
    assert python("-m", "tone", "--version").stdout == f"tone {version('tone')}\n"
    mistyped = python("-m", "tone", "repotr", "out")
    assert mistyped.returncode == 2
    assert mistyped.stdout == ""
    assert mistyped.stderr == ("Error: No such command 'repotr'. Did you mean 'report'? See 'tone --help'.\n")


def test_the_command_imports_nothing_heavy() -> None:
    heavy = {"torch", "transformers", "pandas", "pyarrow", "sklearn", "rich", "numpy"}
    code = f"import sys, tone.cli; print(sorted({heavy!r} & set(sys.modules)))"
    assert python("-c", code).stdout == "[]\n"


PIPED = """
import sys, types
import tone.cli
import pandas as pd
n = 20000
rows = pd.DataFrame({"article": "a", "speaker": [f"Person {i}" for i in range(n)], "tone": "neutral",
                     "progress": False, "schedule": False, "denial": False})
tone.load = lambda out: types.SimpleNamespace(sentences=rows)
sys.argv = ["tone", "report", "out", *sys.argv[1:]]
tone.cli.main()
"""


@pytest.mark.parametrize("options", [("--format", "csv"), ("--limit", "2000")], ids=["csv", "table"])
def test_a_reader_that_leaves_ends_it_quietly(options: tuple[str, ...]) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", PIPED, *options], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stderr is not None
    with process.stdout, process.stderr:
        assert "peaker" in process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == ""
        process.wait(timeout=60)


def test_characters_that_the_terminal_lacks_end_nothing() -> None:
    code = PIPED.replace("Person {i}", "Šimůnek {i}").replace("n = 20000", "n = 3")
    done = python("-c", code, env={"PYTHONIOENCODING": "ascii", "PATH": ""})
    assert done.returncode == 0, done.stderr
    assert "\\u0160im\\u016fnek" in done.stdout

"""Every notebook's code runs from top to bottom, and the outputs that are kept are such as a reader can open."""

import ast
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import altair as alt
import pandas as pd
import pytest

from tone.training.corpus import Labelled, parse, read
from tone.training.validate import repeated

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "notebooks"
NAMES = ("explore", "compare", "judge")
SIZE = 300_000
UNTRAINED = "bridge.jsonl"
each = pytest.mark.parametrize("name", NAMES)


def code(name: str) -> list[dict[str, Any]]:
    """The code cells of a notebook."""
    cells = json.loads((FOLDER / f"{name}.ipynb").read_text(encoding="utf-8"))["cells"]
    return [cell for cell in cells if cell["cell_type"] == "code"]


def left_alone(cell: dict[str, Any]) -> bool:
    return "skip-execution" in cell["metadata"].get("tags", [])


def rendered(value: object) -> object:
    """What Jupyter would show of a cell's last value."""
    for way in ("_repr_mimebundle_", "_repr_html_"):
        if hasattr(value, way):
            return getattr(value, way)()
    return repr(value)


@pytest.fixture
def undone() -> Iterator[None]:
    """Takes back what a notebook sets for all of Python."""
    pandas = ("display.max_colwidth", pd.options.display.max_colwidth, "display.float_format", None)
    with pd.option_context(*pandas), alt.renderers.enable("default"):
        yield


@each
@pytest.mark.usefixtures("undone")
def test_notebook_runs(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(FOLDER)
    names: dict[str, object] = {}
    for cell in code(name):
        source, label = "".join(cell["source"]), f"{name}: {cell['id']}"
        if left_alone(cell):
            ast.parse(source, label)
            continue
        *before, last = ast.parse(source).body
        value = None
        if isinstance(last, ast.Expr):
            exec(compile(ast.Module(before, []), label, "exec"), names)
            value = eval(compile(ast.Expression(last.value), label, "eval"), names)
        else:
            exec(compile(ast.Module([*before, last], []), label, "exec"), names)
        kept = [output for output in cell["outputs"] if output["output_type"] == "execute_result"]
        assert bool(kept) == (value is not None), f"{label}: run `make notebooks`"
        assert value is None or rendered(value)


@each
def test_kept_outputs_are_clean_and_light(name: str) -> None:
    assert (FOLDER / f"{name}.ipynb").stat().st_size < SIZE
    for cell in code(name):
        assert left_alone(cell) or cell["execution_count"], f"{cell['id']} was not executed: run `make notebooks`"
        for output in cell["outputs"]:
            assert output["output_type"] != "error"
            assert output.get("name") != "stderr", f"{cell['id']}: {output['text']}"
            shown = json.dumps(output)
            assert "<script" not in shown
            assert "site-packages" not in shown and str(ROOT) not in shown


@each
def test_charts_are_kept_with_a_picture(name: str) -> None:
    charts = [o["data"] for cell in code(name) for o in cell["outputs"] if "vegalite" in str(o.get("data", {}).keys())]
    assert charts
    assert all("<svg" in "".join(data["image/svg+xml"]) for data in charts)


@each
def test_notebook_uses_no_private_name(name: str) -> None:
    for cell in code(name):
        for node in ast.walk(ast.parse("".join(cell["source"]))):
            used = [node.attr] if isinstance(node, ast.Attribute) else []
            if isinstance(node, ast.ImportFrom):
                used = [*str(node.module).split("."), *(alias.name for alias in node.names)]
            assert not [one for one in used if one.startswith("_")]


def test_no_model_was_trained_on_the_notebooks_articles() -> None:
    """They share no run of words with the corpus."""
    rows = [json.loads(line) for line in (FOLDER / UNTRAINED).read_text(encoding="utf-8").splitlines()]
    names: dict[str, Any] = {}
    for cell in code("judge"):
        if "LABELLED[" in (source := "".join(cell["source"])):
            exec(source, names)
    labelled = [parse(article, content).text for article, content in names["LABELLED"].items()]
    assert len(labelled) == 3
    own = Labelled("notebooks", "\n".join([*(row["text"] for row in rows), *labelled]), (), {})
    assert list(repeated([*read([ROOT / "seeds" / "corpus"]), own])) == []

"""Execute the notebooks in place and keep their outputs: ``python notebooks/execute.py [NOTEBOOK...]``."""

import sys
from collections.abc import Sequence
from pathlib import Path

import nbformat
from nbclient import NotebookClient

TIMEOUT = 600  # seconds a cell


def main(paths: Sequence[Path]) -> None:
    """Run each notebook in its own folder; cells tagged ``skip-execution`` are left alone."""
    for path in paths:
        notebook = nbformat.read(path, as_version=4)
        # Of what ran, the outputs alone are kept: neither times nor the version of Python.
        asked = dict(notebook.metadata)
        where = {"metadata": {"path": path.parent}}
        NotebookClient(notebook, timeout=TIMEOUT, record_timing=False, resources=where).execute()
        notebook.metadata = nbformat.from_dict(asked)
        nbformat.write(notebook, path)
        print(f"{path.name}: {path.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main([Path(name) for name in sys.argv[1:]] or sorted(Path(__file__).parent.glob("*.ipynb")))

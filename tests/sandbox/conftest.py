"""One engine for the tests of the sandbox, light enough to start quickly."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator

import nbformat
import pytest
from nbformat import NotebookNode

from grader.grade.run import Kernels, Ran, run
from grader.sandbox import Engine, Limits

if sys.platform != "linux":
    pytest.skip("there is no sandbox but on Linux", allow_module_level=True)

RunCells = Callable[..., tuple[list[str], Ran]]


@pytest.fixture(scope="session")
def engine() -> Iterator[Engine]:
    preload = ["numpy", "ipykernel.kernelapp", "ipykernel.debugger", "tests.sandbox.warm"]
    with Engine(preload=preload) as engine:
        yield engine


def notebook(*sources: str) -> NotebookNode:
    cells = [nbformat.v4.new_code_cell(source) for source in sources]
    spec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": spec})


def said(cell: NotebookNode) -> str:
    """Return what a cell printed, or the error that it ended with."""
    return "".join(output.get("text") or output.get("evalue") or "" for output in cell.outputs)


@pytest.fixture
def run_cells(engine: Engine) -> RunCells:
    def run_them(*sources: str, kernels: Kernels | None = None, **limits: int):  # type: ignore[no-untyped-def]
        made = notebook(*sources)
        bounds = Limits(**{"cell_seconds": 5, "total_seconds": 30} | limits)
        ran = run(made, bounds, kernels or Kernels(engine))
        return [said(cell) for cell in made.cells], ran

    return run_them

"""Run a learner's notebook in a kernel of its own; its checks observe and do not judge."""

from __future__ import annotations

import contextlib
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from jupyter_core.utils import ensure_event_loop
from nbconvert.exporters.exporter import ResourcesDict
from nbformat import NotebookNode
from nbgrader.preprocessors import Execute
from nbgrader.utils import is_grade, is_locked
from traitlets.config import Config

__all__ = ["cell_errors", "run"]

OWN_CELL_SECONDS = 300
OUTPUT_CHARACTERS = 1_000_000  # kept of what one cell says


class _BoundedExecute(Execute):
    """Forgets what a cell prints beyond a limit, before it fills the grader's memory."""

    def process_message(self, msg: dict[str, Any], cell: NotebookNode, cell_index: int) -> Any:
        if msg["msg_type"] == "stream":
            self._left = self._left if self._cell == cell_index else OUTPUT_CHARACTERS
            self._cell = cell_index
            text = msg["content"]["text"][: self._left]
            self._left -= len(text)
            if not text:
                return None
            msg["content"]["text"] = text
        return super().process_message(msg, cell, cell_index)

    _cell, _left = -1, OUTPUT_CHARACTERS


def run(notebook: NotebookNode, cell_seconds: int) -> tuple[NotebookNode, str]:
    """Return the notebook with its outputs, and a sentence on what ended it early, or "".

    Args:
        notebook: the notebook to run, in an empty folder.
        cell_seconds: how long one cell may take before it is interrupted.
    """
    with tempfile.TemporaryDirectory(prefix="tfgrade-") as private:
        scratch = Path(private, "work")
        scratch.mkdir()
        resources = ResourcesDict(metadata=ResourcesDict(path=str(scratch)))
        executor = _BoundedExecute(
            config=_sockets(private), timeout_func=lambda cell: _seconds(cell, cell_seconds)
        )
        try:
            # nbclient runs in this thread's event loop and leaves it open.
            with contextlib.closing(ensure_event_loop()):
                notebook, _ = executor.preprocess(notebook, resources)
        except Exception as error:  # a dead kernel is a result like others
            return executor.nb, f"the run ended at {_stopped_at(executor.nb)}: {_name(error)}"
    return notebook, ""


def _stopped_at(notebook: NotebookNode) -> str:
    """Return the first cell that did not come to its end."""
    unfinished = (c for c in notebook.cells if c.cell_type == "code" and not c.execution_count)
    return next((_called(cell) for cell in unfinished if cell.source.strip()), "its end")


def _called(cell: NotebookNode) -> str:
    return f"`{cell.id}`" if "nbgrader" in cell.metadata else "a cell of the learner's own"


def _name(error: Exception) -> str:
    names = {"CellTimeoutError": "it did not stop", "DeadKernelError": "the kernel died"}
    return names.get(type(error).__name__, type(error).__name__)


def _seconds(cell: NotebookNode, cell_seconds: int) -> int:
    """Return a cell's limit; those of the instructor import TensorFlow, which may be slow."""
    own = is_locked(cell) and not is_grade(cell)
    return max(cell_seconds, OWN_CELL_SECONDS) if own else cell_seconds


def _sockets(folder: str) -> Config:
    """Talk to the kernel over sockets in a folder that no other user can enter."""
    if sys.platform == "win32":
        return Config()
    return Config(KernelManager={"transport": "ipc", "ip": str(Path(folder, "kernel"))})


def cell_errors(notebook: NotebookNode) -> Iterator[str]:
    """Yield a sentence for each cell outside the checks that raised when it was run."""
    for cell in notebook.cells:
        if cell.cell_type == "code" and not is_grade(cell):
            for output in cell.outputs:
                if output.output_type == "error" and output.ename != "KeyboardInterrupt":
                    said = " ".join(str(output.evalue).split())
                    yield f"{_called(cell)} raised {output.ename} {said}"[:200].strip()

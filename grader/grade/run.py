"""Run a learner's notebook in the sandbox; its checks observe and do not judge.

A cell that ends the kernel, or can't be stopped, costs only itself: the cells after it are run
in a fresh kernel, for which those before it are run again, but for the checks that have been.
"""

from __future__ import annotations

import asyncio
import contextlib
import math
import os
import re
import tempfile
import time
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import nbformat
from jupyter_core.utils import ensure_event_loop
from nbconvert.exporters.exporter import ResourcesDict
from nbformat import NotebookNode
from nbgrader.preprocessors import Execute
from nbgrader.utils import is_grade
from traitlets.config import Config

from grader.sandbox import Engine, Layer, Limits, Sandbox, SandboxedKernelManager

from .outputs import plain
from .tidy import is_plain, say_not_run, tidy

__all__ = [
    "STOPPED",
    "BoundedExecute",
    "Ended",
    "Kernels",
    "Ran",
    "called",
    "cell_errors",
    "run",
    "what_failed",
]

#: The names of the errors of a cell whose time was up.
STOPPED = ("CellTimeoutError", "KeyboardInterrupt")

_ATTEMPTS = 4  # kernels for one notebook
_DATA_BYTES = 20_000_000  # of pictures and observations, for one cell
_ALL_BYTES = 50_000_000  # of outputs, for all cells but the checks, and as much for these
_MOST_OUTPUTS = 500  # of one cell
_OUTPUTS = ("stream", "display_data", "update_display_data", "execute_result", "error")


@dataclass(frozen=True)
class Kernels:
    """Where kernels come from, and what they are given.

    Attributes:
        engine: None for cold kernels without walls.
        questions: what the checks ask, as JSON; nothing if "".
        files: the folder whose files a notebook finds beside it, if any.
        collect: whether files that it writes are kept.
        required: layers of isolation without which nothing runs.
    """

    engine: Engine | None
    questions: str = ""
    files: Path | None = None
    collect: bool = False
    required: frozenset[Layer] = frozenset()

    def sandbox(self, limits: Limits) -> Sandbox | None:
        """Return a new sandbox, or None for none."""
        if self.engine is None:
            return None
        return Sandbox(self.engine, limits, self.questions, self.files, self.collect, self.required)


@dataclass(frozen=True)
class Ended:
    """A cell that ended its kernel, by its place in the notebook; -1 for the kernel's start."""

    cell: int
    why: str


@dataclass(frozen=True)
class Ran:
    """What is known of a run besides the outputs."""

    ended: tuple[Ended, ...]
    last: Sandbox | None


class BoundedExecute(Execute):
    """nbgrader's run of a notebook, within bounds and in the sandbox if there is one."""

    kernels = Kernels(None)
    limits = Limits()
    sandbox: Sandbox | None = None
    skipped: frozenset[int] = frozenset()  # cells that keep the outputs that they have
    at = -1  # the cell that is being run
    _in_check = False  # whether that is a check

    def create_kernel_manager(self) -> Any:
        self._room = [_ALL_BYTES, _ALL_BYTES]
        self.sandbox = self.kernels.sandbox(self.limits)
        if self.sandbox is None:
            return super().create_kernel_manager()
        self.km = SandboxedKernelManager(sandbox=self.sandbox)
        return self.km

    def start_new_kernel(self, **kwargs: Any) -> None:
        """Start one; a kernel without walls is told by its environment what the checks ask."""
        if self.sandbox is None and self.kernels.questions:
            path = Path(self.resources["metadata"]["path"], "questions.json")
            path.write_text(self.kernels.questions, encoding="utf-8")
            kwargs["env"] = os.environ | {"TFCOURSE_QUESTIONS": str(path)}
        super().start_new_kernel(**kwargs)

    def preprocess_cell(
        self, cell: NotebookNode, resources: ResourcesDict, index: int
    ) -> tuple[NotebookNode, ResourcesDict]:
        if index in self.skipped:
            return cell, resources
        self.at, self._in_check, self._outputs = index, is_grade(cell), _MOST_OUTPUTS
        self._text, self._data = self.limits.output, _DATA_BYTES
        return super().preprocess_cell(cell, resources, index)

    def process_message(self, msg: dict[str, Any], cell: NotebookNode, cell_index: int) -> Any:
        """Take a message from the kernel, which may have been forged, if it is well formed."""
        if msg["msg_type"].startswith("comm"):  # widgets, which need a front end
            return None
        if msg["msg_type"] in _OUTPUTS and not self._is_welcome(msg):
            return None
        return super().process_message(msg, cell, cell_index)

    def _is_welcome(self, msg: dict[str, Any]) -> bool:
        is_full = msg["msg_type"] != "stream" and (self._data < 0 or self._outputs < 0)
        if is_full or self._room[self._in_check] < 0 or not is_plain(msg["content"]):
            return False
        try:
            output = nbformat.v4.output_from_msg(_as_display(msg))
            nbformat.validate(output, ref="output", version=4, version_minor=5)
        except Exception:  # a message holds what its sender likes
            return False
        if output.output_type == "stream":
            msg["content"]["text"] = output.text[: max(self._text, 0)]
            self._text -= len(output.text)
            self._room[self._in_check] -= len(msg["content"]["text"])
            return bool(msg["content"]["text"])
        size = len(str(output))
        self._data -= size
        self._outputs -= 1
        is_kept = self._data >= 0 and self._outputs >= 0
        self._room[self._in_check] -= size if is_kept else 0
        return is_kept


def _as_display(msg: dict[str, Any]) -> dict[str, Any]:
    kind = msg["msg_type"].removeprefix("update_")
    return {**msg, "header": {**msg["header"], "msg_type": kind}}


def run(
    notebook: NotebookNode,
    limits: Limits,
    kernels: Kernels,
    known: Collection[int] = (),
    config: Config | None = None,
) -> Ran:
    """Run a notebook, which is given its outputs.

    Args:
        notebook: the notebook to run, in an empty folder.
        limits: those of the whole run.
        kernels: where it runs.
        known: cells that need not be run, because their outputs are known.
        config: nbgrader's, for its preprocessor `Execute`.
    """
    ended: list[Ended] = []
    executor = None
    until = time.monotonic() + limits.total_seconds
    done = set(known)
    reached = 0
    for _ in range(_ATTEMPTS):
        left = until - time.monotonic()
        if left < 1:
            break
        executor = BoundedExecute(
            config=config or Config(),
            timeout=limits.cell_seconds,
            shutdown_kernel="immediate",
            store_widget_state=False,
        )
        executor.kernels, executor.skipped = kernels, frozenset(done)
        executor.limits = replace(limits, total_seconds=math.ceil(left))
        error = _execute(executor, notebook)
        tidy(notebook)
        if error is None:
            reached = len(notebook.cells)
            break
        reached = max(reached, executor.at + 1)
        why = _why(error, executor.sandbox)
        ended.append(Ended(executor.at, why))
        if executor.at < 0:  # not even the first cell was reached
            break
        _mark(notebook.cells[executor.at], error, why)
        checks = (i for i, cell in enumerate(notebook.cells[: executor.at]) if is_grade(cell))
        done |= {executor.at, *checks}
    say_not_run(notebook.cells[reached:])
    return Ran(tuple(ended), executor.sandbox if executor else None)


def _execute(executor: BoundedExecute, notebook: NotebookNode) -> Exception | None:
    """Run a notebook to its end; return what came between."""
    engine = executor.kernels.engine
    beside = engine.folder if engine else None
    with tempfile.TemporaryDirectory(prefix="tfgrade-", dir=beside) as private:
        # The folder is that of a kernel without walls; a sandbox has its own.
        if engine is None:
            executor.update_config(_sockets(private))
        resources = ResourcesDict(metadata=ResourcesDict(path=private))
        try:
            with _event_loop():
                executor.preprocess(notebook, resources)
        except Exception as error:  # a dead kernel is a result like others
            return error
        finally:
            if executor.sandbox:
                executor.sandbox.end()
    return None


@contextlib.contextmanager
def _event_loop() -> Iterator[None]:
    """Close this thread's event loop, in which nbclient runs; with what an error left in it."""
    loop = ensure_event_loop()
    try:
        yield
    finally:
        left = asyncio.all_tasks(loop)
        for task in left:
            task.cancel()
        loop.run_until_complete(asyncio.gather(*left, return_exceptions=True))
        loop.close()


def _sockets(folder: str) -> Config:
    """Talk to a kernel without walls over sockets that no other user can reach."""
    return Config(KernelManager={"transport": "ipc", "ip": str(Path(folder, "kernel"))})


def _why(error: Exception, sandbox: Sandbox | None) -> str:
    if sandbox and sandbox.process and sandbox.process.why:
        return sandbox.process.why
    names = {
        "CellTimeoutError": "it did not stop when its time was up",
        "DeadKernelError": "it ended the kernel",
    }
    return names.get(type(error).__name__, plain(f"{type(error).__name__}: {error}"[:200]))


def _mark(cell: NotebookNode, error: Exception, why: str) -> None:
    name = type(error).__name__
    cell.outputs.append(nbformat.v4.new_output("error", ename=name, evalue=why, traceback=[]))


def called(cell: NotebookNode) -> str:
    """Return what a remark calls a cell."""
    return f"`{cell.id}`" if "nbgrader" in cell.metadata else "a cell of the learner's own"


_CELL_FILE = re.compile(r"\(\d+\.py, ")  # IPython's name for a cell: "(845554832.py, line 1)"


def cell_errors(notebook: NotebookNode) -> Iterator[str]:
    """Yield a sentence for each cell outside the checks that raised when it was run."""
    for cell in notebook.cells:
        if cell.cell_type == "code" and not is_grade(cell) and (why := what_failed(cell)):
            yield f"{called(cell)} {why}"


def what_failed(cell: NotebookNode) -> str:
    """Return what a code cell did instead of coming to its end, or ""."""
    for output in cell.outputs:
        if output.output_type == "error":
            if output.ename in STOPPED:
                return "was still running when its time was up, and was stopped"
            said = _CELL_FILE.sub("(", " ".join(str(output.evalue).split()))
            return f"raised {output.ename}: {said}"[:200].strip(": ")
    return ""

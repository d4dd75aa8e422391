"""What a worker is given and gives back: the same in a thread here and on a cluster."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import nbformat
from nbformat import NotebookNode

from grader.build.cells import notebook_text
from grader.sandbox import Engine, Layer, Limits, SandboxError, shared_engine

from .run import Ended, Kernels, run
from .tidy import say_not_run

__all__ = ["Done", "Task", "do", "lost"]


@dataclass(frozen=True)
class Task:
    """One notebook to run.

    Attributes:
        student: whose it is.
        notebook: as JSON.
        known: cells that need not be run, because they have their outputs.
        questions: what the checks ask, as JSON.
        limits: what the run may use.
        isolated: whether it runs in the sandbox.
        layers: of the sandbox, without which it does not run.
    """

    student: str
    notebook: str
    known: tuple[int, ...]
    questions: str
    limits: Limits
    isolated: bool = True
    layers: frozenset[Layer] = frozenset()


@dataclass(frozen=True)
class Done:
    """A notebook that has run: with its outputs, as JSON, and what is known of the run."""

    student: str
    notebook: str
    ended: tuple[Ended, ...]
    cell_seconds: float  # in which a cell was running


def do(task: Task) -> Done:
    """Run one notebook in this process's engine; once more in a new one, if that was killed."""
    engine = _engine(task)
    done = _run(task, engine)
    return _run(task, _engine(task)) if engine and engine.was_killed else done


def lost(task: Task, error: Exception) -> Done:
    """Return what is left of a notebook that could not be run, which is not the learner's doing."""
    notebook = nbformat.reads(task.notebook, as_version=4)
    say_not_run(notebook.cells)
    ended = (Ended(-1, str(error)),)
    return Done(task.student, notebook_text(notebook), ended, 0.0)


def _engine(task: Task) -> Engine | None:
    return shared_engine() if task.isolated else None


def _run(task: Task, engine: Engine | None) -> Done:
    notebook = nbformat.reads(task.notebook, as_version=4)
    try:
        kernels = Kernels(engine, task.questions, required=task.layers)
        ran = run(notebook, task.limits, kernels, task.known)
    except (OSError, SandboxError) as error:
        return lost(task, error)
    seconds = sum(map(_seconds, notebook.cells))
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)  # times, in the kernel's words
    return Done(task.student, notebook_text(notebook), ran.ended, seconds)


def _seconds(cell: NotebookNode) -> float:
    """Return for how long a cell ran, by the times that nbclient noted."""
    times = cell.metadata.get("execution", {})
    try:
        begin, end = (
            datetime.fromisoformat(times[key].replace("Z", "+00:00"))
            for key in ("iopub.execute_input", "shell.execute_reply")
        )
        return (end - begin).total_seconds()
    except Exception:  # the times are the kernel's, and it may say anything
        return 0.0

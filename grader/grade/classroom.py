"""Grade a class: every learner gets a result, with a reason where it is not full marks."""

from __future__ import annotations

import copy
import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from sqlalchemy import URL

from grader.build.cells import notebook_text
from grader.errors import UserError
from grader.layout import Chapter

from .feedback import feedback_page
from .gradebook import ClassGradebook
from .intake import HandedIn, take_in
from .judge import Verdict, judge_notebook, observing, restore_checks
from .run import cell_errors, run
from .transplant import transplant

__all__ = ["Classroom", "Result", "grade_class"]


@dataclass(frozen=True)
class Classroom:
    """The folder in which a class's work lies; its layout is nbgrader's."""

    folder: Path
    chapter: Chapter

    @property
    def db_url(self) -> str:
        return str(URL.create("sqlite", database=str(self.folder / "gradebook.db")))

    @property
    def handed_in(self) -> list[Path]:
        """The folders in which learners handed this chapter in."""
        return sorted((self.folder / "submitted").glob(f"*/{self.chapter.name}"))

    @property
    def absent(self) -> list[str]:
        """The learners who handed in something, but not this chapter."""
        everyone = {path.name for path in (self.folder / "submitted").glob("*") if path.is_dir()}
        return sorted(everyone - {path.parent.name for path in self.handed_in})

    def autograded(self, student: str) -> Path:
        return self._of(student, "autograded", "ipynb")

    def feedback(self, student: str) -> Path:
        return self._of(student, "feedback", "html")

    def _of(self, student: str, what: str, suffix: str) -> Path:
        name = self.chapter.name
        return self.folder / what / student / name / f"{name}.{suffix}"


@dataclass(frozen=True)
class Result:
    """One learner's result."""

    student: str
    score: float
    maximum: float
    remarks: tuple[str, ...]  # what was odd about what was handed in, and about the run
    checks: tuple[Verdict, ...]
    feedback: Path


def grade_class(
    classroom: Classroom,
    *,
    seed: int,
    cell_seconds: int,
    workers: int,
    progress: Callable[[str], None] = lambda student: None,
) -> list[Result]:
    """Grade everything handed in; write gradebook, graded notebooks and feedback.

    Args:
        seed: the data that the checks draw.
        cell_seconds: how long one cell may run.
        workers: how many notebooks run at a time.
        progress: called with a learner's name when that notebook has been graded.
    """
    solution = nbformat.read(classroom.chapter.solution, as_version=4)
    release = nbformat.read(classroom.chapter.release, as_version=4)
    if not os.access(classroom.folder, os.W_OK):
        raise UserError(f"{classroom.folder} can't be written: grades and feedback go there.")
    gradebook = ClassGradebook(classroom.db_url, classroom.chapter.name)
    gradebook.open_assignment(copy.deepcopy(solution))
    results = []
    for handed_in, executed, remarks in _runs(
        classroom, solution, release, seed, cell_seconds, workers
    ):
        student = handed_in.student
        checks = tuple(judge_notebook(executed, seed))
        score, maximum = gradebook.record(student, executed)
        graded = _with_note(executed, remarks)
        _write(classroom.autograded(student), notebook_text(graded))
        _write(classroom.feedback(student), feedback_page(graded, gradebook.resources(student)))
        results.append(
            Result(student, score, maximum, remarks, checks, classroom.feedback(student))
        )
        progress(student)
    return sorted(results, key=lambda result: result.student)


def _runs(
    classroom: Classroom,
    solution: NotebookNode,
    release: NotebookNode,
    seed: int,
    cell_seconds: int,
    workers: int,
) -> Iterator[tuple[HandedIn, NotebookNode, tuple[str, ...]]]:
    """Yield what was handed in with the notebook as it ran, and all remarks, as they finish."""

    def one(folder: Path) -> tuple[HandedIn, NotebookNode, tuple[str, ...]]:
        handed_in = take_in(folder, classroom.chapter.release.name)
        whole = transplant(solution, release, handed_in.cells)
        restore_checks(whole.notebook)
        executed, problem = run(whole.notebook, cell_seconds)
        unread = not handed_in.cells and handed_in.remarks
        repairs = () if unread else whole.repairs
        problems = [*cell_errors(executed), *([problem] if problem else [])]
        return handed_in, executed, (*handed_in.remarks, *repairs, *problems)

    pool = ThreadPoolExecutor(workers)
    try:
        with observing(seed):
            for future in as_completed([pool.submit(one, f) for f in classroom.handed_in]):
                yield future.result()
    finally:  # an interrupted run starts no further notebooks
        pool.shutdown(cancel_futures=True)


def _with_note(notebook: NotebookNode, remarks: tuple[str, ...]) -> NotebookNode:
    """Return the notebook with the remarks at its top, for the feedback."""
    if remarks:
        lines = ["**About what you handed in**", "", *(f"- {remark}" for remark in remarks)]
        notebook.cells.insert(0, nbformat.v4.new_markdown_cell("\n".join(lines)))
    return notebook


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")

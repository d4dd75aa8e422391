"""Grade a class: every learner gets a result, with a reason where it is not full marks.

Runs are kept as soon as they end. A grader that is killed and started again reads them and goes
on; one that is started once more runs only what has changed.
"""

from __future__ import annotations

import contextlib
import copy
import os
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from grader.build.cells import notebook_text
from grader.errors import UserError
from grader.sandbox import Layer, Limits
from grader.whole import write_whole

from .classroom import Classroom, Result
from .explain import explain
from .feedback import feedback_page
from .fingerprint import code_fingerprint, look_fingerprint
from .gradebook import ClassGradebook
from .intake import HandedIn, take_in
from .judge import exercise_of, judge_notebook, questions_of, restore_checks
from .neutral import fenced, neutral
from .records import Record, Records
from .run import Ended, called, cell_errors
from .task import Done, Task, do, lost
from .transplant import transplant
from .workers import Workers

__all__ = ["Grading", "grade_class", "make_gradebook"]


@dataclass(frozen=True)
class Grading:
    """How a class is graded.

    Attributes:
        seed: of the checks' data; None to go on with an unfinished run's, or to draw one.
        limits: for each notebook.
        isolated: whether notebooks run in the sandbox.
        layers: of the sandbox, without which nothing runs.
        force: run everything, though nothing has changed.
        again: only those who have been run before, on the data of that run and with its limits.
        students: only these; empty for all.
    """

    seed: int | None = None
    limits: Limits = field(default_factory=Limits)
    isolated: bool = True
    layers: frozenset[Layer] = frozenset()
    force: bool = False
    again: bool = False
    students: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Prepared:
    """What one learner handed in, ready to be run."""

    handed_in: HandedIn
    notebook: NotebookNode
    remarks: tuple[str, ...]
    looks: dict[str, str]
    limits: Limits
    seed: int
    code: str
    old: Record | None = None  # a run of the same code, on the same data
    known: tuple[int, ...] = ()  # checks that have their outputs from there

    @property
    def student(self) -> str:
        return self.handed_in.student


def make_gradebook(classroom: Classroom) -> None:
    """Make the gradebook, if it is to be a file and is not there; that takes seconds."""
    ClassGradebook(classroom.db_url, classroom.chapter.name).make()


def grade_class(
    classroom: Classroom,
    workers: Workers,
    grading: Grading | None = None,
    progress: Callable[[Result], None] = lambda result: None,
) -> list[Result]:
    """Grade what was handed in; write gradebook, graded notebooks and feedback.

    Args:
        workers: where the notebooks run.
        progress: called with each result.

    Raises:
        UserError: somebody else grades here, or the folder can't be written.
    """
    if not os.access(classroom.folder, os.W_OK):
        raise UserError(f"{classroom.folder} can't be written: grades and feedback go there.")
    records = Records(classroom.records)
    with records.alone():
        return _Grader(classroom, records, grading or Grading()).grade(workers, progress)


class _Grader:
    def __init__(self, classroom: Classroom, records: Records, grading: Grading) -> None:
        self._classroom, self._records, self._grading = classroom, records, grading
        chapter = classroom.chapter
        self._solution = nbformat.read(chapter.solution, as_version=4)
        self._release = nbformat.read(chapter.release, as_version=4)
        self._gradebook = ClassGradebook(classroom.db_url, chapter.name)
        self._prepared: dict[str, _Prepared] = {}  # those whose notebooks are running

    def grade(self, workers: Workers, progress: Callable[[Result], None]) -> list[Result]:
        self._gradebook.open_assignment(copy.deepcopy(self._solution))
        seed = self._begin()
        results = []
        unchanged: list[Result] = []
        runs = workers.each(do, self._tasks(seed, unchanged, progress), lost)
        with contextlib.closing(self._gradebook), contextlib.closing(runs):
            for done in runs:
                results.append(self._finish_run(done))
                progress(results[-1])
        if self._whole:
            self._records.finish(seed)
        return sorted([*unchanged, *results], key=lambda result: result.student)

    @property
    def _whole(self) -> bool:
        """Whether this run is one of the whole class."""
        return not self._grading.students and not self._grading.again

    def _begin(self) -> int:
        """Return the seed for those who are not to be run on that of their last run."""
        grading, records = self._grading, self._records
        if self._whole:
            students = [folder.parent.name for folder in self._classroom.handed_in]
            return records.begin(grading.seed, students, force=grading.force)
        if grading.force:
            records.forget(grading.students)
        return records.seed(grading.seed)

    def _tasks(
        self, seed: int, unchanged: list[Result], progress: Callable[[Result], None]
    ) -> Iterator[Task]:
        """Yield what has to be run; record what need not be."""
        for prepared in self._prepare(seed):
            if prepared.old and len(prepared.known) == len(prepared.looks):
                unchanged.append(self._finish(prepared, prepared.old, None))
                progress(unchanged[-1])
                continue
            self._prepared[prepared.student] = prepared
            yield Task(
                prepared.student,
                notebook_text(prepared.notebook),
                prepared.known,
                questions_of(prepared.notebook, prepared.seed),
                prepared.limits,
                self._grading.isolated,
                self._grading.layers,
            )

    def _prepare(self, seed: int) -> Iterator[_Prepared]:
        wanted = self._grading.students
        for folder in self._classroom.handed_in:
            student = folder.parent.name
            record = self._records.get(student)
            if (wanted and student not in wanted) or (self._grading.again and not record):
                continue
            handed_in = take_in(folder, self._classroom.chapter.release.name)
            whole = transplant(self._solution, self._release, handed_in.cells)
            restore_checks(whole.notebook)
            unread = not handed_in.cells and handed_in.remarks
            remarks = (*handed_in.remarks, *(() if unread else whole.repairs))
            yield self._with_record(handed_in, whole.notebook, remarks, record, seed)

    def _with_record(
        self,
        handed_in: HandedIn,
        notebook: NotebookNode,
        remarks: tuple[str, ...],
        record: Record | None,
        seed: int,
    ) -> _Prepared:
        """Go on from a learner's last run, if that was of the same code."""
        grading = self._grading
        looks = {c.id: look_fingerprint(c) for c in notebook.cells if exercise_of(c)}
        limits = record.limits if record and grading.again else grading.limits
        prepared = partial(_Prepared, handed_in, notebook, remarks, looks, limits)
        if record and (grading.again or grading.seed in (None, record.seed)):
            code = code_fingerprint(notebook, record.seed, grading.isolated)
            same_limits = record.limits == limits or not record.is_due_to_limits()
            if code == record.code and same_limits:
                known = tuple(_take_over(record, notebook, looks))
                return prepared(record.seed, code, record, known)
            seed = record.seed if grading.again else seed
        return prepared(seed, code_fingerprint(notebook, seed, grading.isolated))

    def _finish_run(self, done: Done) -> Result:
        """Keep a run, then judge it."""
        prepared = self._prepared.pop(done.student)
        before = prepared.old.ended if prepared.old else ()
        ended = (*(end for end in before if end.cell in prepared.known), *done.ended)
        record = Record(
            prepared.code, prepared.looks, prepared.seed, done.notebook, ended, prepared.limits
        )
        if not any(end.cell < 0 for end in ended):  # that is not the learner's doing
            self._records.keep(done.student, record)
        return self._finish(prepared, record, done.cell_seconds)

    def _finish(self, prepared: _Prepared, record: Record, seconds: float | None) -> Result:
        """Judge a run; write down scores, graded notebook and feedback."""
        student, classroom = prepared.student, self._classroom
        notebook = nbformat.reads(record.notebook, as_version=4)
        verdicts = judge_notebook(notebook, record.seed)
        remarks = (*prepared.remarks, *_problems(notebook, record.ended))
        shown = neutral(notebook, verdicts)
        graded = notebook_text(_with_note(shown, remarks))
        seen = _holds(classroom.autograded(student), graded)
        recorded = self._gradebook.record(student, notebook, seen=seen)
        title = _title(self._solution)
        page = explain(student, title, shown, verdicts, recorded.cells, remarks)
        write_whole(classroom.feedback(student), feedback_page(page))
        write_whole(classroom.autograded(student), graded)
        return Result(
            student,
            recorded.score,
            recorded.maximum,
            remarks,
            tuple(verdicts.values()),
            classroom.feedback(student),
            seconds,
        )


def _take_over(record: Record, notebook: NotebookNode, looks: dict[str, str]) -> Iterator[int]:
    """Give the checks that need not run the outputs of an old run; yield their places."""
    before = nbformat.reads(record.notebook, as_version=4)
    outputs = {cell.id: cell.outputs for cell in before.cells if cell.cell_type == "code"}
    for place, cell in enumerate(notebook.cells):
        if cell.id in looks and record.looks.get(cell.id) == looks[cell.id]:
            cell.outputs = outputs.get(cell.id, [])
            yield place


def _problems(notebook: NotebookNode, ended: Collection[Ended]) -> Iterator[str]:
    """Yield a sentence for each thing that went wrong in a run."""
    killed = {end.cell for end in ended}
    for end in ended:
        if end.cell < 0:
            yield f"the kernel could not be started: {end.why}"
        else:
            yield f"the run was stopped at {called(notebook.cells[end.cell])}: {end.why}"
    others = [cell for place, cell in enumerate(notebook.cells) if place not in killed]
    yield from cell_errors(nbformat.v4.new_notebook(cells=others))


def _title(solution: NotebookNode) -> str:
    """Return the heading of the instructor's notebook."""
    first = next((cell for cell in solution.cells if cell.cell_type == "markdown"), None)
    return first.source.splitlines()[0].lstrip("# ") if first else ""


def _with_note(notebook: NotebookNode, remarks: tuple[str, ...]) -> NotebookNode:
    """Return the notebook with the remarks at its top, for whoever grades by hand."""
    cells = notebook.cells
    if remarks:
        lines = ["About what was handed in:", "", *(f"- {remark}" for remark in remarks)]
        text = fenced("\n".join(lines))  # remarks quote errors, whose texts are the learner's
        note = nbformat.v4.new_markdown_cell(text, id="about-what-was-handed-in")
        cells = [note, *cells]
    return nbformat.from_dict({**notebook, "cells": cells})


def _holds(path: Path, text: str) -> bool:
    """Return whether a file holds just this text."""
    try:
        return path.read_text(encoding="utf-8") == text
    except (OSError, ValueError):
        return False

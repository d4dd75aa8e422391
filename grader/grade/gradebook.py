"""nbgrader's gradebook: the only module that opens the database."""

from __future__ import annotations

import contextlib
import os
import sysconfig
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from nbconvert.exporters.exporter import ResourcesDict
from nbformat import NotebookNode
from nbgrader.api import Gradebook
from nbgrader.preprocessors import (
    ComputeChecksums,
    NbGraderPreprocessor,
    SaveAutoGrades,
    SaveCells,
)
from sqlalchemy import URL, make_url
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import scoped_session, sessionmaker

from grader.errors import UserError

__all__ = ["CellScore", "ChangedAssignmentError", "ClassGradebook", "GradebookError", "Recorded"]


class ChangedAssignmentError(UserError):
    """The gradebook holds grades of an assignment with other cells."""


class GradebookError(UserError):
    """The database can't be opened, or is busy for too long."""


@dataclass(frozen=True)
class CellScore:
    """What the gradebook holds on one cell; an answer without points has only a comment."""

    score: float = 0
    maximum: float = 0
    needs_manual_grade: bool = False
    comment: str = ""  # an instructor's, not what nbgrader says by itself


@dataclass(frozen=True)
class Recorded:
    """What the gradebook holds on a learner's notebook, points given by hand among it."""

    score: float
    maximum: float
    cells: dict[str, CellScore]  # by nbgrader's id


class _SaveScores(SaveAutoGrades):
    """nbgrader's own, in a gradebook that is open already.

    nbgrader asks for a look at all that a person has graded; this, only where there is news.
    """

    def __init__(self, gradebook: Gradebook, seen: bool) -> None:
        super().__init__()
        self.gradebook, self._seen = gradebook, seen

    def preprocess(
        self, nb: NotebookNode, resources: ResourcesDict
    ) -> tuple[NotebookNode, ResourcesDict]:
        names = resources["nbgrader"]
        self.notebook_id, self.assignment_id = names["notebook"], names["assignment"]
        self.student_id = names["student"]
        return NbGraderPreprocessor.preprocess(self, nb, resources)

    def _add_score(self, cell: NotebookNode, resources: ResourcesDict) -> None:
        where = self.notebook_id, self.assignment_id, self.student_id
        grade = self.gradebook.find_grade(cell.metadata.nbgrader["grade_id"], *where)
        waits = grade.needs_manual_grade
        super()._add_score(cell, resources)
        if self._seen and grade.manual_score is not None:
            grade.needs_manual_grade = waits
            self.gradebook.db.commit()


@contextlib.contextmanager
def _in_a_sentence() -> Iterator[None]:
    """Say what is wrong with the database without a page of SQL."""
    try:
        yield
    except SQLAlchemyError as error:
        why = getattr(error, "orig", None) or type(error).__name__
        raise GradebookError(
            f"The gradebook can't be used: {why}. What has run is kept; the same command goes on "
            f"from there."
        ) from error


class ClassGradebook:
    """The grades of one assignment of one notebook, both of the same name."""

    def __init__(self, db_url: str, assignment: str) -> None:
        self._db_url, self._assignment = db_url, assignment
        # A new gradebook asks the program `alembic` for its version; it lies among its scripts.
        os.environ["PATH"] = (
            f"{sysconfig.get_path('scripts')}{os.pathsep}{os.environ.get('PATH', '')}"
        )

    def make(self) -> None:
        """Make a gradebook in a file, whole or not at all: nbgrader does it in several steps."""
        path = make_url(self._db_url).database
        if not self._db_url.startswith("sqlite") or not path or Path(path).exists():
            return
        fresh = Path(f"{path}.new")
        for left in fresh.parent.glob(f"{fresh.name}*"):  # with SQLite's journal
            left.unlink()
        url = URL.create("sqlite", database=str(fresh))
        with Gradebook(url.render_as_string(hide_password=False), "tfcourse"):
            pass
        fresh.replace(path)

    def open_assignment(self, solution: NotebookNode) -> None:
        """Make the assignment known, as `nbgrader generate_assignment` does."""
        self.make()
        with self._transaction() as gradebook:
            gradebook.update_or_create_assignment(self._assignment)
        resources = self.resources(".")
        try:
            with _in_a_sentence():
                for preprocessor in (ComputeChecksums(), SaveCells()):
                    solution, resources = preprocessor.preprocess(solution, resources)
        except RuntimeError as error:  # nbgrader keeps the cells of an assignment with grades
            raise ChangedAssignmentError(
                f"The cells of {self._assignment} have changed since it was first graded. To give "
                f"up the grades of this chapter, run `nbgrader db assignment remove "
                f"{self._assignment} --force`, and grade again."
            ) from error

    def record(self, student: str, judged: NotebookNode, *, seen: bool = False) -> Recorded:
        """Write a judged notebook's scores, all or none; return them with those given by hand.

        Args:
            seen: whether whoever graded it by hand has seen just this.
        """
        name = self._assignment
        with self._transaction() as gradebook:
            gradebook.update_or_create_student(student)
            submission = gradebook.update_or_create_submission(name, student)
            _SaveScores(gradebook, seen).preprocess(judged, self.resources(student))
            notebook = gradebook.find_submission_notebook(name, name, student)
            cells = {
                grade.name: CellScore(grade.score, grade.max_score, grade.needs_manual_grade)
                for grade in notebook.grades
            }
            for comment in notebook.comments:
                cell = cells.get(comment.name, CellScore())
                cells[comment.name] = replace(cell, comment=comment.manual_comment or "")
            return Recorded(submission.score, submission.max_score, cells)

    @contextlib.contextmanager
    def _transaction(self) -> Iterator[Gradebook]:
        """Open the gradebook for several steps that are written together.

        nbgrader commits after each cell; inside an outer transaction that costs nothing, and a
        grader that is killed leaves no half of a notebook.
        """
        gradebook = self._opened
        with (
            _in_a_sentence(),
            warnings.catch_warnings(),
            gradebook.engine.begin() as connection,
        ):
            # nbgrader adds a submission to its student before it adds it to the session.
            warnings.filterwarnings("ignore", r"Object of type <\w+> not in session")
            gradebook.db = scoped_session(sessionmaker(connection, expire_on_commit=False))
            try:
                yield gradebook
            finally:
                gradebook.db.remove()

    @cached_property
    def _opened(self) -> Gradebook:
        return Gradebook(self._db_url, "tfcourse")

    def close(self) -> None:
        self._opened.close()

    def resources(self, student: str) -> ResourcesDict:
        """Return what nbgrader's preprocessors want to be told."""
        return ResourcesDict(
            nbgrader={
                "notebook": self._assignment,
                "assignment": self._assignment,
                "student": student,
                "db_url": self._db_url,
            }
        )

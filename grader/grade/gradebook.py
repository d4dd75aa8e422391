"""nbgrader's gradebook: the only module that opens the database."""

from __future__ import annotations

import contextlib
import os
import sysconfig
import warnings
from collections.abc import Iterator

from nbconvert.exporters.exporter import ResourcesDict
from nbformat import NotebookNode
from nbgrader.api import Gradebook
from nbgrader.preprocessors import ComputeChecksums, SaveAutoGrades, SaveCells

from grader.errors import UserError

__all__ = ["ChangedAssignmentError", "ClassGradebook"]


class ChangedAssignmentError(UserError):
    """The gradebook holds grades of an assignment with other cells."""


class ClassGradebook:
    """The grades of one assignment of one notebook, both of the same name."""

    def __init__(self, db_url: str, assignment: str) -> None:
        self._db_url, self._assignment = db_url, assignment
        # A new gradebook asks the program `alembic` for its version; it lies among its scripts.
        os.environ["PATH"] = (
            f"{sysconfig.get_path('scripts')}{os.pathsep}{os.environ.get('PATH', '')}"
        )

    def open_assignment(self, solution: NotebookNode) -> None:
        """Make the assignment known, as `nbgrader generate_assignment` does."""
        with self._open() as gradebook:
            gradebook.update_or_create_assignment(self._assignment)
        resources = self.resources(".")
        try:
            for preprocessor in (ComputeChecksums(), SaveCells()):
                solution, resources = preprocessor.preprocess(solution, resources)
        except RuntimeError as error:  # nbgrader keeps the cells of an assignment with grades
            raise ChangedAssignmentError(
                f"The cells of {self._assignment} have changed since it was first graded. Move "
                f"gradebook.db out of the classroom folder and grade again."
            ) from error

    def record(self, student: str, judged: NotebookNode) -> tuple[float, float]:
        """Write a judged notebook's scores; return (score, maximum) with manual grades."""
        with self._open() as gradebook:
            gradebook.update_or_create_student(student)
            gradebook.update_or_create_submission(self._assignment, student)
        SaveAutoGrades().preprocess(judged, self.resources(student))
        with self._open() as gradebook:
            submission = gradebook.find_submission(self._assignment, student)
            return submission.score, submission.max_score

    @contextlib.contextmanager
    def _open(self) -> Iterator[Gradebook]:
        with warnings.catch_warnings(), Gradebook(self._db_url, "tfcourse") as gradebook:
            # nbgrader adds a submission to its student before it adds it to the session.
            warnings.filterwarnings("ignore", r"Object of type <\w+> not in session")
            yield gradebook

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

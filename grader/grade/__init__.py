"""Submission → transplant → run → observations → verdicts → gradebook and feedback."""

from .classroom import Classroom, Result, grade_class
from .judge import configure_nbgrader

__all__ = ["Classroom", "Result", "configure_nbgrader", "grade_class"]

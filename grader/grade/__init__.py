"""Submission → transplant → sandboxed run → observations → verdicts → gradebook, feedback."""

from .classroom import Classroom, Result
from .grading import Grading, grade_class, make_gradebook
from .nbgrader_steps import configure_nbgrader
from .workers import Workers, cluster_workers, local_workers

__all__ = [
    "Classroom",
    "Grading",
    "Result",
    "Workers",
    "cluster_workers",
    "configure_nbgrader",
    "grade_class",
    "local_workers",
    "make_gradebook",
]

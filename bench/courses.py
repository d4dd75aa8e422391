"""Throw-away course folders with classes of right answers, for measuring."""

from __future__ import annotations

import json
from collections.abc import Collection
from pathlib import Path

from grader.layout import Course
from grader.sample import answer_sources, write_small_chapter

__all__ = ["WITHOUT_TRAINING", "make_course"]

#: Exercises of chapter 3 that train nothing: a chapter of small TensorFlow code.
WITHOUT_TRAINING = (
    "before_you_run",
    "make_clouds",
    "dense",
    "square_loss",
    "training_step",
    "boundary_line",
    "mend_boundary_line",
    "binary_cross_entropy",
    "decision_grid",
)
STYLES = ("reference", "numpy_style", "keras_style", "tensorflow_style")

CONFIG = """
from pathlib import Path
c = get_config()
c.CourseDirectory.course_id = "bench"
c.CourseDirectory.root = str(Path(__file__).parent)
c.CourseDirectory.source_directory = "solutions"
c.CourseDirectory.release_directory = "exercises"
c.CourseDirectory.submitted_directory = "classroom/submitted"
c.CourseDirectory.autograded_directory = "classroom/autograded"
c.CourseDirectory.db_url = f"sqlite:///{Path(__file__).parent / 'classroom' / 'gradebook.db'}"
c.Execute.timeout = 300
"""


def make_course(
    folder: Path,
    course: Course,
    name: str,
    exercises: Collection[str] | None,
    *,
    learners: int,
) -> None:
    """Write a course of one chapter, and a class.

    Nothing of ours is switched on in its nbgrader configuration.

    Args:
        exercises: the names of those that are kept; None for the whole chapter.
    """
    whole = course.chapter(name)
    small = write_small_chapter(whole, folder, exercises)
    release = small.release.read_text(encoding="utf-8")
    _write(folder / "nbgrader_config.py", CONFIG)
    for number in range(learners):
        style = STYLES[number % len(STYLES)]
        path = folder / "classroom/submitted" / f"learner{number:03}" / name / small.release.name
        # A comment makes each notebook another one.
        _write(path, _answered(release, answer_sources(whole, style), f"# {number}\n"))


def _answered(release: str, sources: dict[str, str], comment: str) -> str:
    notebook = json.loads(release)
    for cell in notebook["cells"]:
        if cell["id"] in sources:
            cell["source"] = comment + sources[cell["id"]]
    return json.dumps(notebook)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")

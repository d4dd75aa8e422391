"""nbgrader's own commands work on the tree as it is, from assignment to export."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import pytest

from grader.layout import Chapter
from tfcourse_utils.checking import topic_exercises

from .conftest import Command

NAME = "03_linear_classifiers"
NOTEBOOK = f"{NAME}.ipynb"


@pytest.fixture(scope="module")
def points(chapter: Chapter) -> float:
    return sum(exercise.points for exercise in topic_exercises(chapter.topic).values())


@pytest.fixture(scope="module")
def graded(tree: Path, nbgrader: Command) -> Path:
    """Take two learners through every command; return the tree."""
    nbgrader("generate_assignment", NAME, "--force")
    for learner, folder in (("ada", "solutions"), ("jun", "exercises")):
        target = tree / "classroom" / "submitted" / learner / NAME
        target.mkdir(parents=True)
        shutil.copy(tree / folder / NAME / NOTEBOOK, target)
    nbgrader("autograde", NAME)
    nbgrader("generate_feedback", NAME)
    nbgrader("export", "--to", tree / "grades.csv")
    return tree


def test_generate_assignment_gives_the_committed_release(graded: Path, chapter: Chapter) -> None:
    made = graded / "exercises" / NAME
    assert [path.name for path in made.iterdir()] == [NOTEBOOK]
    assert (made / NOTEBOOK).read_bytes() == chapter.release.read_bytes()


def test_autograde_gives_right_answers_all_points_and_stubs_none(
    graded: Path, points: float
) -> None:
    with (graded / "grades.csv").open() as file:
        rows = {row["student_id"]: row for row in csv.DictReader(file)}
    assert float(rows["ada"]["score"]) == float(rows["ada"]["max_score"]) == points
    assert float(rows["jun"]["score"]) == 0


def test_feedback_shows_the_verdicts(graded: Path) -> None:
    pages = graded / "classroom" / "feedback"
    assert "dense: all right" in (pages / "ada" / NAME / f"{NAME}.html").read_text()
    assert "not attempted yet" in (pages / "jun" / NAME / f"{NAME}.html").read_text()


def test_validate_passes_the_solution_and_fails_the_release(
    graded: Path, nbgrader: Command
) -> None:
    solution = nbgrader("validate", graded / "solutions" / NAME / NOTEBOOK)
    assert "Success! Your notebook passes all the tests." in solution.stdout
    release = nbgrader("validate", graded / "exercises" / NAME / NOTEBOOK)
    assert "VALIDATION FAILED ON 12 CELL(S)" in release.stdout.replace("\n", " ")

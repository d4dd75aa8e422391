"""Plain nbgrader checks and hidden tests that an instructor adds keep working."""

from __future__ import annotations

import pytest

from grader.grade import Classroom, Grading, Result, grade_class, local_workers
from grader.layout import Chapter

from .small_class import LIMITS, NO_BIAS, hand_in, small_chapter

HIDDEN = """assert dense(tf.ones((1, 2)), tf.ones((2, 1)), tf.zeros(1)).shape == (1, 1)
import sys; print("only noise", file=sys.stderr)
### BEGIN HIDDEN TESTS
assert dense(tf.ones((1, 2)), tf.ones((2, 1)), tf.ones(1)) == 3
### END HIDDEN TESTS"""
BARE = "dense(tf.ones((1, 2)), tf.ones((2, 1)), tf.ones(1)) == 4"

NO_ACTIVATION = "def dense(inputs, W, b, activation=None):\n    return inputs @ W + b"


@pytest.fixture(scope="module")
def classroom(chapter: Chapter, tmp_path_factory: pytest.TempPathFactory) -> Classroom:
    """Return a class whose instructor has added two checks to a chapter of one exercise."""
    root = tmp_path_factory.mktemp("course")
    small = small_chapter(chapter, root, ["dense"], {"hidden": HIDDEN, "bare": BARE})
    classroom = Classroom(root / "classroom", small)
    hand_in(classroom, "ada", {"dense": NO_ACTIVATION})
    hand_in(classroom, "ben", {"dense": NO_BIAS})
    return classroom


@pytest.fixture(scope="module")
def results(classroom: Classroom) -> dict[str, Result]:
    with local_workers(2) as workers:
        graded = grade_class(classroom, workers, Grading(seed=3, limits=LIMITS))
    return {result.student: result for result in graded}


def test_hidden_tests_are_not_released(classroom: Classroom) -> None:
    assert "== 3" not in classroom.chapter.release.read_text(encoding="utf-8")


def test_hidden_tests_are_run_and_noise_costs_nothing(results: dict[str, Result]) -> None:
    # ada: 2 of 3 for the check (no activation), 2 for the hidden test, 0 for the bare `False`.
    assert (results["ada"].score, results["ada"].maximum) == (4, 7)


def test_a_failed_hidden_test_gains_nothing(results: dict[str, Result]) -> None:
    assert results["ben"].score == 0


@pytest.mark.parametrize("student", ["ada", "ben"])
def test_no_page_shows_a_hidden_test(student: str, results: dict[str, Result]) -> None:
    page = results[student].feedback.read_text(encoding="utf-8")
    assert "hidden" in page and "== 3" not in page

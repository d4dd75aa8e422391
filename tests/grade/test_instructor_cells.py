"""Plain nbgrader checks and hidden tests that an instructor adds keep working."""

from __future__ import annotations

import json
from pathlib import Path

import nbformat
import pytest

from grader.build.cells import notebook_text
from grader.build.release import release_notebook
from grader.grade import Classroom, Result, grade_class
from grader.layout import Chapter

HIDDEN = """assert dense(tf.ones((1, 2)), tf.ones((2, 1)), tf.zeros(1)).shape == (1, 1)
import sys; print("only noise", file=sys.stderr)
### BEGIN HIDDEN TESTS
assert dense(tf.ones((1, 2)), tf.ones((2, 1)), tf.ones(1)) == 3
### END HIDDEN TESTS"""
BARE = "dense(tf.ones((1, 2)), tf.ones((2, 1)), tf.ones(1)) == 4"

RIGHT = "def dense(inputs, W, b, activation=None):\n    return inputs @ W + b"
NO_BIAS = "def dense(inputs, W, b, activation=None):\n    return inputs @ W"


@pytest.fixture(scope="module")
def small_chapter(chapter: Chapter, tmp_path_factory: pytest.TempPathFactory) -> Chapter:
    """Return a chapter of one exercise to which an instructor has added two checks."""
    small = Chapter(tmp_path_factory.mktemp("course"), chapter.name)
    solution = nbformat.read(chapter.solution, as_version=4)
    kept = ("setup", "dense", "check-dense")
    solution.cells = [cell for cell in solution.cells if cell.id in kept]
    for name, source in (("hidden", HIDDEN), ("bare", BARE)):
        role = dict(solution.cells[2].metadata.nbgrader) | {"grade_id": name, "points": 2}
        solution.cells.append(
            nbformat.v4.new_code_cell(source, id=name, metadata={"nbgrader": role})
        )
    for path, notebook in (
        (small.solution, solution),
        (small.release, release_notebook(solution)),
    ):
        path.parent.mkdir(parents=True)
        path.write_text(notebook_text(notebook), encoding="utf-8")
    return small


@pytest.fixture(scope="module")
def results(small_chapter: Chapter, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Result]:
    classroom = Classroom(tmp_path_factory.mktemp("classroom"), small_chapter)
    release = small_chapter.release.read_text(encoding="utf-8")
    for student, answer in (("ada", RIGHT), ("ben", NO_BIAS)):
        notebook = json.loads(release)
        notebook["cells"][1]["source"] = answer
        path = classroom.folder / "submitted" / student / small_chapter.name
        path.mkdir(parents=True)
        (path / small_chapter.release.name).write_text(json.dumps(notebook), encoding="utf-8")
    graded = grade_class(classroom, seed=3, cell_seconds=30, workers=2)
    return {result.student: result for result in graded}


def test_hidden_tests_are_not_released(small_chapter: Chapter) -> None:
    assert "== 3" not in Path(small_chapter.release).read_text(encoding="utf-8")


def test_hidden_tests_are_run_and_noise_costs_nothing(results: dict[str, Result]) -> None:
    # ada: 2 of 3 for the check (no activation), 2 for the hidden test, 0 for the bare `False`.
    assert (results["ada"].score, results["ada"].maximum) == (4, 7)


def test_a_failed_hidden_test_gains_nothing(results: dict[str, Result]) -> None:
    assert results["ben"].score == 0

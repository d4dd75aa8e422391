"""The bundled sample class, graded for real: every learner gets a score and a reason."""

from __future__ import annotations

import csv
from pathlib import Path

import nbformat
import pytest

from grader.grade import Classroom, Grading, Result, grade_class, local_workers
from grader.grade.report import what_went_wrong, write_csv
from grader.layout import Chapter
from grader.sample import LEARNERS, write_sample_class
from grader.sandbox import Limits

# Every learner, with the score of 42 and a part of what is said of the notebook.
EXPECTED = {
    "ada": (42, ""),
    "ben": (42, ""),
    "chen": (42, ""),
    "dana": (42, ""),
    "emil": (35, "dense: activation before bias; square_loss: no look at the shapes"),
    "fatima": (30, "solve_xor: no hidden layer; fit_curve: returns the history"),
    "goran": (32, "decision_grid: one call for each point"),
    "hana": (29, "`dense` should be a function; it is a class"),
    "ivan": (16, "not attempted: training_step, boundary_line"),
    "jun": (0, "nothing was attempted"),
    "kofi": (39, "`dense` raised SyntaxError"),
    "lena": (39, "square_loss: it was still running when its time was up"),
    "mira": (42, "3 cells were missing and restored"),
    "nils": (42, "2 cells were duplicated and restored"),
    "olga": (0, "12 cells were edited and restored"),
    "pavel": (0, "is not a notebook (no JSON from line"),
    "quinn": (42, "the file is called Untitled7.ipynb"),
    "rosa": (0, "is empty: nothing could be graded"),
    "sami": (42, "`boundary_line` had been turned into markdown"),
    "tara": (42, ""),
}


@pytest.fixture(scope="module")
def classroom(chapter: Chapter, tmp_path_factory: pytest.TempPathFactory) -> Classroom:
    folder = tmp_path_factory.mktemp("classroom")
    write_sample_class(folder / "submitted", chapter)
    return Classroom(folder, chapter)


@pytest.fixture(scope="module")
def results(classroom: Classroom) -> dict[str, Result]:
    with local_workers(2) as workers:
        graded = grade_class(classroom, workers, Grading(seed=7, limits=Limits(cell_seconds=20)))
    return {result.student: result for result in graded}


def test_the_class_is_graded_whole(results: dict[str, Result]) -> None:
    assert list(results) == sorted(EXPECTED) == sorted(learner.name for learner in LEARNERS)


@pytest.mark.parametrize("student", EXPECTED)
def test_score_and_reason(student: str, results: dict[str, Result]) -> None:
    score, reason = EXPECTED[student]
    result = results[student]
    assert (result.score, result.maximum) == (score, 42)
    assert reason in what_went_wrong(result)
    if score < result.maximum:
        assert what_went_wrong(result)


@pytest.mark.parametrize("student", EXPECTED)
def test_feedback_and_graded_notebook_are_written(
    student: str, results: dict[str, Result], classroom: Classroom
) -> None:
    page = results[student].feedback.read_text(encoding="utf-8")
    assert f"<strong>{results[student].score:g}</strong> of 42 points" in page
    nbformat.validate(nbformat.read(classroom.autograded(student), as_version=4))
    for remark in results[student].remarks:
        assert remark.split("`")[0].split("(")[0].strip()[:30] in page


def test_what_was_handed_in_is_left_alone(
    results: dict[str, Result], classroom: Classroom, chapter: Chapter, tmp_path: Path
) -> None:
    write_sample_class(tmp_path, chapter)
    for path in tmp_path.rglob("*.ipynb"):
        handed_in = classroom.folder / "submitted" / path.relative_to(tmp_path)
        assert handed_in.read_bytes() == path.read_bytes()


def test_the_table_holds_every_result_uncut(results: dict[str, Result], tmp_path: Path) -> None:
    write_csv(list(results.values()), tmp_path / "class.csv")
    with (tmp_path / "class.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["learner"]: row for row in csv.DictReader(file)}
    assert {name: float(row["score"]) for name, row in rows.items()} == {
        name: score for name, (score, _) in EXPECTED.items()
    }

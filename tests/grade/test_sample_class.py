"""The bundled sample class, graded for real: every learner gets a score and a reason."""

from __future__ import annotations

import csv
from pathlib import Path

import nbformat
import pytest

from grader.grade import Classroom, Grading, Result, grade_class, local_workers
from grader.grade.report import what_went_wrong, write_csv
from grader.layout import Chapter, Course
from grader.sample import LEARNERS, write_sample_class
from grader.sandbox import Limits

# What is said of everybody whose notebook has suffered, whatever the chapter.
EVERYWHERE = {
    "ada": "",
    "ben": "",
    "chen": "",
    "dana": "",
    "ivan": "not attempted: ",
    "jun": "nothing was attempted",
    "kofi": "raised SyntaxError",
    "lena": "it was still running when its time was up",
    "mira": "3 cells were missing and restored",
    "nils": "2 cells were duplicated and restored",
    "olga": " cells were edited and restored",
    "pavel": "is not a notebook (no JSON from line",
    "quinn": "the file is called Untitled7.ipynb",
    "rosa": "is empty: nothing could be graded",
    "sami": "` had been turned into markdown",
    "tara": "",
}

# Of everybody else a part of what is said.
MISTAKES = {
    "01_tensors": {
        "emil": "one_hot: rows of the unit matrix; pad_ragged: value ignored",
        "fatima": "batches: batches shuffled",
        "goran": "replace_row: rebinds; mend_update: returns the weights",
        "hana": "`one_hot` should be a function; it is a class",
    },
    "02_gradient_tape": {
        "emil": "backpropagate: ReLU forgotten on the way back",
        "fatima": "LinearModel: shared by all models; train_step: rebinds",
        "goran": "second_derivative: first derivative; softplus: overflows",
        "hana": "`LinearModel` should be a class; it is of type function",
    },
    "03_linear_classifiers": {
        "emil": "dense: activation before bias; square_loss: no look at the shapes",
        "fatima": "solve_xor: no hidden layer; fit_curve: returns the history",
        "goran": "decision_grid: one call for each point",
        "hana": "`dense` should be a function; it is a class",
    },
    "04_layers_and_models": {
        "emil": "parameter_count: no biases; glorot_normal: variance as deviation",
        "fatima": "SimpleDense: tf.Variable; MySequential: training forgotten",
        "goran": "ResidualBlock: never projected; build_ticket_model: a hidden layer each",
        "hana": "`SimpleDense` should be a class; it is of type function",
    },
    "05_losses_and_metrics": {
        "emil": "huber: not halved; pinball: the other quantile",
        "fatima": "HuberLoss: config without the threshold; HuberMetric: mean of the batches",
        "goran": "weighted_binary_cross_entropy: already averaged; predicted_classes: argmax over",
        "hana": "`HuberLoss` should be a class; it is of type function",
    },
    "06_callbacks_and_tuning": {
        "emil": "StopAtAccuracy: only above the target; warmup_cosine: starts above 0",
        "fatima": "LossHistory: shared by all callbacks; KeepBest: mode ignored",
        "goran": "prepare: scaled by all rows; training_callbacks: never stops",
        "hana": "`KeepBest` should be a class; it is",
    },
    "07_end_to_end": {
        "emil": "regression_project: squared error; projects_quiz: stopped_by: test",
        "fatima": "species_project: not by kind; capstone: callback left out",
        "goran": "mend_project: chosen by the test rows; capstone: a built-in loss",
        "hana": "`regression_project` should be a function; it is a class",
    },
}

# Of all points of the chapter, those that were lost.
LOST = {
    "01_tensors": {
        "emil": 8, "fatima": 7, "goran": 10, "hana": 13, "ivan": 33, "kofi": 2, "lena": 4,
    },
    "02_gradient_tape": {
        "emil": 8, "fatima": 7, "goran": 10, "hana": 15, "ivan": 27, "kofi": 3, "lena": 4,
    },
    "03_linear_classifiers": {
        "emil": 7, "fatima": 12, "goran": 10, "hana": 13, "ivan": 26, "kofi": 3, "lena": 3,
    },
    "04_layers_and_models": {
        "emil": 10, "fatima": 7, "goran": 4, "hana": 20, "ivan": 15, "kofi": 4, "lena": 4,
    },
    "05_losses_and_metrics": {
        "emil": 9, "fatima": 6, "goran": 8, "hana": 16, "ivan": 22, "kofi": 2, "lena": 3,
    },
    "06_callbacks_and_tuning": {
        "emil": 5, "fatima": 12, "goran": 3, "hana": 21, "ivan": 27, "kofi": 5, "lena": 4,
    },
    "07_end_to_end": {
        "emil": 5, "fatima": 4, "goran": 7, "hana": 21, "ivan": 21, "kofi": 6, "lena": 6,
    },
}  # fmt: skip
MAXIMUM = {
    "01_tensors": 49,
    "02_gradient_tape": 51,
    "03_linear_classifiers": 42,
    "04_layers_and_models": 66,
    "05_losses_and_metrics": 67,
    "06_callbacks_and_tuning": 62,
    "07_end_to_end": 49,
}
NOTHING = {"jun", "olga", "pavel", "rosa"}
STUDENTS = sorted(learner.name for learner in LEARNERS)


@pytest.fixture(scope="module", params=MAXIMUM)
def chapter(request: pytest.FixtureRequest, course: Course) -> Chapter:
    return course.chapter(request.param)


@pytest.fixture(scope="module")
def classroom(chapter: Chapter, tmp_path_factory: pytest.TempPathFactory) -> Classroom:
    folder = tmp_path_factory.mktemp("classroom")
    write_sample_class(folder / "submitted", chapter)
    return Classroom(folder, chapter)


@pytest.fixture(scope="module")
def results(classroom: Classroom, chapter: Chapter) -> dict[str, Result]:
    limits = Limits(cell_seconds=60 if chapter.topic == "end_to_end" else 20)  # whole trainings
    with local_workers(2) as workers:
        graded = grade_class(classroom, workers, Grading(seed=7, limits=limits))
    return {result.student: result for result in graded}


def test_the_class_is_graded_whole(results: dict[str, Result]) -> None:
    assert list(results) == STUDENTS


def expected_score(student: str, chapter: Chapter) -> int:
    if student in NOTHING:
        return 0
    return MAXIMUM[chapter.name] - LOST[chapter.name].get(student, 0)


@pytest.mark.parametrize("student", STUDENTS)
def test_score_and_reason(student: str, results: dict[str, Result], chapter: Chapter) -> None:
    result = results[student]
    score = expected_score(student, chapter)
    assert (result.score, result.maximum) == (score, MAXIMUM[chapter.name])
    reason = (EVERYWHERE | MISTAKES[chapter.name])[student]
    assert reason in what_went_wrong(result)
    if score < result.maximum:
        assert what_went_wrong(result)


@pytest.mark.parametrize("student", STUDENTS)
def test_feedback_and_graded_notebook_are_written(
    student: str, results: dict[str, Result], classroom: Classroom
) -> None:
    page = results[student].feedback.read_text(encoding="utf-8")
    assert (
        f"<strong>{results[student].score:g}</strong> of {results[student].maximum:g} points"
        in page
    )
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


def test_the_table_holds_every_result_uncut(
    results: dict[str, Result], chapter: Chapter, tmp_path: Path
) -> None:
    write_csv(list(results.values()), tmp_path / "class.csv")
    with (tmp_path / "class.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["learner"]: row for row in csv.DictReader(file)}
    assert {name: float(row["score"]) for name, row in rows.items()} == {
        name: expected_score(name, chapter) for name in STUDENTS
    }

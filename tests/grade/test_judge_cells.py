"""Scores that stand: what a graded cell is worth, whatever it printed."""

from __future__ import annotations

from typing import Any

import nbformat
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nbformat import NotebookNode
from nbgrader.utils import determine_grade

from grader.grade.judge import judge_cell, steady_cell
from tfcourse_utils.checking import (
    ask,
    encode_observations,
    find_exercise,
    observe,
    reference,
)
from tfcourse_utils.checking.notebook import OBSERVATIONS_MIME

DENSE = find_exercise("linear_classifiers.dense")


def graded_cell(*outputs: NotebookNode, points: float = 3) -> NotebookNode:
    role = {"grade": True, "solution": False, "locked": True, "grade_id": "c", "points": points}
    metadata = {"nbgrader": role | {"schema_version": 3, "task": False}}
    return nbformat.v4.new_code_cell("check", metadata=metadata, outputs=list(outputs))


def result(text: str) -> NotebookNode:
    return nbformat.v4.new_output("execute_result", data={"text/plain": text})


def stderr(text: str) -> NotebookNode:
    return nbformat.v4.new_output("stream", name="stderr", text=text)


def error() -> NotebookNode:
    return nbformat.v4.new_output("error", ename="AssertionError", evalue="", traceback=[])


@pytest.mark.parametrize(
    ("outputs", "score"),
    [
        ([], 3),
        ([stderr("a notice")], 3),
        ([error()], 0),
        ([stderr("a notice"), error()], 0),
        ([result("2.5")], 2.5),
        ([result("True")], 3),
        ([result("False")], 0),
        ([result("nan")], 0),
        ([result("inf")], 0),
        ([result("-1")], 0),
        ([result("4")], 0),
        ([result("'well done'")], 0),
        ([result("<tf.Tensor: shape=(), dtype=float32, numpy=1.0>")], 0),
        ([stderr("a notice"), result("2")], 2),
    ],
)
def test_a_plain_nbgrader_check(outputs: list[NotebookNode], score: float) -> None:
    cell = graded_cell(*outputs)
    steady_cell(cell)
    assert determine_grade(cell) == (score, 3)


@given(st.text())
def test_no_last_expression_is_worth_more_than_the_maximum_or_stops_the_batch(text: str) -> None:
    cell = graded_cell(result(text))
    steady_cell(cell)
    score, _ = determine_grade(cell)
    assert 0 <= score <= 3


def published(observations: Any, exercise: str = DENSE.id) -> NotebookNode:
    data = {OBSERVATIONS_MIME: {"exercise": exercise, "observations": observations}}
    return nbformat.v4.new_output("display_data", data=data)


RIGHT = encode_observations(observe(DENSE, reference(DENSE), ask(DENSE, 5)))


def test_right_observations_earn_the_points_in_spite_of_noise() -> None:
    cell = graded_cell(stderr("a notice"), published(RIGHT), result("0"))
    assert judge_cell(cell, DENSE, seed=5).points == 3
    assert determine_grade(cell) == (3, 3)


@pytest.mark.parametrize(
    "outputs",
    [
        [],
        [result("3")],
        [published(None)],
        [published(RIGHT, "linear_classifiers.square_loss")],
        [published({})],
        [published([1, 2])],
    ],
)
def test_without_observations_there_are_no_points(outputs: list[NotebookNode]) -> None:
    cell = graded_cell(*outputs)
    judge_cell(cell, DENSE, seed=5)
    assert determine_grade(cell) == (0, 3)


def test_observations_of_another_seed_earn_nothing() -> None:
    cell = graded_cell(published(RIGHT))
    assert judge_cell(cell, DENSE, seed=6).points == 0


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)


@settings(max_examples=50, deadline=None)
@given(json_values)
def test_whatever_is_published_is_judged(data: Any) -> None:
    cell = graded_cell(published(data))
    judge_cell(cell, DENSE, seed=5)
    assert determine_grade(cell) == (0, 3)

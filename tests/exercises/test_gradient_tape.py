"""Chapter 2: other right answers than the reference get full points, whatever the seed."""

from __future__ import annotations

import linecache
from typing import Any

import pytest

from grader.layout import Course
from grader.sample import answer_sources
from tfcourse_utils.checking import Status, check_answer, find_exercise, topic_exercises

STYLES = ("numpy_style", "keras_style", "tensorflow_style")
SEEDS = range(10)


@pytest.fixture(scope="module")
def answers(course: Course) -> dict[tuple[str, str], Any]:
    """Return every answer by style and name, each run as a cell of its own."""
    return {
        (style, name): _run(f"<{style}.{name}>", source, name)
        for style in STYLES
        for name, source in answer_sources(course.chapter("02_gradient_tape"), style).items()
    }


def _run(file: str, source: str, name: str) -> Any:
    namespace: dict[str, Any] = {}
    setup = "import keras\nimport numpy as np\nimport tensorflow as tf\n"
    linecache.cache[file] = (len(source), None, source.splitlines(True), file)  # for AutoGraph
    exec(setup, namespace)
    exec(compile(source, file, "exec"), namespace)
    return namespace[name]


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("exercise_id", topic_exercises("gradient_tape"))
def test_another_right_answer_gets_full_points(
    exercise_id: str, style: str, answers: dict[tuple[str, str], Any]
) -> None:
    exercise = find_exercise(exercise_id)
    for seed in SEEDS:
        verdict = check_answer(exercise, answers[style, exercise.name], seed)
        assert verdict.status is Status.RIGHT, (seed, verdict)

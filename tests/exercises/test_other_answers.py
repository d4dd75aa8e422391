"""Other right answers than the references get full points, whatever the seed."""

from __future__ import annotations

import linecache
from pathlib import Path
from typing import Any

import pytest

from grader.layout import Course
from grader.sample import answer_sources
from tfcourse_utils.checking import Status, check_answer, find_exercise, topic_exercises

CHAPTERS = {chapter.topic: chapter for chapter in Course.find(Path(__file__).parent).chapters}
EXERCISES = [exercise_id for topic in CHAPTERS for exercise_id in topic_exercises(topic)]
STYLES = ("numpy_style", "keras_style", "tensorflow_style")
SEEDS = range(20)


def _run(file: str, source: str, name: str) -> Any:
    """Return an answer, run as a cell of its own."""
    namespace: dict[str, Any] = {}
    setup = "import keras\nimport numpy as np\nimport tensorflow as tf\n"
    linecache.cache[file] = (len(source), None, source.splitlines(True), file)  # for AutoGraph
    exec(setup, namespace)
    exec(compile(source, file, "exec"), namespace)
    return namespace[name]


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("exercise_id", EXERCISES)
def test_another_right_answer_gets_full_points(exercise_id: str, style: str) -> None:
    exercise = find_exercise(exercise_id)
    source = answer_sources(CHAPTERS[exercise.topic], style)[exercise.name]
    answer = _run(f"<{style}.{exercise.id}>", source, exercise.name)
    for seed in SEEDS:
        verdict = check_answer(exercise, answer, seed)
        assert verdict.status is Status.RIGHT, (seed, verdict)

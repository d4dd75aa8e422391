"""Other right answers than the references get full points, whatever the seed."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.layout import Course
from grader.sample import answer_sources
from tfcourse_utils.checking import Status, check_answer, find_exercise, topic_exercises

from .cells import run_answer

CHAPTERS = {chapter.topic: chapter for chapter in Course.find(Path(__file__).parent).chapters}
EXERCISES = [exercise_id for topic in CHAPTERS for exercise_id in topic_exercises(topic)]
STYLES = ("numpy_style", "keras_style", "tensorflow_style")
SEEDS, SEEDS_TO_TRAIN = range(5), range(2)


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("exercise_id", EXERCISES)
def test_another_right_answer_gets_full_points(exercise_id: str, style: str) -> None:
    exercise = find_exercise(exercise_id)
    source = answer_sources(CHAPTERS[exercise.topic], style)[exercise.name]
    answer = run_answer(source, exercise.name)
    trains = any(probe.data is not None for probe in exercise.probes.values())
    for seed in SEEDS_TO_TRAIN if trains else SEEDS:
        verdict = check_answer(exercise, answer, seed)
        assert verdict.status is Status.RIGHT, (seed, verdict)

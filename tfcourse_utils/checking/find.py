"""Find exercises by name; every chapter is a package in `tfcourse_utils.exercises`."""

from __future__ import annotations

import pkgutil
from difflib import get_close_matches
from importlib import import_module

from .exercise import Exercise

__all__ = ["UnknownExerciseError", "find_exercise", "topic_exercises", "topics"]


class UnknownExerciseError(LookupError):
    """There is no exercise of that name."""


def topics() -> list[str]:
    """Return the chapters' topics, as "linear_classifiers"."""
    package = import_module("tfcourse_utils.exercises")
    return [m.name for m in pkgutil.iter_modules(package.__path__) if m.ispkg]


def topic_exercises(topic: str) -> dict[str, Exercise]:
    """Return the exercises of a topic by id, in the order in which the chapter has them."""
    module = import_module(f"tfcourse_utils.exercises.{topic}")
    return {exercise.id: exercise for exercise in module.EXERCISES}


def find_exercise(exercise_id: str) -> Exercise:
    """Return the exercise with this id, as "linear_classifiers.dense".

    Raises:
        UnknownExerciseError: there is none; the message names the nearest one.
    """
    if not isinstance(exercise_id, str):
        raise UnknownExerciseError(
            'An exercise is called by its name in quotes, as in check("linear_classifiers.dense").'
        )
    topic = exercise_id.partition(".")[0]
    exercises = topic_exercises(topic) if topic in topics() else {}
    if str(exercise_id) not in exercises:
        raise UnknownExerciseError(_unknown(str(exercise_id)))
    return exercises[str(exercise_id)]


def _unknown(exercise_id: str) -> str:
    known = [known_id for topic in topics() for known_id in topic_exercises(topic)]
    by_name = {known_id.partition(".")[2]: known_id for known_id in known}
    near = get_close_matches(exercise_id, known, n=1)
    if not near:  # the chapter is missing
        near = [by_name[name] for name in get_close_matches(exercise_id, by_name, n=1)]
    return f"There is no exercise {exercise_id!r}." + (
        f" Did you mean {near[0]!r}?" if near else ""
    )

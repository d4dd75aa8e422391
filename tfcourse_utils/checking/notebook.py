"""What a notebook calls: `check` an answer, ask for a `hint`.

Graders set the environment variable `OBSERVE_SEED`. Then `check` only observes, and
publishes what it saw for a judge in another process.
"""

from __future__ import annotations

import os
from typing import Any

from .exercise import Exercise
from .expected import expectation
from .find import UnknownExerciseError, find_exercise
from .html import verdict_html
from .judge import judge
from .observe import MISSING, observe
from .text import points, verdict_text
from .verdict import Verdict
from .wire import encode_observations

__all__ = ["OBSERVATIONS_MIME", "OBSERVE_SEED", "check", "check_answer", "hint"]

OBSERVE_SEED = "TFCOURSE_OBSERVE_SEED"
OBSERVATIONS_MIME = "application/vnd.tfcourse.observations+json"

#: Everybody's instant checks use these data; grading draws others.
PUBLIC_SEED = 2024

_hints_given: dict[str, int] = {}


class Score:
    """The points of a check, which nbgrader reads from the plain-text form of a cell's result."""

    def __init__(self, verdict: Verdict) -> None:
        self._verdict = verdict

    def __repr__(self) -> str:
        return points(self._verdict.points)

    def _repr_html_(self) -> str:
        return "<span></span>"  # the verdict above has said it


def check(exercise_id: str, answer: Any = MISSING) -> Score | None:
    """Check the answer to an exercise and show the verdict.

    Args:
        exercise_id: as "linear_classifiers.dense".
        answer: the answer; without it, what the notebook calls by the exercise's name.

    Returns:
        The score. None where there is nothing to score, which is said in one sentence.
    """
    try:
        exercise = find_exercise(exercise_id)
    except (UnknownExerciseError, ImportError) as error:
        print(_sentence(error))
        return None
    if answer is MISSING:
        answer = _from_notebook(exercise.name)
    seed = os.environ.get(OBSERVE_SEED)
    if seed is not None:
        seen = encode_observations(observe(exercise, answer, int(seed)))
        _publish({OBSERVATIONS_MIME: {"exercise": exercise.id, "observations": seen}})
        return None
    verdict = check_answer(exercise, answer)
    text = verdict_text(exercise, verdict)
    _publish({"text/html": verdict_html(exercise, verdict), "text/plain": text})
    return Score(verdict)


def check_answer(exercise: Exercise, answer: Any, seed: int = PUBLIC_SEED) -> Verdict:
    """Observe and judge in one process."""
    return judge(exercise, observe(exercise, answer, seed), expectation(exercise, seed))


def hint(exercise_id: str) -> None:
    """Print the next hint; after the last one, start again."""
    try:
        exercise = find_exercise(exercise_id)
    except (UnknownExerciseError, ImportError) as error:
        print(_sentence(error))
        return
    if not exercise.hints:
        print(f"There is no hint for `{exercise.name}`.")
        return
    given = _hints_given.get(exercise_id, 0) % len(exercise.hints)
    _hints_given[exercise_id] = given + 1
    last = " (the last one)" if given + 1 == len(exercise.hints) else ""
    print(f"Hint {given + 1} of {len(exercise.hints)}{last}: {exercise.hints[given]}")


def _sentence(error: Exception) -> str:
    if isinstance(error, ImportError):
        return f"A package is missing ({error}). Set the course up again: see its README."
    return str(error)


def _from_notebook(name: str) -> Any:
    from IPython.core.getipython import get_ipython

    shell = get_ipython()
    return MISSING if shell is None else shell.user_ns.get(name, MISSING)


def _publish(data: dict[str, Any]) -> None:
    from IPython.core.interactiveshell import InteractiveShell
    from IPython.display import display

    if InteractiveShell.initialized():
        display(data, raw=True)  # type: ignore[no-untyped-call]
    else:
        print(data.get("text/plain", ""))

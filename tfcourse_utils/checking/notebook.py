"""What a notebook calls: `check` an answer, ask for a `hint`.

Graders write a file of questions and name it in the environment variable `QUESTIONS_FILE`.
Then `check` only observes, and publishes what it saw for a judge in another process.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any

from .exercise import Exercise
from .expected import expectation
from .find import UnknownExerciseError, find_exercise
from .html import verdict_html
from .judge import judge
from .last_cell import about_last_cell
from .observe import MISSING, observe, own_lines
from .questions import ask
from .text import points, verdict_text
from .verdict import Verdict
from .wire import decode_questions, encode_observations, encode_questions

__all__ = [
    "OBSERVATIONS_MIME",
    "QUESTIONS_FILE",
    "check",
    "check_answer",
    "hint",
    "questions_text",
]

QUESTIONS_FILE = "TFCOURSE_QUESTIONS"
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
    is_handed_over = answer is not MISSING
    if not is_handed_over:
        answer = _from_notebook(exercise.name)
    questions_file = os.environ.get(QUESTIONS_FILE)
    if questions_file is not None:
        _observe_for_judge(exercise, answer, questions_file)
        return None
    try:
        verdict = check_answer(exercise, answer)
    except KeyboardInterrupt as stop:
        print(_interrupted(exercise, own_lines(stop, answer)))
        return Score(Verdict(exercise.id, ()))
    if not is_handed_over and (said := _about_last_cell(exercise.name, answer)):
        print(said)
    text = verdict_text(exercise, verdict)
    _publish({"text/html": verdict_html(exercise, verdict), "text/plain": text})
    return Score(verdict)


def check_answer(exercise: Exercise, answer: Any, seed: int = PUBLIC_SEED) -> Verdict:
    """Observe and judge in one process."""
    seen = observe(exercise, answer, ask(exercise, seed))
    return judge(exercise, seen, expectation(exercise, seed))


def questions_text(exercises: Iterable[Exercise], seed: int) -> str:
    """Return what belongs in the file that `QUESTIONS_FILE` names: what these exercises ask."""
    return json.dumps({one.id: encode_questions(ask(one, seed)) for one in exercises})


def _interrupted(exercise: Exercise, lines: list[str]) -> str:
    if not lines:
        return f"The check of `{exercise.name}` was interrupted. Run the cell again to repeat it."
    return (
        f"The check of `{exercise.name}` was interrupted while the answer was here:\n"
        f"    {lines[-1]}\n"
        "If it had run for long: is there a loop whose condition never becomes false, or far more "
        "work than is asked for?"
    )


def _observe_for_judge(exercise: Exercise, answer: Any, questions_file: str) -> None:
    questions = _read_questions(questions_file).get(exercise.id)
    if questions is None:
        print(f"Nothing is asked about `{exercise.name}` here, so it was not looked at.")
        return
    seen = encode_observations(observe(exercise, answer, decode_questions(questions)))
    _publish({OBSERVATIONS_MIME: {"exercise": exercise.id, "observations": seen}})


@lru_cache(maxsize=1)
def _read_questions(path: str) -> dict[str, Any]:
    return json.loads(Path(path).read_text(encoding="utf-8"))


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


def _about_last_cell(name: str, answer: Any) -> str:
    from IPython.core.getipython import get_ipython

    shell = get_ipython()
    return "" if shell is None else about_last_cell(shell, name, answer)


def _publish(data: dict[str, Any]) -> None:
    from IPython.core.interactiveshell import InteractiveShell
    from IPython.display import display

    if InteractiveShell.initialized():
        display(data, raw=True)  # type: ignore[no-untyped-call]
    else:
        print(data.get("text/plain", ""))

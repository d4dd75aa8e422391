"""From what a run left in the check cells to scores that stand.

The learner's process only observed. Verdicts are made here, where nothing of the learner's
runs, and take the place of whatever the check cells showed.
"""

from __future__ import annotations

import math
import re
from functools import lru_cache
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbgrader.utils import is_grade, is_solution

from tfcourse_utils.checking import (
    Exercise,
    Observation,
    Outcome,
    UnknownExerciseError,
    Verdict,
    decode_observations,
    expectation,
    find_exercise,
    judge,
)
from tfcourse_utils.checking.html import verdict_html
from tfcourse_utils.checking.notebook import (
    OBSERVATIONS_MIME,
    Score,
    questions_text,
)
from tfcourse_utils.checking.text import points, verdict_text

from .run import what_failed
from .tidy import NOT_RUN

__all__ = [
    "exercise_of",
    "judge_cell",
    "judge_notebook",
    "questions_of",
    "restore_checks",
    "score_output",
    "steady_cell",
]

_CHECK = re.compile(r'check\("([\w.]+)"\)')
# A learner's own variable may be called `check`.
_IMPORT = "from tfcourse_utils.checking import check\n"


def questions_of(notebook: NotebookNode, seed: int) -> str:
    """Return, as JSON, what the checks of a notebook ask the answers, on data drawn from `seed`.

    This, and nothing else of the checks' data, is handed to the process that runs the answers.
    """
    exercises = [exercise_of(cell) for cell in notebook.cells]
    return _questions(tuple(one for one in exercises if one is not None), seed)


@lru_cache(maxsize=4)
def _questions(exercises: tuple[Exercise, ...], seed: int) -> str:
    return questions_text(exercises, seed)


def judge_notebook(notebook: NotebookNode, seed: int) -> dict[str, Verdict]:
    """Judge every check that observed, and steady the outputs of every other graded cell.

    Changes the outputs of the notebook's graded cells; returns the verdicts by the ids of theirs.
    """
    verdicts = {}
    failed = {
        cell.metadata.nbgrader["grade_id"]: what_failed(cell)
        for cell in notebook.cells
        if cell.cell_type == "code" and is_solution(cell)
    }
    for cell in notebook.cells:
        if _is_check(cell):
            exercise = exercise_of(cell)
            if exercise is not None:
                verdict = judge_cell(cell, exercise, seed, failed.get(exercise.name, ""))
                verdicts[cell.id] = verdict
            else:
                steady_cell(cell)
        elif cell.cell_type == "code":  # a check that a learner called elsewhere
            cell.outputs = [o for o in cell.outputs if OBSERVATIONS_MIME not in o.get("data", {})]
    return verdicts


def restore_checks(notebook: NotebookNode) -> None:
    """Make sure that the checks of a notebook call our `check`, whatever else has its name."""
    for cell in notebook.cells:
        if exercise_of(cell) is not None:
            cell.source = _IMPORT + cell.source.removeprefix(_IMPORT)


def _is_check(cell: NotebookNode) -> bool:
    """A graded cell that holds no answer: those are for a person to grade."""
    return cell.cell_type == "code" and is_grade(cell) and not is_solution(cell)


def exercise_of(cell: NotebookNode) -> Exercise | None:
    """Return the exercise that a cell of the instructor's notebook checks, if it is our check."""
    if not _is_check(cell):
        return None
    match = _CHECK.fullmatch(cell.source.removeprefix(_IMPORT).strip())
    try:
        return find_exercise(match[1]) if match else None
    except UnknownExerciseError:
        return None


def judge_cell(cell: NotebookNode, exercise: Exercise, seed: int, failed: str = "") -> Verdict:
    """Judge what a check cell published; its outputs become the verdict and the score.

    Args:
        failed: what the answer's cell did instead of coming to its end, if it did not.
    """
    seen = decode_observations(_published(cell, exercise.id))
    untouched = all(one.outcome is Outcome.NOT_ATTEMPTED for one in seen.values())
    if not seen or (failed and untouched):  # without its cell there is no answer to look at
        why = f"its cell {failed}" if failed else _why_nothing(cell)
        seen = dict.fromkeys(exercise.probes, Observation(Outcome.RAISED, error=why))
    verdict = judge(exercise, seen, expectation(exercise, seed))
    shown = {
        "text/html": verdict_html(exercise, verdict),
        "text/plain": verdict_text(exercise, verdict),
    }
    cell.outputs = [nbformat.v4.new_output("display_data", data=shown), _score(verdict)]
    return verdict


def _why_nothing(cell: NotebookNode) -> str:
    if any(output.get("ename") == NOT_RUN for output in cell.outputs):
        return "the run ended before this check"
    failed = what_failed(cell)
    return f"it {failed}" if failed else "its check left nothing to judge"


def _published(cell: NotebookNode, exercise_id: str) -> Any:
    for output in cell.outputs:
        data = output.get("data", {}).get(OBSERVATIONS_MIME)
        if isinstance(data, dict) and data.get("exercise") == exercise_id:
            return data.get("observations")
    return None


def score_output(value: float) -> NotebookNode:
    """Return the output by which nbgrader reads a score."""
    return nbformat.v4.new_output("execute_result", data={"text/plain": points(value)})


def _score(verdict: Verdict) -> NotebookNode:
    score = Score(verdict)
    data = {"text/html": score._repr_html_(), "text/plain": repr(score)}
    return nbformat.v4.new_output("execute_result", data=data)


def steady_cell(cell: NotebookNode) -> None:
    """Make the score of a plain nbgrader check stand.

    stderr costs nothing. A last expression is worth something only if it is `True`, or a
    number of points from 0 to the maximum; any other is worth nothing.
    """
    maximum = float(cell.metadata["nbgrader"]["points"])
    for output in cell.outputs:
        if output.output_type == "stream":
            output.name = "stdout"
        if output.output_type == "execute_result":
            text = str(output.data.get("text/plain", ""))
            output.data["text/plain"] = points(_worth(text, maximum))


def _worth(text: str, maximum: float) -> float:
    if text == "True":
        return maximum
    try:
        value = float(text)
    except ValueError:
        return 0
    return value if math.isfinite(value) and 0 <= value <= maximum else 0

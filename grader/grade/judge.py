"""From what a run left in the check cells to scores that stand.

The learner's process only observed. Verdicts are made here, where nothing of the learner's
runs, and take the place of whatever the check cells showed.
"""

from __future__ import annotations

import contextlib
import math
import os
import re
from collections.abc import Iterator
from typing import Any

import nbformat
from nbconvert.exporters.exporter import ResourcesDict
from nbconvert.preprocessors import ClearMetadataPreprocessor
from nbformat import NotebookNode
from nbgrader import preprocessors as nbg
from nbgrader.preprocessors import NbGraderPreprocessor
from nbgrader.utils import is_grade, is_solution
from traitlets.config import Config

from tfcourse_utils.checking import (
    Exercise,
    Observation,
    Outcome,
    Status,
    UnknownExerciseError,
    Verdict,
    decode_observations,
    expectation,
    find_exercise,
    judge,
)
from tfcourse_utils.checking.html import verdict_html
from tfcourse_utils.checking.notebook import OBSERVATIONS_MIME, OBSERVE_SEED, Score
from tfcourse_utils.checking.text import points, verdict_text

__all__ = [
    "Status",
    "SteadyScores",
    "Verdict",
    "configure_nbgrader",
    "judge_cell",
    "judge_notebook",
    "observing",
    "restore_checks",
    "steady_cell",
]

_CHECK = re.compile(r'check\("([\w.]+)"\)')
# A learner's own variable may be called `check`.
_IMPORT = "from tfcourse_utils.checking import check\n"


@contextlib.contextmanager
def observing(seed: int) -> Iterator[None]:
    """Make the checks of every kernel started meanwhile observe, on data drawn from `seed`."""
    os.environ[OBSERVE_SEED] = str(seed)
    try:
        yield
    finally:
        del os.environ[OBSERVE_SEED]


def judge_notebook(notebook: NotebookNode, seed: int) -> list[Verdict]:
    """Judge every check that observed, and steady the outputs of every other graded cell.

    Changes the outputs of the notebook's graded cells; returns the verdicts.
    """
    verdicts = []
    for cell in notebook.cells:
        if _is_check(cell):
            exercise = _exercise(cell)
            if exercise is not None:
                verdicts.append(judge_cell(cell, exercise, seed))
            else:
                steady_cell(cell)
        elif cell.cell_type == "code":  # a check that a learner called elsewhere
            cell.outputs = [o for o in cell.outputs if OBSERVATIONS_MIME not in o.get("data", {})]
    return verdicts


def restore_checks(notebook: NotebookNode) -> None:
    """Make sure that the checks of a notebook call our `check`, whatever else has its name."""
    for cell in notebook.cells:
        if _is_check(cell) and _exercise(cell) is not None:
            cell.source = _IMPORT + cell.source


def _is_check(cell: NotebookNode) -> bool:
    """A graded cell that holds no answer: those are for a person to grade."""
    return cell.cell_type == "code" and is_grade(cell) and not is_solution(cell)


def _exercise(cell: NotebookNode) -> Exercise | None:
    match = _CHECK.fullmatch(cell.source.removeprefix(_IMPORT).strip())
    try:
        return find_exercise(match[1]) if match else None
    except UnknownExerciseError:
        return None


def judge_cell(cell: NotebookNode, exercise: Exercise, seed: int) -> Verdict:
    """Judge what a check cell published; its outputs become the verdict and the score."""
    seen = decode_observations(_published(cell, exercise.id))
    if not seen:
        ended = Observation(Outcome.RAISED, error=_why_nothing(cell))
        seen = dict.fromkeys(exercise.probes, ended)
    verdict = judge(exercise, seen, expectation(exercise, seed))
    shown = {
        "text/html": verdict_html(exercise, verdict),
        "text/plain": verdict_text(exercise, verdict),
    }
    cell.outputs = [nbformat.v4.new_output("display_data", data=shown), _score(verdict)]
    return verdict


def _why_nothing(cell: NotebookNode) -> str:
    errors = [output.ename for output in cell.outputs if output.output_type == "error"]
    if "CellTimeoutError" in errors or "KeyboardInterrupt" in errors:
        return "it was still running when its time was up, and was stopped"
    return f"the check ended with {errors[0]}" if errors else "the run ended before this check"


def _published(cell: NotebookNode, exercise_id: str) -> Any:
    for output in cell.outputs:
        data = output.get("data", {}).get(OBSERVATIONS_MIME)
        if isinstance(data, dict) and data.get("exercise") == exercise_id:
            return data.get("observations")
    return None


def _result(value: float) -> NotebookNode:
    return nbformat.v4.new_output("execute_result", data={"text/plain": points(value)})


def _score(verdict: Verdict) -> NotebookNode:
    score = Score(verdict)
    data = {"text/html": score._repr_html_(), "text/plain": repr(score)}
    return nbformat.v4.new_output("execute_result", data=data)


class SteadyScores(NbGraderPreprocessor):
    """Let the scores of `nbgrader autograde` stand, whatever was printed."""

    def preprocess_cell(
        self, cell: NotebookNode, resources: ResourcesDict, index: int
    ) -> tuple[NotebookNode, ResourcesDict]:
        if _is_check(cell):
            if _exercise(cell) and not any(o.output_type == "execute_result" for o in cell.outputs):
                cell.outputs.append(_result(0))  # it was kept from running
            steady_cell(cell)
        return cell, resources


def configure_nbgrader(config: Config) -> None:
    """Put `SteadyScores` between nbgrader's run of a notebook and its reading of the scores."""
    config.Autograde.autograde_preprocessors = [
        nbg.Execute,
        SteadyScores,
        nbg.IgnorePattern,
        ClearMetadataPreprocessor,
        nbg.LimitOutput,
        nbg.SaveAutoGrades,
        nbg.AssignLatePenalties,
        nbg.CheckCellMetadata,
    ]


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

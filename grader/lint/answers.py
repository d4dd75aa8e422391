"""What has to be tried: stubs, right answers and wrong answers, on many seeds."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from grader.grade.judge import judge_notebook, questions_of
from grader.grade.run import Kernels, cell_errors, run
from grader.layout import Chapter
from grader.sandbox import Limits
from tfcourse_utils.checking import (
    Exercise,
    Status,
    Verdict,
    as_found,
    check_answer,
    find_exercise,
    reference,
    wrong_answers,
)

__all__ = ["answer_findings", "run_findings"]

LIMITS = Limits(cell_seconds=120)


def run_findings(chapter: Chapter) -> Iterator[str]:
    """Run release and solution as a learner's notebook is run, and judge them."""
    for path, wanted in (
        (chapter.release, Status.NOT_ATTEMPTED),
        (chapter.solution, Status.RIGHT),
    ):
        where = path.relative_to(chapter.root)
        notebook, problems = _run(path)
        yield from (f"{where}: {text}" for text in (*problems, *cell_errors(notebook)))
        for verdict in judge_notebook(notebook, seed=0).values():
            if verdict.status is not wanted or (verdict.points > 0) != (wanted is Status.RIGHT):
                yield f"{where}: {verdict.exercise} is {verdict.status.value}: {_why(verdict)}"


def _run(path: Path) -> tuple[NotebookNode, list[str]]:
    """Run a notebook of our own, without walls: they are not everywhere."""
    notebook = nbformat.read(path, as_version=4)
    ran = run(notebook, LIMITS, Kernels(None, questions_of(notebook, seed=0)))
    return notebook, [f"the run ended: {end.why}" for end in ran.ended]


def answer_findings(exercise_id: str, seed: int) -> list[str]:
    """Try the right answer and every wrong one on data drawn from one seed."""
    exercise = find_exercise(exercise_id)
    findings = []
    verdict = check_answer(exercise, reference(exercise), seed)
    if verdict.status is not Status.RIGHT:
        findings.append(f"the right answer is {verdict.status.value}: {_why(verdict)}")
    findings += _wrong_answers(exercise, seed)
    return [f"{exercise_id}, seed {seed}: {finding}" for finding in findings]


def _wrong_answers(exercise: Exercise, seed: int) -> Iterator[str]:
    for wrong in wrong_answers(exercise).values():
        verdict = check_answer(exercise, wrong.answer, seed)
        if wrong is as_found(exercise) and not verdict.unchanged:
            yield "the code as it was found is not recognised"
        if verdict.points >= verdict.possible:
            yield f"the wrong answer {wrong.name!r} gets full marks"
        elif wrong.says not in verdict.misconceptions.values():
            yield f"the wrong answer {wrong.name!r} is told {list(verdict.misconceptions)}"


def _why(verdict: Verdict) -> str:
    return "; ".join(f"{p.probe}: {p.status.value} {p.reason}" for p in verdict.probes)

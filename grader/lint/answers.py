"""What has to be tried: stubs, right answers and wrong answers, on many seeds."""

from __future__ import annotations

from collections.abc import Iterator

import nbformat

from grader.grade.judge import Verdict, judge_notebook, observing
from grader.grade.run import cell_errors, run
from grader.layout import Chapter
from tfcourse_utils.checking import Exercise, Status, check_answer, find_exercise, reference

__all__ = ["answer_findings", "run_findings"]

CELL_SECONDS = 120


def run_findings(chapter: Chapter) -> Iterator[str]:
    """Run release and solution as a learner's notebook is run, and judge them."""
    for path, wanted in (
        (chapter.release, Status.NOT_ATTEMPTED),
        (chapter.solution, Status.RIGHT),
    ):
        where = path.relative_to(chapter.root)
        with observing(seed=0):
            notebook, problem = run(nbformat.read(path, as_version=4), CELL_SECONDS)
        yield from (f"{where}: {text}" for text in (problem, *cell_errors(notebook)) if text)
        for verdict in judge_notebook(notebook, seed=0):
            if verdict.status is not wanted or (verdict.points > 0) != (wanted is Status.RIGHT):
                yield f"{where}: {verdict.exercise} is {verdict.status.value}: {_why(verdict)}"


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
    for wrong in exercise.wrong_answers.values():
        verdict = check_answer(exercise, wrong.answer, seed)
        if wrong.answer is exercise.broken and not verdict.unchanged:
            yield "the code as it was found is not recognised"
        if verdict.points >= verdict.possible:
            yield f"the wrong answer {wrong.name!r} gets full marks"
        elif wrong.says not in verdict.misconceptions.values():
            yield f"the wrong answer {wrong.name!r} is told {list(verdict.misconceptions)}"


def _why(verdict: Verdict) -> str:
    return "; ".join(f"{p.probe}: {p.status.value} {p.reason}" for p in verdict.probes)

"""All checks of the course in order, with what each has proved and how long it took."""

from __future__ import annotations

import contextlib
import io
import multiprocessing
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from itertools import chain

from rich.console import Console

from grader.layout import Chapter, Course
from grader.mutants import run_mutants, stale_reasons
from grader.warm_up import import_tensorflow
from tfcourse_utils.checking import Exercise, topic_exercises, wrong_answers

from .answers import answer_findings, run_findings
from .exercises import exercise_findings
from .lessons import lesson_findings
from .notebooks import notebook_findings, stale_findings, stray_findings
from .path import path_findings

__all__ = ["lint_course"]

EVERY = 10  # of the mutants; `tfgrade mutants` runs them all


def lint_course(course: Course, chapters: list[Chapter], seeds: int, console: Console) -> int:
    """Check the course; print what holds and what does not. Returns the exit status."""
    exercises = [e for chapter in chapters for e in topic_exercises(chapter.topic).values()]
    probes = sum(len(exercise.probes) for exercise in exercises)
    wrong = sum(len(wrong_answers(exercise)) for exercise in exercises)
    counts = f"{len(exercises)} exercises, {probes} probes"
    steps: list[tuple[str, Iterable[str]]] = [
        ("every notebook, and the syllabus, is what its source gives", stale_findings(course)),
        ("no stray file among the notebooks", stray_findings(course)),
        ("imports keep to the contracts", _import_findings(course)),
        (
            f"{3 * len(chapters)} notebooks: names unique, stubs valid, no outputs, no answers",
            chain.from_iterable(map(notebook_findings, chapters)),
        ),
        (
            f"{counts}: hints, wrong answers, sections, points",
            chain.from_iterable(map(exercise_findings, chapters)),
        ),
        (
            "no exercise needs a name before a lesson has told it",
            path_findings(course, chapters),
        ),
        (
            f"run in a kernel: {len(chapters)} lessons, without an error or a warning",
            chain.from_iterable(map(lesson_findings, chapters)),
        ),
        (
            "run in a kernel: every stub is not attempted, every solution gets full marks",
            chain.from_iterable(map(run_findings, chapters)),
        ),
        (
            f"on {seeds} seeds: {len(exercises)} right answers are right, "
            f"{wrong} wrong ones fail with their own sentence",
            _tried([exercise.id for exercise in exercises], seeds),
        ),
        (
            f"each {EVERY}th mutant of a right answer is caught, or as right as that",
            _mutant_findings(exercises),
        ),
    ]
    failed = sum(_step(title, findings, console) for title, findings in steps)
    console.print("The course is sound." if not failed else f"{failed} of these do not hold.")
    return 1 if failed else 0


def _mutant_findings(exercises: list[Exercise]) -> Iterator[str]:
    yield from stale_reasons(exercises)
    yield from (o.finding for o in run_mutants(exercises, EVERY) if o.finding)


def _step(title: str, findings: Iterable[str], console: Console) -> bool:
    start = time.perf_counter()
    found = list(findings)
    seconds = time.perf_counter() - start
    console.print(
        f"{'✗' if found else '✓'} {title} ({seconds:.1f} s)", highlight=False, soft_wrap=True
    )
    for finding in found:
        console.print(f"    {finding}", highlight=False, markup=False, soft_wrap=True)
    return bool(found)


def _import_findings(course: Course) -> Iterator[str]:
    try:
        from importlinter.cli import lint_imports
    except ImportError:
        yield "import-linter is not installed; it comes with the extra `dev`"
        return
    output = io.StringIO()
    with contextlib.redirect_stdout(output):
        broken = lint_imports(config_filename=str(course.root / "pyproject.toml"), no_cache=True)
    if broken:
        yield output.getvalue()


def _tried(exercise_ids: list[str], seeds: int) -> Iterator[str]:
    """Try all answers on all seeds, in as many processes as there are cores."""
    tasks = [(exercise_id, seed) for exercise_id in exercise_ids for seed in range(seeds)]
    # TensorFlow's threads do not survive a fork.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(mp_context=context, initializer=import_tensorflow) as pool:
        yield from chain.from_iterable(pool.map(answer_findings, *zip(*tasks)))

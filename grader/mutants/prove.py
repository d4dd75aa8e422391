"""Run the mutants of whole chapters, and say what the checks made of them."""

from __future__ import annotations

import time

from rich.console import Console

from grader.layout import Chapter
from tfcourse_utils.checking import topic_exercises

from .run import run_mutants, stale_reasons
from .table import WIDTH, matrix

__all__ = ["prove_checks"]


def prove_checks(chapters: list[Chapter], every: int, console: Console) -> int:
    """Print the matrix, the share that was caught, and what was not. Returns the exit status."""
    exercises = [e for chapter in chapters for e in topic_exercises(chapter.topic).values()]
    began = time.perf_counter()
    outcomes = list(run_mutants(exercises, every))
    minutes = (time.perf_counter() - began) / 60
    wide = Console(file=console.file, width=max(console.width, WIDTH))
    wide.print(matrix(exercises, outcomes))
    findings = [outcome.finding for outcome in outcomes if outcome.finding]
    findings += stale_reasons(exercises)
    for finding in findings:
        console.print(f"✗ {finding}", highlight=False, markup=False, soft_wrap=True)
    caught = sum(outcome.killed for outcome in outcomes)
    alike = sum(bool(outcome.reason) for outcome in outcomes)
    console.print(
        f"{caught} of {len(outcomes)} mutants are caught, {caught / len(outcomes):.1%}, "
        f"in {minutes:.1f} minutes. "
        f"{alike} are as right as the answer; grader/mutants/equivalent says why. "
        f"{len(findings)} findings.",
        highlight=False,
        soft_wrap=True,
    )
    return 1 if findings else 0

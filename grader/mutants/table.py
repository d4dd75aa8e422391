"""The matrix: exercises × kinds of mutants, and × wrong answers."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from rich.box import SIMPLE
from rich.table import Table

from tfcourse_utils.checking import Exercise, wrong_answers

from .operators import OPERATORS
from .run import Outcome

__all__ = ["WIDTH", "matrix"]

WIDTH = 144  # of the table, in characters


def matrix(exercises: Collection[Exercise], outcomes: Sequence[Outcome]) -> Table:
    """Return how many mutants of each kind the checks of each exercise caught.

    A number alone stands for all of them; 11/12 for 11 of 12.
    """
    table = Table(box=SIMPLE, pad_edge=False, padding=(0, 0, 0, 1))
    table.add_column("mutants of", no_wrap=True)
    for kind in OPERATORS:
        table.add_column(kind.replace(" ", "\n"), justify="right")
    table.add_column("all", justify="right", style="bold")
    table.add_column("wrong\nanswers", justify="right")
    for exercise in exercises:
        own = [outcome for outcome in outcomes if outcome.exercise == exercise.id]
        table.add_row(exercise.name, *_row(own), str(len(wrong_answers(exercise))))
    wrong = sum(len(wrong_answers(exercise)) for exercise in exercises)
    table.add_section()
    table.add_row("together", *_row(outcomes), str(wrong))
    return table


def _row(outcomes: Sequence[Outcome]) -> list[str]:
    by_kind = [[o for o in outcomes if o.mutant.operator == kind] for kind in OPERATORS]
    return [*map(_share, by_kind), _share(outcomes)]


def _share(outcomes: Sequence[Outcome]) -> str:
    killed = sum(outcome.killed for outcome in outcomes)
    if not outcomes:
        return "·"
    return f"{killed}" if killed == len(outcomes) else f"{killed}/{len(outcomes)}"

"""`make bench`: tfgrade against stock nbgrader, and `fit` with the training monitor and without.

Both of a pair do the same in the same run. Rounds alternate between the two, so that a busy
machine is busy for both. Figures are medians.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from grader.layout import Course

from .courses import WITHOUT_TRAINING, make_course
from .graders import Graded, grade_with_nbgrader, grade_with_tfgrade
from .monitor import compare_monitor

NAME = "03_linear_classifiers"


@dataclass(frozen=True)
class Ask:
    """How much to measure; stock nbgrader takes most of the time."""

    rounds: int = 3
    learners: int = 30
    sizes: tuple[int, ...] = (20, 100, 500)
    fits: int = 30


QUICK = Ask(rounds=1, learners=12, sizes=(20, 60), fits=9)


def pairwise(
    course: Course, folder: Path, label: str, exercises: Collection[str] | None, ask: Ask
) -> None:
    """Grade the same class with both, in turns."""
    ratios, rates, bounds, ours, stock, overheads = [], [], [], [], [], []
    for number in range(ask.rounds):
        place = folder / f"{label}-{number}"
        for grader in ("stock", "ours"):
            make_course(place / grader, course, NAME, exercises, learners=ask.learners)
        theirs = grade_with_nbgrader(place / "stock", NAME)
        mine = grade_with_tfgrade(place / "ours", NAME)
        stock.append(theirs.seconds / ask.learners)
        ours.append(mine.seconds / ask.learners)
        overheads.append(_overhead(mine, ask.learners))
        ratios.append(stock[-1] / ours[-1])
        rates.append(theirs.seconds / (mine.seconds - mine.started))
        bounds.append(theirs.seconds / (mine.cell_seconds / mine.workers))
        print(
            f"  round {number + 1}: {stock[-1]:.2f} s / {ours[-1]:.2f} s a submission", flush=True
        )
    print(
        f"{label}, {ask.learners} learners: stock nbgrader {statistics.median(stock):.2f} s a "
        f"submission, tfgrade {statistics.median(ours):.2f} s with its start: "
        f"{statistics.median(ratios):.1f} x, and {statistics.median(rates):.1f} x once it runs "
        f"(overhead beyond the cells {statistics.median(overheads):.2f} s a submission; with none "
        f"it would be {statistics.median(bounds):.1f} x)"
    )


def _overhead(graded: Graded, learners: int) -> float:
    """Return wall × workers − time in cells, a submission, from the first kernel on."""
    running = graded.seconds - graded.started
    return (running * graded.workers - graded.cell_seconds) / learners


def growth(course: Course, folder: Path, sizes: tuple[int, ...]) -> None:
    """Grade classes of several sizes: time should grow with them, memory not at all."""
    for size in sizes:
        place = folder / f"growth-{size}"
        make_course(place, course, NAME, WITHOUT_TRAINING, learners=size)
        graded = grade_with_tfgrade(place, NAME)
        running = graded.seconds - graded.started
        print(
            f"{size} submissions: {graded.seconds:.1f} s, {running / size:.3f} s each after the "
            f"start; first result after {graded.first:.1f} s; grader {graded.memory:.0f} MB",
            flush=True,
        )


def main() -> None:
    parser = argparse.ArgumentParser(prog="make bench ARGS=…", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="one round, small classes")
    parser.add_argument("--only", choices=["plain", "training", "growth", "monitor"])
    options = parser.parse_args()
    ask, course = QUICK if options.quick else Ask(), Course.find(Path(__file__).parent)
    with tempfile.TemporaryDirectory(prefix="tfgrade-bench-") as folder:
        if options.only in (None, "plain"):
            pairwise(course, Path(folder), "a chapter without training", WITHOUT_TRAINING, ask)
        if options.only in (None, "training"):
            pairwise(course, Path(folder), "chapter 3", None, ask)
        if options.only in (None, "growth"):
            growth(course, Path(folder), ask.sizes)
        if options.only in (None, "monitor"):
            compare_monitor(ask.fits)


if __name__ == "__main__":
    main()

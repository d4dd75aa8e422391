"""A small chapter: four exercises without training, one open task, one plain nbgrader check."""

from __future__ import annotations

from pathlib import Path

from grader.layout import Chapter, Course
from grader.sample import answer_sources, write_small_chapter

__all__ = ["ANSWERS", "MAXIMUM", "POINTS", "right_answers", "write_chapter"]

ANSWERS = ("make_clouds", "dense", "square_loss", "training_step", "train_softmax")

#: What each answer is worth; `dense` is looked at by the plain check too.
POINTS = {"make_clouds": 4, "dense": 3 + 2, "square_loss": 3, "training_step": 3}
POINTS |= {"train_softmax": 3}
MAXIMUM = sum(POINTS.values())

_PLAIN_CHECK = """assert dense(tf.ones((1, 2)), tf.ones((2, 1)), tf.zeros(1)).shape == (1, 1)
### BEGIN HIDDEN TESTS
assert dense(tf.ones((1, 2)), tf.ones((2, 1)), tf.ones(1)) == 3
### END HIDDEN TESTS"""


def write_chapter(root: Path, course: Course) -> Chapter:
    """Write the solution and the release of the small chapter below `root`."""
    whole = course.chapter("03_linear_classifiers")
    return write_small_chapter(whole, root, ANSWERS, {"plain": _PLAIN_CHECK})


def right_answers(course: Course) -> dict[str, str]:
    """Return the sources of the right answers, by name."""
    sources = answer_sources(course.chapter("03_linear_classifiers"), "reference")
    return {name: sources[name] for name in ANSWERS}

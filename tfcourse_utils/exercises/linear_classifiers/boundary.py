"""`boundary_line` and `mend_boundary_line`: where a linear classifier is undecided."""

from __future__ import annotations

import tensorflow as tf

from tfcourse_utils.checking import Exercise, exercise

from ..tools import error_of, normal, parts

__all__ = ["boundary_line", "mend_boundary_line"]

boundary_line = exercise(
    "linear_classifiers.boundary_line", kind="rebuild", section="Where the line is"
)
mend_boundary_line = exercise(
    "linear_classifiers.mend_boundary_line", kind="mend", section="Where the line is"
)


def _look_at_lines(line: Exercise) -> None:
    """Add the probes of the contract that both exercises have."""

    @line.probe("slope and intercept")
    def _(answer, rng):
        W, b = normal(rng, (2, 1)), normal(rng, (1,))
        return [parts(answer(W, b), 2), parts(answer(tf.Variable(W + 3), tf.Variable(b)), 2)]

    @line.probe("another threshold")
    def _(answer, rng):
        W, b = normal(rng, (2, 1)), normal(rng, (1,))
        return [parts(answer(W, b, threshold=t), 2) for t in (0.0, 0.8)]

    @line.probe("W1 = 0 is refused")
    def _(answer, rng):
        error = error_of(answer, tf.constant([[1.5], [0.0]]), normal(rng, (1,)))
        return {
            "raises a ValueError": isinstance(error, ValueError),
            'its message has the word "vertical"': "vertical" in str(error).lower(),
        }


_look_at_lines(boundary_line)
_look_at_lines(mend_boundary_line)


boundary_line.hint(
    "On the line, what is W0·x + W1·y + b equal to?",
    "Solve that equation for y: one part is multiplied by x, the rest is the intercept.",
    "Everything is divided by W1, so look at W1 first. Numbers are at `W[0, 0]`, `W[1, 0]` "
    "and `b[0]`.",
)

mend_boundary_line.hint(
    "There are three faults: one in the slope, one in the intercept, one that shows only for a "
    "particular W.",
    "Take W = [[1.], [2.]], b = [0.] and the threshold 0.5. Where does W0·x + W1·y = 0.5 cross "
    "the y axis, and what does the code say?",
    "W0 and W1 are exchanged, the threshold is missing, and W1 = 0 should raise a ValueError.",
)

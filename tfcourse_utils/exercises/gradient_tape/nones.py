"""Four functions whose gradient is None, each for another reason."""

from __future__ import annotations

import tensorflow as tf

from tfcourse_utils.checking import Exercise, exercise

from ..tools import normal
from .notes import explained

__all__ = [
    "float_gradient",
    "inside_tape_gradient",
    "kept_variable_gradient",
    "watched_gradient",
]


def _numbers(rng, shape):
    """Draw numbers that have digits behind the point, and something other than 0 before it."""
    numbers = normal(rng, shape)
    return numbers + tf.sign(numbers)


def _mend(name: str) -> Exercise:
    """Return an exercise with the probes that all four have."""
    mend = exercise(f"gradient_tape.{name}", kind="mend", section="Four ways to None")

    @mend.probe("the gradient for a vector")
    def _(answer, rng):
        return explained("gradient", answer, (_numbers(rng, (3,)),))

    @mend.probe("in the shape of x")
    def _(answer, rng):
        return explained("gradient", answer, *((_numbers(rng, shape),) for shape in [(2, 3), ()]))

    return mend


watched_gradient = _mend("watched_gradient")
kept_variable_gradient = _mend("kept_variable_gradient")
inside_tape_gradient = _mend("inside_tape_gradient")
float_gradient = _mend("float_gradient")


watched_gradient.hint(
    "A tape follows trainable variables by itself. Is x one?",
    "A tape has a method that makes it follow a tensor from then on. Where must it be called?",
)

kept_variable_gradient.hint(
    "After the second line, is `place` still what the first line made? `type(place)` says it.",
    "`place = place + x` makes a new tensor and gives it the old name. A variable has methods that "
    "change it in place.",
)

inside_tape_gradient.hint(
    "What does the tape record, and which line computes without being recorded?",
    "Every step from the variable to the total belongs into the `with` block. Asking for the "
    "gradient does not.",
)

float_gradient.hint(
    "Print `place`. Is that the x that came in?",
    "Between whole numbers there is nothing to move through, so they have no gradient. Which dtype "
    "does a tape need?",
)

"""`gradient_descent`: the way downhill, place by place."""

from __future__ import annotations

import tensorflow as tf

from tfcourse_utils.checking import exercise

from ..tools import normal
from .notes import explained

__all__ = ["gradient_descent"]

gradient_descent = exercise("gradient_tape.gradient_descent", kind="rebuild", section="The tape")


def _bowl(rng, d, dtype="float32"):
    """Draw a bowl with its bottom away from 0, steeper in some directions than in others."""
    bottom, steepness = normal(rng, (d,), dtype), 1 + normal(rng, (d,), dtype) ** 2

    def bowl(x):
        return tf.reduce_sum(tf.math.log(1 + steepness * (x - bottom) ** 2))

    return bowl


@gradient_descent.probe("the way down")
def _(answer, rng):
    return explained("trajectory", answer, (_bowl(rng, 2), normal(rng, (2,)), 0.1, 4))


@gradient_descent.probe("in float64, one dimension and three")
def _(answer, rng):
    calls = [
        (_bowl(rng, d, "float64"), normal(rng, (d,), "float64"), rate, steps)
        for d, rate, steps in [(1, 0.3, 6), (3, 0.02, 2)]
    ]
    return explained("trajectory", answer, *calls)


@gradient_descent.probe("no step at all")
def _(answer, rng):
    return explained("trajectory", answer, (_bowl(rng, 3), normal(rng, (3,)), 0.1, 0))


gradient_descent.hint(
    "With 4 steps, how many places does the walk visit, the start among them?",
    "The gradient is another one at each place: every step needs a tape of its own.",
    "Begin with a list that holds the start. In each round: the gradient at the present place, the "
    "next place from it, appended. A tape follows a constant only if it is told to watch it.",
    "`tf.stack` makes one tensor of the list, also where the start is all there is.",
)

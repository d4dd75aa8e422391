"""`numeric_gradient`: slopes measured, element by element."""

from __future__ import annotations

import tensorflow as tf

from tfcourse_utils.checking import exercise

from ..tools import normal

__all__ = ["numeric_gradient"]

numeric_gradient = exercise("gradient_tape.numeric_gradient", kind="rebuild", section="Slopes")


def _hills(rng, shape, dtype):
    """Draw a function in which every element has a slope of its own that the others change."""
    heights = 1 + normal(rng, shape, dtype) ** 2

    def hills(x):
        return tf.reduce_sum(heights * x**3) + tf.reduce_sum(x) ** 2

    return hills


# Over a wide step the difference is not yet the slope, so its form and the step both show.
@numeric_gradient.probe("a wide step")
def _(answer, rng):
    steps = [0.5, 0.25]
    return [
        answer(_hills(rng, (3,), "float64"), normal(rng, (3,), "float64"), step=step)
        for step in steps
    ]


@numeric_gradient.probe("a matrix and a single number")
def _(answer, rng):
    shapes = [(2, 3), ()]
    return [
        answer(_hills(rng, shape, "float32"), normal(rng, shape), step=0.25) for shape in shapes
    ]


@numeric_gradient.probe("the usual step")
def _(answer, rng):
    def ripples(x):  # so short that a step of another length measures other slopes
        return tf.reduce_sum(tf.sin(100 * x)) / 100

    return answer(ripples, normal(rng, (4,), "float64"))


numeric_gradient.hint(
    "To measure the slope in one direction, which element of x moves, and what do the others do?",
    "Tensors can't be changed, so make a tensor of zeros with the step at one place, in the shape "
    "of x, and add it to x. The rows of `tf.eye(size)` have a single 1 each.",
    "For each row, brought into the shape of x and multiplied by the step: "
    "(f(x + shift) - f(x - shift)) / (2 * step). The slopes together get the shape of x.",
)

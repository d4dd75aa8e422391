"""`gradient`: what the tape gives, never None."""

from __future__ import annotations

import tensorflow as tf

from tfcourse_utils.checking import exercise

from ..tools import normal
from .notes import explained, gave_nothing

__all__ = ["gradient"]

gradient = exercise("gradient_tape.gradient", kind="rebuild", section="The tape")


def _waves(rng, shape, dtype="float32"):
    weights = normal(rng, shape, dtype)

    def waves(x):
        return tf.reduce_sum(weights * x**2) + tf.sin(tf.reduce_sum(x))

    return waves


@gradient.probe("a vector")
def _(answer, rng):
    return explained("gradient", answer, (_waves(rng, (3,)), normal(rng, (3,))))


@gradient.probe("other shapes, in float64")
def _(answer, rng):
    calls = [
        (_waves(rng, shape, "float64"), normal(rng, shape, "float64")) for shape in [(2, 3), ()]
    ]
    return explained("gradient", answer, *calls)


@gradient.probe("zeros where f does not depend on x")
def _(answer, rng):
    elsewhere = tf.Variable(normal(rng, (4,)))

    def level(x):
        return tf.reduce_sum(elsewhere**2)

    slopes = [answer(level, normal(rng, shape)) for shape in [(4,), (2, 2)]]
    if any(gave_nothing(answer, slope) for slope in slopes):
        return None
    return [{"gradient": slope} for slope in slopes]


gradient.hint(
    "x is a constant. Which tensors does a tape follow by itself, and which only on request?",
    "What should happen inside the `with` block, and what after it?",
    "Where no way leads from x to the value, `tape.gradient` gives None, unless its argument "
    "`unconnected_gradients` says otherwise. Or look at the result before you return it.",
)

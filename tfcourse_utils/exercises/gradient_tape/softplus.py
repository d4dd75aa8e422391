"""`softplus`: a gradient of one's own, finite everywhere."""

from __future__ import annotations

import tensorflow as tf

from tfcourse_utils.checking import exercise

from ..tools import normal
from .notes import explained

__all__ = ["softplus"]

softplus = exercise("gradient_tape.softplus", kind="transfer", section="Gradients of your own")


def _gradient_of(answer):
    """Return what takes the gradient of a weighted sum: each element is asked for its own share."""

    def gradient(weights, z):
        with tf.GradientTape() as tape:
            tape.watch(z)
            total = tf.reduce_sum(weights * answer(z))
        return tape.gradient(total, z)

    return gradient


def _gradients(answer, rng, places):
    gradient = _gradient_of(answer)
    # The doctor's own calls are not among those that a verdict shows.
    gradient.python_function = _gradient_of(answer.python_function)
    return explained("gradient", gradient, *((normal(rng, z.shape, z.dtype), z) for z in places))


def _large(rng, dtype="float32"):
    return tf.constant(rng.permutation([-1000.0, 1000.0, -200.0, 200.0, 1.0]), dtype)


@softplus.probe("the value of ordinary numbers")
def _(answer, rng):
    return [answer(2 * normal(rng, (4,))), answer(normal(rng, (2, 3), "float64"))]


@softplus.probe("the gradient of ordinary numbers")
def _(answer, rng):
    return _gradients(answer, rng, [2 * normal(rng, (4,)), normal(rng, (2, 3), "float64")])


@softplus.probe("the value at ±1000")
def _(answer, rng):
    return [answer(_large(rng)), answer(_large(rng, "float64"))]


@softplus.probe("the gradient at ±1000")
def _(answer, rng):
    return _gradients(answer, rng, [_large(rng), _large(rng, "float64")])


softplus.hint(
    "What is log(exp(z) + 1), nearly, where z is 1000? And where it is -1000? Which part of the "
    "calculation overflows on the way there?",
    "The derivative is exp(z) / (exp(z) + 1), a function that you know by name and that TensorFlow "
    "computes safely.",
    "Take the larger of exp(z) and 1 out of the logarithm: max(z, 0) + log(1 + exp(-|z|)). "
    "`tf.math.log1p(a)` is log(1 + a), precise for small a.",
    "With `tf.custom_gradient` a function returns two things: its value, and a function from the "
    "upstream gradient to the gradient for z. By the chain rule the two are multiplied.",
)

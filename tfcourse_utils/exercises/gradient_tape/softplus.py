"""`softplus`: a gradient of one's own, finite everywhere."""

from __future__ import annotations

import tensorflow as tf

from tfcourse_utils.checking import exercise

from ..tools import normal

__all__ = ["softplus"]

softplus = exercise("gradient_tape.softplus", kind="transfer", section="Gradients of your own")


def _gradient(answer, rng, z):
    """Return the gradient of a weighted sum, so that each element is asked for a share."""
    weights = normal(rng, z.shape, z.dtype)
    with tf.GradientTape() as tape:
        tape.watch(z)
        total = tf.reduce_sum(weights * answer(z))
    return {"gradient": tape.gradient(total, z)}


def _large(rng, dtype="float32"):
    return tf.constant(rng.permutation([-1000.0, 1000.0, -200.0, 200.0, 1.0]), dtype)


@softplus.probe("the value of ordinary numbers")
def _(answer, rng):
    return [answer(2 * normal(rng, (4,))), answer(normal(rng, (2, 3), "float64"))]


@softplus.probe("the gradient of ordinary numbers")
def _(answer, rng):
    numbers = [2 * normal(rng, (4,)), normal(rng, (2, 3), "float64")]
    return [_gradient(answer, rng, z) for z in numbers]


@softplus.probe("the value at ±1000")
def _(answer, rng):
    return [answer(_large(rng)), answer(_large(rng, "float64"))]


@softplus.probe("the gradient at ±1000")
def _(answer, rng):
    return [_gradient(answer, rng, _large(rng, dtype)) for dtype in ("float32", "float64")]


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

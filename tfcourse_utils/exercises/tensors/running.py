"""`running_maximum`: the largest number so far."""

from __future__ import annotations

import tensorflow as tf

from tfcourse_utils.checking import exercise

from .looking import same_dtype

__all__ = ["running_maximum"]

running_maximum = exercise(
    "tensors.running_maximum", kind="transfer", section="Traced once, run often"
)

# A compiled answer is traced again for each new shape and dtype: there are four in all.


def _numbers(rng, dtype="float32"):
    """Return six numbers that rise, fall below the first, and rise once more before the end."""
    high, (first, fourth, last) = rng.integers(2, 6), rng.integers(-4, 2, 3)
    return tf.constant([first, high, -9, fourth, 8, last], dtype)


@running_maximum.probe("the largest so far", compare=same_dtype)
def _(answer, rng):
    return answer(_numbers(rng))


@running_maximum.probe("negative numbers only", compare=same_dtype)
def _(answer, rng):
    return answer(_numbers(rng) - 20)


@running_maximum.probe("one number", compare=same_dtype)
def _(answer, rng):
    return answer(tf.constant([-rng.integers(1, 9)], tf.float32))


@running_maximum.probe("float64 and integers keep their dtype", compare=same_dtype)
def _(answer, rng):
    return [answer(_numbers(rng, "float64")), answer(_numbers(rng, "int32"))]


running_maximum.hint(
    "If you know the largest of the first four numbers, what do you need to know the largest of "
    "the first five?",
    "`tf.TensorArray(dtype, size)` has a place for each result; `for i in tf.range(n)` becomes a "
    "loop of the graph.",
    "Begin with `x[0]` rather than 0. `write` gives back the array to go on with, and `stack()` "
    "makes a tensor of it.",
)

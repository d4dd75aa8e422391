"""`mixed_sum`: tensors of unlike dtypes."""

from __future__ import annotations

import numpy as np
import tensorflow as tf

from tfcourse_utils.checking import exercise

from .looking import decimals, same_dtype

__all__ = ["mixed_sum"]

mixed_sum = exercise("tensors.mixed_sum", kind="rebuild", section="Types do not mix")


def _whole(rng, low, high, dtype, shape=(5,)):
    return tf.constant(rng.integers(low, high, shape), dtype)


def _booleans(rng, shape=(5,)):
    return tf.constant(rng.permutation(np.resize([True, False, True], shape)))


@mixed_sum.probe("floats, integers and booleans", compare=same_dtype)
def _(answer, rng):
    floats = decimals(rng, (5,)), decimals(rng, (5,), "float64")
    integers = _whole(rng, -9, 9, "int32"), _whole(rng, -9, 9, "int64")
    return [answer([*floats, *integers, _booleans(rng)]), answer([integers[0], *floats])]


@mixed_sum.probe("small integers", compare=same_dtype)
def _(answer, rng):
    return [
        answer([_whole(rng, 200, 256, "uint8"), _whole(rng, 200, 256, "uint8")]),
        answer([_whole(rng, 100, 128, "int8") for _ in range(3)]),
        answer([_booleans(rng), _booleans(rng)]),
    ]


@mixed_sum.probe("other shapes; a list of one", compare=same_dtype)
def _(answer, rng):
    return [
        answer([_booleans(rng, (3, 1)), decimals(rng, (3, 1), "float64")]),
        answer([_whole(rng, 1, 9, "uint8", ())]),
    ]


@mixed_sum.probe("the list stays as it was")
def _(answer, rng):
    tensors = [_booleans(rng), decimals(rng, (5,)), _whole(rng, 1, 9, "uint8")]
    total = answer(tensors)
    return {"sum": total, "dtypes afterwards": [tensor.dtype.name for tensor in tensors]}


mixed_sum.hint(
    "What does TensorFlow say to `tf.constant(1) + tf.constant(2.5)`, and which function helps?",
    "An int8 ends at 127. So what should be done first, adding or casting?",
    "Cast every tensor of the list to float32, then add them up: `tf.add_n` takes a list.",
)

"""How `mixed_sum` goes wrong."""

from __future__ import annotations

import functools
import operator

import numpy as np
import tensorflow as tf

from ..mixed import mixed_sum


def _cast(tensors, dtype):
    return [tf.cast(tensor, dtype) for tensor in tensors]


@mixed_sum.wrong(
    "no cast",
    says="TensorFlow adds only tensors of one dtype, and booleans not at all. Cast them first.",
)
def _(tensors):
    return tf.add_n(tensors)


@mixed_sum.wrong(
    "plain sum",
    says="`+`, and so `sum`, which begins with 0, adds only what has one dtype, and no booleans. "
    "Cast each tensor before it is added.",
)
def _(tensors):
    return sum(tensors)


@mixed_sum.wrong(
    "dtype of the first",
    says="All are cast to the dtype of the first, and so is the sum. It should be float32, "
    "whatever comes first.",
)
def _(tensors):
    return tf.add_n(_cast(tensors, tensors[0].dtype))


@mixed_sum.wrong(
    "cast afterwards",
    says="The sum was made first and cast afterwards: small integers had run over by then. "
    "Cast, then add.",
)
def _(tensors):
    arrays = [tensor.numpy() for tensor in tensors]
    return tf.cast(functools.reduce(operator.add, arrays), tf.float32)


@mixed_sum.wrong(
    "whole numbers", says="What stands behind the point is lost: all were made integers."
)
def _(tensors):
    return tf.cast(tf.add_n(_cast(tensors, tf.int32)), tf.float32)


@mixed_sum.wrong(
    "float64", says="The sum is right, but it is float64, as NumPy's are. float32 is asked for."
)
def _(tensors):
    return tf.add_n(_cast(tensors, tf.float64))


@mixed_sum.wrong(
    "float16",
    says="The sum is float16, which has three digits only. float32 is asked for.",
    when=lambda seen, _: any(np.asarray(part).dtype == np.float16 for part in seen),
)
def _(tensors):
    return tf.add_n(_cast(tensors, tf.float16))


@mixed_sum.wrong(
    "one number", says="That is the sum of everything, one number. Add element by element."
)
def _(tensors):
    return sum(tf.reduce_sum(tensor) for tensor in _cast(tensors, tf.float32))


@mixed_sum.wrong("mean", says="That is the mean of the tensors. Their sum is asked for.")
def _(tensors):
    return tf.add_n(_cast(tensors, tf.float32)) / len(tensors)


@mixed_sum.wrong(
    "booleans left out", says="The booleans are left out. True counts as 1 and False as 0."
)
def _(tensors):
    numbers = [tensor for tensor in tensors if tensor.dtype != tf.bool]
    return sum(_cast(numbers, tf.float32), tf.zeros(tensors[0].shape))


@mixed_sum.wrong(
    "reads the bytes anew",
    says="`tf.bitcast` keeps the bytes and gives them another meaning. `tf.cast` keeps the number.",
)
def _(tensors):
    return tf.add_n([tf.bitcast(tensor, tf.float32) for tensor in tensors])


@mixed_sum.wrong(
    "changes the list",
    says="The sum is right, but the caller's own list has changed. Make a new one of the cast "
    "tensors.",
)
def _(tensors):
    tensors[:] = _cast(tensors, tf.float32)
    return tf.add_n(tensors)


@mixed_sum.wrong("the first two", says="Only the first two are added. The list may be longer.")
def _(tensors):
    return tf.add_n(_cast(tensors[:2], tf.float32))

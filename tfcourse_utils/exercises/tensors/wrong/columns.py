"""How `standardize` goes wrong."""

from __future__ import annotations

import numpy as np
import tensorflow as tf

from ..columns import FAR, standardize


def _scaled(x, deviation, epsilon, axis=0):
    return (x - tf.reduce_mean(x, axis, keepdims=True)) / (deviation + epsilon)


@standardize.wrong(
    "one mean for all",
    says="There is one mean and one deviation for the whole table. Each column needs its own: "
    "reduce over an axis.",
)
def _(x, epsilon=1e-7):
    return _scaled(x, tf.math.reduce_std(x), epsilon, axis=None)


@standardize.wrong(
    "rows",
    says="Each row is standardized. Samples are rows, and the numbers to be made alike are those "
    "of one column: which axis goes from sample to sample?",
)
def _(x, epsilon=1e-7):
    return _scaled(x, tf.math.reduce_std(x, axis=1, keepdims=True), epsilon, axis=1)


@standardize.wrong(
    "a number for each row",
    says="Along `axis=1` each row gives one number, and these do not fit the columns. Which axis "
    "goes from sample to sample within a column?",
)
def _(x, epsilon=1e-7):
    return (x - tf.reduce_mean(x, axis=1)) / (tf.math.reduce_std(x, axis=1) + epsilon)


@standardize.wrong(
    "only shifted", says="The means are 0, but the deviations are those of x. Divide as well."
)
def _(x, epsilon=1e-7):
    return x - tf.reduce_mean(x, axis=0)


@standardize.wrong(
    "only scaled", says="The deviations are 1, but the means are not 0. Subtract them first."
)
def _(x, epsilon=1e-7):
    return x / (tf.math.reduce_std(x, axis=0) + epsilon)


@standardize.wrong(
    "variance",
    says="The columns are divided by their variance. The standard deviation is its square root.",
)
def _(x, epsilon=1e-7):
    return _scaled(x, tf.math.reduce_variance(x, axis=0), epsilon)


@standardize.wrong(
    "multiplied", says="The columns are multiplied by their deviation, which makes it its square."
)
def _(x, epsilon=1e-7):
    return (x - tf.reduce_mean(x, axis=0)) * (tf.math.reduce_std(x, axis=0) + epsilon)


@standardize.wrong(
    "sample deviation",
    says="The sum of squares is divided by n - 1. The population standard deviation, asked for "
    "here, divides by n.",
)
def _(x, epsilon=1e-7):
    n = tf.cast(len(x), x.dtype)
    return _scaled(x, tf.math.reduce_std(x, axis=0) * tf.sqrt(n / (n - 1)), epsilon)


@standardize.wrong(
    "divides by 0",
    says="A constant column has the deviation 0, and 0 / 0 is NaN. `epsilon` is there to prevent "
    "it.",
)
def _(x, epsilon=1e-7):
    return _scaled(x, tf.math.reduce_std(x, axis=0), 0)


@standardize.wrong(
    "difference of large numbers",
    says="Far from 0 the deviation is lost, as in mean(x²) - mean(x)²: float32 has no digits left "
    "for so small a difference of two large numbers. Square what is left after the shift.",
    when=lambda seen, expected: (
        seen[FAR].shape == expected[FAR].shape and not np.allclose(seen[FAR], expected[FAR], 0.1)
    ),
)
def _(x, epsilon=1e-7):
    squares = tf.reduce_mean(tf.square(x), axis=0)
    variance = tf.nn.relu(squares - tf.square(tf.reduce_mean(x, axis=0)))
    return _scaled(x, tf.sqrt(variance), epsilon)


@standardize.wrong(
    "squeezed between 0 and 1",
    says="Each column goes from 0 to 1 now. That is another kind of scaling: mean 0 and standard "
    "deviation 1 are asked for.",
)
def _(x, epsilon=1e-7):
    lowest = tf.reduce_min(x, axis=0)
    return (x - lowest) / (tf.reduce_max(x, axis=0) - lowest + epsilon)


@standardize.wrong(
    "epsilon subtracted",
    says="A large epsilon makes the result larger. It is added, so that what is divided by never "
    "comes near 0.",
)
def _(x, epsilon=1e-7):
    return _scaled(x, tf.math.reduce_std(x, axis=0), -epsilon)

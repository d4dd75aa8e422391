"""How `pairwise_squared_distances` goes wrong."""

from __future__ import annotations

import tensorflow as tf

from ..distances import pairwise_squared_distances


def _differences(a, b):
    return a[:, tf.newaxis] - b[tf.newaxis]


@pairwise_squared_distances.wrong(
    "square root", says="Those are the distances. Their squares are asked for: leave out the root."
)
def _(a, b):
    return tf.norm(_differences(a, b), axis=-1)


@pairwise_squared_distances.wrong(
    "transposed",
    says="Rows and columns are exchanged: row i should belong to the i-th point of `a`.",
)
def _(a, b):
    return tf.reduce_sum(tf.square(_differences(b, a)), axis=-1)


@pairwise_squared_distances.wrong(
    "only pairs",
    says="Each point of `a` meets the point of `b` in the same row, and no other. Every one "
    "should meet every other: the two need axes of their own.",
)
def _(a, b):
    return tf.reduce_sum(tf.square(a - b), axis=-1)


@pairwise_squared_distances.wrong(
    "absolute differences",
    says="The absolute differences are summed, as for a walk along city blocks. Square them.",
)
def _(a, b):
    return tf.reduce_sum(tf.abs(_differences(a, b)), axis=-1)


@pairwise_squared_distances.wrong(
    "sum squared",
    says="The sum of the differences is squared, and differences of unlike sign cancel. Square "
    "each, then sum.",
)
def _(a, b):
    return tf.square(tf.reduce_sum(_differences(a, b), axis=-1))


@pairwise_squared_distances.wrong(
    "mean",
    says="That is the mean over the coordinates. A distance is a sum over them.",
)
def _(a, b):
    return tf.reduce_mean(tf.square(_differences(a, b)), axis=-1)


@pairwise_squared_distances.wrong(
    "products", says="Those are scalar products of the points, not distances between them."
)
def _(a, b):
    return tf.matmul(a, b, transpose_b=True)


@pairwise_squared_distances.wrong(
    "product once",
    says="Multiplied out, (a - b)² has a product with a factor of 2, which is missing here.",
)
def _(a, b):
    squares_a, squares_b = (tf.reduce_sum(tf.square(x), axis=-1) for x in (a, b))
    return squares_a[:, tf.newaxis] + squares_b - tf.matmul(a, b, transpose_b=True)


@pairwise_squared_distances.wrong(
    "coordinates not summed",
    says="There is still an axis for the coordinates. Sum the squares over it.",
)
def _(a, b):
    return tf.square(_differences(a, b))


@pairwise_squared_distances.wrong(
    "summed over the points",
    says="The squares are summed over the points of `b`, and the coordinates are left. Of the "
    "three axes, which is that of the coordinates?",
)
def _(a, b):
    return tf.reduce_sum(tf.square(_differences(a, b)), axis=1)


@pairwise_squared_distances.wrong(
    "loop",
    says="The numbers are right, but Python goes through points or coordinates, which takes "
    "longer the more there are. Let broadcasting do all at once.",
)
def _(a, b):
    return tf.stack([tf.reduce_sum(tf.square(row - b), axis=-1) for row in a])

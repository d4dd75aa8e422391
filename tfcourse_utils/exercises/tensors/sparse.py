"""`sparse_matvec`: a matrix that is mostly zeros, times a vector."""

from __future__ import annotations

import numpy as np
import tensorflow as tf

from tfcourse_utils.checking import exercise

from .looking import decimals

__all__ = ["sparse_matvec"]

sparse_matvec = exercise("tensors.sparse_matvec", kind="transfer", section="Rows of unlike length")


def _sparse(rng, shape, dtype="float32"):
    """Return a sparse matrix, a third of it filled, whose last row is empty unless it is alone."""
    filled = rng.permutation(np.arange(np.prod(shape)) % 3 == 0).reshape(shape)
    filled[-1] = shape[0] == 1
    return tf.sparse.from_dense(tf.constant(filled * rng.normal(size=shape), dtype))


@sparse_matvec.probe("rows times the vector")
def _(answer, rng):
    shapes = (4, 3), (3, 6)
    return [answer(_sparse(rng, shape), decimals(rng, shape[1:])) for shape in shapes]


@sparse_matvec.probe("a square matrix, in float64")
def _(answer, rng):
    return answer(_sparse(rng, (5, 5), "float64"), decimals(rng, (5,), "float64"))


@sparse_matvec.probe("a matrix of one row")
def _(answer, rng):
    return answer(_sparse(rng, (1, 4)), decimals(rng, (4,)))


sparse_matvec.hint(
    "Which product takes a sparse matrix and a dense one, and which shape must a vector have to "
    "be a dense matrix?",
    "`tf.sparse.sparse_dense_matmul` takes shapes (n, m) and (m, 1) and gives (n, 1).",
    "`x[:, tf.newaxis]` makes a column of the vector; `column[:, 0]` makes a vector again.",
)

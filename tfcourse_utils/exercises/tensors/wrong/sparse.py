"""How `sparse_matvec` goes wrong."""

from __future__ import annotations

import tensorflow as tf

from ..sparse import sparse_matvec


@sparse_matvec.wrong(
    "a column",
    says="The result is a column, of shape (n, 1). A vector has one axis: take the other away.",
)
def _(sparse, x):
    return tf.sparse.sparse_dense_matmul(sparse, x[:, tf.newaxis])


@sparse_matvec.wrong(
    "squeezed too far",
    says="`tf.squeeze` takes away every axis of length 1, so a matrix of one row gives no axis at "
    "all. Name the axis.",
)
def _(sparse, x):
    return tf.squeeze(tf.sparse.sparse_dense_matmul(sparse, x[:, tf.newaxis]))


@sparse_matvec.wrong(
    "vector as it is",
    says="A product of matrices wants two axes of each, and x has one. Make a column of it.",
)
def _(sparse, x):
    return tf.sparse.sparse_dense_matmul(sparse, x)


@sparse_matvec.wrong(
    "product sign",
    says="`@` does not take a sparse tensor. `tf.sparse` has a product that does.",
)
def _(sparse, x):
    return sparse @ x


@sparse_matvec.wrong(
    "transposed",
    says="The matrix was transposed: columns have been multiplied by x in place of rows.",
)
def _(sparse, x):
    column = tf.sparse.sparse_dense_matmul(sparse, x[:, tf.newaxis], adjoint_a=True)
    return column[:, 0]


@sparse_matvec.wrong(
    "not summed",
    says="The entries are multiplied by x, but not summed: there is still a matrix. Each row gives "
    "one number.",
)
def _(sparse, x):
    return tf.sparse.to_dense(sparse) * x


@sparse_matvec.wrong(
    "sums of columns",
    says="The products are right, but they are summed along the columns. Each row gives one "
    "number.",
)
def _(sparse, x):
    return tf.reduce_sum(tf.sparse.to_dense(sparse) * x, axis=0)


@sparse_matvec.wrong(
    "x forgotten", says="Those are the sums of the rows, as if x had a 1 everywhere."
)
def _(sparse, x):
    return tf.sparse.reduce_sum(sparse, axis=1)


@sparse_matvec.wrong(
    "rows for columns",
    says="Each entry is multiplied by the number of x that belongs to its row. `indices` has row "
    "and column of an entry: which of the two chooses from x?",
)
def _(sparse, x):
    rows = sparse.indices[:, 0]
    products = sparse.values * tf.gather(x, rows % x.shape[0])
    return tf.math.unsorted_segment_sum(products, rows, sparse.shape[0])


@sparse_matvec.wrong(
    "empty rows left out",
    says="The result is too short: rows without entries at the end are missing. The shape of the "
    "matrix knows of them, its entries don't.",
)
def _(sparse, x):
    rows, columns = sparse.indices[:, 0], sparse.indices[:, 1]
    return tf.math.segment_sum(sparse.values * tf.gather(x, columns), rows)


@sparse_matvec.wrong(
    "one number", says="That is the sum over all rows. Each row gives a number of its own."
)
def _(sparse, x):
    return tf.reduce_sum(tf.sparse.to_dense(sparse) @ x[:, tf.newaxis])

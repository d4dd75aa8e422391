"""A learner who makes new tensors where a variable should change."""

import tensorflow as tf


def replace_row(variable, index, row):
    rows = tf.unstack(variable)
    rows[index] = row
    variable = tf.stack(rows)


def mend_update(variable, gradient, learning_rate):
    return variable.assign(variable - learning_rate * gradient)


def mixed_sum(tensors):
    total = tensors[0]
    for tensor in tensors[1:]:
        total = total + tensor
    return tf.cast(total, tf.float32)


def sparse_matvec(sparse, x):
    return tf.sparse.to_dense(sparse) * x

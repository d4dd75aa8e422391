"""A learner whose data go astray: batches shuffled whole, sets with repeats, maxima of pairs."""

import keras
import tensorflow as tf


def jaccard(a, b):
    matches = keras.ops.any(a[:, :, None] == b[:, None, :], axis=2)
    shared = keras.ops.sum(keras.ops.cast(matches, "float32"), axis=1)
    return shared / (2 * a.shape[1] - shared)


def batches(x, y, batch_size, seed):
    data = tf.data.Dataset.from_tensor_slices((x, y))
    return data.batch(batch_size).shuffle(len(x), seed=seed)


def pairwise_squared_distances(a, b):
    return keras.ops.sqrt(keras.ops.sum((a[:, None] - b[None]) ** 2, axis=-1))

"""A learner who trusts NumPy's habits: negative labels, other deviations, every blank a cut."""

import numpy as np
import tensorflow as tf


def standardize(x, epsilon=1e-7):
    x = np.asarray(x)
    return (x - x.mean(axis=0)) / (x.std(axis=0, ddof=1) + epsilon)


def one_hot(labels, depth):
    return np.eye(depth, dtype="float32")[np.asarray(labels)]


def pad_ragged(rows, value=0.0):
    longest = max((len(row) for row in rows), default=0)
    table = np.zeros((len(rows), longest), dtype="float32")
    for i, row in enumerate(rows):
        table[i, : len(row)] = row
    return table


def word_counts(sentences):
    return tf.constant([len(s.decode().split(" ")) for s in sentences.numpy()], tf.int32)

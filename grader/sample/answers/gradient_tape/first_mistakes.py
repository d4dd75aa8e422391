"""A learner whose slopes are nearly right: one-sided, halved, without the way back."""

import numpy as np
import tensorflow as tf


def numeric_gradient(f, x, step=1e-3):
    slopes = np.zeros(x.shape)
    for place in np.ndindex(*x.shape):
        moved = x.numpy().copy()
        moved[place] += step
        slopes[place] = (f(tf.constant(moved)) - f(x)) / step
    return slopes


def backpropagate(x, y, w1, b1, w2, b2):
    x, y, w1, b1, w2, b2 = map(np.asarray, (x, y, w1, b1, w2, b2))
    hidden = np.maximum(x @ w1 + b1, 0)
    error = 2 * (hidden @ w2 + b2 - y) / y.size
    back = error @ w2.T
    return x.T @ back, back.sum(axis=0), hidden.T @ error, error.sum(axis=0)


def mean_squared_error(targets, predictions):
    return np.mean((np.asarray(targets) - np.asarray(predictions)) ** 2) / 2

"""How `train_softmax` goes wrong."""

from __future__ import annotations

import numpy as np
import tensorflow as tf

from ..several import accuracy, train_softmax


def _descend(x, y, num_classes, learning_rate, epochs, use_bias=True):
    W = tf.Variable(tf.zeros((x.shape[1], num_classes)))
    b = tf.Variable(tf.zeros(num_classes))
    for _ in range(epochs):
        with tf.GradientTape() as tape:
            losses = tf.nn.sparse_softmax_cross_entropy_with_logits(y, x @ W + b)
            loss = tf.reduce_mean(losses)
        dW, db = tape.gradient(loss, [W, b])
        W.assign_sub(learning_rate * dW)
        b.assign_sub(learning_rate * db * use_bias)
    return W, b


@train_softmax.wrong(
    "untrained",
    says="W has the same number everywhere: no gradient has reached it. Is W a tf.Variable, "
    "does the tape see it, and is it changed in place?",
    when=lambda seen, _: np.shape(seen["W"])[1] > 1 and np.ptp(seen["W"]) == 0,
)
def _(x, y, num_classes, learning_rate, epochs):
    return tf.Variable(tf.zeros((x.shape[1], num_classes))), tf.Variable(tf.zeros(num_classes))


@train_softmax.wrong(
    "bias left out",
    says="b is still 0 everywhere. Without biases a class whose samples lie between the others "
    "can't win; they need gradients and steps as W does.",
    when=lambda seen, _: np.ptp(seen["W"]) > 0 and not np.any(seen["b"]),
)
def _(x, y, num_classes, learning_rate, epochs):
    return _descend(x, y, num_classes, learning_rate, epochs, use_bias=False)


@train_softmax.wrong(
    "uphill",
    says="W and b are right but for their sign: the steps go along the gradient, so the loss "
    "rises. Go against it.",
    when=lambda seen, kept: (
        np.shape(seen["W"]) == (2, kept["num_classes"])
        and accuracy({"W": -seen["W"], "b": -seen["b"]}, kept) > 0.6
        and accuracy(seen, kept) < 0.2
    ),
)
def _(x, y, num_classes, learning_rate, epochs):
    return _descend(x, y, num_classes, -learning_rate, min(epochs, 20))


@train_softmax.wrong(
    "one epoch",
    says="W is small, as after very few steps. Has it seen the data `epochs` times, and is every "
    "step as long as the learning rate says?",
    when=lambda seen, _: 0 < np.abs(seen["W"]).max() < 0.7 and np.any(seen["b"]),
)
def _(x, y, num_classes, learning_rate, epochs):
    return _descend(x, y, num_classes, learning_rate, 1)


@train_softmax.wrong(
    "classes counted in the data",
    says="There are fewer columns than classes. Use `num_classes`: a class may have no sample in "
    "this data.",
    when=lambda seen, kept: np.shape(seen["W"]) == (2, 3) and kept["num_classes"] == 4,
)
def _(x, y, num_classes, learning_rate, epochs):
    return _descend(x, y, int(tf.reduce_max(y)) + 1, learning_rate, epochs)


@train_softmax.wrong(
    "one output",
    says="There is one column of weights, for one output that should grow with the label. "
    "Classes have no order: give each a column of its own.",
    when=lambda seen, _: np.shape(seen["W"])[1] == 1,
)
def _(x, y, num_classes, learning_rate, epochs):
    return tf.Variable(tf.zeros((x.shape[1], 1))), tf.Variable(tf.zeros(1))


@train_softmax.wrong(
    "b before W",
    says="b comes back first. Return the weights, then the biases.",
    when=lambda seen, _: np.ndim(seen["W"]) == 1 and np.ndim(seen["b"]) == 2,
)
def _(x, y, num_classes, learning_rate, epochs):
    return _descend(x, y, num_classes, learning_rate, epochs)[::-1]

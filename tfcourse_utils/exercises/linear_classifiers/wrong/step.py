"""How `training_step` goes wrong."""

from __future__ import annotations

import tensorflow as tf

from ..step import training_step


def _step(inputs, targets, W, b, reduce=tf.reduce_mean):
    with tf.GradientTape() as tape:
        loss = reduce(tf.square(inputs @ W + b - targets))
    return loss, *tape.gradient(loss, [W, b])


@training_step.wrong(
    "rebinds",
    says="`W = W - …` gives the name W to a new tensor and leaves the caller's variable as it "
    "was. A variable is changed in place by a method of its own.",
)
def _(inputs, targets, W, b, learning_rate):
    loss, dW, db = _step(inputs, targets, W, b)
    W = W - learning_rate * dW
    b = b - learning_rate * db
    return loss


@training_step.wrong(
    "uphill", says="The step goes along the gradient, and the loss rises. Go against it."
)
def _(inputs, targets, W, b, learning_rate):
    loss, dW, db = _step(inputs, targets, W, b)
    W.assign_add(learning_rate * dW)
    b.assign_add(learning_rate * db)
    return loss


@training_step.wrong(
    "bias left out", says="W has moved, b has not. It needs its own gradient and its own step."
)
def _(inputs, targets, W, b, learning_rate):
    loss, dW, _ = _step(inputs, targets, W, b)
    W.assign_sub(learning_rate * dW)
    return loss


@training_step.wrong(
    "learning rate ignored",
    says="The step has the full length of the gradient: the learning rate is not used.",
)
def _(inputs, targets, W, b, learning_rate):
    loss, dW, db = _step(inputs, targets, W, b)
    W.assign_sub(dW)
    b.assign_sub(db)
    return loss


@training_step.wrong(
    "loss after the step",
    says="That is the loss after the update. Return the one that the tape saw.",
)
def _(inputs, targets, W, b, learning_rate):
    _, dW, db = _step(inputs, targets, W, b)
    W.assign_sub(learning_rate * dW)
    b.assign_sub(learning_rate * db)
    return tf.reduce_mean(tf.square(inputs @ W + b - targets))


@training_step.wrong(
    "sum", says="The loss is the mean of the squares over all entries, not their sum."
)
def _(inputs, targets, W, b, learning_rate):
    loss, dW, db = _step(inputs, targets, W, b, tf.reduce_sum)
    W.assign_sub(learning_rate * dW)
    b.assign_sub(learning_rate * db)
    return loss


@training_step.wrong(
    "half the gradient",
    says="The step is half as long as it should be. The derivative of a square has a factor 2.",
)
def _(inputs, targets, W, b, learning_rate):
    loss, dW, db = _step(inputs, targets, W, b)
    W.assign_sub(learning_rate * dW / 2)
    b.assign_sub(learning_rate * db / 2)
    return loss


@training_step.wrong(
    "mean over the rows only",
    says="With several outputs the step is too long. The loss is the mean over all entries, "
    "rows and columns.",
)
def _(inputs, targets, W, b, learning_rate):
    loss, dW, db = _step(inputs, targets, W, b)
    W.assign_sub(learning_rate * dW * targets.shape[1])
    b.assign_sub(learning_rate * db * targets.shape[1])
    return loss


@training_step.wrong(
    "one after the other",
    says="The gradient of b was taken after W had moved. Take both at the same place, then step.",
)
def _(inputs, targets, W, b, learning_rate):
    loss, dW, _ = _step(inputs, targets, W, b)
    W.assign_sub(learning_rate * dW)
    _, _, db = _step(inputs, targets, W, b)
    b.assign_sub(learning_rate * db)
    return loss


@training_step.wrong(
    "nothing returned",
    says="Nothing comes back. Return the loss, so that a training loop can show it.",
)
def _(inputs, targets, W, b, learning_rate):
    _, dW, db = _step(inputs, targets, W, b)
    W.assign_sub(learning_rate * dW)
    b.assign_sub(learning_rate * db)

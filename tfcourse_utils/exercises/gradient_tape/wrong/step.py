"""How `train_step` goes wrong."""

from __future__ import annotations

import tensorflow as tf

from ..step import train_step


class _Line:
    """A line with the variables of another model."""

    def __init__(self, model):
        self.w, self.b = model.w, model.b

    def __call__(self, x):
        return self.w * x + self.b


def _step(model, x, y, reduce=tf.reduce_mean):
    with tf.GradientTape() as tape:
        loss = reduce(tf.square(y - model(x)))
    return loss, *tape.gradient(loss, [model.w, model.b])


def _move(model, dw, db):
    model.w.assign_sub(dw)
    model.b.assign_sub(db)


@train_step.wrong(
    "rebinds",
    says="`model.w = model.w - …` puts a tensor in the place of the model's variable, which stays "
    "as it was; in the next step the tape does not follow that tensor. Change the variable in "
    "place.",
)
def _(model, x, y, learning_rate):
    loss, dw, db = _step(model, x, y)
    model.w = model.w - learning_rate * dw
    model.b = model.b - learning_rate * db
    return loss


@train_step.wrong(
    "loss before the block",
    says="The gradients are None: the tape has not recorded the whole way from `w` and `b` to the "
    "loss. Which lines belong into its `with` block?",
)
def _(model, x, y, learning_rate):
    loss = tf.reduce_mean(tf.square(y - model(x)))
    with tf.GradientTape() as tape:
        pass
    dw, db = tape.gradient(loss, [model.w, model.b])
    _move(model, learning_rate * dw, learning_rate * db)
    return loss


@train_step.wrong(
    "nothing moves",
    says="`w` and `b` are where they were. Have they been changed in place, or only names of "
    "yours?",
)
def _(model, x, y, learning_rate):
    return _step(model, x, y)[0]


@train_step.wrong(
    "uphill", says="The step goes along the gradient, and the loss grows. Go against it."
)
def _(model, x, y, learning_rate):
    loss, dw, db = _step(model, x, y)
    _move(model, -learning_rate * dw, -learning_rate * db)
    return loss


@train_step.wrong(
    "learning rate ignored",
    says="The step is as long as the gradient itself: the learning rate is not used.",
)
def _(model, x, y, learning_rate):
    loss, dw, db = _step(model, x, y)
    _move(model, dw, db)
    return loss


@train_step.wrong("b left out", says="`w` has moved, `b` has not. It needs a step of its own.")
def _(model, x, y, learning_rate):
    loss, dw, db = _step(model, x, y)
    _move(model, learning_rate * dw, 0 * db)
    return loss


@train_step.wrong(
    "gradients exchanged", says="`w` moves by the gradient of `b`, and `b` by that of `w`."
)
def _(model, x, y, learning_rate):
    loss, dw, db = _step(model, x, y)
    _move(model, learning_rate * db, learning_rate * dw)
    return loss


@train_step.wrong(
    "one after the other",
    says="The gradient for `b` was taken after `w` had moved. Take both at the same place.",
)
def _(model, x, y, learning_rate):
    loss, dw, db = _step(model, x, y)
    _move(model, learning_rate * dw, 0 * db)
    _, dw, db = _step(model, x, y)
    _move(model, 0 * dw, learning_rate * db)
    return loss


@train_step.wrong(
    "loss after the step",
    says="That is the loss after the update. Return the one that the tape saw.",
)
def _(model, x, y, learning_rate):
    _, dw, db = _step(model, x, y)
    _move(model, learning_rate * dw, learning_rate * db)
    return tf.reduce_mean(tf.square(y - model(x)))


@train_step.wrong("sum", says="The loss is the mean of the squared errors, not their sum.")
def _(model, x, y, learning_rate):
    loss, dw, db = _step(model, x, y, tf.reduce_sum)
    _move(model, learning_rate * dw, learning_rate * db)
    return loss


@train_step.wrong(
    "nothing returned",
    says="Nothing comes back. Return the loss, so that a training loop can show it.",
)
def _(model, x, y, learning_rate):
    _, dw, db = _step(model, x, y)
    _move(model, learning_rate * dw, learning_rate * db)


@train_step.wrong(
    "always a line",
    says="Right for a line only. Other models compute something else from `w` and `b`: call the "
    "model, and let the tape find the gradients.",
)
def _(model, x, y, learning_rate):
    loss, dw, db = _step(_Line(model), x, y)
    _move(model, learning_rate * dw, learning_rate * db)
    return loss

"""How `square_loss` goes wrong."""

from __future__ import annotations

import tensorflow as tf

from ..loss import square_loss


def _same_shape(targets, predictions):
    tf.debugging.assert_equal(tf.shape(targets), tf.shape(predictions))


@square_loss.wrong(
    "no look at the shapes",
    says="Shapes that differ went through without an error. Left alone, (4,) against (4, 1) "
    "broadcasts to (4, 4). Compare the shapes before anything else, and raise.",
)
def _(targets, predictions):
    return tf.reduce_mean(tf.square(targets - predictions))


@square_loss.wrong("sum", says="That is the sum of the squares. The loss is their mean.")
def _(targets, predictions):
    _same_shape(targets, predictions)
    return tf.reduce_sum(tf.square(targets - predictions))


@square_loss.wrong(
    "absolute", says="That is the mean absolute difference. Here each one is squared."
)
def _(targets, predictions):
    _same_shape(targets, predictions)
    return tf.reduce_mean(tf.abs(targets - predictions))


@square_loss.wrong(
    "not squared",
    says="The differences are not squared, so positive and negative ones cancel.",
)
def _(targets, predictions):
    _same_shape(targets, predictions)
    return tf.reduce_mean(targets - predictions)


@square_loss.wrong(
    "square of the mean",
    says="The mean is taken before the square, so positive and negative differences cancel. "
    "Square each one first.",
)
def _(targets, predictions):
    _same_shape(targets, predictions)
    return tf.square(tf.reduce_mean(targets - predictions))


@square_loss.wrong("root", says="That is the root of the mean square. Leave out the root.")
def _(targets, predictions):
    _same_shape(targets, predictions)
    return tf.sqrt(tf.reduce_mean(tf.square(targets - predictions)))


@square_loss.wrong(
    "half", says="That is half of the loss. The factor ½ of some books is not used here."
)
def _(targets, predictions):
    _same_shape(targets, predictions)
    return tf.reduce_mean(tf.square(targets - predictions)) / 2


@square_loss.wrong(
    "one loss per row",
    says="That is one loss for each row. Take the mean over everything, to get one number.",
)
def _(targets, predictions):
    _same_shape(targets, predictions)
    return tf.reduce_mean(tf.square(targets - predictions), axis=-1)

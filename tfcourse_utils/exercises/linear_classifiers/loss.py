"""`square_loss`: how wrong predictions are."""

from __future__ import annotations

import tensorflow as tf

from tfcourse_utils.checking import exercise

from ..tools import error_of, normal

__all__ = ["square_loss"]

square_loss = exercise("linear_classifiers.square_loss", kind="rebuild", section="How wrong is it?")


@square_loss.probe("mean of the squares")
def _(answer, rng):
    shapes = (5, 1), (4, 3), (6,)
    return [answer(normal(rng, shape), normal(rng, shape)) for shape in shapes]


@square_loss.probe("in float64; 0 where predictions are right")
def _(answer, rng):
    targets, predictions = normal(rng, (4, 1), "float64"), normal(rng, (4, 1), "float64")
    return [answer(targets, targets), answer(targets, predictions)]


@square_loss.probe("shapes that differ are refused")
def _(answer, rng):
    flat, column = normal(rng, (4,)), normal(rng, (4, 1))
    return {
        "(4,) against (4, 1) raises": error_of(answer, flat, column) is not None,
        "(4, 1) against (4,) raises": error_of(answer, column, flat) is not None,
    }


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


square_loss.hint(
    "What is the loss of predictions that are all right? Of predictions that are all off by 2?",
    "`tf.reduce_mean` without an axis gives one number. Before it, compare `targets.shape` with "
    "`predictions.shape`.",
    "Where the shapes differ: `raise ValueError(...)`, with both shapes in the message.",
)

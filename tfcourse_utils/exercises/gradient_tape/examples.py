"""`per_example_gradients`: what each example would like to change."""

from __future__ import annotations

import numpy as np
import tensorflow as tf

from tfcourse_utils.checking import exercise

from ..tools import normal
from .notes import explained

__all__ = ["per_example_gradients"]

per_example_gradients = exercise(
    "gradient_tape.per_example_gradients",
    kind="transfer",
    section="One gradient for each example",
)


def _problem(rng, n, d, dtype="float32"):
    labels = tf.constant(rng.permutation(np.resize([0, 1], n)), dtype)
    return normal(rng, (d,), dtype), normal(rng, (n, d), dtype), labels


@per_example_gradients.probe("a row for each example")
def _(answer, rng):
    return explained("gradients", answer, _problem(rng, 6, 3))


@per_example_gradients.probe("in float64, as many examples as weights")
def _(answer, rng):
    return explained("gradients", answer, _problem(rng, 4, 4, "float64"))


@per_example_gradients.probe("a single example, a single weight")
def _(answer, rng):
    return explained("gradients", answer, *(_problem(rng, n, d) for n, d in [(1, 3), (5, 1)]))


per_example_gradients.hint(
    "`tape.gradient` of a vector of losses gives their sum's gradient, a single row. Which method "
    "of the tape keeps the losses apart?",
    "Take one example: how does its loss change with its logit z? With sigmoid(z) and the label, "
    "this is a very short expression. And how does z change with the weights?",
    "Either the tape's `jacobian` of the losses, or (sigmoid(z) - y), one number for each example, "
    "times that example's row of x. `[:, tf.newaxis]` makes a column of a vector.",
)

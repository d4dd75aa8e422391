"""How `numeric_gradient` goes wrong."""

from __future__ import annotations

import numpy as np
import tensorflow as tf

from ..numeric import numeric_gradient


def _shifts(x, step):
    for row in tf.eye(tf.size(x), dtype=x.dtype):
        yield step * tf.reshape(row, x.shape)


@numeric_gradient.wrong(
    "forward difference",
    says="The step goes to one side only, from x to x + step. A central difference goes as far to "
    "the other side too.",
)
def _(f, x, step=1e-3):
    slopes = [(f(x + shift) - f(x)) / step for shift in _shifts(x, step)]
    return tf.reshape(slopes, x.shape)


@numeric_gradient.wrong(
    "backward difference",
    says="The step goes to one side only, from x - step to x. A central difference goes as far to "
    "the other side too.",
)
def _(f, x, step=1e-3):
    slopes = [(f(x) - f(x - shift)) / step for shift in _shifts(x, step)]
    return tf.reshape(slopes, x.shape)


@numeric_gradient.wrong(
    "divided by one step",
    says="The slopes are twice what they should be. How far apart are the two places at which f is "
    "asked?",
)
def _(f, x, step=1e-3):
    slopes = [(f(x + shift) - f(x - shift)) / step for shift in _shifts(x, step)]
    return tf.reshape(slopes, x.shape)


@numeric_gradient.wrong(
    "not divided",
    says="These are differences. A slope is a difference divided by how far apart the two places "
    "are.",
)
def _(f, x, step=1e-3):
    return tf.reshape([f(x + shift) - f(x - shift) for shift in _shifts(x, step)], x.shape)


@numeric_gradient.wrong(
    "sign exchanged",
    says="The slopes have the wrong sign: it is f ahead minus f behind, so that rising is "
    "positive.",
)
def _(f, x, step=1e-3):
    slopes = [(f(x - shift) - f(x + shift)) / (2 * step) for shift in _shifts(x, step)]
    return tf.reshape(slopes, x.shape)


@numeric_gradient.wrong(
    "all elements at once",
    says="All elements moved at once, which gives a single slope. Move one at a time, and leave "
    "the others where they are.",
)
def _(f, x, step=1e-3):
    return (f(x + step) - f(x - step)) / (2 * step)


@numeric_gradient.wrong(
    "not moved back",
    says="The first slope is right, the next ones are not: an element has to go back to its place "
    "before the next one moves.",
)
def _(f, x, step=1e-3):
    slopes = []
    for shift in _shifts(x, step):
        slopes.append((f(x + shift) - f(x - shift)) / (2 * step))
        x = x - shift
    return tf.reshape(slopes, x.shape)


@numeric_gradient.wrong(
    "step fixed",
    says="The result does not depend on `step`: over a wide step the difference is another one "
    "than over a short one.",
)
def _(f, x, step=1e-3):
    slopes = [(f(x + shift) - f(x - shift)) / 2e-3 for shift in _shifts(x, 1e-3)]
    return tf.reshape(slopes, x.shape)


@numeric_gradient.wrong(
    "by the tape",
    says="This is the slope itself, as the tape gives it, whatever the step. What is asked for is "
    "measured with two values of f, so that it can be a check on the tape.",
)
def _(f, x, step=1e-3):
    with tf.GradientTape() as tape:
        tape.watch(x)
        value = f(x)
    return tape.gradient(value, x)


@numeric_gradient.wrong(
    "flat",
    says="The slopes are right, but they come as one long row. They should have the shape of x.",
)
def _(f, x, step=1e-3):
    return np.array([(f(x + shift) - f(x - shift)) / (2 * step) for shift in _shifts(x, step)])

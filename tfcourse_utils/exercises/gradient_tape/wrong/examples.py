"""How `per_example_gradients` goes wrong."""

from __future__ import annotations

import tensorflow as tf

from ..examples import per_example_gradients


def _logits(weights, x):
    return tf.linalg.matvec(x, weights)


def _rows(weights, x, y):
    return (tf.sigmoid(_logits(weights, x)) - y)[:, tf.newaxis] * x


@per_example_gradients.wrong(
    "gradient of the sum",
    says="The examples were added up. Left to itself, the tape takes the gradient of the sum of "
    "all losses; here each loss has a row of its own.",
)
def _(weights, x, y):
    return tf.reduce_sum(_rows(weights, x, y), axis=0)


@per_example_gradients.wrong(
    "gradient of the mean",
    says="That is the gradient of the mean loss, one row for all. Each example's loss has a row "
    "of its own.",
)
def _(weights, x, y):
    return tf.reduce_mean(_rows(weights, x, y), axis=0)


@per_example_gradients.wrong(
    "divided by n",
    says="Each row is divided by the number of examples. The loss of one example knows nothing of "
    "the others.",
)
def _(weights, x, y):
    return _rows(weights, x, y) / len(x)


@per_example_gradients.wrong(
    "sign exchanged",
    says="The gradients have the wrong sign. An example with label 1 would like a larger logit, so "
    "its loss falls as the logit grows.",
)
def _(weights, x, y):
    return -_rows(weights, x, y)


@per_example_gradients.wrong(
    "labels exchanged",
    says="These are the gradients for the opposite labels: each example is pushed to the wrong "
    "side.",
)
def _(weights, x, y):
    return _rows(weights, x, 1 - y)


@per_example_gradients.wrong(
    "no sigmoid",
    says="The logits are compared with the labels as they are. The logistic loss compares their "
    "sigmoid.",
)
def _(weights, x, y):
    return (_logits(weights, x) - y)[:, tf.newaxis] * x


@per_example_gradients.wrong(
    "square loss",
    says="These are the gradients of the squared difference between label and sigmoid. The "
    "logistic loss is the cross-entropy of the two.",
)
def _(weights, x, y):
    s = tf.sigmoid(_logits(weights, x))
    return (2 * (s - y) * s * (1 - s))[:, tf.newaxis] * x


@per_example_gradients.wrong(
    "only the errors",
    says="That is one number for each example, the slope for its logit. By the chain rule, what "
    "does it still have to be multiplied by?",
)
def _(weights, x, y):
    return tf.sigmoid(_logits(weights, x)) - y


@per_example_gradients.wrong(
    "transposed",
    says="The examples stand in the columns. Each should have a row.",
)
def _(weights, x, y):
    return tf.transpose(_rows(weights, x, y))


@per_example_gradients.wrong(
    "errors along the rows",
    says="The errors were multiplied along the rows of x, where each belongs to a whole row. "
    "(n,) against (n, d) is taken as (1, n): give it a second axis.",
)
def _(weights, x, y):
    return (tf.sigmoid(_logits(weights, x)) - y) * x


@per_example_gradients.wrong(
    "not watched",
    says="The gradient is None: the weights are a constant, which a tape follows only if it is "
    "told to.",
)
def _(weights, x, y):
    with tf.GradientTape() as tape:
        losses = tf.nn.sigmoid_cross_entropy_with_logits(y, _logits(weights, x))
    return tape.gradient(losses, weights)

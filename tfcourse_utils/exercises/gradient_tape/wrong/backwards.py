"""How `backpropagate` goes wrong."""

from __future__ import annotations

import tensorflow as tf

from ..backwards import backpropagate


def _forward(x, w1, b1, w2, b2):
    hidden = tf.nn.relu(x @ w1 + b1)
    return hidden, hidden @ w2 + b2


def _backward(x, hidden, w2, d_predictions, lets_through=None):
    """Return the four gradients, given that of the predictions; each part can be replaced."""
    if lets_through is None:
        lets_through = tf.cast(hidden > 0, hidden.dtype)
    d_sums = d_predictions @ tf.transpose(w2) * lets_through
    return (
        tf.transpose(x) @ d_sums,
        tf.reduce_sum(d_sums, axis=0),
        tf.transpose(hidden) @ d_predictions,
        tf.reduce_sum(d_predictions, axis=0),
    )


def _scaled(by):
    """Return an answer whose gradients are `by(n, k)` times the errors, in place of 2 / (n · k)."""

    def answer(x, y, w1, b1, w2, b2):
        hidden, predictions = _forward(x, w1, b1, w2, b2)
        return _backward(x, hidden, w2, by(*y.shape) * (predictions - y))

    return answer


backpropagate.wrong(
    "factor 2 forgotten",
    says="The gradients are half of what they should be: the derivative of a square has a factor.",
)(_scaled(lambda n, k: 1 / (n * k)))

backpropagate.wrong(
    "sum of the squares",
    says="These are the gradients of the sum of the squared errors. The loss is their mean.",
)(_scaled(lambda n, k: 2))

backpropagate.wrong(
    "mean over the rows only",
    says="With several outputs the gradients are too large. The mean is over all n · k entries of "
    "the predictions, not over the n rows.",
)(_scaled(lambda n, k: 2 / n))

backpropagate.wrong(
    "sign exchanged",
    says="The gradients have the wrong sign: where a prediction is too large, the loss grows with "
    "it. Which of the two is subtracted from which?",
)(_scaled(lambda n, k: -2 / (n * k)))


@backpropagate.wrong(
    "ReLU forgotten on the way back",
    says="The output layer is right. Into the hidden layer a gradient gets only where the ReLU let "
    "something through on the way forward.",
)
def _(x, y, w1, b1, w2, b2):
    hidden, predictions = _forward(x, w1, b1, w2, b2)
    return _backward(x, hidden, w2, 2 * (predictions - y) / tf.size(y, y.dtype), 1)


@backpropagate.wrong(
    "ReLU of the gradient",
    says="The ReLU was applied to the gradient. What decides is the sign of its input on the way "
    "forward, not the sign of what comes back.",
)
def _(x, y, w1, b1, w2, b2):
    hidden, predictions = _forward(x, w1, b1, w2, b2)
    d_predictions = 2 * (predictions - y) / tf.size(y, y.dtype)
    lets_through = tf.cast(d_predictions @ tf.transpose(w2) > 0, x.dtype)
    return _backward(x, hidden, w2, d_predictions, lets_through)


@backpropagate.wrong(
    "ReLU multiplied in",
    says="The hidden values themselves are multiplied into the gradient. The slope of a ReLU is "
    "1 where its input is above 0, however large it is.",
)
def _(x, y, w1, b1, w2, b2):
    hidden, predictions = _forward(x, w1, b1, w2, b2)
    d_predictions = 2 * (predictions - y) / tf.size(y, y.dtype)
    return _backward(x, hidden, w2, d_predictions, hidden)


@backpropagate.wrong(
    "mean over the rows in the biases",
    says="The weights are right, the biases are not: their gradients are the sum over the rows. "
    "The mean is in the loss already.",
)
def _(x, y, w1, b1, w2, b2):
    dw1, db1, dw2, db2 = _scaled(lambda n, k: 2 / (n * k))(x, y, w1, b1, w2, b2)
    return dw1, db1 / len(x), dw2, db2 / len(x)


@backpropagate.wrong(
    "no activation",
    says="The forward pass has no ReLU, so these are the gradients of another network.",
)
def _(x, y, w1, b1, w2, b2):
    hidden = x @ w1 + b1
    return _backward(x, hidden, w2, 2 * (hidden @ w2 + b2 - y) / tf.size(y, y.dtype), 1)


@backpropagate.wrong(
    "another order",
    says="The gradients come back in another order. Asked for are dw1, db1, dw2, db2.",
)
def _(x, y, w1, b1, w2, b2):
    dw1, db1, dw2, db2 = _scaled(lambda n, k: 2 / (n * k))(x, y, w1, b1, w2, b2)
    return dw2, db2, dw1, db1


@backpropagate.wrong(
    "with a tape",
    says="A tape was used. The gradients are the ones asked for, but here you are the tape: go "
    "backwards through the network by hand.",
)
def _(x, y, w1, b1, w2, b2):
    variables = [w1, b1, w2, b2]
    with tf.GradientTape() as tape:
        tape.watch(variables)
        _, predictions = _forward(x, *variables)
        loss = tf.reduce_mean((predictions - y) ** 2)
    return tape.gradient(loss, variables)

"""How `huber` and `create_huber` go wrong."""

from __future__ import annotations

import tensorflow as tf

from ..huber import create_huber, huber


def _loss(size, threshold=1.0):
    return tf.where(size <= threshold, size**2 / 2, threshold * (size - threshold / 2))


def _rightly(y_true, y_pred, threshold=1.0):
    return _loss(tf.abs(y_true - y_pred), threshold)


_WRONG = {
    "already averaged": (
        "One number came back: the losses are averaged already. Give one for each sample; Keras "
        "takes the mean, after it has multiplied by the sample weights.",
        lambda y, p, t: tf.reduce_mean(_rightly(y, p, t)),
    ),
    "summed": (
        "One number came back: the losses are added up. Give one for each sample.",
        lambda y, p, t: tf.reduce_sum(_rightly(y, p, t)),
    ),
    "mean over the last axis": (
        "With shape (n, 1) this is right. With shape (n,) the last axis is that of the samples, "
        "and their losses are averaged away.",
        lambda y, p, t: tf.reduce_mean(_rightly(y, p, t), axis=-1),
    ),
    "a column and a row": (
        "Only one of the two was made flat, or a column: (n,) against (n, 1) is a table, in which "
        "every target meets every prediction. Treat both alike.",
        lambda y, p, t: _loss(tf.abs(tf.reshape(y, (-1, 1)) - tf.reshape(p, (-1,))), t),
    ),
    "not halved": (
        "Small errors are squared, but not halved. So the two parts do not meet at the threshold.",
        lambda y, p, t: tf.where(tf.abs(y - p) <= t, (y - p) ** 2, t * (tf.abs(y - p) - t / 2)),
    ),
    "a jump": (
        "At the threshold the loss jumps: the straight part begins too high. What has to be taken "
        "from it, so that it goes on where the squared part ends?",
        lambda y, p, t: tf.where(tf.abs(y - p) <= t, (y - p) ** 2 / 2, t * tf.abs(y - p)),
    ),
    "the other way round": (
        "The two parts are exchanged: large errors are squared, small ones are not.",
        lambda y, p, t: tf.where(tf.abs(y - p) > t, (y - p) ** 2 / 2, t * (tf.abs(y - p) - t / 2)),
    ),
    "size forgotten": (
        "A large negative error counts as a small one: compare its size with the threshold, not "
        "the error itself.",
        lambda y, p, t: tf.where(y - p <= t, (y - p) ** 2 / 2, t * (tf.abs(y - p) - t / 2)),
    ),
    "always squared": (
        "Every error is squared, however large. That is the half of the squared error, and an "
        "outlier rules it.",
        lambda y, p, t: (y - p) ** 2 / 2,
    ),
    "cut off": (
        "Beyond the threshold the loss stays where it is. It should go on, as a straight line.",
        lambda y, p, t: tf.minimum(tf.abs(y - p), t) ** 2 / 2,
    ),
}


def _at_one(wrong):
    return lambda y_true, y_pred: wrong(y_true, y_pred, 1.0)


def _created(wrong):
    def answer(threshold=1.0):
        return lambda y_true, y_pred: wrong(y_true, y_pred, threshold)

    return answer


for _name, (_says, _wrong) in _WRONG.items():
    huber.wrong(_name, says=_says)(_at_one(_wrong))
    create_huber.wrong(_name, says=_says)(_created(_wrong))


@create_huber.wrong(
    "threshold ignored",
    says="Whatever the threshold, the loss is that of threshold 1: `threshold` is not used inside.",
)
def _(threshold=1.0):
    return _rightly


@create_huber.wrong(
    "threshold in the condition only",
    says="The threshold decides which part is taken, but the straight part is that of threshold 1.",
)
def _(threshold=1.0):
    def loss(y_true, y_pred):
        size = tf.abs(y_true - y_pred)
        return tf.where(size <= threshold, size**2 / 2, size - 1 / 2)

    return loss


@create_huber.wrong(
    "slope 1 beyond",
    says="Beyond the threshold the slope is 1. That of e² / 2 at the threshold is another, and the "
    "line should go on with it.",
)
def _(threshold=1.0):
    def loss(y_true, y_pred):
        size = tf.abs(y_true - y_pred)
        return tf.where(size <= threshold, size**2 / 2, size - threshold + threshold**2 / 2)

    return loss


@create_huber.wrong(
    "no default",
    says="`create_huber()` without an argument should give the loss with threshold 1.",
)
def _(threshold):
    return _created(_rightly)(threshold)


@create_huber.wrong(
    "one threshold for all",
    says="A loss made earlier has changed its threshold: it is kept in one place for all of them. "
    "Let the inner function use the argument of the outer one.",
)
def _(threshold=1.0):
    _shared["threshold"] = threshold
    return lambda y_true, y_pred: _rightly(y_true, y_pred, _shared["threshold"])


_shared: dict[str, float] = {}


@create_huber.wrong(
    "no function",
    says="A number came back, where a function is asked for: one that takes y_true and y_pred.",
)
def _(threshold=1.0):
    return threshold**2 / 2

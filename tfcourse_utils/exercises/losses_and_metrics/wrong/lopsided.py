"""How `weighted_binary_cross_entropy` and `pinball` go wrong."""

from __future__ import annotations

import keras
import tensorflow as tf

from ..lopsided import pinball, weighted_binary_cross_entropy

_EPSILON = 1e-7


def _clipped(p):
    return tf.clip_by_value(p, _EPSILON, 1 - _EPSILON)


def _terms(y, p):
    """Return what a positive and what a negative costs."""
    p = _clipped(p)
    return -y * tf.math.log(p), -(1 - y) * tf.math.log(1 - p)


def _rightly(w, y, p):
    positive, negative = _terms(y, p)
    return w * positive + negative


def _unclipped(w, y, p):
    return -(w * y * tf.math.log(p) + (1 - y) * tf.math.log(1 - p))


def _by_keras(w, y, p):
    return (1 + (w - 1) * y) * keras.losses.binary_crossentropy(y, p)


_CROSS_ENTROPIES = {
    "already averaged": (
        "One number came back: the losses are averaged already. Give one for each sample, so that "
        "sample weights can still reach them.",
        lambda w, y, p: tf.reduce_mean(_rightly(w, y, p)),
    ),
    "weights ignored": (
        "Positives and negatives count alike: the weight is not used.",
        lambda w, y, p: _rightly(1.0, y, p),
    ),
    "negatives weighted": (
        "The weight is on the wrong term: it multiplies what the negatives cost.",
        lambda w, y, p: _rightly(1.0, y, p) + (w - 1) * _terms(y, p)[1],
    ),
    "both weighted": (
        "The weight multiplies both terms, so nothing counts more than anything else.",
        lambda w, y, p: w * _rightly(1.0, y, p),
    ),
    "divided by the weights": (
        "The losses are divided by the sum of the weights. One sample knows nothing of the others: "
        "leave out the division.",
        lambda w, y, p: _rightly(w, y, p) / tf.reduce_mean(1 + (w - 1) * y),
    ),
    "sign forgotten": (
        "The losses are negative: the logarithm of a probability is below 0.",
        lambda w, y, p: -_rightly(w, y, p),
    ),
    "not clipped": (
        "Where a probability is exactly 0 or 1 the loss is infinite or NaN: the logarithm of 0 is "
        "minus infinity, and 0 times that is NaN, even where the prediction is right. Keep the "
        "probabilities away from both ends.",
        _unclipped,
    ),
    "clipped too little": (
        "Where a probability is exactly 1 the loss is still infinite or NaN. In float32 the next "
        "number below 1 is about 6e-8 away: what is 1 - 1e-9 there?",
        lambda w, y, p: _unclipped(w, y, tf.clip_by_value(p, 1e-9, 1 - 1e-9)),
    ),
    "clipped at 0 only": (
        "At 0 the loss is finite now. At 1 it is not: there the logarithm of 1 - p has no value.",
        lambda w, y, p: _unclipped(w, y, tf.maximum(p, _EPSILON)),
    ),
    "from logits": (
        "The predictions were taken for logits. They are probabilities: a sigmoid has been there "
        "already.",
        lambda w, y, p: tf.nn.weighted_cross_entropy_with_logits(y, p, tf.cast(w, y.dtype)),
    ),
    "a function of Keras, weighted afterwards": (
        "`keras.losses.binary_crossentropy` takes the mean over the last axis. Of (n, 1) it makes "
        "(n,), which against weights of (n, 1) is a table; of (n,) it makes one number.",
        _by_keras,
    ),
}


def _created(wrong):
    return lambda setting: lambda y_true, y_pred: wrong(setting, y_true, y_pred)


for _name, (_says, _wrong) in _CROSS_ENTROPIES.items():
    weighted_binary_cross_entropy.wrong(_name, says=_says)(_created(_wrong))


def _pinball(q, e):
    return tf.maximum(q * e, (q - 1) * e)


_PINBALLS = {
    "already averaged": (
        "One number came back: the losses are averaged already. Give one for each sample.",
        lambda q, y, p: tf.reduce_mean(_pinball(q, y - p)),
    ),
    "mean over the last axis": (
        "With shape (n, 1) this is right. With shape (n,) the last axis is that of the samples, "
        "and their losses are averaged away.",
        lambda q, y, p: tf.reduce_mean(_pinball(q, y - p), axis=-1),
    ),
    "a column and a row": (
        "Only one of the two was made flat, or a column: (n,) against (n, 1) is a table, in which "
        "every target meets every prediction. Treat both alike.",
        lambda q, y, p: _pinball(q, tf.reshape(y, (-1, 1)) - tf.reshape(p, (-1,))),
    ),
    "the other quantile": (
        "The sides are exchanged: this is the loss of the quantile 1 - q. With q = 0.9, a "
        "prediction that is too low is the dear one.",
        lambda q, y, p: _pinball(q, p - y),
    ),
    "quantile ignored": (
        "Both sides cost the same: the quantile is not used.",
        lambda q, y, p: tf.abs(y - p) / 2,
    ),
    "the lesser": (
        "The losses are negative. Of the two lines, the one that lies above is asked for.",
        lambda q, y, p: tf.minimum(q * (y - p), (q - 1) * (y - p)),
    ),
    "one line": (
        "Too high is rewarded: the loss is q · e on both sides, and below 0 on one of them.",
        lambda q, y, p: q * (y - p),
    ),
    "one side free": (
        "A prediction that is too high costs nothing. It should cost 1 - q for each unit.",
        lambda q, y, p: tf.maximum(q * (y - p), tf.zeros_like(y)),
    ),
    "sign on one side": (
        "On one side the loss is below 0: there e is negative, and 1 - q is not.",
        lambda q, y, p: tf.where(y > p, q * (y - p), (1 - q) * (y - p)),
    ),
    "squared": (
        "The errors are squared. That leads to something other than a quantile: keep their size.",
        lambda q, y, p: tf.where(y > p, q * (y - p) ** 2, (1 - q) * (y - p) ** 2),
    ),
    "doubled": (
        "The losses are twice what is asked for. With q = 0.5 it is half the absolute error.",
        lambda q, y, p: 2 * _pinball(q, y - p),
    ),
}

for _name, (_says, _wrong) in _PINBALLS.items():
    pinball.wrong(_name, says=_says)(_created(_wrong))

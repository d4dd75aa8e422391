"""How `mean_squared_error` goes wrong."""

from __future__ import annotations

import tensorflow as tf

from ..loss import mean_squared_error

_WRONG = {
    "sum": (
        "That is the sum of the squares. Their mean does not grow with the number of samples.",
        lambda errors: tf.reduce_sum(errors**2),
    ),
    "absolute": (
        "That is the mean of the absolute errors. Here each error is squared.",
        lambda errors: tf.reduce_mean(tf.abs(errors)),
    ),
    "not squared": (
        "The errors are not squared, so that too much and too little cancel.",
        lambda errors: tf.reduce_mean(errors),
    ),
    "square of the mean": (
        "The mean was squared. Square each error first, or too much and too little cancel.",
        lambda errors: tf.reduce_mean(errors) ** 2,
    ),
    "root": (
        "That is the root of the mean square. Leave the root out.",
        lambda errors: tf.sqrt(tf.reduce_mean(errors**2)),
    ),
    "half": (
        "That is half of it. Some books put ½ before the loss; here there is none.",
        lambda errors: tf.reduce_mean(errors**2) / 2,
    ),
    "one for each": (
        "That is one square for each sample. A loss is one number: take their mean.",
        lambda errors: errors**2,
    ),
    "mean of each row": (
        "That is one number for each row of a column. Take the mean over everything.",
        lambda errors: tf.reduce_mean(errors**2, axis=-1),
    ),
}


def _answer(reduce):
    return lambda targets, predictions: reduce(targets - predictions)


for _name, (_says, _reduce) in _WRONG.items():
    mean_squared_error.wrong(_name, says=_says)(_answer(_reduce))

"""Honest learners, who are graded among the attacks and must get exactly what is right."""

from __future__ import annotations

from .attack import family

__all__ = ["HONEST"]

_new = family("honest", safe=True)

HONEST = [
    _new("ada", "All right.", right="make_clouds dense square_loss training_step train_softmax"),
    _new("ben", "No bias, and no look at the shapes.", """
# %% dense
def dense(inputs, W, b, activation=None):
    outputs = inputs @ W
    return outputs if activation is None else activation(outputs)
# %% square_loss
def square_loss(targets, predictions):
    return tf.reduce_mean(tf.square(targets - predictions))
""", right="make_clouds training_step", partly=2),
    _new("chen", "Two answers; the rest was not attempted.", right="dense square_loss"),
    _new("dana", "Nothing was attempted."),
]  # fmt: skip

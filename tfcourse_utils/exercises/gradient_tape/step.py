"""`train_step`: one step downhill, for any model with `w` and `b`."""

from __future__ import annotations

import tensorflow as tf

from tfcourse_utils.checking import exercise

from ..tools import normal
from .notes import called

__all__ = ["train_step"]

train_step = exercise("gradient_tape.train_step", kind="rebuild", section="A line from scratch")


class _Model:
    """Something with `w` and `b`; which function of x it is, its maker says."""

    def __init__(self, rng, function=lambda w, b, x: w * x + b, w_shape=(), b_shape=()):
        self.w, self.b = tf.Variable(normal(rng, w_shape)), tf.Variable(normal(rng, b_shape))
        self._function = function

    def __call__(self, x):
        return self._function(self.w, self.b, x)


_Model.__name__ = "model"  # as a verdict shows it


def _step(answer, model, x, y, learning_rate):
    """Return the variables that the model had before the step, with what is in them after it."""
    w, b = model.w, model.b
    called(answer, model, x, y, learning_rate)
    return {"w after the step": w, "b after the step": b}


@train_step.probe("w and b after one step")
def _(answer, rng):
    return _step(answer, _Model(rng), normal(rng, (6,)), normal(rng, (6,)), 0.07)


@train_step.probe("the loss before the step")
def _(answer, rng):
    return answer(_Model(rng), normal(rng, (5, 1)), normal(rng, (5, 1)), 0.07)


@train_step.probe("other models")
def _(answer, rng):
    wave = _Model(rng, lambda w, b, x: tf.sin(w * x) - b)
    plane = _Model(rng, lambda w, b, x: x @ w + b, (2, 3), (3,))
    return [
        _step(answer, wave, normal(rng, (6, 1)), normal(rng, (6, 1)), 0.2),
        _step(answer, plane, normal(rng, (5, 2)), normal(rng, (5, 3)), 0.2),
    ]


@train_step.probe("five steps")
def _(answer, rng):
    model, x, y = _Model(rng), normal(rng, (8,)), normal(rng, (8,))
    w, b = model.w, model.b
    losses = [called(answer, model, x, y, 0.05) for _ in range(5)]
    return {"losses": losses, "w after them": w, "b after them": b}


train_step.hint(
    "Which lines must the tape see, and which come after it?",
    "`tape.gradient(loss, [model.w, model.b])` gives both gradients, whatever the model does with "
    "its variables.",
    "A variable has `assign_sub`, which subtracts in place. The loss that the tape saw is still "
    "there to be returned.",
)

"""`training_step`: one step of gradient descent."""

from __future__ import annotations

import tensorflow as tf

from tfcourse_utils.checking import exercise

from ..tools import normal

__all__ = ["training_step"]

training_step = exercise(
    "linear_classifiers.training_step", kind="rebuild", section="One step downhill"
)


def _problem(rng, n=6, d=2, k=1):
    W, b = tf.Variable(normal(rng, (d, k))), tf.Variable(normal(rng, (k,)))
    return normal(rng, (n, d)), normal(rng, (n, k)), W, b


@training_step.probe("W and b after one step")
def _(answer, rng):
    inputs, targets, W, b = _problem(rng)
    answer(inputs, targets, W, b, 0.07)
    return {"W after the step": W, "b after the step": b}


@training_step.probe("the loss before the step")
def _(answer, rng):
    return answer(*_problem(rng), 0.07)


@training_step.probe("five steps, three outputs")
def _(answer, rng):
    inputs, targets, W, b = _problem(rng, n=8, d=2, k=3)
    losses = [answer(inputs, targets, W, b, 0.02) for _ in range(5)]
    return {"losses of 5 steps": losses, "W after them": W, "b after them": b}


training_step.hint(
    "Which lines must run while the tape records, and which after it?",
    "`tape.gradient(loss, [W, b])` gives both gradients at once.",
    "A tf.Variable has `assign_sub`, which subtracts in place. The loss that the tape saw is "
    "still there to be returned.",
)

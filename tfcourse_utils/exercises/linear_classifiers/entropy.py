"""`binary_cross_entropy`: from logits, finite wherever they are."""

from __future__ import annotations

import numpy as np
import tensorflow as tf

from tfcourse_utils.checking import exercise

from ..tools import normal

__all__ = ["binary_cross_entropy"]

binary_cross_entropy = exercise(
    "linear_classifiers.binary_cross_entropy",
    kind="transfer",
    section="Why logits",
)


def _targets(rng, shape, dtype="float32"):
    return tf.constant(rng.permutation(np.resize([0, 1], shape)), dtype)


def _large(rng):
    """Return targets and logits of ±1000 in all four combinations."""
    order = rng.permutation(4)
    targets = np.array([[0], [0], [1], [1]], "float32")[order]
    logits = np.array([[-1000], [1000], [-1000], [1000]], "float32")[order]
    return tf.constant(targets), tf.constant(logits)


def _gradient(answer, targets, logits):
    with tf.GradientTape() as tape:
        tape.watch(logits)
        loss = answer(targets, logits)
    return {"gradient for the logits": tape.gradient(loss, logits)}


@binary_cross_entropy.probe("the loss of ordinary logits")
def _(answer, rng):
    return [
        answer(_targets(rng, (6, 1)), 2 * normal(rng, (6, 1))),
        answer(_targets(rng, (5,), "float64"), normal(rng, (5,), "float64")),
    ]


@binary_cross_entropy.probe("the gradient of ordinary logits")
def _(answer, rng):
    return _gradient(answer, _targets(rng, (6, 1)), 2 * normal(rng, (6, 1)))


@binary_cross_entropy.probe("the loss at ±1000")
def _(answer, rng):
    targets, logits = _large(rng)
    return [answer(targets, logits), answer(targets[:1], logits[:1])]


@binary_cross_entropy.probe("the gradient at ±1000")
def _(answer, rng):
    return _gradient(answer, *_large(rng))


binary_cross_entropy.hint(
    "With s = sigmoid(z), write log(s) and log(1 - s) without s. Which of the two stays finite "
    "when z is 1000, and which does not?",
    "Both can be said with softplus(z) = log(1 + exp(z)). TensorFlow has it, safe for any z.",
    "log(s) = z - softplus(z) and log(1 - s) = -softplus(z). Put them into the definition.",
)

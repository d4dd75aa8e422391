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


@binary_cross_entropy.wrong(
    "logarithm of zero",
    says="For large logits the sigmoid is 0 or 1 to the last digit, and the logarithm of 0 is "
    "infinite. Work with the logits, before any sigmoid.",
)
def _(targets, logits):
    s = tf.sigmoid(logits)
    return -tf.reduce_mean(targets * tf.math.log(s) + (1 - targets) * tf.math.log(1 - s))


@binary_cross_entropy.wrong(
    "exponential overflows",
    says="exp(1000) is infinite in float32, and so is its logarithm. There is a built-in for "
    "log(1 + exp(z)) that knows this.",
)
def _(targets, logits):
    return tf.reduce_mean(tf.math.log(1 + tf.exp(logits)) - targets * logits)


@binary_cross_entropy.wrong(
    "clipped",
    says="Clipping, or adding a small number, keeps the loss finite but makes it wrong: at "
    "z = 1000 with target 0 it is 1000, and the gradient is cut off. Work with the logits.",
)
def _(targets, logits):
    s = tf.clip_by_value(tf.sigmoid(logits), 1e-7, 1 - 1e-7)
    return -tf.reduce_mean(targets * tf.math.log(s) + (1 - targets) * tf.math.log(1 - s))


@binary_cross_entropy.wrong(
    "logits as probabilities",
    says="The logits are used as if they were probabilities. They are real numbers that a "
    "sigmoid would turn into probabilities.",
)
def _(targets, logits):
    s = tf.clip_by_value(logits, 1e-7, 1 - 1e-7)
    return -tf.reduce_mean(targets * tf.math.log(s) + (1 - targets) * tf.math.log(1 - s))


@binary_cross_entropy.wrong(
    "targets exchanged",
    says="This is the loss for the opposite targets: it is small where the model is wrong.",
)
def _(targets, logits):
    return tf.reduce_mean(tf.math.softplus(logits) - (1 - targets) * logits)


@binary_cross_entropy.wrong(
    "only the positives",
    says="Only samples with target 1 count here. What does a sample with target 0 cost?",
)
def _(targets, logits):
    return tf.reduce_mean(targets * tf.math.softplus(-logits))


@binary_cross_entropy.wrong("sum", says="That is the sum of the losses. Return their mean.")
def _(targets, logits):
    return tf.reduce_sum(tf.math.softplus(logits) - targets * logits)


@binary_cross_entropy.wrong(
    "one loss per sample", says="That is one loss for each sample. Return their mean."
)
def _(targets, logits):
    return tf.math.softplus(logits) - targets * logits


binary_cross_entropy.hint(
    "With s = sigmoid(z), write log(s) and log(1 - s) without s. Which of the two stays finite "
    "when z is 1000, and which does not?",
    "Both can be said with softplus(z) = log(1 + exp(z)). TensorFlow has it, safe for any z.",
    "log(s) = z - softplus(z) and log(1 - s) = -softplus(z). Put them into the definition.",
)

"""How `binary_cross_entropy` goes wrong."""

from __future__ import annotations

import tensorflow as tf

from ..entropy import binary_cross_entropy


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

"""`train_softmax`: a linear classifier of several classes, judged on samples it never saw."""

from __future__ import annotations

import numpy as np
import tensorflow as tf

from tfcourse_utils.checking import exercise

from ..tools import parts, timed

__all__ = ["train_softmax"]

SECONDS = 10
ACCURACY = 0.9

train_softmax = exercise(
    "linear_classifiers.train_softmax", kind="transfer", section="Several classes"
)


def _clusters(rng, centers, n):
    """Return float32 samples (n · k, d) around k centres, and their labels."""
    labels = rng.permutation(np.repeat(np.arange(len(centers)), n))
    return (centers[labels] + rng.normal(0, 0.5, (len(labels), 2))).astype("float32"), labels


def _data(rng, num_classes=3):
    """Draw samples to train on, and others with their labels for the judge.

    The centres lie on a line that misses the origin: without biases, the classes between
    the outer ones can't win.
    """
    angle = rng.uniform(0, 2 * np.pi)
    along = np.array([np.cos(angle), np.sin(angle)])
    across = np.array([-along[1], along[0]])
    centers = np.linspace(-2.5, 2.5, 3)[:, None] * along + rng.uniform(0, 0.25) * across
    x, y = _clusters(rng, centers, 60)
    shown = {"x": tf.constant(x), "y": tf.constant(y, tf.int32), "num_classes": num_classes}
    unseen, labels = _clusters(rng, centers, 100)
    return shown, {"x": unseen, "y": labels, "num_classes": num_classes}


def _train(answer, shown):
    result, seconds = timed(lambda: answer(shown["x"], shown["y"], shown["num_classes"], 0.5, 60))
    W, b = parts(result, 2)
    return {"W": W, "b": b, "seconds": seconds}


def _accuracy(seen, kept):
    return float(np.mean(np.argmax(kept["x"] @ seen["W"] + seen["b"], axis=1) == kept["y"]))


def _good_enough(seen, kept):
    k = kept["num_classes"]
    shapes = np.shape(seen["W"]), np.shape(seen["b"])
    if shapes != ((2, k), (k,)):
        return f"W and b have shapes {shapes[0]} and {shapes[1]}, expected {(2, k)} and {(k,)}"
    if not (np.all(np.isfinite(seen["W"])) and np.all(np.isfinite(seen["b"]))):
        return "W or b holds numbers that are not finite"
    if not seen["seconds"] <= SECONDS:
        return f"it took {seen['seconds']:.0f} s, and {SECONDS} s are allowed"
    accuracy = _accuracy(seen, kept)
    if not accuracy >= ACCURACY:
        return f"right on {accuracy:.0%} of unseen samples, and {ACCURACY:.0%} are asked for"
    return None


train_softmax.probe("accuracy on unseen samples", points=2, compare=_good_enough, data=_data)(
    _train
)
train_softmax.probe(
    "a class without samples", compare=_good_enough, data=lambda rng: _data(rng, num_classes=4)
)(_train)


def _descend(x, y, num_classes, learning_rate, epochs, use_bias=True):
    W = tf.Variable(tf.zeros((x.shape[1], num_classes)))
    b = tf.Variable(tf.zeros(num_classes))
    for _ in range(epochs):
        with tf.GradientTape() as tape:
            losses = tf.nn.sparse_softmax_cross_entropy_with_logits(y, x @ W + b)
            loss = tf.reduce_mean(losses)
        dW, db = tape.gradient(loss, [W, b])
        W.assign_sub(learning_rate * dW)
        b.assign_sub(learning_rate * db * use_bias)
    return W, b


@train_softmax.wrong(
    "untrained",
    says="W has the same number everywhere: no gradient has reached it. Is W a tf.Variable, "
    "does the tape see it, and is it changed in place?",
    when=lambda seen, _: np.shape(seen["W"])[1] > 1 and np.ptp(seen["W"]) == 0,
)
def _(x, y, num_classes, learning_rate, epochs):
    return tf.Variable(tf.zeros((x.shape[1], num_classes))), tf.Variable(tf.zeros(num_classes))


@train_softmax.wrong(
    "bias left out",
    says="b is still 0 everywhere. Without biases a class whose samples lie between the others "
    "can't win; they need gradients and steps as W does.",
    when=lambda seen, _: np.ptp(seen["W"]) > 0 and not np.any(seen["b"]),
)
def _(x, y, num_classes, learning_rate, epochs):
    return _descend(x, y, num_classes, learning_rate, epochs, use_bias=False)


@train_softmax.wrong(
    "uphill",
    says="W and b are right but for their sign: the steps go along the gradient, so the loss "
    "rises. Go against it.",
    when=lambda seen, kept: (
        np.shape(seen["W"]) == (2, kept["num_classes"])
        and _accuracy({"W": -seen["W"], "b": -seen["b"]}, kept) > 0.6
        and _accuracy(seen, kept) < 0.2
    ),
)
def _(x, y, num_classes, learning_rate, epochs):
    return _descend(x, y, num_classes, -learning_rate, min(epochs, 20))


@train_softmax.wrong(
    "one epoch",
    says="W is small, as after very few steps. Has it seen the data `epochs` times, and is every "
    "step as long as the learning rate says?",
    when=lambda seen, _: 0 < np.abs(seen["W"]).max() < 0.7 and np.any(seen["b"]),
)
def _(x, y, num_classes, learning_rate, epochs):
    return _descend(x, y, num_classes, learning_rate, 1)


@train_softmax.wrong(
    "classes counted in the data",
    says="There are fewer columns than classes. Use `num_classes`: a class may have no sample in "
    "this data.",
    when=lambda seen, kept: np.shape(seen["W"]) == (2, 3) and kept["num_classes"] == 4,
)
def _(x, y, num_classes, learning_rate, epochs):
    return _descend(x, y, int(tf.reduce_max(y)) + 1, learning_rate, epochs)


@train_softmax.wrong(
    "one output",
    says="There is one column of weights, for one output that should grow with the label. "
    "Classes have no order: give each a column of its own.",
    when=lambda seen, _: np.shape(seen["W"])[1] == 1,
)
def _(x, y, num_classes, learning_rate, epochs):
    return tf.Variable(tf.zeros((x.shape[1], 1))), tf.Variable(tf.zeros(1))


@train_softmax.wrong(
    "b before W",
    says="b comes back first. Return the weights, then the biases.",
    when=lambda seen, _: np.ndim(seen["W"]) == 1 and np.ndim(seen["b"]) == 2,
)
def _(x, y, num_classes, learning_rate, epochs):
    return _descend(x, y, num_classes, learning_rate, epochs)[::-1]


train_softmax.hint(
    "The training step of one output is the same here. Which shapes change, and which loss?",
    "`x @ W + b` gives k logits for each sample; TensorFlow has a softmax cross-entropy for "
    "integer labels, called sparse, which takes the logits.",
    "Make W and b variables of zeros, of shapes (d, num_classes) and (num_classes,). Then, "
    "`epochs` times: tape, gradient, `assign_sub`.",
)

"""`train_softmax`: a linear classifier of several classes, judged on samples it never saw."""

from __future__ import annotations

import numpy as np
import tensorflow as tf

from tfcourse_utils.checking import exercise

from ..tools import parts, timed

__all__ = ["accuracy", "train_softmax"]

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
    shown = {"x": x, "y": y.astype("int32"), "num_classes": num_classes}
    unseen, labels = _clusters(rng, centers, 100)
    return shown, {"x": unseen, "y": labels, "num_classes": num_classes}


def _train(answer, shown):
    x, y = tf.constant(shown["x"]), tf.constant(shown["y"])
    result, seconds = timed(lambda: answer(x, y, shown["num_classes"], 0.5, 60))
    W, b = parts(result, 2)
    return {"W": W, "b": b, "seconds": seconds}


def accuracy(seen, kept):
    """Return the share of the kept samples that the weights seen are right on."""
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
    share = accuracy(seen, kept)
    if not share >= ACCURACY:
        return f"right on {share:.0%} of unseen samples, and {ACCURACY:.0%} are asked for"
    return None


train_softmax.probe("accuracy on unseen samples", points=2, compare=_good_enough, data=_data)(
    _train
)
train_softmax.probe(
    "a class without samples", compare=_good_enough, data=lambda rng: _data(rng, num_classes=4)
)(_train)


train_softmax.hint(
    "The training step of one output is the same here. Which shapes change, and which loss?",
    "`x @ W + b` gives k logits for each sample; TensorFlow has a softmax cross-entropy for "
    "integer labels, called sparse, which takes the logits.",
    "Make W and b variables of zeros, of shapes (d, num_classes) and (num_classes,). Then, "
    "`epochs` times: tape, gradient, `assign_sub`.",
)

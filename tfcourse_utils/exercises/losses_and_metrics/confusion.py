"""`confusion_matrix`: who is taken for whom."""

from __future__ import annotations

from typing import Any

import numpy as np
import tensorflow as tf

from tfcourse_utils.checking import exercise

__all__ = ["confusion_matrix"]

confusion_matrix = exercise(
    "losses_and_metrics.confusion_matrix", kind="transfer", section="Who is taken for whom"
)


def _labels(rng, counts, dtype="int64"):
    """Return true and predicted classes, in any order, that occur together this often."""
    pairs = [cell for cell in np.ndindex(counts.shape) for _ in range(counts[cell])]
    y_true, y_pred = np.transpose(rng.permutation(pairs))
    return tf.constant(y_true, dtype), tf.constant(y_pred, dtype)


def _whole(value: Any) -> Any:
    """Return counts as integers: a sum of ones may well be a float."""
    if isinstance(value, list):
        return [_whole(item) for item in value]
    counts = np.asarray(value)
    if counts.dtype.kind == "f" and np.all(counts == np.rint(counts)):
        return counts.astype("int64")
    return value


@confusion_matrix.probe("true classes in rows", read=_whole)
def _(answer, rng):
    # Every count is another one, so that no cell can stand for another.
    y_true, y_pred = _labels(rng, rng.permutation(9).reshape(3, 3))
    return answer(y_true, y_pred, 3)


@confusion_matrix.probe("classes that are absent", read=_whole)
def _(answer, rng):
    counts = np.zeros((5, 5), int)
    only_true, only_predicted, both = rng.permutation(4)[:3]  # the last class is neither
    counts[only_true, only_predicted], counts[only_true, both] = 3, 2
    counts[both, both], counts[both, only_predicted] = 4, 1
    y_true, y_pred = _labels(rng, counts)
    return answer(y_true, y_pred, 5)


@confusion_matrix.probe("two classes, and one sample", read=_whole)
def _(answer, rng):
    two = _labels(rng, 1 + rng.permutation(4).reshape(2, 2), "int32")
    one = tf.constant([1], tf.int32), tf.constant([3], tf.int32)
    return [answer(*two, 2), answer(*one, 4)]


confusion_matrix.hint(
    "A sample of class 0 is taken for class 2. Which cell of the matrix goes up by one?",
    "A loop over the samples that counts is one way. For one without a loop, give every cell a "
    "number: the true class times the number of classes, plus the predicted class.",
    "`tf.math.bincount(cells, minlength=num_classes**2)` counts how often each of the cells "
    "occurs, the ones that never do among them. The rest is a `tf.reshape`.",
)

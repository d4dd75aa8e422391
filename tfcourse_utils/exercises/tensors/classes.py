"""`one_hot`: labels as rows of zeros with a single one."""

from __future__ import annotations

import tensorflow as tf

from tfcourse_utils.checking import exercise

from ..tools import calls_of

__all__ = ["one_hot"]

one_hot = exercise("tensors.one_hot", kind="rebuild", section="Broadcasting")


def _labels(rng, shape):
    return tf.constant(rng.integers(0, 4, shape), tf.int32)


@one_hot.probe("a row for each label")
def _(answer, rng):
    return [answer(_labels(rng, (6,)), 4), answer(tf.constant([0, 2, 1]), 3)]


@one_hot.probe("labels of any rank")
def _(answer, rng):
    shapes = (), (3, 2), (2, 1, 3)
    return [answer(_labels(rng, shape), 4) for shape in shapes]


@one_hot.probe("labels outside")
def _(answer, rng):
    labels = rng.permutation([-5, -1, 0, 1, 2, 3])
    return answer(tf.constant(labels, tf.int32), 3)


@one_hot.probe("without tf.one_hot")
def _(answer, rng):
    with calls_of(tf.raw_ops.OneHot) as calls:  # inside `tf.one_hot` and Keras's
        rows = answer(_labels(rng, (5,)), 4)
    return {"rows": rows, "calls tf.one_hot": bool(calls)}


one_hot.hint(
    "A row for the label 2 answers four questions: is it 0, is it 1, is it 2, is it 3?",
    "`tf.range(depth)` has all the places. Which shape must the labels have to be compared with "
    "each of them?",
    "`labels[..., tf.newaxis]` puts an axis of length 1 at the end, whatever the rank. "
    "`tf.cast` makes numbers of booleans.",
)

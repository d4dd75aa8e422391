"""`jaccard`: how alike two sets are, row by row."""

from __future__ import annotations

import numpy as np
import tensorflow as tf

from tfcourse_utils.checking import exercise

__all__ = ["jaccard"]

jaccard = exercise("tensors.jaccard", kind="transfer", section="Sets and queues")


def _sets(rng, *rows, dtype="int32"):
    """Return a tensor with these sets as its rows, the elements of each in any order."""
    return tf.constant(np.array([rng.permutation(row) for row in rows]), dtype)


@jaccard.probe("sets without repeats")
def _(answer, rng):
    narrow = _sets(rng, [1, 2], [3, 4], [5, 6]), _sets(rng, [2, 3], [3, 4], [7, 8])
    wide = _sets(rng, [1, 2, 3, 4]), _sets(rng, [4, 5, 6, 7])
    return [answer(*narrow), answer(*wide)]


@jaccard.probe("repeats count once")
def _(answer, rng):
    a = _sets(rng, [1, 1, 2], [1, 2, 2])
    b = _sets(rng, [1, 3, 3], [2, 1, 1])
    return answer(a, b)


@jaccard.probe("0 is an element")
def _(answer, rng):
    a = _sets(rng, [0, 1], [0, 2], [0, 0], dtype="int64")
    b = _sets(rng, [0, 2], [1, 2], [0, 3], dtype="int64")
    return [answer(a, b), answer(a[:1], b[:1])]


jaccard.hint(
    "For the sets {1, 2} and {2, 3}: which numbers are in both, and which in either of them?",
    "`tf.sets.intersection` and `tf.sets.union` take two tensors and go row by row.",
    "They give sparse tensors, which `tf.sets.size` counts. Made dense, a row would be filled up "
    "with zeros that nobody put in.",
)

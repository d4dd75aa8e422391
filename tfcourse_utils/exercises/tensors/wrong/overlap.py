"""How `jaccard` goes wrong."""

from __future__ import annotations

import tensorflow as tf

from ..overlap import jaccard


def _sizes(a, b):
    return [tf.sets.size(sets(a, b)) for sets in (tf.sets.intersection, tf.sets.union)]


@jaccard.wrong(
    "repeats counted",
    says="An element that stands in a row twice is counted twice. A set has it once.",
)
def _(a, b):
    equal = a[:, :, tf.newaxis] == b[:, tf.newaxis, :]
    shared = tf.math.count_nonzero(tf.reduce_any(equal, axis=2), axis=1)
    return shared / (2 * a.shape[1] - shared)


@jaccard.wrong(
    "zeros dropped",
    says="0 is left out, as if it were nothing. That happens when a sparse result is made dense: "
    "it is filled up with zeros, and what is not 0 is counted.",
)
def _(a, b):
    dense = [tf.sparse.to_dense(sets(a, b)) for sets in (tf.sets.intersection, tf.sets.union)]
    shared, together = (tf.math.count_nonzero(rows, axis=1) for rows in dense)
    return tf.math.divide_no_nan(tf.cast(shared, tf.float64), tf.cast(together, tf.float64))


@jaccard.wrong(
    "place by place",
    says="Elements are compared place by place. A set has no order: 1 in the first place of `a` "
    "may stand in the last of `b`.",
)
def _(a, b):
    return tf.reduce_mean(tf.cast(a == b, tf.float32), axis=1)


@jaccard.wrong(
    "share of the first",
    says="What is in both is divided by the size of the first set. Divide by what is in either.",
)
def _(a, b):
    return _sizes(a, b)[0] / tf.sets.size(tf.sets.union(a, a))


@jaccard.wrong(
    "share of both sizes",
    says="What is in both is divided by the two sizes added up, and counts twice there. In the "
    "union each element is once.",
)
def _(a, b):
    shared, together = _sizes(a, b)
    return shared / (shared + together)


@jaccard.wrong(
    "Dice",
    says="That is Dice's coefficient, twice the shared over the sum of both sizes. Jaccard's "
    "divides the intersection by the union.",
)
def _(a, b):
    shared, together = _sizes(a, b)
    return 2 * shared / (shared + together)


@jaccard.wrong(
    "distance", says="That is 1 where nothing is shared. Similarity is 1 where all is shared."
)
def _(a, b):
    shared, together = _sizes(a, b)
    return 1 - shared / together


@jaccard.wrong(
    "whole division",
    says="`//` leaves whole numbers: 0 for all but equal sets. `/` gives the fraction.",
)
def _(a, b):
    shared, together = _sizes(a, b)
    return shared // together


@jaccard.wrong(
    "upside down",
    says="The union is divided by the intersection, the wrong way up.",
)
def _(a, b):
    shared, together = _sizes(a, b)
    return together / shared


@jaccard.wrong("shared", says="That is how many are in both. Divide by how many are in either.")
def _(a, b):
    return tf.cast(_sizes(a, b)[0], tf.float32)


@jaccard.wrong(
    "all rows together",
    says="All rows are thrown together into two sets. Each row is a set of its own.",
)
def _(a, b):
    shared, together = _sizes(tf.reshape(a, (1, -1)), tf.reshape(b, (1, -1)))
    return tf.repeat(shared / together, len(a))


@jaccard.wrong(
    "only what is not shared",
    says="What is in both is divided by what is in `a` or `b` but not in both. The union has the "
    "shared elements too.",
)
def _(a, b):
    shared, together = _sizes(a, b)
    return shared / (together - shared)

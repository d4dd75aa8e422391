"""How `one_hot` goes wrong."""

from __future__ import annotations

import numpy as np
import tensorflow as tf

from ..classes import one_hot


def _compared(labels, depth):
    return labels[..., tf.newaxis] == tf.range(depth)


@one_hot.wrong(
    "tf.one_hot",
    says="The rows are right, but they come from `tf.one_hot`, under this name or another. Here "
    "you are to build it yourself.",
)
def _(labels, depth):
    return tf.one_hot(labels, depth)


@one_hot.wrong(
    "rows of the unit matrix",
    says="Rows are taken from a unit matrix. Python counts negative labels from its end, and a "
    "label beyond the end has no row; such labels should give zeros.",
)
def _(labels, depth):
    return np.eye(depth, dtype="float32")[labels.numpy()]


@one_hot.wrong(
    "gathers rows",
    says="Rows are taken from a unit matrix, which has none for a label outside. Such labels "
    "should give zeros.",
)
def _(labels, depth):
    return tf.gather(tf.eye(depth), labels)


@one_hot.wrong(
    "pushes labels inside",
    says="A label outside counts as the nearest one inside. It belongs to no place: its row has "
    "zeros only.",
)
def _(labels, depth):
    return tf.cast(_compared(tf.clip_by_value(labels, 0, depth - 1), depth), tf.float32)


@one_hot.wrong(
    "wraps around",
    says="A label outside is taken modulo the depth. It belongs to no place: its row has zeros "
    "only.",
)
def _(labels, depth):
    return tf.cast(_compared(labels % depth, depth), tf.float32)


@one_hot.wrong(
    "one axis only",
    says="That works for a list of labels only. The new axis goes to the end, however many "
    "there are before it: an index may begin with `...`.",
)
def _(labels, depth):
    return tf.cast(labels[:, tf.newaxis] == tf.range(depth), tf.float32)


@one_hot.wrong(
    "compared as they are",
    says="`labels == tf.range(depth)` compares place with place. Two shapes that do not broadcast "
    "are no error for `==`: the answer is one plain False. What would let every label meet every "
    "place?",
)
def _(labels, depth):
    return tf.cast(labels == tf.range(depth), tf.float32)


@one_hot.wrong(
    "flattened",
    says="There is one row for each label, but the shape of `labels` is lost. The result has it, "
    "and one axis more.",
)
def _(labels, depth):
    return tf.cast(_compared(tf.reshape(labels, [-1]), depth), tf.float32)


@one_hot.wrong(
    "places first",
    says="The places are along the first axis. They belong on the last, behind those of `labels`.",
)
def _(labels, depth):
    return tf.cast(tf.stack([labels == place for place in range(depth)]), tf.float32)


@one_hot.wrong(
    "counts from 1", says="Every 1 is one place too early. Label 0 belongs to the first place."
)
def _(labels, depth):
    return tf.cast(_compared(labels - 1, depth), tf.float32)


@one_hot.wrong(
    "booleans",
    says="The right places are true, but they are booleans. Networks count with floats: cast "
    "them to float32.",
)
def _(labels, depth):
    return _compared(labels, depth)


@one_hot.wrong(
    "whole numbers",
    says="The ones are in the right places, but they are integers. Networks count with floats: "
    "cast them to float32.",
)
def _(labels, depth):
    return tf.cast(_compared(labels, depth), tf.int32)


@one_hot.wrong(
    "inside out", says="There is a 0 in the place that the label names, and a 1 in all others."
)
def _(labels, depth):
    return 1 - tf.cast(_compared(labels, depth), tf.float32)


@one_hot.wrong(
    "as deep as the labels",
    says="The last axis is as long as the largest label asks for. `depth` says how long it should "
    "be: not every class need be there.",
)
def _(labels, depth):
    return tf.cast(_compared(labels, tf.reduce_max(labels) + 1), tf.float32)

"""How `pad_ragged` goes wrong."""

from __future__ import annotations

import keras
import numpy as np
import tensorflow as tf

from ..ragged import pad_ragged


def _padded(rows, value, width, dtype="float32"):
    table = np.full((len(rows), width), value, dtype)
    for line, row in zip(table, rows):
        line[: len(row)] = row[:width]
    return table


def _longest(rows):
    return max(map(len, rows), default=0)


@pad_ragged.wrong(
    "filled up in front",
    says="The rows are filled up in front, as `pad_sequences` does unless it is told otherwise. "
    "The numbers come first, what fills up comes after them.",
)
def _(rows, value=0.0):
    return _padded([row[::-1] for row in rows], value, _longest(rows))[:, ::-1]


@pad_ragged.wrong(
    "whole numbers",
    says="The result is made of integers, and what stands behind the point is lost. "
    "`pad_sequences` does so unless it is given a dtype.",
)
def _(rows, value=0.0):
    return _padded(rows, int(value), _longest(rows), "int32")


@pad_ragged.wrong(
    "pad_sequences as it comes",
    says="`pad_sequences` fills up in front and makes integers, unless it is told otherwise.",
)
def _(rows, value=0.0):
    return keras.utils.pad_sequences(rows, value=value)


@pad_ragged.wrong(
    "value ignored", says="The rows are filled up with 0, whatever `value` is. Hand it on."
)
def _(rows, value=0.0):
    return _padded(rows, 0.0, _longest(rows))


@pad_ragged.wrong(
    "cut to the shortest",
    says="The rows are cut to the length of the shortest. No number should be lost.",
)
def _(rows, value=0.0):
    return _padded(rows, value, min(map(len, rows), default=0))


@pad_ragged.wrong(
    "length of the first row",
    says="All rows are as long as the first one. The longest may be another.",
)
def _(rows, value=0.0):
    return _padded(rows, value, len(rows[0]) if rows else 0)


@pad_ragged.wrong(
    "one too many",
    says="There is one column more than the longest row has numbers.",
)
def _(rows, value=0.0):
    return _padded(rows, value, _longest(rows) + 1)


@pad_ragged.wrong(
    "no rows",
    says="Without rows there is no longest one, and looking for it fails. The result should be a "
    "tensor of shape (0, 0).",
)
def _(rows, value=0.0):
    return _padded(rows, value, max(map(len, rows)))


@pad_ragged.wrong(
    "one axis without rows",
    says="Without rows the result has one axis, of length 0. A table without rows still has two: "
    "(0, 0).",
)
def _(rows, value=0.0):
    if not rows:
        return tf.zeros([0])
    return _padded(rows, value, _longest(rows))


@pad_ragged.wrong(
    "changes the lists",
    says="The caller's own lists have grown: `append` and `extend` change a list in place, and so "
    "does `+=`. Leave what you are given as it is.",
)
def _(rows, value=0.0):
    longest = _longest(rows)
    for row in rows:
        row += [value] * (longest - len(row))
    return tf.reshape(tf.constant(rows, tf.float32), (len(rows), longest))


@pad_ragged.wrong(
    "float64",
    says="The numbers are right, but float64, as NumPy makes them. float32 is asked for.",
)
def _(rows, value=0.0):
    return _padded(rows, value, _longest(rows), "float64")


@pad_ragged.wrong(
    "still ragged",
    says="A ragged tensor comes back: its rows are still of unlike length. One more step makes it "
    "a dense one.",
)
def _(rows, value=0.0):
    return tf.ragged.constant(rows, tf.float32, ragged_rank=1)

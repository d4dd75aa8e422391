"""How `confusion_matrix` goes wrong."""

from __future__ import annotations

import numpy as np
import tensorflow as tf

from ..confusion import confusion_matrix


def _right(y_true, y_pred, num_classes):
    return tf.math.confusion_matrix(y_true, y_pred, num_classes)


@confusion_matrix.wrong(
    "rows and columns swapped",
    says="Rows and columns are swapped: a row should be a true class, a column a predicted one.",
)
def _(y_true, y_pred, num_classes):
    return _right(y_pred, y_true, num_classes)


@confusion_matrix.wrong(
    "absent classes dropped",
    says="The matrix is as large as the classes that occur. It should be `num_classes` by "
    "`num_classes`: a class that is absent has a row and a column of zeros.",
)
def _(y_true, y_pred, num_classes):
    present = np.union1d(y_true, y_pred)
    places = [np.searchsorted(present, labels) for labels in (y_true, y_pred)]
    return _right(*places, len(present))


@confusion_matrix.wrong(
    "as large as the largest class",
    says="The matrix ends with the largest class that occurs. It should be `num_classes` by "
    "`num_classes`, also where the last classes are absent.",
)
def _(y_true, y_pred, num_classes):
    return tf.math.confusion_matrix(y_true, y_pred)


@confusion_matrix.wrong(
    "each pair once",
    says="A cell is never more than 1. With a list of places, `matrix[y_true, y_pred] += 1` adds "
    "only once to a place that is in the list several times.",
)
def _(y_true, y_pred, num_classes):
    matrix = np.zeros((num_classes, num_classes), int)
    matrix[y_true, y_pred] += 1
    return matrix


@confusion_matrix.wrong(
    "shares of a row",
    says="Every row was divided by its sum. Asked for are the counts.",
)
def _(y_true, y_pred, num_classes):
    counts = _right(y_true, y_pred, num_classes)
    return tf.math.divide_no_nan(
        tf.cast(counts, tf.float64),
        tf.cast(tf.reduce_sum(counts, axis=1, keepdims=True), tf.float64),
    )


@confusion_matrix.wrong(
    "shares of all",
    says="Every count was divided by the number of samples. Asked for are the counts.",
)
def _(y_true, y_pred, num_classes):
    return _right(y_true, y_pred, num_classes) / len(y_true)


@confusion_matrix.wrong(
    "only where right",
    says="Only the diagonal is counted: what was right. What was taken for something else belongs "
    "beside it.",
)
def _(y_true, y_pred, num_classes):
    return tf.linalg.diag(tf.linalg.diag_part(_right(y_true, y_pred, num_classes)))


@confusion_matrix.wrong(
    "only where wrong",
    says="The diagonal is empty. What was right is counted there.",
)
def _(y_true, y_pred, num_classes):
    return tf.linalg.set_diag(_right(y_true, y_pred, num_classes), tf.zeros(num_classes, tf.int32))


@confusion_matrix.wrong(
    "last class first",
    says="The classes come in reverse order: class 0 belongs into the first row and column.",
)
def _(y_true, y_pred, num_classes):
    return _right(y_true, y_pred, num_classes)[::-1, ::-1]


@confusion_matrix.wrong(
    "a row in place of the matrix",
    says="The counts are there, in one long row. Give them the shape of the matrix.",
)
def _(y_true, y_pred, num_classes):
    return tf.reshape(_right(y_true, y_pred, num_classes), [-1])

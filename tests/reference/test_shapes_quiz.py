"""The predictions of chapter 1, each worked out for real."""

from __future__ import annotations

import tensorflow as tf

from tfcourse_utils.reference import tensors as reference

PAIRS = {"a": ((4, 1), (3,)), "b": ((5, 3), (5,)), "c": ((2, 3), (3,))}


def _shape(tensor: tf.Tensor) -> tuple[int, ...]:
    return tuple(tensor.shape)


def _can_be_added(one: tuple[int, ...], other: tuple[int, ...]) -> bool:
    try:
        tf.zeros(one) + tf.zeros(other)
    except tf.errors.InvalidArgumentError:
        return False
    return True


def test_the_predictions_come_true() -> None:
    x = tf.zeros((4, 5))
    [clash] = (letter for letter, pair in PAIRS.items() if not _can_be_added(*pair))
    *_, last = tf.data.Dataset.from_tensor_slices(tf.zeros((10, 3))).batch(4)
    assert reference.shapes_quiz == {
        "rank": int(tf.rank(tf.zeros((4, 1, 3)))),
        "row_shape": _shape(x[1]),
        "slice_shape": _shape(x[1:2, ..., tf.newaxis]),
        "sum_shape": _shape(tf.reduce_sum(x, axis=0)),
        "broadcast_shape": _shape(tf.zeros((3, 1, 5)) + tf.zeros((4, 1))),
        "clash": clash,
        "product_shape": _shape(tf.zeros((2, 3, 4)) @ tf.zeros((4, 5))),
        "last_batch_shape": _shape(last),
    }

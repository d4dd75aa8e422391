"""The predictions of chapter 5, each worked out by running what the question is about."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import keras
import numpy as np
import pytest
import tensorflow as tf

from tfcourse_utils.reference.losses_and_metrics import metrics_quiz

TARGETS = np.array([[0.0], [1.0], [1.0], [1.0]])
SCORES = np.array([[0.2], [0.6], [0.5], [0.9]])


def _squares() -> float:
    return float(keras.losses.MeanSquaredError()([1.0, 2.0, 3.0], [2.0, 1.0, 7.0]))


def _shape_of(loss: Callable[..., Any], shape: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(loss(tf.zeros(shape), tf.ones(shape)).shape)


def _flat_and_column() -> float:
    y_true, y_pred = tf.constant([0.0, 1.0]), tf.constant([[0.0], [1.0]])
    return float(tf.reduce_mean(tf.square(y_true - y_pred)))


def _two_batches() -> float:
    metric = keras.metrics.BinaryAccuracy()
    metric.update_state([[1.0], [0.0], [1.0]], [[0.9], [0.1], [0.8]])
    metric.update_state([[1.0]], [[0.1]])
    return float(metric.result())


def _weighted() -> float:
    loss = keras.losses.MeanSquaredError()
    return float(loss([[0.0], [0.0]], [[1.0], [3.0]], sample_weight=[1.0, 0.0]))


def _entropy_of_the_label(loss: Any) -> bool:
    """Return whether a loss of integer labels is -log of the label's probability."""
    probabilities = np.random.default_rng(0).dirichlet(np.ones(10), size=6).astype("float32")
    labels = np.array([3, 0, 9, 1, 5, 5])
    expected = -np.log(probabilities[np.arange(6), labels]).mean()
    try:
        return bool(np.isclose(float(loss(labels, probabilities)), expected, rtol=1e-5))
    except (ValueError, tf.errors.InvalidArgumentError):
        return False


def _entropy_of_each_tag(loss: Any) -> bool:
    """Return whether a loss takes each of several tags for a question of its own."""
    rng = np.random.default_rng(1)
    tags, p = rng.integers(0, 2, (6, 5)), rng.uniform(0.1, 0.9, (6, 5)).astype("float32")
    expected = -np.log(np.where(tags == 1, p, 1 - p)).mean()
    try:
        return bool(np.isclose(float(loss(tags, p)), expected, rtol=1e-5))
    except (ValueError, tf.errors.InvalidArgumentError):
        return False


def _accuracy_of_tags() -> str:
    """Return the accuracy that the string has stood for, told by what it read."""
    tags = np.array([[1, 0, 0, 0, 0], [0, 1, 1, 0, 0], [0, 0, 0, 0, 1]], "float32")
    p = np.array([[0.9, 0.8, 0, 0, 0], [0, 0.9, 0.8, 0, 0], [0.3, 0, 0, 0, 0.2]], "float32")
    model = keras.Sequential([keras.Input((5,)), keras.layers.Identity()])
    model.compile(loss="binary_crossentropy", metrics=["accuracy"], jit_compile=False)
    read = model.test_on_batch(p, tags, return_dict=True)["accuracy"]
    by_entry = float(np.mean((p > 0.5) == (tags > 0.5)))
    by_largest = float(np.mean(p.argmax(1) == tags.argmax(1)))
    readings = {"binary": by_entry, "categorical": by_largest}
    [name] = [name for name, reading in readings.items() if read == pytest.approx(reading)]
    return name


LOSSES = {
    "binary": keras.losses.BinaryCrossentropy(),
    "categorical": keras.losses.CategoricalCrossentropy(),
    "sparse": keras.losses.SparseCategoricalCrossentropy(),
}


def _the_one(fits: Callable[[Any], bool]) -> str:
    [name] = [name for name, loss in LOSSES.items() if fits(loss)]
    return name


WORKED_OUT: dict[str, Callable[[], Any]] = {
    "squares": _squares,
    "function_shape": lambda: _shape_of(keras.losses.mean_squared_error, (4, 1)),
    "object_shape": lambda: _shape_of(keras.losses.MeanSquaredError(), (4, 1)),
    "flat_shape": lambda: _shape_of(keras.losses.mean_squared_error, (4,)),
    "flat_and_column": _flat_and_column,
    "at_the_threshold": lambda: float(keras.metrics.BinaryAccuracy()(TARGETS, SCORES)),
    "exactly_equal": lambda: float(keras.metrics.Accuracy()(TARGETS, SCORES)),
    "two_batches": _two_batches,
    "weighted": _weighted,
    "digits": lambda: _the_one(_entropy_of_the_label),
    "several_tags": lambda: _the_one(_entropy_of_each_tag),
    "accuracy_of_tags": _accuracy_of_tags,
}


@pytest.mark.parametrize("key", metrics_quiz)
def test_the_predictions_come_true(key: str) -> None:
    assert WORKED_OUT[key]() == metrics_quiz[key]

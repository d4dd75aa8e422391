"""The predictions of chapter 3, each worked out for real."""

from __future__ import annotations

import keras
import numpy as np
import tensorflow as tf

from tfcourse_utils.reference import linear_classifiers as reference


def _shape(tensor: tf.Tensor) -> tuple[int, ...]:
    return tuple(tensor.shape)


def _linear_accuracy(x: np.ndarray, y: np.ndarray) -> float:
    """Return the accuracy of the best linear classifier that 150 epochs find."""
    x = ((x - x.mean(axis=0)) / x.std(axis=0)).astype("float32")
    W, b = reference.train_softmax(x, y, 2, 1.0, epochs=150)
    return float(np.mean(np.argmax(x @ W + b, axis=1) == y))


def _separable() -> str:
    """Return the data set that a trained linear classifier gets nearly all right."""
    rng = np.random.default_rng(0)
    inputs, targets = reference.make_clouds(100, seed=0)
    angles, radii = rng.uniform(0, 2 * np.pi, 200), np.repeat([1.0, 3.0], 100)
    rings = np.column_stack([radii * np.cos(angles), radii * np.sin(angles)])
    accuracies = {
        "clouds": _linear_accuracy(inputs, targets[:, 0].astype(int)),
        "rings": _linear_accuracy(rings, np.repeat([0, 1], 100)),
        "xor": _linear_accuracy(np.array([[0, 0], [0, 1], [1, 0], [1, 1]]), np.array([0, 1, 1, 0])),
    }
    (name,) = (name for name, accuracy in accuracies.items() if accuracy > 0.9)
    return name


def test_the_predictions_come_true() -> None:
    network = keras.Sequential(
        [keras.Input((2,)), keras.layers.Dense(8), keras.layers.Dense(1, activation="sigmoid")]
    )
    slope, _ = reference.boundary_line(tf.constant([[2.0], [4.0]]), tf.constant([1.0]), 0.5)
    assert reference.before_you_run == {
        "output_shape": _shape(tf.zeros((5, 2)) @ tf.zeros((2, 3)) + tf.zeros(3)),
        "difference_shape": _shape(tf.zeros((4, 1)) - tf.zeros(4)),
        "sigmoid_of_zero": float(tf.sigmoid(0.0)),
        "slope": float(slope),
        "parameter_count": network.count_params(),
        "separable": _separable(),
    }

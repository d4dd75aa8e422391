"""The parts of Keras that a state names: activations, losses, optimizers, penalties."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import keras
import tensorflow as tf

__all__ = [
    "ACTIVATIONS",
    "LOSSES",
    "OPTIMIZERS",
    "PENALTIES",
    "REGRESSION",
    "SEVERAL_CLASSES",
    "TWO_CLASSES",
    "OptimizerPart",
]

TWO_CLASSES, SEVERAL_CLASSES, REGRESSION = "two classes", "several classes", "regression"

ACTIVATIONS: dict[str, Callable[[tf.Tensor], tf.Tensor]] = {
    "tanh": keras.activations.tanh,
    "relu": keras.activations.relu,
    "sigmoid": keras.activations.sigmoid,
    "linear": keras.activations.linear,
    "leaky_relu": keras.activations.leaky_relu,
    "elu": keras.activations.elu,
    "gelu": keras.activations.gelu,
}

Loss = Callable[[tf.Tensor, tf.Tensor], tf.Tensor]

# By the kind of task: each takes targets (n, 1), or (n,) for several classes, and outputs (n, k).
LOSSES: dict[str, dict[str, Loss]] = {
    TWO_CLASSES: {
        "usual": keras.losses.binary_crossentropy,
        "cross-entropy": keras.losses.binary_crossentropy,
        "squared error": keras.losses.mean_squared_error,
    },
    SEVERAL_CLASSES: {
        "usual": keras.losses.sparse_categorical_crossentropy,
        "cross-entropy": keras.losses.sparse_categorical_crossentropy,
    },
    REGRESSION: {
        "usual": keras.losses.mean_squared_error,
        "squared error": keras.losses.mean_squared_error,
        "absolute error": keras.losses.mean_absolute_error,
        "huber": keras.losses.huber,
    },
}


class OptimizerPart(NamedTuple):
    """A class of Keras, and what it is called with besides the learning rate."""

    kind: type[keras.optimizers.Optimizer]
    settings: dict[str, Any]


OPTIMIZERS: dict[str, OptimizerPart] = {
    "SGD": OptimizerPart(keras.optimizers.SGD, {}),
    "SGD with momentum": OptimizerPart(keras.optimizers.SGD, {"momentum": 0.9}),
    "Adagrad": OptimizerPart(keras.optimizers.Adagrad, {}),
    "RMSprop": OptimizerPart(keras.optimizers.RMSprop, {}),
    "Adam": OptimizerPart(keras.optimizers.Adam, {}),
}

# As keras.regularizers has them; the rate is a factor, so that it may change while training.
PENALTIES: dict[str, Callable[[tf.Tensor], tf.Tensor] | None] = {
    "none": None,
    "L1": lambda kernel: tf.reduce_sum(tf.abs(kernel)),
    "L2": lambda kernel: tf.reduce_sum(tf.square(kernel)),
}

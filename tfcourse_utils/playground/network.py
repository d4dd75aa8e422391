"""The network of a state, as a Keras model."""

from __future__ import annotations

from collections.abc import Callable

import keras
import tensorflow as tf

from .parts import REGRESSION, SEVERAL_CLASSES, TWO_CLASSES
from .state import State

__all__ = ["OUTPUT_ACTIVATIONS", "build", "kernels"]

# One unit gives the chance of class 1, or a value; several give the chance of each class.
OUTPUT_ACTIVATIONS = {TWO_CLASSES: "sigmoid", SEVERAL_CLASSES: "softmax", REGRESSION: "linear"}

MakeLayer = Callable[[int], keras.layers.Layer]


def build(state: State, make_layer: MakeLayer | None = None) -> keras.Sequential:
    """Return the model of a state, with the same first weights every time.

    Args:
        make_layer: makes each hidden layer from its number of neurons, in place of Dense. Its
            first weights are then its own affair.

    Shapes: from features, (n, features), to outputs, (n, k).
    """
    network, seed = state.network, state.network.seed
    layers = [
        make_layer(neurons)
        if make_layer
        else _dense(neurons, network.activation, seed + place, f"hidden_{place + 1}")
        for place, neurons in enumerate(network.hidden)
    ]
    task = state.data.task
    activation, last_seed = OUTPUT_ACTIVATIONS[task], seed + len(network.hidden)
    end = _dense(state.data.outputs, activation, last_seed, "output")
    return keras.Sequential([keras.Input((len(network.features),)), *layers, end])


def _dense(units: int, activation: str, seed: int, name: str) -> keras.layers.Dense:
    # Every layer has a seed of its own: the same one would give layers of one shape equal weights.
    first = keras.initializers.GlorotUniform(seed=seed)
    return keras.layers.Dense(units, activation=activation, kernel_initializer=first, name=name)


def kernels(model: keras.Model) -> list[tf.Variable]:
    """Return the weights that a penalty is taken of: those with two axes or more, not biases."""
    return [weight for weight in model.trainable_variables if len(weight.shape) >= 2]

"""Networks to begin with, some of them broken in the ways that are common."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import NamedTuple

import keras

from ..shapes import Shape

__all__ = ["PRESETS", "Layers", "Preset"]

Layers = list[keras.Layer]


class Preset(NamedTuple):
    """A network.

    Attributes:
        input_shape: that it is made for, without the batch axis.
        make: makes its layers, given how wide the hidden ones are.
    """

    input_shape: Shape
    make: Callable[[int], Layers]

    def layers(self, units: int) -> Layers:
        """Return its layers, and leave Python's random numbers, which Keras draws from."""
        state = random.getstate()
        try:
            return self.make(units)
        finally:
            random.setstate(state)


# Keras numbers the names of layers that have none: "dense_7" in a learner's summary would then
# depend on what was moved here.
def _Conv2D(filters: int, name: str) -> keras.Layer:  # noqa: N802
    return keras.layers.Conv2D(filters, 3, activation="relu", name=name)


def _Dense(units: int, name: str) -> keras.Layer:  # noqa: N802
    return keras.layers.Dense(units, name=name)


def _pool(name: str) -> keras.Layer:
    return keras.layers.MaxPooling2D(2, name=name)


def _flatten() -> keras.Layer:
    return keras.layers.Flatten(name="flatten")


def _dense_network(units: int) -> Layers:
    return [
        _flatten(),
        _Dense(units, "hidden"),
        keras.layers.Dropout(0.5, seed=0, name="dropout"),
        _Dense(10, "output"),
    ]


def _image_network(units: int) -> Layers:
    return [
        _Conv2D(units, "first"),
        _pool("first_pool"),
        _Conv2D(2 * units, "second"),
        _pool("second_pool"),
        _flatten(),
        _Dense(10, "output"),
    ]


def _text_network(units: int) -> Layers:
    return [
        keras.layers.Embedding(10_000, units, name="embedding"),
        keras.layers.GlobalAveragePooling1D(name="average"),
        _Dense(units, "hidden"),
        _Dense(1, "output"),
    ]


def _recurrent_network(units: int, return_sequences: bool = True) -> Layers:
    lstm = keras.layers.LSTM
    return [
        lstm(units, return_sequences=return_sequences, seed=0, name="first"),
        lstm(units, seed=0, name="second"),
        _Dense(1, "output"),
    ]


def _much_pooling(units: int) -> Layers:
    rounds = [(_Conv2D(units, f"conv_{i}"), _pool(f"pool_{i}")) for i in range(1, 5)]
    return [*(layer for pair in rounds for layer in pair), _flatten(), _Dense(10, "output")]


PRESETS = {
    "image network": Preset((28, 28, 1), _image_network),
    "dense network": Preset((28, 28, 1), _dense_network),
    "text network": Preset((200,), _text_network),
    "recurrent network": Preset((48, 14), _recurrent_network),
    "no Flatten": Preset((28, 28, 1), lambda units: _dense_network(units)[1:]),
    "broken: no channels": Preset((28, 28), _image_network),
    "broken: one step left": Preset((48, 14), lambda units: _recurrent_network(units, False)),
    "broken: much pooling": Preset((28, 28, 1), _much_pooling),
}

"""Layers as learners write them, and odd ones."""

from __future__ import annotations

from typing import Any

import keras
import tensorflow as tf


class SimpleDense(keras.layers.Layer):
    """As a learner writes it: no config, no **kwargs."""

    def __init__(self, units: int, activation: Any = None) -> None:
        super().__init__()
        self.units, self.activation = units, keras.activations.get(activation)

    def build(self, input_shape: Any) -> None:
        self.W = self.add_weight(shape=(input_shape[-1], self.units))
        self.b = self.add_weight(shape=(self.units,), initializer="zeros")

    def call(self, inputs: Any) -> Any:
        return self.activation(tf.matmul(inputs, self.W) + self.b)


class Residual(keras.layers.Layer):
    """Holds another layer, that it was given."""

    def __init__(self, inner: Any) -> None:
        super().__init__()
        self.inner = inner

    def call(self, inputs: Any) -> Any:
        return inputs + self.inner(inputs)


class Stack(keras.Model):
    def __init__(self, parts: Any) -> None:
        super().__init__()
        self.parts = parts

    def call(self, inputs: Any) -> Any:
        for part in self.parts:
            inputs = part(inputs)
        return inputs


class Does(keras.layers.Layer):
    """Does whatever it is told to."""

    def __init__(self, action: Any) -> None:
        super().__init__()
        self.action = action

    def call(self, inputs: Any) -> Any:
        return self.action(inputs)


class Secret(keras.layers.Layer):
    """Can't be made again: what it was made of is kept nowhere."""

    def __init__(self, something: Any) -> None:
        super().__init__()
        self.kept = [something]

    def call(self, inputs: Any) -> Any:
        return inputs

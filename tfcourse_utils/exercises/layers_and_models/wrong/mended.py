"""How `MendedDense` was found, and how mending it goes wrong."""

from __future__ import annotations

import keras
import tensorflow as tf

from .. import configs


@configs.MendedDense.found(
    says="It still behaves as it was found. Call it on some data: the first error says what is "
    "wrong with `add_weight`. The other faults are behind it."
)
class MendedDense(keras.layers.Layer):
    def __init__(self, units, activation=None, **kwargs):
        super().__init__(**kwargs)
        self.width = units
        self.bend = keras.activations.get(activation)

    def build(self, batch_shape):
        self.kernel = self.add_weight("kernel", shape=(batch_shape[-1], self.width))
        self.shift = self.add_weight("shift", shape=(self.width,), initializer="zeros")

    def call(self, X):
        return self.bend(X @ self.kernel + self.shift)

    def compute_output_shape(self, batch_shape):
        return [*batch_shape.as_list()[:-1], self.width]

    def get_config(self):
        return {**super().get_config(), "units": self.width}


class _Named(MendedDense):
    """Its weights are made as Keras 3 wants it."""

    def build(self, batch_shape):
        self.kernel = self.add_weight(shape=(batch_shape[-1], self.width), name="kernel")
        self.shift = self.add_weight(shape=(self.width,), initializer="zeros", name="shift")


class _Shaped(_Named):
    """And it takes a tuple for a shape: only the config is left."""

    def compute_output_shape(self, batch_shape):
        return (*batch_shape[:-1], self.width)


class _Right(_Shaped):
    def get_config(self):
        return {**super().get_config(), "activation": keras.activations.serialize(self.bend)}


@configs.MendedDense.wrong(
    "the config still forgets",
    says="A copy of it computes something else: the activation is not in the config. No error "
    "says so, because `activation` has a default.",
)
class StillForgets(_Shaped):
    pass


@configs.MendedDense.wrong(
    "the shape still an object",
    says="`compute_output_shape` is as it was found: a shape is a tuple today, and a tuple has no "
    "`as_list`.",
)
class NamesAndConfig(_Named):
    def get_config(self):
        return {**super().get_config(), "activation": keras.activations.serialize(self.bend)}


@configs.MendedDense.wrong(
    "a function in the config",
    says="The activation is in the config now, as a function, and JSON can't write one. Put its "
    "name there.",
)
class FunctionInConfig(_Shaped):
    def get_config(self):
        return {**super().get_config(), "activation": self.bend}


@configs.MendedDense.wrong(
    "another key",
    says="The config has a key that `__init__` does not take. A copy is made by handing it the "
    "config as arguments: spell the keys as they are there.",
)
class AnotherKey(_Shaped):
    def get_config(self):
        return {**super().get_config(), "bend": keras.activations.serialize(self.bend)}


@configs.MendedDense.wrong(
    "units lost",
    says="The config has the activation now and has lost the units.",
)
class UnitsLost(_Shaped):
    def get_config(self):
        config = keras.layers.Layer.get_config(self)
        return {**config, "activation": keras.activations.serialize(self.bend)}


@configs.MendedDense.wrong(
    "base lost",
    says="The copy has lost its name: the config no longer holds what belongs to every layer, "
    "which `super().get_config()` returns.",
)
class BaseLost(_Right):
    def get_config(self):
        config = super().get_config()
        return {"units": config["units"], "activation": config["activation"]}


@configs.MendedDense.wrong(
    "only the width",
    says="The shape of the output has one axis. The samples keep theirs: only the last axis is "
    "another.",
)
class OnlyWidth(_Right):
    def compute_output_shape(self, batch_shape):
        return (self.width,)


@configs.MendedDense.wrong(
    "shape of the inputs",
    says="The shape of the output is that of the inputs. Its last axis is as long as there are "
    "units.",
)
class ShapeOfInputs(_Right):
    def compute_output_shape(self, batch_shape):
        return batch_shape


@configs.MendedDense.wrong(
    "activation given up",
    says="The activation is gone, from the config and from `call`: the copy is like the layer "
    "now, and both are wrong.",
)
class GivenUp(_Shaped):
    def call(self, X):
        return X @ self.kernel + self.shift


@configs.MendedDense.wrong(
    "plain variables",
    says="`tf.Variable` takes a name without complaint, but Keras does not know of such weights: "
    "they are not trained and not saved. Stay with `self.add_weight`.",
)
class PlainVariables(_Right):
    def build(self, batch_shape):
        self.kernel = tf.Variable(tf.ones((batch_shape[-1], self.width)), name="kernel")
        self.shift = tf.Variable(tf.zeros(self.width), name="shift")

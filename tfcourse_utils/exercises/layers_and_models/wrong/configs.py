"""How `MyDense` goes wrong."""

from __future__ import annotations

import keras
import tensorflow as tf

from ..configs import MyDense


class _Dense(keras.layers.Layer):
    """A right one, in parts that go wrong one by one."""

    def __init__(self, units, activation=None, **kwargs):
        super().__init__(**kwargs)
        self.units = units
        self.activation = keras.activations.get(activation)

    def build(self, shape):
        self.kernel = self.add_weight(shape=(shape[-1], self.units), name="kernel")
        self.bias = self.add_weight(shape=(self.units,), name="bias")

    def call(self, x):
        return self.activation(tf.matmul(x, self.kernel) + self.bias)

    def get_config(self):
        bend = keras.activations.serialize(self.activation)
        return {**super().get_config(), "units": self.units, "activation": bend}


def _without(config, key):
    return {name: value for name, value in config.items() if name != key}


@MyDense.wrong(
    "config without the activation",
    says="The copy has no activation: it is not in the config. Nothing complains, because "
    "`activation` has a default.",
)
class WithoutActivation(_Dense):
    def get_config(self):
        return _without(super().get_config(), "activation")


@MyDense.wrong(
    "config without the units",
    says="The config has no `units`, and `__init__` can't do without.",
)
class WithoutUnits(_Dense):
    def __init__(self, units, activation=None, **kwargs):  # the error names this class
        super().__init__(units, activation, **kwargs)

    def get_config(self):
        return _without(super().get_config(), "units")


@MyDense.wrong(
    "config without the base",
    says="The copy has lost its name. `super().get_config()` returns what belongs to every layer; "
    "add your own keys to that.",
)
class WithoutBase(_Dense):
    def get_config(self):
        config = super().get_config()
        return {"units": config["units"], "activation": config["activation"]}


@MyDense.wrong(
    "a function in the config",
    says="The config holds the activation as a function, and JSON can't write one. Put its name "
    "there: `keras.activations.serialize` knows it.",
)
class FunctionInConfig(_Dense):
    def get_config(self):
        return {**super().get_config(), "activation": self.activation}


@MyDense.wrong(
    "weights in the config",
    says="The config holds arrays of weights, and JSON can't write them. A config says how a "
    "layer is made; its weights are kept elsewhere.",
)
class WeightsInConfig(_Dense):
    def get_config(self):
        return {**super().get_config(), "kernel": keras.ops.ones((1,)).numpy()}


@MyDense.wrong(
    "kwargs dropped",
    says="The layer does not have the name that it was given: the `**kwargs` have to go on to "
    "`super().__init__`.",
)
class KwargsDropped(_Dense):
    def __init__(self, units, activation=None, **kwargs):
        super().__init__(units, activation)


@MyDense.wrong(
    "names only",
    says="The activation is kept as it came. It may be a name, a function or None: "
    "`keras.activations.get` makes a function of each.",
)
class KeptAsItCame(_Dense):
    def __init__(self, units, activation=None, **kwargs):
        super().__init__(units, **kwargs)
        self.activation = activation

    def get_config(self):
        return {**keras.layers.Layer.get_config(self), "units": self.units}


@MyDense.wrong(
    "activation ignored", says="The output is inputs · kernel + bias, whatever the activation is."
)
class ActivationIgnored(_Dense):
    def call(self, x):
        return x @ self.kernel + self.bias


@MyDense.wrong(
    "always ReLU",
    says="The activation is a ReLU, whichever was asked for.",
)
class AlwaysReLU(_Dense):
    def call(self, x):
        return tf.nn.relu(x @ self.kernel + self.bias)


@MyDense.wrong(
    "bias after the activation",
    says="The bias is added after the activation. It belongs inside.",
)
class BiasOutside(_Dense):
    def call(self, x):
        return self.activation(x @ self.kernel) + self.bias


@MyDense.wrong("no bias", says="The bias is missing: output = activation(inputs · kernel + bias).")
class NoBias(_Dense):
    def build(self, shape):
        self.kernel = self.add_weight(shape=(shape[-1], self.units))
        self.bias = 0.0


@MyDense.wrong(
    "plain variables",
    says="Keras does not know of these weights: they are `tf.Variable`s, and only what "
    "`self.add_weight` makes is counted, trained and saved.",
)
class PlainVariables(_Dense):
    def build(self, shape):
        self.kernel = tf.Variable(tf.ones((shape[-1], self.units)))
        self.bias = tf.Variable(tf.zeros(self.units))


@MyDense.wrong(
    "not trainable", says="The weights are not trainable, so no training will ever move them."
)
class NotTrainable(_Dense):
    def build(self, shape):
        self.kernel = self.add_weight(shape=(shape[-1], self.units), trainable=False)
        self.bias = self.add_weight(shape=(self.units,), trainable=False)


@MyDense.wrong(
    "no config returned",
    says="`get_config` gives back None. A dictionary's `update` changes it and gives back None "
    "too: what is returned should be the dictionary.",
)
class NoConfig(_Dense):
    def get_config(self):
        return None

"""How `SimpleDense` goes wrong."""

from __future__ import annotations

import keras
import tensorflow as tf

from ..simple_dense import SimpleDense


class _Dense(keras.layers.Layer):
    def __init__(self, units, activation=None):
        super().__init__()
        self.units = units
        self.activation = keras.activations.get(activation)

    def build(self, input_shape):
        self.w = self.add_weight(shape=(input_shape[-1], self.units))
        self.b = self.add_weight(shape=(self.units,))

    def call(self, inputs):
        return self.activation(tf.matmul(inputs, self.w) + self.b)


@SimpleDense.wrong(
    "tf.Variable",
    says="The weights are tf.Variables. Keras does not know of those: its list of weights is "
    "empty, and `fit` never changes them. Make them with `self.add_weight`.",
)
class PlainVariables(_Dense):
    def build(self, input_shape):
        self.w = tf.Variable(tf.random.normal((input_shape[-1], self.units)))
        self.b = tf.Variable(tf.zeros(self.units))


@SimpleDense.wrong(
    "made in call",
    says="`call` makes new weights each time, and forgets them. Weights are made once, in `build`.",
)
class MadeInCall(_Dense):
    def build(self, input_shape):
        pass

    def call(self, inputs):
        return self.activation(keras.layers.Dense(self.units)(inputs))


@SimpleDense.wrong(
    "no bias",
    says="Keras lists a kernel and no bias. Every unit adds a number of its own to its sum, and "
    "`self.add_weight` makes those as well.",
)
class WithoutBias(_Dense):
    def build(self, input_shape):
        self.w = self.add_weight(shape=(input_shape[-1], self.units))

    def call(self, inputs):
        return self.activation(tf.matmul(inputs, self.w))


@SimpleDense.wrong("bias not added", says="The bias is made, and then not added in `call`.")
class BiasNotAdded(_Dense):
    def call(self, inputs):
        return self.activation(tf.matmul(inputs, self.w))


@SimpleDense.wrong(
    "one bias for all",
    says="The bias is one number for the whole layer. Every unit has its own.",
)
class OneBias(_Dense):
    def build(self, input_shape):
        self.w = self.add_weight(shape=(input_shape[-1], self.units))
        self.b = self.add_weight(shape=())


@SimpleDense.wrong(
    "activation ignored",
    says="The output is the same with and without an activation: `call` does not use it.",
)
class ActivationIgnored(_Dense):
    def call(self, inputs):
        return tf.matmul(inputs, self.w) + self.b


@SimpleDense.wrong(
    "activation by name ignored",
    says="A callable is used as activation, and a name is not: 'relu' should do what "
    "`keras.activations.relu` does.",
)
class NamesIgnored(_Dense):
    def __init__(self, units, activation=None):
        super().__init__(units, activation if callable(activation) else None)


@SimpleDense.wrong(
    "activation called as it is",
    says="The activation is called just as it was given. It may be a name, and text can't be "
    "called.",
)
class NamesCalled(_Dense):
    def __init__(self, units, activation=None):
        super().__init__(units)
        if activation is not None:
            self.activation = activation


@SimpleDense.wrong(
    "None is called",
    says="The activation is called also where it is None. Without one, the sums are the output.",
)
class NoneCalled(_Dense):
    def __init__(self, units, activation=None):
        super().__init__(units)
        self.activation = activation and keras.activations.get(activation)


@SimpleDense.wrong(
    "always relu",
    says="Without an activation the layer should change nothing of its sums. Here negative ones "
    "become 0.",
)
class ReluByDefault(_Dense):
    def __init__(self, units, activation="relu"):
        super().__init__(units, activation or "relu")


@SimpleDense.wrong(
    "bias behind the activation",
    says="The bias is added after the activation. It belongs to the sum that goes into it.",
)
class BiasBehind(_Dense):
    def call(self, inputs):
        return self.activation(tf.matmul(inputs, self.w)) + self.b


@SimpleDense.wrong(
    "flattened",
    says="An input with three axes comes out with two. Only the last axis changes: all others stay "
    "as they are.",
)
class Flattened(_Dense):
    def call(self, inputs):
        return super().call(tf.reshape(inputs, (-1, self.w.shape[0])))


@SimpleDense.wrong(
    "width of the second axis",
    says="The weights are made for the second axis of the input. The numbers of a sample are on "
    "the last one.",
)
class SecondAxis(_Dense):
    def build(self, input_shape):
        super().build(input_shape[:2])


@SimpleDense.wrong(
    "left to the first call",
    says="After `build` there are no weights yet: they come with the first call. Whoever builds a "
    "layer wants its weights, so make them in `build`. A layer held inside has a `build` as well.",
)
class LeftToTheFirstCall(_Dense):
    def __init__(self, units, activation=None):
        super().__init__(units, activation)
        self.inner = keras.layers.Dense(units, activation)

    def build(self, input_shape):
        pass

    def call(self, inputs):
        return self.inner(inputs)


@SimpleDense.wrong(
    "bias not trainable",
    says="Keras knows the bias as a weight that is not trained. `add_weight` makes trainable ones "
    "unless told otherwise.",
)
class BiasNotTrainable(_Dense):
    def build(self, input_shape):
        self.w = self.add_weight(shape=(input_shape[-1], self.units))
        self.b = self.add_weight(shape=(self.units,), trainable=False)


@SimpleDense.wrong(
    "not trainable",
    says="Keras knows the weights as ones that are not trained. `add_weight` makes trainable ones "
    "unless told otherwise.",
)
class NotTrainable(_Dense):
    def build(self, input_shape):
        self.w = self.add_weight(shape=(input_shape[-1], self.units), trainable=False)
        self.b = self.add_weight(shape=(self.units,), trainable=False)


@SimpleDense.wrong(
    "numbers taken out",
    says="`call` takes the numbers out of the weights and computes with those. The way back to the "
    "weights is lost, and so is every gradient.",
)
class NumbersTakenOut(_Dense):
    def call(self, inputs):
        w, b = (tf.stop_gradient(tf.convert_to_tensor(weight)) for weight in (self.w, self.b))
        return self.activation(tf.matmul(inputs, w) + b)


@SimpleDense.wrong(
    "nothing returned",
    says="`call` works out the output and does not hand it back: the `return` is missing.",
)
class NothingReturned(_Dense):
    def call(self, inputs):
        super().call(inputs)


@SimpleDense.wrong(
    "super forgotten",
    says="`__init__` keeps things before Keras has made a layer of the object. Its first line "
    "should be `super().__init__()`.",
)
class SuperForgotten(_Dense):
    def __init__(self, units, activation=None):
        self.units = units
        self.activation = keras.activations.get(activation)

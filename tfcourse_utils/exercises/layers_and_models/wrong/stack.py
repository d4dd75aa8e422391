"""How `MySequential` goes wrong."""

from __future__ import annotations

import keras

from ..stack import MySequential


class _Stack(keras.Model):
    def __init__(self, layers):
        super().__init__()
        self.stack = layers

    def call(self, inputs, training=False):
        for layer in self.stack:
            inputs = layer(inputs, training=training)
        return inputs


@MySequential.wrong(
    "all get the input",
    says="Every layer gets the model's input. Each should get what the one before it made.",
)
class AllGetTheInput(_Stack):
    def call(self, inputs, training=False):
        for layer in self.stack:
            output = layer(inputs, training=training)
        return output


@MySequential.wrong(
    "backwards", says="The layers are called from the last to the first. The first comes first."
)
class Backwards(_Stack):
    def call(self, inputs, training=False):
        for layer in reversed(self.stack):
            inputs = layer(inputs, training=training)
        return inputs


@MySequential.wrong(
    "last layer left out",
    says="The last layer is not called, or what it makes is not returned.",
)
class LastLeftOut(_Stack):
    def call(self, inputs, training=False):
        for layer in self.stack:
            output, inputs = inputs, layer(inputs, training=training)
        return output


@MySequential.wrong(
    "first layer only",
    says="What came back is made by the first layer alone. Is the `return` inside the loop?",
)
class FirstOnly(_Stack):
    def call(self, inputs, training=False):
        return self.stack[0](inputs, training=training)


@MySequential.wrong(
    "training forgotten",
    says="The layers are told that this is no training, also where it is. Hand on the `training` "
    "that `call` was given.",
)
class TrainingForgotten(_Stack):
    def call(self, inputs, training=False):
        for layer in self.stack:
            inputs = layer(inputs, training=False)
        return inputs


@MySequential.wrong(
    "always in training",
    says="The layers are told that this is training, also where it is not. Hand on the `training` "
    "that `call` was given.",
)
class AlwaysInTraining(_Stack):
    def call(self, inputs, training=False):
        for layer in self.stack:
            inputs = layer(inputs, training=True)
        return inputs


@MySequential.wrong(
    "layers hidden from Keras",
    says="The output is right, but Keras does not find the layers: the model has no weights, and "
    "`fit` changes nothing. Keep the layers in an attribute, as a list.",
)
class Hidden(_Stack):
    def __init__(self, layers):
        super().__init__([])
        self.run = lambda inputs, training: self._through(layers, inputs, training)

    def call(self, inputs, training=False):
        return self.run(inputs, training)

    @staticmethod
    def _through(layers, inputs, training):
        for layer in layers:
            inputs = layer(inputs, training=training)
        return inputs


@MySequential.wrong(
    "one layer tracked",
    says="Keras knows the last layer, and not the ones before it. An attribute that is set anew in "
    "a loop holds only what came last.",
)
class LastTracked(Hidden):
    def __init__(self, layers):
        super().__init__(layers)
        self.stack = layers[-1]


@MySequential.wrong(
    "self.layers",
    says="`self.layers` is what Keras calls its own list, and it can't be set. Keep the layers "
    "under another name.",
)
class TakenName(_Stack):
    def __init__(self, layers):
        super().__init__([])
        self.layers = layers


@MySequential.wrong(
    "no super().__init__",
    says="`__init__` sets an attribute before `super().__init__()` has made a model of the object.",
)
class NoSuper(_Stack):
    def __init__(self, layers):
        self.stack = layers


@MySequential.wrong(
    "a Layer",
    says="The class is a Layer: it computes, but has no `fit`. A keras.Model is a layer that can "
    "be compiled and trained.",
)
class OnlyALayer(keras.layers.Layer):
    def __init__(self, layers):
        super().__init__()
        self.stack = layers

    def call(self, inputs, training=False):
        for layer in self.stack:
            inputs = layer(inputs, training=training)
        return inputs


@MySequential.wrong(
    "list used up",
    says="The list that came in has fewer layers afterwards. Go through it without taking layers "
    "out.",
)
class UsedUp(_Stack):
    def __init__(self, layers):
        super().__init__([])
        self.stack = [layers.pop(0) for _ in range(len(layers))]


@MySequential.wrong(
    "call without training",
    says="`fit` never tells the layers that this is training. It looks whether the model's `call` "
    "has an argument `training`, and says nothing where there is none.",
)
class CallWithoutTraining(_Stack):
    def call(self, inputs):
        for layer in self.stack:
            inputs = layer(inputs)
        return inputs


@MySequential.wrong(
    "nothing returned",
    says="`call` runs the layers and does not hand back what the last one made: the `return` is "
    "missing.",
)
class NothingReturned(_Stack):
    def call(self, inputs, training=False):
        super().call(inputs, training)


@MySequential.wrong(
    "layers taken out",
    says="`call` takes the layers out of the list, so that the next call finds none. Go through "
    "the list and leave it as it is.",
)
class TakenOut(_Stack):
    def call(self, inputs, training=False):
        while self.stack:
            inputs = self.stack.pop(0)(inputs, training=training)
        return inputs

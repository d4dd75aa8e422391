"""How `ResidualBlock` goes wrong."""

from __future__ import annotations

import keras
import tensorflow as tf

from ..residual import ResidualBlock

_dense = keras.layers.Dense


class _Block(keras.layers.Layer):
    def __init__(self, units):
        super().__init__()
        self.units = units
        self.hidden, self.out = _dense(units, activation="relu"), _dense(units)

    def build(self, input_shape):
        self.hidden.build(input_shape)
        self.out.build((*input_shape[:-1], self.units))
        self.projection = self.make_projection(input_shape[-1])

    def make_projection(self, width):
        return keras.layers.Identity() if width == self.units else _dense(self.units)

    def transformed(self, x):
        return self.out(self.hidden(x))

    def call(self, x):
        return self.projection(x) + self.transformed(x)


@ResidualBlock.wrong(
    "nothing left of the input",
    says="With all weights 0, nothing of the input is left. Where the widths are equal it should "
    "be added as it is, with no weights in its way.",
)
class AlwaysProjected(_Block):
    def make_projection(self, width):
        return _dense(self.units)


@ResidualBlock.wrong(
    "never projected",
    says="Where the widths differ, the input can't be added as it is: it needs a projection to "
    "`units` numbers.",
)
class NeverProjected(_Block):
    def make_projection(self, width):
        return keras.layers.Identity()


@ResidualBlock.wrong(
    "projection made in call",
    says="Where the widths differ, the projection has no weights that are the block's. A layer "
    "that is made in `call` is a new one at every call, and nothing of it is trained: make it in "
    "`build`.",
)
class ProjectionMadeInCall(_Block):
    def make_projection(self, width):
        return keras.layers.Identity()

    def call(self, x):
        around = x if x.shape[-1] == self.units else _dense(self.units)(x)
        return around + self.transformed(x)


class _Padded(keras.layers.Layer):
    def __init__(self, units):
        super().__init__()
        self.units = units

    def call(self, x):
        missing = max(0, self.units - x.shape[-1])
        return tf.pad(x, [[0, 0], [0, missing]])[:, : self.units]


@ResidualBlock.wrong(
    "padded",
    says="The input is filled up with zeros, or cut, to be as wide as the output. The exercise "
    "asks for a projection with weights of its own, which are trained.",
)
class Padded(_Block):
    def make_projection(self, width):
        return _Padded(self.units)


@ResidualBlock.wrong(
    "projection not trained",
    says="Where the widths differ, no gradient reaches a projection: either there is none, or its "
    "weights are not among those that Keras trains.",
)
class Fixed(_Block):
    def make_projection(self, width):
        if width == self.units:
            return keras.layers.Identity()
        return _dense(self.units, trainable=False)


@ResidualBlock.wrong(
    "put beside",
    says="Input and transformed copy are put one beside the other. They should be added.",
)
class PutBeside(_Block):
    def call(self, x):
        return tf.concat([self.projection(x), self.transformed(x)], axis=-1)


@ResidualBlock.wrong(
    "multiplied",
    says="The input is multiplied by the transformed copy. Where that is 0, nothing is left: add "
    "them.",
)
class Multiplied(_Block):
    def call(self, x):
        return self.projection(x) * self.transformed(x)


@ResidualBlock.wrong(
    "mean of the two",
    says="With weights 0, half of the input comes back: that is the mean of the two. Add them.",
)
class Halved(_Block):
    def call(self, x):
        return (self.projection(x) + self.transformed(x)) / 2


@ResidualBlock.wrong(
    "copy not transformed",
    says="What is added to the input is the input. The copy goes through layers first.",
)
class NotTransformed(_Block):
    def transformed(self, x):
        return self.projection(x)


@ResidualBlock.wrong(
    "nothing transformed",
    says="The input comes back as it is, whatever the weights. A transformed copy is to be added.",
)
class NothingTransformed(_Block):
    def call(self, x):
        return self.projection(x)


@ResidualBlock.wrong(
    "sigmoid behind",
    says="The transformed copy ends in a sigmoid, which is 0.5 where all weights are 0. Choose an "
    "end that is 0 there.",
)
class Sigmoid(_Block):
    def transformed(self, x):
        return tf.sigmoid(super().transformed(x))


@ResidualBlock.wrong(
    "layers made in call",
    says="`call` makes its layers anew each time, with new weights: none of them is the block's, "
    "and none is ever trained. Make them in `__init__` or in `build`.",
)
class MadeInCall(keras.layers.Layer):
    def __init__(self, units):
        super().__init__()
        self.units = units

    def call(self, x):
        if x.shape[-1] != self.units:
            x = _dense(self.units)(x)
        return x + _dense(self.units)(_dense(self.units, activation="relu")(x))


@ResidualBlock.wrong(
    "nothing returned",
    says="`call` works out the output and does not hand it back: the `return` is missing.",
)
class NothingReturned(_Block):
    def call(self, x):
        super().call(x)

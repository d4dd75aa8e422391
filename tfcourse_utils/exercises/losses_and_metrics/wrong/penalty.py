"""How `PenalizedModel` goes wrong."""

from __future__ import annotations

import keras
import tensorflow as tf

from ..penalty import PenalizedModel


class _Network(keras.Model):
    """What the model should do, with the penalty apart."""

    def __init__(self, units, strength):
        super().__init__()
        self.hidden = keras.layers.Dense(units, activation="relu")
        self.last = keras.layers.Dense(1)
        self.strength = strength

    def penalty(self, x, hidden):
        return self.strength * _squares(self)

    def call(self, x):
        hidden = self.hidden(x)
        predictions = self.last(hidden)
        self.add_loss(self.penalty(x, hidden))
        return predictions


def _squares(model):
    sizes = (tf.reduce_sum(tf.square(weight)) for weight in model.trainable_weights)
    return sum(sizes, tf.zeros(()))  # a tensor, also where there are no weights yet


@PenalizedModel.wrong(
    "no penalty",
    says="The loss is the same for every strength: a penalty that nobody adds to the loss costs "
    "nothing. Hand it to `self.add_loss` in `call`, or to a layer as a regularizer.",
)
class NoPenalty(_Network):
    def call(self, x):
        return self.last(self.hidden(x))


@PenalizedModel.wrong(
    "strength ignored",
    says="The penalty is there, and it is the same for every strength. Three times the strength "
    "should add three times as much, and a strength of 0 nothing.",
    when=lambda seen, expected: seen["how many times as much at strength 0.6"] == 1,
)
class StrengthIgnored(_Network):
    def penalty(self, x, hidden):
        return 0.01 * _squares(self)


@PenalizedModel.wrong(
    "strength squared",
    says="Three times the strength adds nine times as much: strength comes in twice. It should be "
    "a factor, once.",
)
class StrengthSquared(_Network):
    def penalty(self, x, hidden):
        return self.strength**2 * _squares(self)


@PenalizedModel.wrong(
    "another model's weights",
    says="The penalty stays the same when the model's weights grow: it is of other weights than "
    "its own, or of none. Compute it from what `self` has.",
)
class AnotherModelsWeights(_Network):
    def __init__(self, units, strength):
        super().__init__(units, strength)
        self.weights_at_the_start = [tf.ones((units, units)), tf.ones(units)]

    def penalty(self, x, hidden):
        ones = self.weights_at_the_start
        return self.strength * sum(tf.reduce_sum(tf.square(weight)) for weight in ones)


class _Shared:
    models: list = []  # noqa: RUF012 that all models share it is the fault


@PenalizedModel.wrong(
    "weights of the last model",
    says="The penalty changes when another model's weights do: something outside of `self` is "
    "read, the same for all models. Each should pay for its own weights.",
)
class WeightsOfTheLastModel(_Network):
    def __init__(self, units, strength):
        super().__init__(units, strength)
        _Shared.models = [_Network(units, strength)]

    def call(self, x):
        predictions = super().call(x)
        _Shared.models[:] = [*_Shared.models, self][-2:]
        return predictions

    def penalty(self, x, hidden):
        return self.strength * _squares(_Shared.models[-1])


@PenalizedModel.wrong(
    "size of the activations",
    says="The penalty changes with the inputs: what is counted is how large the outputs of a layer "
    "are. It is the weights that should stay small.",
)
class SizeOfTheActivations(_Network):
    def penalty(self, x, hidden):
        return self.strength * tf.reduce_sum(tf.square(hidden))


@PenalizedModel.wrong(
    "sum with signs",
    says="The weights are added up with their signs, so that large ones of either sign cancel. "
    "Their size has no sign: take squares, or absolute values.",
)
class SumWithSigns(_Network):
    def penalty(self, x, hidden):
        return self.strength * sum(tf.reduce_sum(weight) for weight in self.trainable_weights)


@PenalizedModel.wrong(
    "a reward",
    says="The penalty is taken away from the loss: large weights make it smaller. Add it.",
)
class AReward(_Network):
    def penalty(self, x, hidden):
        return -self.strength * _squares(self)


@PenalizedModel.wrong(
    "no gradient",
    says="The penalty is reported, but training does not feel it: there is no gradient from it to "
    "the weights. Compute it from the weights themselves, with TensorFlow or Keras.",
)
class NoGradient(_Network):
    def penalty(self, x, hidden):
        return tf.stop_gradient(self.strength * _squares(self))


@PenalizedModel.wrong(
    "no hidden layer",
    says="There is no hidden layer between the inputs and the one output.",
)
class NoHiddenLayer(_Network):
    def call(self, x):
        predictions = self.last(x)
        self.add_loss(self.strength * _squares(self.last))
        return predictions


@PenalizedModel.wrong(
    "as many outputs as units",
    says="The model gives back what the hidden layer makes, with a column for every unit. A last "
    "layer of one unit belongs behind it.",
)
class AsManyOutputsAsUnits(_Network):
    def call(self, x):
        hidden = self.hidden(x)
        self.add_loss(self.strength * _squares(self.hidden))
        return hidden


@PenalizedModel.wrong(
    "units fixed",
    says="The hidden layer has the same width whatever `units` says.",
)
class UnitsFixed(_Network):
    def __init__(self, units, strength):
        super().__init__(16, strength)


@PenalizedModel.wrong(
    "a number of Python",
    says="`add_loss` was handed a number of Python, and takes tensors alone. A sum over no weights "
    "is such a number, where the layers are not built yet; so is what `float` makes of a tensor.",
)
class NumberOfPython(_Network):
    def call(self, x):
        self.add_loss(self.strength * sum(tf.reduce_sum(w**2) for w in self.trainable_weights))
        return self.last(self.hidden(x))


@PenalizedModel.wrong(
    "biases alone",
    says="The penalty stays the same when the kernels grow: only biases cost something. It is the "
    "kernels that make a network bend.",
)
class BiasesAlone(_Network):
    def penalty(self, x, hidden):
        return self.strength * tf.reduce_sum(tf.square(self.hidden.bias))


@PenalizedModel.wrong(
    "a loss of its own",
    says="Whatever loss the model was compiled with, it trains on the mean squared error. "
    "`self.compute_loss` gives the one that was asked for.",
)
class ALossOfItsOwn(_Network):
    def train_step(self, data):
        x, y = data
        with tf.GradientTape() as tape:
            errors = y - self(x, training=True)
            loss = tf.reduce_mean(tf.square(errors)) + sum(self.losses)
        gradients = tape.gradient(loss, self.trainable_weights)
        self.optimizer.apply(gradients, self.trainable_weights)
        return {"loss": loss}

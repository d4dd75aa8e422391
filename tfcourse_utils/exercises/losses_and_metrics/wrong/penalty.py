"""How `PenalizedModel` and `penalized_loss` go wrong, before and after the second is mended."""

from __future__ import annotations

import keras
import tensorflow as tf

from ..penalty import PenalizedModel, penalized_loss


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
        self.neighbours = _Shared

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


@penalized_loss.found(
    says="It still behaves as it was found: whatever your model's weights do, the penalty stays "
    "the same. Whose weights are in it?",
)
def _(model, strength):
    penalized = keras.models.clone_model(model)  # so that the model itself is left alone

    def total_loss(y_true, y_pred):
        entropy = keras.losses.categorical_crossentropy(y_true, y_pred)
        squares = [tf.reduce_sum(tf.square(weight)) for weight in penalized.trainable_weights]
        return entropy + strength * tf.add_n(squares)

    return total_loss


def _loss(penalty):
    """Return a `penalized_loss` with this penalty, a function of the model and the strength."""

    def penalized_loss(model, strength):
        def loss(y_true, y_pred):
            entropy = keras.losses.categorical_crossentropy(y_true, y_pred)
            return entropy + penalty(model, strength)

        return loss

    return penalized_loss


def _sizes(model):
    return [tf.reduce_sum(tf.square(weight)) for weight in model.trainable_weights]


penalized_loss.wrong(
    "no penalty",
    says="The penalty is gone: that is the cross-entropy alone.",
)(_loss(lambda model, strength: 0.0))

penalized_loss.wrong(
    "strength ignored",
    says="The penalty is the same for every strength: the argument is not used.",
)(_loss(lambda model, strength: tf.add_n(_sizes(model))))

penalized_loss.wrong(
    "taken away",
    says="The penalty is taken away from the cross-entropy. Large weights should cost something.",
)(_loss(lambda model, strength: -strength * tf.add_n(_sizes(model))))

penalized_loss.wrong(
    "frozen weights too",
    says="Weights that are frozen are counted too. Nothing can make them smaller: "
    "only trainable ones should cost something.",
)(_loss(lambda model, s: s * tf.add_n([tf.reduce_sum(tf.square(w)) for w in model.weights])))

penalized_loss.wrong(
    "kernels alone",
    says="The biases are left out. The penalty is of all trainable weights.",
)(
    _loss(
        lambda model, strength: (
            strength
            * sum(
                (tf.reduce_sum(tf.square(w)) for w in model.trainable_weights if len(w.shape) > 1),
                0.0,
            )
        )
    )
)

penalized_loss.wrong(
    "absolute values",
    says="The absolute values are added up. The penalty here is the sum of the squares.",
)(
    _loss(
        lambda model, strength: (
            strength * tf.add_n([tf.reduce_sum(tf.abs(w)) for w in model.trainable_weights])
        )
    )
)

penalized_loss.wrong(
    "mean of the squares",
    says="The squares of each weight are averaged. The penalty here is their sum.",
)(
    _loss(
        lambda model, strength: (
            strength * tf.add_n([tf.reduce_mean(tf.square(w)) for w in model.trainable_weights])
        )
    )
)

penalized_loss.wrong(
    "root of the sum",
    says="A square root was taken of the sum of the squares. The penalty here is the sum itself.",
)(_loss(lambda model, strength: strength * tf.sqrt(tf.add_n(_sizes(model)))))

penalized_loss.wrong(
    "no gradient",
    says="The loss is right, but the penalty has no gradient: it is computed from numbers taken "
    "out of the weights. Compute it from the weights themselves.",
)(_loss(lambda model, strength: tf.stop_gradient(strength * tf.add_n(_sizes(model)))))


@penalized_loss.wrong(
    "worked out once",
    says="The penalty was worked out when the loss was made, and stays so while the weights "
    "change. Compute it inside the function that comes back.",
)
def _(model, strength):
    penalty = strength * sum(float(size) for size in _sizes(model))
    return _loss(lambda *_: penalty)(model, strength)


@penalized_loss.wrong(
    "penalty alone",
    says="That is the penalty alone. The cross-entropy of labels and predictions belongs to it.",
)
def _(model, strength):
    return lambda y_true, y_pred: strength * tf.add_n(_sizes(model)) + 0 * y_pred[:, 0]


@penalized_loss.wrong(
    "strength for both",
    says="Strength multiplies the cross-entropy as well. It belongs to the penalty alone.",
)
def _(model, strength):
    return lambda y_true, y_pred: (
        strength * _loss(lambda *_: tf.add_n(_sizes(model)))(model, 1)(y_true, y_pred)
    )


@penalized_loss.wrong(
    "no loss comes back",
    says="A number came back. What is asked for is a function of labels and predictions, which "
    "gives the loss when it is called.",
)
def _(model, strength):
    return strength * tf.add_n(_sizes(model))


@penalized_loss.wrong(
    "already averaged",
    says="One number came back: the cross-entropies are averaged already. Give one loss for each "
    "sample, so that sample weights can still reach them.",
)
def _(model, strength):
    loss = _loss(lambda *_: strength * tf.add_n(_sizes(model)))(model, strength)
    return lambda y_true, y_pred: tf.reduce_mean(loss(y_true, y_pred))

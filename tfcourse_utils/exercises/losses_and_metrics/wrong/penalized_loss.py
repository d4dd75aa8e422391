"""How `penalized_loss` goes wrong, before and after it is mended."""

from __future__ import annotations

import keras
import tensorflow as tf

from ..penalty import penalized_loss


def _squares(model):
    return tf.add_n([tf.reduce_sum(tf.square(weight)) for weight in model.trainable_weights])


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


penalized_loss.wrong(
    "no penalty",
    says="The penalty is gone: that is the cross-entropy alone.",
)(_loss(lambda model, strength: 0.0))

penalized_loss.wrong(
    "strength ignored",
    says="The penalty is the same for every strength: the argument is not used.",
)(_loss(lambda model, strength: _squares(model)))

penalized_loss.wrong(
    "taken away",
    says="The penalty is taken away from the cross-entropy. Large weights should cost something.",
)(_loss(lambda model, strength: -strength * _squares(model)))

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
)(_loss(lambda model, strength: strength * tf.sqrt(_squares(model))))

penalized_loss.wrong(
    "no gradient",
    says="The loss is right, but the penalty has no gradient: it is computed from numbers taken "
    "out of the weights. Compute it from the weights themselves.",
)(_loss(lambda model, strength: tf.stop_gradient(strength * _squares(model))))


@penalized_loss.wrong(
    "worked out once",
    says="The penalty was worked out when the loss was made, and stays so while the weights "
    "change. Compute it inside the function that comes back.",
)
def _(model, strength):
    penalty = strength * float(_squares(model))
    return _loss(lambda *_: penalty)(model, strength)


@penalized_loss.wrong(
    "penalty alone",
    says="That is the penalty alone. The cross-entropy of labels and predictions belongs to it.",
)
def _(model, strength):
    return lambda y_true, y_pred: strength * _squares(model) + 0 * y_pred[:, 0]


@penalized_loss.wrong(
    "strength for both",
    says="Strength multiplies the cross-entropy as well. It belongs to the penalty alone.",
)
def _(model, strength):
    return lambda y_true, y_pred: (
        strength * _loss(lambda *_: _squares(model))(model, 1)(y_true, y_pred)
    )


@penalized_loss.wrong(
    "no loss comes back",
    says="A number came back. What is asked for is a function of labels and predictions, which "
    "gives the loss when it is called.",
)
def _(model, strength):
    return strength * _squares(model)


@penalized_loss.wrong(
    "already averaged",
    says="One number came back: the cross-entropies are averaged already. Give one loss for each "
    "sample, so that sample weights can still reach them.",
)
def _(model, strength):
    loss = _loss(lambda *_: strength * _squares(model))(model, strength)
    return lambda y_true, y_pred: tf.reduce_mean(loss(y_true, y_pred))

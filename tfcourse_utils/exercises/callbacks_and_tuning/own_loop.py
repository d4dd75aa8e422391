"""`fit_loop`: tiny models, batches of unlike size, and what is left when the loop has ended."""

from __future__ import annotations

import keras
import numpy as np
import tensorflow as tf

from tfcourse_utils.checking import exercise

from ..tools import calls_of, normal
from ..weights import known_seed, set_known

__all__ = ["fit_loop"]

fit_loop = exercise("callbacks_and_tuning.fit_loop", kind="transfer", section="A loop of your own")

_SIZES = (4, 1)


def _model(rng, *layers, penalty=None):
    """Return a model of three inputs and two outputs at known weights, not compiled."""
    last = keras.layers.Dense(2, kernel_regularizer=penalty)
    model = keras.Sequential([keras.Input((3,)), *layers, last])
    set_known(model, known_seed(rng))
    return model


def _batches(rng, sizes=_SIZES):
    """Return batches of unlike size: the last is the smallest, and lies furthest off."""
    return [
        (normal(rng, (size, 3)), normal(rng, (size, 2)) + 2.0 * place)
        for place, size in enumerate(sizes)
    ]


def _sgd():
    return keras.optimizers.SGD(0.02)


def _losses(result):
    """Return the history's losses as numbers, noting where there is not one for each epoch."""
    if not isinstance(result, dict):
        raise TypeError(f"a dictionary should come back; it is of type {type(result).__name__}")
    return {name: list(map(_number, values)) for name, values in result.items()}


def _number(value):
    return float(value) if np.ndim(value) == 0 else value


def _trained(answer, model, loss, batches, epochs=2):
    """Return the losses that an answer reports, and the weights it leaves."""
    history = _losses(answer(model, loss, _sgd(), batches, epochs))
    return {"history": history, "weights afterwards": [np.asarray(w) for w in model.weights]}


@fit_loop.probe("the mean over the samples of each epoch")
def _(answer, rng):
    model, batches = _model(rng), _batches(rng)
    loss = keras.losses.MeanSquaredError()
    with calls_of(keras.Model.fit) as calls:
        history = _losses(answer(model, loss, _sgd(), batches, 3))
    return {"history": history, "calls of `fit`": len(calls)}


@fit_loop.probe("the weights afterwards")
def _(answer, rng):
    model = _model(rng, keras.layers.Dense(2, trainable=False))
    return _trained(answer, model, keras.losses.MeanSquaredError(), _batches(rng))


@fit_loop.probe("a loss function, labels, and batches as tf.data")
def _(answer, rng):
    def cross_entropy(labels, outputs):
        return keras.losses.sparse_categorical_crossentropy(labels, outputs, from_logits=True)

    x, labels = normal(rng, (7, 3)), rng.integers(0, 2, 7)
    dataset = tf.data.Dataset.from_tensor_slices((x, labels)).batch(3)
    return _trained(answer, _model(rng), cross_entropy, dataset)


@fit_loop.probe("the model's own penalties")
def _(answer, rng):
    model = _model(rng, penalty=keras.regularizers.L2(0.3))
    return _trained(answer, model, keras.losses.MeanAbsoluteError(), _batches(rng))


@fit_loop.probe("layers that train in another way")
def _(answer, rng):
    model = _model(rng, keras.layers.BatchNormalization(momentum=0.5))
    return _trained(answer, model, keras.losses.MeanSquaredError(), _batches(rng, (4, 3)))


fit_loop.hint(
    "What does `fit` do with one batch? Which of these steps needs the tape, and which come after?",
    "Under the tape: `model(x, training=True)`, the mean of `loss(y, predictions)`, and the sum of "
    "`model.losses`. Then the gradient for `model.trainable_variables`, and the optimizer's "
    "`apply_gradients`.",
    "A batch of 1 must not count as much as a batch of 32. Keep the sum of loss times batch size "
    "and the number of samples, or a `keras.metrics.Mean` with `sample_weight`; start both anew in "
    "every epoch.",
)

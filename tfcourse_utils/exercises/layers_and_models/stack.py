"""`MySequential`: a model that is a list of layers."""

from __future__ import annotations

import keras

from tfcourse_utils.checking import exercise, noted

from ..layers import OneMoreInTraining, built, forwards_training, outputs
from ..tools import normal
from ..tracking import untracked
from ..weights import known_seed, shapes

__all__ = ["MySequential"]

MySequential = exercise(
    "layers_and_models.MySequential",
    kind="rebuild",
    section="Training or not",
    answer_kind="class",
)


def _dense(units, activation=None):
    return keras.layers.Dense(units, activation=activation)


@MySequential.probe("one layer after the other")
def _(answer, rng):
    seed, x = known_seed(rng), normal(rng, (5, 3))
    three = [_dense(4, "tanh"), keras.layers.Dropout(0.5), _dense(2, keras.ops.square)]
    return {
        "output of one layer": outputs(answer([_dense(4)]), x, seed),
        "output of three": outputs(answer(three), x, seed),
        "layers in the list afterwards": len(three),
    }


@MySequential.probe("the weights are the model's")
def _(answer, rng):
    layers = [_dense(4), keras.layers.BatchNormalization(), _dense(2)]
    model = built(answer(layers), normal(rng, (5, 3)))
    seen = {
        "trainable weights": shapes(model.trainable_weights),
        "weights": shapes(model.weights),
        "weights of the given layers": [len(layer.weights) for layer in layers],
    }
    return noted(seen, untracked(model))


@MySequential.probe("training reaches the layers")
def _(answer, rng):
    return forwards_training(answer, normal(rng, (2, 3)))


@MySequential.probe("trains with fit")
def _(answer, rng):
    x = normal(rng, (32, 3))
    y = keras.ops.sum(x, axis=1, keepdims=True)
    dense = keras.layers.Dense(1, kernel_initializer="zeros")
    model = answer([dense, OneMoreInTraining()])
    model.compile(keras.optimizers.SGD(0.1), loss="mse", run_eagerly=True)
    # All of the data in one batch: nothing is left to chance.
    history = model.fit(x, y, batch_size=32, epochs=3, verbose=0).history
    return {"loss in each epoch": history["loss"]}


MySequential.hint(
    "What goes into the first layer, and what into each one after it?",
    "A class that begins with `class MySequential(keras.Model)` has `fit`. It needs an `__init__` "
    "that keeps the layers, and a `call` that runs them.",
    "Keras finds layers in an attribute that is a layer or a list of layers. `self.layers` is "
    "taken: every model has it already.",
    "Give `call` an argument `training=False`, and hand it to each layer by name: "
    "`layer(x, training=training)`. Keras passes it on to those alone that know it.",
)

"""`SimpleDense`: a layer that makes its own weights."""

from __future__ import annotations

import keras
import numpy as np
import tensorflow as tf

from tfcourse_utils.checking import exercise, noted

from ..layers import (
    built,
    gradient_reaches,
    in_functional,
    in_sequential,
    outputs,
    weights_by_build,
)
from ..tools import normal
from ..tracking import untracked
from ..weights import known_seed, shapes

__all__ = ["SimpleDense"]

SimpleDense = exercise(
    "layers_and_models.SimpleDense",
    kind="rebuild",
    section="A layer of your own",
    answer_kind="class",
)


def _cubed(z):
    return z**3


def _twice(seen):
    weights = {name: value for name, value in seen.items() if name != "outputs of two calls"}
    first, second = seen["outputs of two calls"]
    return weights | {"two calls give the same": bool(np.array_equal(first, second))}


@SimpleDense.probe("build makes the weights, once", read=_twice)
def _(answer, rng):
    units, width = rng.choice(range(2, 9), 2, replace=False).tolist()
    x = normal(rng, (2, width))
    layer = built(answer(units), x)
    seen = weights_by_build(lambda: answer(units), width)
    return noted({**seen, "outputs of two calls": [layer(x), layer(x)]}, untracked(layer))


@SimpleDense.probe("any leading dimensions")
def _(answer, rng):
    seed = known_seed(rng)
    return {
        f"output for shape {shape}": outputs(answer(4), normal(rng, shape), seed)
        for shape in [(5, 3), (2, 5, 3), (2, 1, 4, 3)]
    }


@SimpleDense.probe("activation: a callable, a name or None")
def _(answer, rng):
    seed, x = known_seed(rng), normal(rng, (4, 3))
    activations = {
        "tf.tanh": tf.tanh,
        "a function that cubes": _cubed,
        "'relu'": "relu",
        "'softmax'": "softmax",
        "None": None,
    }
    return {
        f"output with activation {name}": outputs(answer(5, activation=activation), x, seed)
        for name, activation in activations.items()
    }


@SimpleDense.probe("part of a model that trains")
def _(answer, rng):
    seed, x = known_seed(rng), normal(rng, (6, 3))
    layer = built(answer(2), x)
    model = keras.Sequential([keras.Input((3,)), layer])
    seen = {
        "output of a functional model": in_functional(answer(2, "tanh"), x, seed),
        "output of a Sequential model": in_sequential(answer(2, "tanh"), x, seed),
        "trainable weights of the model": shapes(model.trainable_weights),
        "weights that a gradient reaches": gradient_reaches(layer, x),
    }
    return noted(seen, untracked(layer))


SimpleDense.hint(
    "What does the layer know when it is made, and what only when the first input comes?",
    "`build(self, input_shape)` is called once, with the shape of the first input, before `call`. "
    "Its last number is how many inputs each unit has.",
    "`self.add_weight(shape=…, name=…)` makes a variable that Keras lists among the layer's "
    "weights. A plain tf.Variable is in no list.",
    "`keras.activations.get` makes a function of a name, hands on a function as it is, and makes "
    "one that changes nothing of None.",
)

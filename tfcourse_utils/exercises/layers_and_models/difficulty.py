"""`add_difficulty_head`: a third output for a model that has two."""

from __future__ import annotations

from typing import Any, NamedTuple

import keras
import numpy as np
import tensorflow as tf

from tfcourse_utils.checking import exercise

from ..layers import output_names
from ..tools import parts
from ..weights import known_seed, set_known, shapes

__all__ = ["add_difficulty_head"]

add_difficulty_head = exercise(
    "layers_and_models.add_difficulty_head", kind="transfer", section="Looking inside a model"
)

_NAMES = ("priority", "department", "difficulty")


class _Plan(NamedTuple):
    """How a ticket model is built. Its weights can be told apart by their shapes."""

    widths: dict[str, int]
    hidden: tuple[int, ...]
    departments: int


_ORDINARY = _Plan({"title": 5, "text_body": 6, "tags": 3}, (9, 8), 4)
_DEEPER = _Plan({"subject": 4, "sender": 2}, (10, 9, 7, 6), 3)


def _model_of(plan: _Plan) -> keras.Model:
    """Build a ticket model whose inputs meet in a sum, with more layers behind it."""
    places = [keras.Input((width,), name=name) for name, width in plan.widths.items()]
    first, *others = plan.hidden
    x = keras.layers.Add()([keras.layers.Dense(first, use_bias=False)(place) for place in places])
    for width in others:
        x = keras.layers.Dense(width, activation="tanh")(x)
    heads = {"priority": (1, "sigmoid"), "department": (plan.departments, "softmax")}
    outputs = [keras.layers.Dense(*head, name=name)(x) for name, head in heads.items()]
    return keras.Model(places, outputs)


def _tickets(rng: np.random.Generator, plan: _Plan) -> dict[str, Any]:
    return {
        name: tf.constant(rng.integers(2, size=(6, width)), "float32")
        for name, width in plan.widths.items()
    }


def _outputs(model: Any, x: Any, seed: int) -> dict[str, Any]:
    """Return the three outputs of a model when its weights are known."""
    parts(model(x), len(_NAMES))
    set_known(model, seed)
    return dict(zip(_NAMES, model(x)))


@add_difficulty_head.probe("the old outputs, then difficulty")
def _(answer, rng):
    model = answer(_model_of(_ORDINARY))
    return _outputs(model, _tickets(rng, _ORDINARY), known_seed(rng))


@add_difficulty_head.probe("other inputs, widths, depth and levels")
def _(answer, rng):
    model = answer(_model_of(_DEEPER), levels=5)
    return _outputs(model, _tickets(rng, _DEEPER), known_seed(rng))


@add_difficulty_head.probe("the weights are shared")
def _(answer, rng):
    old, x, seed = _model_of(_ORDINARY), _tickets(rng, _ORDINARY), known_seed(rng)
    set_known(old, known_seed(rng))
    new = answer(old, 2)
    set_known(new, seed)
    return {
        "outputs of the old model, when the new one has got other weights": old(x),
        "trainable weights of the new model": shapes(new.trainable_weights),
    }


@add_difficulty_head.probe("the names of the outputs")
def _(answer, rng):
    return output_names(answer(_model_of(_ORDINARY)))


add_difficulty_head.hint(
    "A graph remembers how it was made. Which tensor goes into the layer of an old output?",
    "`model.get_layer(name)` finds a layer by its name, and a layer in a graph has an `input` and "
    "an `output`. The outputs `priority` and `department` are named, hidden layers may be called "
    "anything.",
    "`model.input` is what the old model takes, and `model.outputs` is a list. A new model is made "
    "of the same inputs and a longer list; layers that are there already bring their weights.",
)

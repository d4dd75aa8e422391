"""`l1_penalty`: a price on the size of weights."""

from __future__ import annotations

import keras
import tensorflow as tf

from tfcourse_utils.checking import exercise

from ..tools import normal
from ..weights import known_seed, set_known

__all__ = ["l1_penalty"]

l1_penalty = exercise(
    "layers_and_models.l1_penalty", kind="rebuild", section="Bends, beginnings and brakes"
)


def _strength(rng):
    return float(rng.uniform(0.1, 0.9))


@l1_penalty.probe("strength · the sum of the sizes")
def _(answer, rng):
    regularizer = answer(_strength(rng))
    return {
        f"penalty for weights of shape {shape}": regularizer(normal(rng, shape))
        for shape in [(4,), (3, 2)]
    }


@l1_penalty.probe("two regularizers side by side")
def _(answer, rng):
    weak, strong, weights = answer(0.01), answer(2.0), normal(rng, (3, 2))
    return {
        "with 0.01": weak(weights),
        "with 2": strong(weights),
        "with 2, every sign turned": strong(-weights),
        "with 0": answer(0.0)(weights),
    }


@l1_penalty.probe("in the losses of a model")
def _(answer, rng):
    strength, seed = _strength(rng), known_seed(rng)
    layer = keras.layers.Dense(
        2,
        kernel_initializer="he_normal",
        kernel_regularizer=answer(strength),
        kernel_constraint=keras.constraints.MaxNorm(3),
    )
    model = keras.Sequential([keras.Input((3,)), layer])
    set_known(model, seed)
    return {"model.losses": model.losses}


@l1_penalty.probe("its gradient pulls towards 0")
def _(answer, rng):
    regularizer, weights = answer(_strength(rng)), normal(rng, (3, 2))
    with tf.GradientTape() as tape:
        tape.watch(weights)
        penalty = regularizer(weights)
    return {"gradient": tape.gradient(penalty, weights)}


l1_penalty.hint(
    "A regularizer is something that Keras calls with the weights, again and again, in training. "
    "So what should `l1_penalty(0.1)` give back: a number, or a function?",
    "A function made inside another one remembers its arguments.",
    "The size of a weight is its distance from 0, `tf.abs`. They are added up over the whole "
    "array, and then multiplied by the strength.",
)

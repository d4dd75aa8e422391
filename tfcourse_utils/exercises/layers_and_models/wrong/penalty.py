"""How `l1_penalty` goes wrong."""

from __future__ import annotations

import numpy as np
import tensorflow as tf

from ..penalty import l1_penalty


@l1_penalty.wrong(
    "squares",
    says="The weights are squared: that is the L2 penalty. L1 adds up how far each is from 0.",
)
def _(strength):
    return lambda weights: strength * tf.reduce_sum(tf.square(weights))


@l1_penalty.wrong(
    "mean", says="That is the mean of the sizes. A penalty adds them up: each weight has its price."
)
def _(strength):
    return lambda weights: strength * tf.reduce_mean(tf.abs(weights))


@l1_penalty.wrong(
    "size of the sum",
    says="The weights are added up first, and those of unlike sign make up for each other. Take "
    "the size of each one.",
)
def _(strength):
    return lambda weights: strength * tf.abs(tf.reduce_sum(weights))


@l1_penalty.wrong(
    "signs kept",
    says="The weights are added up with their signs, so that negative ones lower the penalty.",
)
def _(strength):
    return lambda weights: strength * tf.reduce_sum(weights)


@l1_penalty.wrong(
    "root of the squares",
    says="That is the length of the weights, the root of their squares' sum. L1 adds up how far "
    "each is from 0.",
)
def _(strength):
    return lambda weights: strength * tf.norm(weights)


@l1_penalty.wrong("largest", says="Only the largest weight has its price. All of them count.")
def _(strength):
    return lambda weights: strength * tf.reduce_max(tf.abs(weights))


@l1_penalty.wrong(
    "not added up", says="There is a penalty for each weight. A loss is one number: their sum."
)
def _(strength):
    return lambda weights: strength * tf.abs(weights)


@l1_penalty.wrong(
    "along one axis",
    says="The sizes are added up along one axis. A loss is one number, for all of the array.",
)
def _(strength):
    return lambda weights: strength * tf.reduce_sum(tf.abs(weights), axis=0)


@l1_penalty.wrong(
    "strength ignored", says="The penalty does not depend on `strength`. Multiply by it."
)
def _(strength):
    return lambda weights: tf.reduce_sum(tf.abs(weights))


@l1_penalty.wrong(
    "divided by strength", says="The more strength, the smaller is the penalty. Multiply by it."
)
def _(strength):
    return lambda weights: tf.reduce_sum(tf.abs(weights)) / strength


_shared = {"strength": 0.0}


@l1_penalty.wrong(
    "one strength for all",
    says="All regularizers have the strength of the last one that was made: it is kept in one "
    "place for all of them. Use the argument of `l1_penalty` itself.",
)
def _(strength):
    _shared["strength"] = strength
    return lambda weights: _shared["strength"] * tf.reduce_sum(tf.abs(weights))


@l1_penalty.wrong(
    "a number",
    says="`l1_penalty` gave back a number. Keras wants something that it can call with the "
    "weights, whenever they have changed.",
)
def _(strength):
    return 1.0 * strength


@l1_penalty.wrong(
    "numbers taken out",
    says="The penalty is right, but the tape finds no way from it to the weights, and training "
    "would not feel it. Compute with TensorFlow or Keras all the way.",
)
def _(strength):
    return lambda weights: tf.constant(strength * np.abs(np.asarray(weights)).sum(), "float32")


@l1_penalty.wrong(
    "no function returned",
    says="`l1_penalty` gave back None. It makes the function for Keras, and has to return it.",
)
def _(strength):
    return None


@l1_penalty.wrong(
    "nothing returned by the function",
    says="The function that Keras calls with the weights gives back None: its own `return` is "
    "missing.",
)
def _(strength):
    return lambda weights: None

"""`non_negative`: a fence for weights."""

from __future__ import annotations

import keras
import tensorflow as tf

from tfcourse_utils.checking import exercise

from ..tools import normal

__all__ = ["non_negative"]

non_negative = exercise(
    "layers_and_models.non_negative", kind="rebuild", section="Bends, beginnings and brakes"
)


@non_negative.probe("0 in place of what is negative")
def _(answer, rng):
    return [answer(5 * normal(rng, shape)) for shape in [(6,), (4, 3)]]


@non_negative.probe("all negative, or none")
def _(answer, rng):
    sizes = tf.constant([0.5, 7.0]) + tf.abs(10 * normal(rng, (3, 2)))
    return [answer(-sizes), answer(sizes)]


@non_negative.probe("what came in is left alone")
def _(answer, rng):
    sizes = tf.abs(normal(rng, (5,))) + 0.5
    weights = tf.Variable(sizes * [1.0, -1.0, 1.0, -1.0, -1.0])
    before = weights.numpy()
    return {
        "result": answer(weights),
        "change of the weights": weights.numpy() - before,
    }


@non_negative.probe("after a step of the optimizer")
def _(answer, rng):
    layer = keras.layers.Dense(
        3,
        kernel_initializer="he_normal",
        kernel_regularizer="l2",
        kernel_constraint=answer,
    )
    layer.build((None, 4))
    layer.kernel.assign(normal(rng, (4, 3)))
    keras.optimizers.SGD(1.0).apply([normal(rng, (4, 3))], [layer.kernel])
    return {"kernel after the step": layer.kernel}


non_negative.hint(
    "What should become of -2, of 0 and of 3?",
    "That is what a well-known activation does with each number.",
    "`tf.maximum(a, b)` takes the larger of the two, place by place.",
)

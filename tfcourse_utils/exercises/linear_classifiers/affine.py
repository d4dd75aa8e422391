"""`dense`: one layer, an affine map and an activation."""

from __future__ import annotations

import tensorflow as tf

from tfcourse_utils.checking import exercise

from ..tools import normal

__all__ = ["dense"]

dense = exercise("linear_classifiers.dense", kind="rebuild", section="A score for every point")


@dense.probe("inputs · W + b")
def _(answer, rng):
    return answer(normal(rng, (4, 3)), normal(rng, (3, 2)), normal(rng, (2,)))


@dense.probe("with an activation")
def _(answer, rng):
    layer = normal(rng, (4, 3)), normal(rng, (3, 2)), normal(rng, (2,))
    return [answer(*layer, activation=tf.tanh), answer(*layer, activation=tf.square)]


@dense.probe("in float64, a single unit")
def _(answer, rng):
    layer = [normal(rng, shape, "float64") for shape in ((2, 3), (3, 1), (1,))]
    return answer(*layer)


@dense.wrong("no bias", says="The bias is missing: with all inputs 0 the outputs should be b.")
def _(inputs, W, b, activation=None):
    outputs = inputs @ W
    return outputs if activation is None else activation(outputs)


@dense.wrong("bias subtracted", says="The bias b is taken away here; the affine map adds it.")
def _(inputs, W, b, activation=None):
    outputs = inputs @ W - b
    return outputs if activation is None else activation(outputs)


@dense.wrong(
    "activation ignored",
    says="The affine map is right, but the activation is never called on it.",
)
def _(inputs, W, b, activation=None):
    return inputs @ W + b


@dense.wrong(
    "activation before bias",
    says="The activation is called before the bias is added. It comes last.",
)
def _(inputs, W, b, activation=None):
    outputs = inputs @ W
    return (outputs if activation is None else activation(outputs)) + b


@dense.wrong(
    "always an activation",
    says="Without an activation the outputs should be the affine map itself, negative numbers "
    "included.",
)
def _(inputs, W, b, activation=tf.nn.relu):
    return activation(inputs @ W + b)


@dense.wrong(
    "bias on the weights",
    says="b is added to the weights, before the product. Multiply first, then add.",
)
def _(inputs, W, b, activation=None):
    outputs = inputs @ (W + b)
    return outputs if activation is None else activation(outputs)


@dense.wrong(
    "weights first",
    says="The weights stand before the inputs in the product. Samples are rows here: which "
    "order gives (n, d) · (d, k)?",
)
def _(inputs, W, b, activation=None):
    outputs = W @ inputs + b
    return outputs if activation is None else activation(outputs)


@dense.wrong(
    "element by element",
    says="`*` multiplies element by element. A matrix product is `@` or `tf.matmul`.",
)
def _(inputs, W, b, activation=None):
    outputs = inputs * W + b
    return outputs if activation is None else activation(outputs)


dense.hint(
    "What shape must the result have, and which product of (n, d) and (d, k) has it?",
    "b has one number for each unit; adding it to (n, k) repeats it for every row.",
    "`activation` is a function, or None. `if activation is None` tells them apart.",
)

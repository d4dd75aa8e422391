"""How `dense` goes wrong."""

from __future__ import annotations

import tensorflow as tf

from ..affine import dense


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

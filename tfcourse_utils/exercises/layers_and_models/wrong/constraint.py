"""How `non_negative` goes wrong."""

from __future__ import annotations

import tensorflow as tf

from ..constraint import non_negative


@non_negative.wrong(
    "size", says="A negative weight became its size: -2 became 2. It should become 0."
)
def _(weights):
    return tf.abs(weights)


@non_negative.wrong("only negative", says="The negative weights are kept, and the others became 0.")
def _(weights):
    return tf.minimum(weights, 0)


@non_negative.wrong(
    "cut off at 1", says="Weights above 1 are cut off too. There is a bound below, and none above."
)
def _(weights):
    return tf.clip_by_value(weights, 0, 1)


@non_negative.wrong(
    "cut off at 6", says="Weights above 6 are cut off too. There is a bound below, and none above."
)
def _(weights):
    return tf.nn.relu6(weights)


@non_negative.wrong(
    "shifted",
    says="All weights are shifted until the smallest is 0. Those that are not negative should stay "
    "where they are.",
)
def _(weights):
    return weights - tf.reduce_min(weights)


@non_negative.wrong(
    "softplus",
    says="Softplus makes every weight positive, but changes all of them. Those that are not "
    "negative should stay as they are.",
)
def _(weights):
    return tf.math.softplus(weights)


@non_negative.wrong(
    "leaky", says="Negative weights become smaller, and stay negative. They should become 0."
)
def _(weights):
    return tf.nn.leaky_relu(weights)


@non_negative.wrong(
    "dropped", says="Negative weights are left out of the result. It should keep its shape."
)
def _(weights):
    return weights[weights > 0]


@non_negative.wrong(
    "all or nothing",
    says="One negative weight makes all of them 0. Look at each one by itself.",
)
def _(weights):
    return tf.cast(tf.reduce_all(weights >= 0), tf.float32) * weights


@non_negative.wrong(
    "yes or no",
    says="The result says which weights are not negative. Asked for are the weights themselves.",
)
def _(weights):
    return weights >= 0


@non_negative.wrong(
    "penalty",
    says="One number came back, as of a regularizer. A constraint returns the weights as they "
    "should be.",
)
def _(weights):
    return tf.reduce_sum(tf.nn.relu(-weights))


@non_negative.wrong(
    "changed in place",
    says="The weights that came in are changed. A constraint returns what they should become; it "
    "is the optimizer that puts it in place.",
)
def _(weights):
    result = tf.maximum(weights, 0)
    if hasattr(weights, "assign"):
        weights.assign(result)
    return result

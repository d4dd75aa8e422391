"""How `softplus` goes wrong."""

from __future__ import annotations

import tensorflow as tf

from ..softplus import softplus


def _value(z):
    return tf.math.softplus(z)


def _with_gradient(value, gradient):
    """Return an answer with this value of z, and this gradient of the upstream one and z."""

    def answer(z):
        @tf.custom_gradient
        def both(z):
            return value(z), lambda upstream: gradient(upstream, z)

        return both(z)

    return answer


@softplus.wrong(
    "overflows",
    says="exp(1000) is infinite, and so is its logarithm; the gradient is infinity divided by "
    "infinity, NaN. Find a form in which no exponential of a large number is taken.",
)
def _(z):
    return tf.math.log(tf.exp(z) + 1)


@softplus.wrong(
    "clipped",
    says="z was cut off before the exponential. That keeps the value finite but makes it wrong: at "
    "z = 1000 it is 1000, and the gradient 1.",
)
def _(z):
    return tf.math.log(tf.exp(tf.clip_by_value(z, -80, 80)) + 1)


softplus.wrong(
    "upstream forgotten",
    says="The value is right. The gradient is right only where 1 comes from above: what the inner "
    "function is given has to be multiplied in, by the chain rule.",
)(_with_gradient(_value, lambda upstream, z: tf.sigmoid(z)))

softplus.wrong(
    "derivative overflows",
    says="The value is right. The gradient divides infinity by infinity at 1000: exp(z) is in the "
    "numerator and in the denominator. The quotient has a name, and a safe function.",
)(_with_gradient(_value, lambda upstream, z: upstream * tf.exp(z) / (tf.exp(z) + 1)))

softplus.wrong(
    "value overflows",
    says="The gradient is safe now, the value is not: exp(1000) is infinite, and so is its "
    "logarithm.",
)(
    _with_gradient(
        lambda z: tf.math.log(tf.exp(z) + 1), lambda upstream, z: upstream * tf.sigmoid(z)
    )
)

softplus.wrong(
    "derivative of the sigmoid",
    says="The value is right. The gradient is s · (1 - s), which is the sigmoid's own. Asked for "
    "is that of log(exp(z) + 1).",
)(_with_gradient(_value, lambda upstream, z: upstream * tf.sigmoid(z) * (1 - tf.sigmoid(z))))

softplus.wrong(
    "gradient falls",
    says="The value is right. The gradient is small where z is large, but there softplus is as "
    "steep as z. Is a sign exchanged in it?",
)(_with_gradient(_value, lambda upstream, z: upstream * tf.sigmoid(-z)))


@softplus.wrong(
    "relu",
    says="That is max(z, 0). Softplus comes near it far from 0, and is rounded off near 0.",
)
def _(z):
    return tf.nn.relu(z)


@softplus.wrong(
    "the derivative as the value",
    says="That is sigmoid(z), the gradient of what is asked for.",
)
def _(z):
    return tf.sigmoid(z)


@softplus.wrong(
    "1 forgotten",
    says="That is log(exp(z)), which is z again. The 1 belongs inside the logarithm.",
)
def _(z):
    return tf.identity(z)


@softplus.wrong(
    "value without a gradient",
    says="The value is right, but no gradient comes back from it: None. Either the function that "
    "should give the gradient returns nothing, or the value has left TensorFlow on the way: "
    "NumPy's functions and numbers taken out of a tensor leave no trace on a tape.",
)
def _(z):
    return _value(z).numpy()


@softplus.wrong(
    "nothing returned",
    says="There is None where a tensor is needed. Look at the `return` of `softplus`, and of each "
    "function inside it: is it there, with something behind it?",
)
def _(z):
    return None


@softplus.wrong(
    "neither value nor gradient",
    says="There is None where two things are needed. A function under `tf.custom_gradient` returns "
    "two: is there a `return`?",
)
def _(z):
    @tf.custom_gradient
    def both(z):
        return None

    return both(z)


@softplus.wrong(
    "not two things",
    says="Two things are needed, and something else came. A function under `tf.custom_gradient` "
    "returns its value and, behind a comma, a function that gives the gradient. A tensor alone "
    "counts as its entries.",
)
def _(z):
    @tf.custom_gradient
    def both(z):
        return tf.math.softplus(z)

    return both(z)


@softplus.wrong(
    "a gradient for a function",
    says="TensorFlow was given something else where it needs a function. Under "
    "`tf.custom_gradient` the second thing to return is no gradient yet, but a function that takes "
    "the upstream gradient and returns one.",
)
def _(z):
    @tf.custom_gradient
    def both(z):
        return _value(z), tf.sigmoid(z)

    return both(z)

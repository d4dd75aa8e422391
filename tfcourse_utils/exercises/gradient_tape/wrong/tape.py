"""How `gradient` goes wrong."""

from __future__ import annotations

import tensorflow as tf

from ..tape import gradient


def _gradient(f, x, unconnected="zero"):
    with tf.GradientTape() as tape:
        tape.watch(x)
        value = f(x)
    return tape.gradient(value, x, unconnected_gradients=unconnected)


@gradient.wrong(
    "not recorded",
    says="The gradient is None. For that, the tape has to follow x, which is a constant, and to "
    "see how the value is computed from it.",
)
def _(f, x):
    with tf.GradientTape() as tape:
        value = f(x)
    return tape.gradient(value, x)


@gradient.wrong(
    "zeros everywhere",
    says="The gradient is 0 even where f changes with x. The zeros stand for None: the tape has "
    "not followed x, which is a constant, or has not seen f being called.",
)
def _(f, x):
    return tf.zeros_like(x)


@gradient.wrong(
    "None where f does not depend on x",
    says="The gradient is right where there is one. Where f does not depend on x, None comes back; "
    "zeros are asked for.",
)
def _(f, x):
    return _gradient(f, x, unconnected="none")


@gradient.wrong(
    "one zero for all",
    says="Where f does not depend on x, a single zero comes back. It should be one for each "
    "element of x.",
)
def _(f, x):
    slope = _gradient(f, x, unconnected="none")
    return 0.0 if slope is None else slope


@gradient.wrong(
    "a list",
    says="A list of one gradient came back. Asked for a list, `tape.gradient` answers with a list; "
    "asked for a tensor, with a tensor.",
)
def _(f, x):
    return [_gradient(f, x)]


@gradient.wrong("the value", says="That is the value of f at x. Asked for is its gradient there.")
def _(f, x):
    return f(x)


@gradient.wrong(
    "summed",
    says="The elements of the gradient were added up. It has one slope for each element of x.",
)
def _(f, x):
    return tf.reduce_sum(_gradient(f, x))


@gradient.wrong(
    "arguments exchanged",
    says="The gradient of x for the value was asked for, a single number. In `tape.gradient`, what "
    "depends comes first, and what it depends on second.",
)
def _(f, x):
    return tf.zeros_like(f(x))


@gradient.wrong(
    "length 1",
    says="The gradient was scaled to length 1. It should be as long as f is steep.",
)
def _(f, x):
    slope = _gradient(f, x)
    return tf.math.divide_no_nan(slope, tf.norm(slope))


@gradient.wrong(
    "downhill", says="The gradient has the wrong sign: it points where f grows, not downhill."
)
def _(f, x):
    return -_gradient(f, x)

"""How `second_derivative` goes wrong."""

from __future__ import annotations

import tensorflow as tf

from ..second import second_derivative


def _slope(f, x):
    with tf.GradientTape() as tape:
        tape.watch(x)
        value = f(x)
    return tape.gradient(value, x, unconnected_gradients="zero")


def _second(f, x, unconnected="zero"):
    with tf.GradientTape() as tape:
        tape.watch(x)
        slope = _slope(f, x)
    return tape.gradient(slope, x, unconnected_gradients=unconnected)


@second_derivative.wrong(
    "first derivative",
    says="That is the first derivative. Asked for is how it changes with x in its turn.",
)
def _(f, x):
    return _slope(f, x)


@second_derivative.wrong(
    "None for a line",
    says="Right where f is curved. The slope of a line does not depend on x, and None comes back "
    "for it; zeros are asked for.",
)
def _(f, x):
    return _second(f, x, unconnected="none")


@second_derivative.wrong(
    "one zero for all",
    says="For a line a single zero comes back. It should be one for each element of x.",
)
def _(f, x):
    slopes = _second(f, x, unconnected="none")
    return 0.0 if slopes is None else slopes


@second_derivative.wrong(
    "outer tape has seen nothing",
    says="The second gradient is None, for every f. The outer tape has to follow x, and to see "
    "how the inner gradient is computed: inside its own block.",
)
def _(f, x):
    with tf.GradientTape() as outer:
        outer.watch(x)
    return outer.gradient(_slope(f, x), x)


@second_derivative.wrong(
    "zeros everywhere",
    says="The second derivative is 0 for every f. The zeros stand for None: the outer tape has to "
    "follow x, and to see how the inner gradient is computed.",
)
def _(f, x):
    return tf.zeros_like(x)


@second_derivative.wrong(
    "one tape twice",
    says="One tape was asked twice. Besides, it stops recording before the first gradient is "
    "taken, so it takes a second tape round both.",
)
def _(f, x):
    with tf.GradientTape() as tape:
        tape.watch(x)
        value = f(x)
    return tape.gradient(tape.gradient(value, x), x)


@second_derivative.wrong(
    "square of the slope",
    says="The slope was squared. The second derivative is the slope of the slope.",
)
def _(f, x):
    return _slope(f, x) ** 2


@second_derivative.wrong(
    "matrix",
    says="A matrix came back, with 0 off its diagonal: no element of x has a say in the others' "
    "slopes. One number for each element is asked for.",
)
def _(f, x):
    return tf.linalg.diag(_second(f, x))


@second_derivative.wrong(
    "summed", says="The second derivatives were added up. Return one for each element of x."
)
def _(f, x):
    return tf.reduce_sum(_second(f, x))

"""How the four functions whose gradient is None go wrong, before and after they are mended."""

from __future__ import annotations

import tensorflow as tf

from ..nones import (
    float_gradient,
    inside_tape_gradient,
    kept_variable_gradient,
    watched_gradient,
)


@watched_gradient.found(
    says="The gradient is still None. There is a way from x to the total, but the tape has not "
    "followed x along it."
)
def _(x):
    with tf.GradientTape() as tape:
        total = tf.reduce_sum(x**3)
    return tape.gradient(total, x)


@kept_variable_gradient.found(
    says="The gradient is still None: the tape has followed no way from what it was asked about to "
    "the total. By itself it follows variables. Is what it was asked about still one, and is the "
    "total computed from it?"
)
def _(x):
    place = tf.Variable(tf.zeros_like(x))
    place = place + x  # go to x
    with tf.GradientTape() as tape:
        total = tf.reduce_sum(place**3)
    return tape.gradient(total, place)


@inside_tape_gradient.found(
    says="The gradient is still None: some step between what the tape was asked about and the "
    "total is not on the tape. What is on it is what runs inside the block."
)
def _(x):
    place = tf.Variable(x)
    with tf.GradientTape() as tape:
        cubes = place**3
    total = tf.reduce_sum(cubes)
    return tape.gradient(total, place)


@float_gradient.found(
    says="The gradient is still None. A whole number can't move a little, so it has no slope: "
    "which dtype has what the tape was asked about, and is the total computed from it?"
)
def _(x):
    place = tf.Variable(tf.cast(x, tf.int32))
    with tf.GradientTape() as tape:
        total = tf.reduce_sum(place**3)
    return tape.gradient(total, place)


for _mend in (watched_gradient, kept_variable_gradient, inside_tape_gradient, float_gradient):

    @_mend.wrong(
        "zeros for None",
        says="There are zeros now in place of None. That hides the fault: the sum of x³ does "
        "change with x.",
    )
    def _(x):
        return tf.zeros_like(x)

    @_mend.wrong(
        "the total", says="That is the sum of x³ itself. Asked for is its gradient, for each x."
    )
    def _(x):
        return tf.reduce_sum(x**3)

    @_mend.wrong(
        "a list",
        says="A list of one gradient came back. Asked for a tensor or a variable, and not for a "
        "list of them, `tape.gradient` gives the gradient itself.",
    )
    def _(x):
        return [3 * x**2]

    @_mend.wrong(
        "squares", says="That is the gradient of the sum of x². The sum is of x³; leave it so."
    )
    def _(x):
        return 2 * x

    @_mend.wrong(
        "summed", says="The gradient was added up. It has one slope for each element of x."
    )
    def _(x):
        return tf.reduce_sum(3 * x**2)

    @_mend.wrong(
        "asked twice",
        says="The tape was asked twice, and it forgets what it has recorded after the first time. "
        "Ask once and keep what it says.",
    )
    def _(x):
        with tf.GradientTape() as tape:
            tape.watch(x)
            total = tf.reduce_sum(x**3)
        tape.gradient(total, x)
        return tape.gradient(total, x)


@watched_gradient.wrong(
    "watched before the tape was opened",
    says="The tape was asked to watch x before its block began. It has nothing to write on then: "
    "ask inside the block.",
)
def _(x):
    tape = tf.GradientTape()
    tape.watch(x)
    with tape:
        total = tf.reduce_sum(x**3)
    return tape.gradient(total, x)


@kept_variable_gradient.wrong(
    "moved twice",
    says="That is the gradient at 2 · x: `place` has moved by x once too often.",
)
def _(x):
    return 12 * x**2


@float_gradient.wrong(
    "cut off on the way",
    says="The gradient is there, but not at x: the digits behind the point are lost. A cast to "
    "whole numbers does that, also when a cast back follows.",
)
def _(x):
    return 3 * tf.cast(tf.cast(x, tf.int32), x.dtype) ** 2


@inside_tape_gradient.wrong(
    "sum left out of the shape",
    says="That is how every cube changes with every x, a matrix. Asked for is the gradient of "
    "their sum.",
)
def _(x):
    slopes = tf.reshape(3 * x**2, [-1])
    return tf.reshape(tf.linalg.diag(slopes), x.shape + x.shape)

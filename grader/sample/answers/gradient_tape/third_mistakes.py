"""A learner who asks the tape for what it has not seen."""

import tensorflow as tf


def gradient(f, x):
    with tf.GradientTape() as tape:
        value = f(x)
    return tape.gradient(value, x)


def second_derivative(f, x):
    with tf.GradientTape() as tape:
        tape.watch(x)
        value = f(x)
    return tape.gradient(value, x)


def watched_gradient(x):
    with tf.GradientTape() as tape:
        total = tf.reduce_sum(x**3)
        tape.watch(x)
    return tape.gradient(total, x)


def softplus(z):
    return tf.math.log(tf.exp(z) + 1)

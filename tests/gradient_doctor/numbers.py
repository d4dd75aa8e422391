"""Functions whose gradients are 0, not finite or summed up, and some that have no fault."""

from __future__ import annotations

from typing import Any

import keras
import numpy as np
import tensorflow as tf


def dead(x: Any) -> Any:
    with tf.GradientTape() as tape:
        tape.watch(x)
        hidden = tf.nn.relu(-x)
        y = tf.reduce_sum(hidden)
    return tape.gradient(y, x)


def saturated(x: Any) -> Any:
    with tf.GradientTape() as tape:
        tape.watch(x)
        p = tf.sigmoid(500 * x)
    return tape.gradient(p, x)


def signs(x: Any) -> Any:
    with tf.GradientTape() as tape:
        tape.watch(x)
        s = tf.sign(x)
    return tape.gradient(s, x)


def by_nothing(x: Any) -> Any:
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = x * 0.0
    return tape.gradient(y, x)


def clipped(x: Any) -> Any:
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = tf.minimum(x, 0.5)
    return tape.gradient(y, x)


def dead_layer(x: Any) -> Any:
    low = keras.initializers.Constant(-100.0)
    layer = keras.layers.Dense(
        2, activation="relu", kernel_initializer="ones", bias_initializer=low
    )
    with tf.GradientTape() as tape:
        y = layer(x[None])
    return tape.gradient(y, layer.trainable_weights)


def log_of_0(x: Any) -> Any:
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = tf.math.log(x - 1.0)
    return tape.gradient(y, x)


def root_of_0(x: Any) -> Any:
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = tf.sqrt(x - 1.0)
    return tape.gradient(y, x)


def norm_of_0(x: Any) -> Any:
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = tf.norm(x - x)
    return tape.gradient(y, x)


def by_0(x: Any) -> Any:
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = 1 / (x - 1)
    return tape.gradient(y, x)


def overflow(x: Any) -> Any:
    with tf.GradientTape() as tape:
        tape.watch(x)
        e = tf.exp(x * 100)
        y = tf.math.log(e + 1)
    return tape.gradient(y, x)


def not_taken(x: Any) -> Any:
    with tf.GradientTape() as tape:
        tape.watch(x)
        logs = tf.math.log(x - 1.0)
        y = tf.reduce_sum(tf.where(x > 1.5, logs, 0.0))
    return tape.gradient(y, x)


def exploding_steps(x: Any) -> Any:
    w = tf.Variable(x)
    for _ in range(3):
        with tf.GradientTape() as tape:
            e = tf.exp(w * 40.0)
            loss = tf.reduce_sum(e)
        w.assign_sub(tape.gradient(loss, w))
    return w


def not_a_number_given(x: Any) -> Any:
    v = tf.Variable([1.0, np.nan])
    with tf.GradientTape() as tape:
        y = tf.reduce_sum(v * v)
    return tape.gradient(y, v)


def several_numbers(x: Any) -> Any:
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = x * 2
    return tape.gradient(y, x)


def cubes(x: Any) -> Any:
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = tf.reduce_sum(x**3)
    return tape.gradient(y, x)


def two_tapes(x: Any) -> Any:
    with tf.GradientTape() as outer:
        outer.watch(x)
        slope = cubes(x)
        total = tf.reduce_sum(slope)
    return slope, total, outer.watched_variables()


def persistent(x: Any) -> Any:
    with tf.GradientTape(persistent=True) as tape:
        tape.watch(x)
        y = tf.reduce_sum(x**2)
        z = 2 * y
    return [tape.gradient(y, x), tape.gradient(z, x), tape.jacobian(z, x)]


def inside(x: Any) -> Any:
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = tf.reduce_sum(x**2)
        return tape.gradient(y, x)


def steps(x: Any) -> Any:
    w = tf.Variable(x)
    for _ in range(3):
        with tf.GradientTape() as tape:
            loss = tf.reduce_sum(w**2)
        w.assign_sub(0.1 * tape.gradient(loss, w))
    return w.numpy()


def model(x: Any) -> Any:
    layer = keras.layers.Dense(1, kernel_initializer="ones")
    with tf.GradientTape() as tape:
        y = tf.reduce_mean(layer(x[None]))
    return tape.gradient(y, layer.trainable_weights)

"""Functions with one fault each, and at the end some that have none."""

from __future__ import annotations

from typing import Any

import keras
import numpy as np
import tensorflow as tf

KERAS = keras.Variable([1.0, 2.0])
TWO = tf.Variable(2.0)


def unwatched(x: Any) -> Any:
    with tf.GradientTape() as tape:
        y = tf.reduce_sum(x**3)
    return tape.gradient(y, x)


def untrainable(x: Any) -> Any:
    v = tf.Variable(x, trainable=False)
    with tf.GradientTape() as tape:
        y = tf.reduce_sum(v * 2)
    return tape.gradient(y, v)


def jacobian(x: Any) -> Any:
    with tf.GradientTape() as tape:
        y = x**3
    return tape.jacobian(y, x)


@tf.function
def compiled(x: Any) -> Any:
    with tf.GradientTape() as tape:
        y = tf.reduce_sum(x**3)
    tape.gradient(y, x)
    return y


def times_none(x: Any) -> Any:
    with tf.GradientTape() as tape:
        y = x**3
    return 2.0 * tape.gradient(y, x)


def decides(x: Any) -> Any:
    with tf.GradientTape() as tape:
        y = tf.reduce_sum(x**3)
        if y > 0:
            y = 2 * y
    return tape.gradient(y, x)


def second_unwatched(x: Any) -> Any:
    with tf.GradientTape() as outer:
        with tf.GradientTape() as inner:
            inner.watch(x)
            y = tf.reduce_sum(x**3)
        slope = inner.gradient(y, x)
    return outer.gradient(slope, x)


def rebound(x: Any) -> Any:
    w = tf.Variable(x)
    w = w * 1.0
    with tf.GradientTape() as tape:
        y = tf.reduce_sum(w**3)
    return tape.gradient(y, w)


def rebound_in_a_loop(x: Any) -> Any:
    w = tf.Variable(x)
    for _ in range(3):
        with tf.GradientTape() as tape:
            y = tf.reduce_sum(w**3)
        gradient = tape.gradient(y, w)
        w = w - 0.1 * gradient
    return w


def loss_outside(x: Any) -> Any:
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = x**3
    loss = tf.reduce_sum(y)
    return tape.gradient(loss, x)


def start_outside(x: Any) -> Any:
    v = tf.Variable(x)
    y = v**3
    with tf.GradientTape() as tape:
        loss = tf.reduce_sum(y)
    return tape.gradient(loss, v)


def second_outside(x: Any) -> Any:
    with tf.GradientTape() as outer:
        outer.watch(x)
        with tf.GradientTape() as inner:
            inner.watch(x)
            y = tf.reduce_sum(x**3)
    slope = inner.gradient(y, x)
    return outer.gradient(slope, x)


def stopped_recording(x: Any) -> Any:
    with tf.GradientTape() as tape:
        tape.watch(x)
        with tape.stop_recording():
            y = x**3
        loss = tf.reduce_sum(y)
    return tape.gradient(loss, x)


def late(x: Any) -> Any:
    with tf.GradientTape() as tape:
        y = x**3
        tape.watch(x)
        z = tf.reduce_sum(y)
    return tape.gradient(z, x)


def asked_twice(x: Any) -> Any:
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = tf.reduce_sum(x**3)
        z = y * 2
    first = tape.gradient(y, x)
    return first, tape.gradient(z, x)


def whole_numbers(x: Any) -> Any:
    x = tf.constant([1, 2, 3])
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = tf.reduce_sum(x**3)
    return tape.gradient(y, x)


def cast_and_back(x: Any) -> Any:
    with tf.GradientTape() as tape:
        tape.watch(x)
        whole = tf.cast(x, tf.int32)
        y = tf.reduce_sum(tf.cast(whole, tf.float32) ** 3)
    return tape.gradient(y, x)


def whole_result(x: Any) -> Any:
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = tf.argmax(x)
    return tape.gradient(y, x)


def takes_numpy(x: Any) -> Any:
    with tf.GradientTape() as tape:
        tape.watch(x)
        n = x.numpy()
        y = tf.reduce_sum(tf.constant(n**3))
    return tape.gradient(y, x)


def numpy_result(x: Any) -> Any:
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = np.sum(x**3)
    return tape.gradient(y, x)


def numpy_function(x: Any) -> Any:
    with tf.GradientTape() as tape:
        tape.watch(x)
        cubes = np.power(x, 3)
        y = tf.reduce_sum(cubes)
    return tape.gradient(y, x)


def float_result(x: Any) -> Any:
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = float(tf.reduce_sum(x**3))
    return tape.gradient(y, x)


def float_between(x: Any) -> Any:
    with tf.GradientTape() as tape:
        tape.watch(x)
        number = float(tf.reduce_sum(x))
        y = tf.constant(number) ** 3
    return tape.gradient(y, x)


def wrapped_numpy(x: Any) -> Any:
    with tf.GradientTape() as tape:
        tape.watch(x)
        cubes = tf.numpy_function(lambda a: a**3, [x], tf.float32)
        y = tf.reduce_sum(cubes)
    return tape.gradient(y, x)


def position(x: Any) -> Any:
    with tf.GradientTape() as tape:
        tape.watch(x)
        i = tf.argmax(x)
        y = tf.gather(tf.constant([1.0, 2.0, 3.0]), i)
    return tape.gradient(y, x)


def comparison(x: Any) -> Any:
    with tf.GradientTape() as tape:
        tape.watch(x)
        right = x > 1.5
        y = tf.reduce_mean(tf.cast(right, tf.float32))
    return tape.gradient(y, x)


def rounding(x: Any) -> Any:
    with tf.GradientTape() as tape:
        tape.watch(x)
        whole = tf.round(x)
        y = tf.reduce_sum(whole)
    return tape.gradient(y, x)


def kerass_variable(x: Any) -> Any:
    with tf.GradientTape() as tape:
        whole = tf.round(KERAS)
        y = tf.reduce_sum(whole)
    return tape.gradient(y, KERAS)


def stopped(x: Any) -> Any:
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = tf.stop_gradient(x**2)
    return tape.gradient(y, x)


def unrelated(x: Any) -> Any:
    v = tf.Variable(2.0)
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = v * v
    return tape.gradient(y, [v, x])


def apart(x: Any) -> Any:
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = tf.reduce_sum(x**3)
        x = tf.identity(x)
    return tape.gradient(y, x)


def second_of_a_line(x: Any) -> Any:
    with tf.GradientTape() as outer:
        outer.watch(x)
        with tf.GradientTape() as inner:
            inner.watch(x)
            y = tf.reduce_sum(2.0 * x)
        slope = inner.gradient(y, x)
    return outer.gradient(slope, x)


def through_a_variable(x: Any) -> Any:
    v = tf.Variable(tf.zeros_like(x))
    with tf.GradientTape() as tape:
        tape.watch(x)
        v.assign(x * 2)
        y = tf.reduce_sum(v * v)
    return tape.gradient(y, x)


def made_variable(x: Any) -> Any:
    w = tf.Variable(x)
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = tf.reduce_sum(w * w)
    return tape.gradient(y, x)


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


def number_as_source(x: Any) -> Any:
    number = 3.0
    with tf.GradientTape() as tape:
        y = x * number
    return tape.gradient(y, number)


def number_to_watch(x: Any) -> Any:
    number = float(x[0])
    with tf.GradientTape() as tape:
        tape.watch(number)
        y = x * number
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

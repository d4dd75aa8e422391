"""Functions with one fault each, so that a gradient is None."""

from __future__ import annotations

from typing import Any

import keras
import numpy as np
import tensorflow as tf

KERAS = keras.Variable([1.0, 2.0])


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


def jacobian_after_gradient(x: Any) -> Any:
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = x**3
    first = tape.gradient(y, x)
    return first, tape.jacobian(y, x)


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

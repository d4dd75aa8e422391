import keras
import numpy as np
import tensorflow as tf


def numeric_gradient(f, x, step=1e-3):
    """Move one entry of a copy at a time; f gets a tensor again."""
    here = np.array(x)
    slopes = np.zeros_like(here)
    for place in np.ndindex(here.shape):
        heights = []
        for sign in (1, -1):
            moved = here.copy()
            moved[place] += sign * step
            heights.append(float(f(tf.constant(moved))))
        slopes[place] = (heights[0] - heights[1]) / (2 * step)
    return slopes


def gradient_descent(f, start, learning_rate, steps):
    """The table is made first and filled row by row."""
    rows = np.empty((steps + 1, len(start)), dtype=start.dtype.as_numpy_dtype)
    rows[0] = start
    for step in range(steps):
        place = tf.Variable(rows[step])
        with tf.GradientTape() as tape:
            height = f(place)
        rows[step + 1] = rows[step] - learning_rate * tape.gradient(height, place).numpy()
    return rows


def backpropagate(x, y, w1, b1, w2, b2):
    """One sample at a time, with loops over the units."""
    x, y, w1, b1, w2, b2 = (np.asarray(part) for part in (x, y, w1, b1, w2, b2))
    dw1, db1, dw2, db2 = (np.zeros_like(part) for part in (w1, b1, w2, b2))
    for sample, target in zip(x, y):
        sums = sample @ w1 + b1
        hidden = np.maximum(sums, 0)
        errors = 2 * (hidden @ w2 + b2 - target) / y.size
        dw2 += np.outer(hidden, errors)
        db2 += errors
        for unit in range(len(b1)):
            if sums[unit] > 0:
                share = w2[unit] @ errors
                dw1[:, unit] += share * sample
                db1[unit] += share
    return dw1, db1, dw2, db2


def gradient(f, x):
    place = tf.Variable(x)
    with tf.GradientTape() as tape:
        value = f(place)
    slope = tape.gradient(value, place)
    return np.zeros(x.shape) if slope is None else slope.numpy()


def second_derivative(f, x):
    """Element by element, each with two tapes of its own."""
    results = []
    for number in x:
        with tf.GradientTape() as outer:
            outer.watch(number)
            with tf.GradientTape() as inner:
                inner.watch(number)
                value = f(number)
            slope = inner.gradient(value, number)
        bend = outer.gradient(slope, number)
        results.append(0.0 if bend is None else float(bend))
    return np.array(results)


def per_example_gradients(weights, x, y):
    weights, x, y = np.asarray(weights), np.asarray(x), np.asarray(y)
    rows = []
    for example, label in zip(x, y):
        probability = 1 / (1 + np.exp(-example @ weights))
        rows.append((probability - label) * example)
    return np.array(rows)


def watched_gradient(x):
    """A variable needs no watching."""
    place = tf.Variable(x)
    with tf.GradientTape() as tape:
        total = tf.reduce_sum(place**3)
    return tape.gradient(total, place).numpy()


def kept_variable_gradient(x):
    place = tf.Variable(np.zeros(x.shape, "float32"))
    place.assign(place + x)
    with tf.GradientTape() as tape:
        total = tf.reduce_sum(place**3)
    return tape.gradient(total, place).numpy()


def inside_tape_gradient(x):
    place = tf.Variable(x)
    with tf.GradientTape() as tape:
        total = tf.reduce_sum(place**3)
    return np.array(tape.gradient(total, place))


def float_gradient(x):
    place = tf.Variable(np.asarray(x))
    with tf.GradientTape() as tape:
        total = tf.reduce_sum(place**3)
    return np.array(tape.gradient(total, place))


def softplus(z):
    """Value and gradient in NumPy; the tape is told what to make of them."""

    @tf.custom_gradient
    def both(z):
        numbers = z.numpy()

        def slope(upstream):
            e = np.exp(-np.abs(numbers))
            sigmoid = np.where(numbers >= 0, 1 / (1 + e), e / (1 + e))
            return upstream * sigmoid

        return tf.constant(np.logaddexp(numbers, np.zeros_like(numbers))), slope

    return both(z)


class LinearModel:
    def __init__(self):
        rng = np.random.default_rng()
        self.w = tf.Variable(rng.normal(), dtype="float32")
        self.b = tf.Variable(np.float32(0))

    def __call__(self, x):
        return tf.stack([self.w * element for element in x]) + self.b


def mean_squared_error(targets, predictions):
    return float(np.mean((np.asarray(targets) - np.asarray(predictions)) ** 2))


def train_step(model, x, y, learning_rate):
    with tf.GradientTape() as tape:
        errors = model(x) - y
        loss = tf.reduce_mean(errors * errors)
    gradients = tape.gradient(loss, [model.w, model.b])
    for variable, slope in zip([model.w, model.b], gradients):
        variable.assign(variable.numpy() - learning_rate * slope.numpy())
    return float(loss)


tape_quiz = {
    "variable": 2 * 3,
    "constant": None,
    "stopped": np.float32(3.0),
    "whole_number": None,
    "rebound": None,
    "outside": None,
    "second_call": "error",
    "vector": 2 * np.array([1.0, 2.0]),
    "flat": 0,
    "unconnected": 0,
}

import keras
import numpy as np
import tensorflow as tf


def numeric_gradient(f, x, step=1e-3):
    size = int(keras.ops.size(x))
    directions = keras.ops.reshape(keras.ops.eye(size, dtype=x.dtype), (size, *x.shape))
    ahead = [f(x + step * direction) for direction in directions]
    behind = [f(x - step * direction) for direction in directions]
    differences = keras.ops.stack(ahead) - keras.ops.stack(behind)
    return keras.ops.reshape(differences / (2 * step), x.shape)


def gradient_descent(f, start, learning_rate, steps):
    """Keras's own optimizer takes the steps."""
    place = keras.Variable(start, dtype=start.dtype.name)
    optimizer = keras.optimizers.SGD(learning_rate)
    trajectory = [keras.ops.copy(start)]
    for _ in range(steps):
        with tf.GradientTape() as tape:
            height = f(place.value)
        optimizer.apply([tape.gradient(height, place.value)], [place])
        trajectory.append(keras.ops.copy(place.value))
    return keras.ops.stack(trajectory)


def backpropagate(x, y, w1, b1, w2, b2):
    sums = keras.ops.matmul(x, w1) + b1
    hidden = keras.ops.relu(sums)
    errors = keras.ops.matmul(hidden, w2) + b2 - y
    errors = errors * (2 / (errors.shape[0] * errors.shape[1]))
    back = keras.ops.matmul(errors, keras.ops.transpose(w2))
    back = back * keras.ops.cast(keras.ops.greater(sums, 0), back.dtype)
    return [
        keras.ops.matmul(keras.ops.transpose(x), back),
        keras.ops.sum(back, axis=0),
        keras.ops.matmul(keras.ops.transpose(hidden), errors),
        keras.ops.sum(errors, axis=0),
    ]


def gradient(f, x):
    with tf.GradientTape() as tape:
        tape.watch(x)
        # Nothing is added, but there is a way from x to the value now.
        value = f(x) + 0 * keras.ops.sum(x)
    return tape.gradient(value, x)


def second_derivative(f, x):
    with tf.GradientTape() as outer:
        outer.watch(x)
        with tf.GradientTape() as inner:
            inner.watch(x)
            total = keras.ops.sum(f(x))
        slopes = inner.gradient(total, x)
    bends = outer.gradient(slopes, x)
    return keras.ops.zeros_like(x) if bends is None else bends


def per_example_gradients(weights, x, y):
    logits = keras.ops.squeeze(keras.ops.matmul(x, keras.ops.expand_dims(weights, 1)), axis=1)
    errors = keras.ops.sigmoid(logits) - y
    return keras.ops.expand_dims(errors, 1) * x


def watched_gradient(x):
    with tf.GradientTape(watch_accessed_variables=False) as tape:
        tape.watch(x)
        total = keras.ops.sum(keras.ops.power(x, 3))
    return tape.gradient(total, x)


def kept_variable_gradient(x):
    place = tf.Variable(keras.ops.zeros_like(x))
    place.assign(x)
    with tf.GradientTape() as tape:
        total = keras.ops.sum(place**3)
    return tape.gradient(total, place)


def inside_tape_gradient(x):
    with tf.GradientTape() as tape:
        tape.watch(x)
        total = keras.ops.sum(x * x * x)
    return tape.gradient(total, x)


def float_gradient(x):
    place = keras.Variable(keras.ops.cast(x, "float64"), dtype="float64")
    with tf.GradientTape() as tape:
        total = keras.ops.sum(place**3)
    return tape.gradient(total, place.value)


def softplus(z):
    return keras.ops.softplus(z)


class LinearModel(keras.Model):
    def __init__(self):
        super().__init__()
        self.w = self.add_weight(shape=(), initializer="zeros", name="w")
        self.b = self.add_weight(shape=(), initializer="ones", name="b")

    def call(self, x):
        return keras.ops.add(keras.ops.multiply(self.w, x), self.b)


def mean_squared_error(targets, predictions):
    return keras.losses.MeanSquaredError(dtype=targets.dtype.name)(targets, predictions)


def train_step(model, x, y, learning_rate):
    optimizer = keras.optimizers.SGD(float(learning_rate))
    variables = [model.w, model.b]
    with tf.GradientTape() as tape:
        loss = keras.ops.mean(keras.ops.square(model(x) - y))
    optimizer.apply_gradients(zip(tape.gradient(loss, variables), variables))
    return loss


tape_quiz = {
    "variable": 6.0,
    "constant": "none",
    "stopped": 3,
    "whole_number": "None",
    "rebound": "None ",
    "outside": "none",
    "second_call": "Error",
    "vector": (2.0, 4.0),
    "flat": keras.ops.zeros(()),
    "unconnected": 0.0,
}

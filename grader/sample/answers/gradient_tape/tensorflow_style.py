import keras
import numpy as np
import tensorflow as tf


def numeric_gradient(f, x, step=1e-3):
    """All shifts at once, mapped over."""
    step = tf.cast(step, x.dtype)
    size = tf.size(x)
    shifts = tf.one_hot(tf.range(size), size, on_value=step, off_value=0, dtype=x.dtype)
    shifts = tf.reshape(shifts, tf.concat([[size], tf.shape(x)], axis=0))

    def slope(shift):
        return tf.divide(tf.subtract(f(x + shift), f(x - shift)), 2 * step)

    return tf.reshape(tf.map_fn(slope, shifts), tf.shape(x))


def gradient_descent(f, start, learning_rate, steps):
    """A TensorArray of readings of one variable that moves."""
    place = tf.Variable(start)
    readings = tf.TensorArray(start.dtype, steps + 1).write(0, place)
    for step in range(steps):
        with tf.GradientTape() as tape:
            height = f(place)
        place.assign_sub(learning_rate * tape.gradient(height, place))
        readings = readings.write(step + 1, place)
    return readings.stack()


def backpropagate(x, y, w1, b1, w2, b2):
    sums = tf.nn.bias_add(tf.linalg.matmul(x, w1), b1)
    hidden = tf.maximum(sums, 0)
    errors = tf.nn.bias_add(tf.linalg.matmul(hidden, w2), b2) - y
    errors *= 2 / tf.size(errors, out_type=errors.dtype)
    back = tf.einsum("nk,hk->nh", errors, w2) * (tf.sign(sums) + 1) / 2
    return (
        tf.einsum("nd,nh->dh", x, back),
        tf.einsum("nh->h", back),
        tf.linalg.matmul(hidden, errors, transpose_a=True),
        tf.math.reduce_sum(errors, axis=0),
    )


@tf.function
def gradient(f, x):
    """In a graph, the tape and f are traced together."""
    with tf.GradientTape() as tape:
        tape.watch(x)
        value = f(x)
    slopes = tape.gradient(value, [x], unconnected_gradients=tf.UnconnectedGradients.ZERO)
    return slopes[0]


def second_derivative(f, x):
    """Forwards for the first derivative, backwards for the second."""
    with tf.GradientTape() as tape:
        tape.watch(x)
        with tf.autodiff.ForwardAccumulator(x, tf.ones_like(x)) as forward:
            value = f(x)
        slopes = forward.jvp(value, unconnected_gradients="zero")
    return tape.gradient(slopes, x, unconnected_gradients="zero")


def per_example_gradients(weights, x, y):
    """The Jacobian of all losses."""
    with tf.GradientTape() as tape:
        tape.watch(weights)
        logits = tf.einsum("nd,d->n", x, weights)
        losses = tf.nn.sigmoid_cross_entropy_with_logits(labels=y, logits=logits)
    return tape.jacobian(losses, weights)


def watched_gradient(x):
    with tf.GradientTape() as tape:
        tape.watch([x])
        total = tf.math.reduce_sum(tf.pow(x, 3))
    [slopes] = tape.gradient(total, [x])
    return slopes


def kept_variable_gradient(x):
    place = tf.Variable(tf.zeros_like(x))
    place = place + x
    with tf.GradientTape() as tape:
        tape.watch(place)  # a tensor now, which may be watched as well
        total = tf.reduce_sum(place**3)
    return tape.gradient(total, place)


def inside_tape_gradient(x):
    """Left outside, the sum is made up for by what comes from above: a 1 for each cube."""
    place = tf.Variable(x)
    with tf.GradientTape() as tape:
        cubes = place**3
    return tape.gradient(cubes, place, output_gradients=tf.ones_like(cubes))


def float_gradient(x):
    with tf.GradientTape() as tape:
        tape.watch(x)
        total = tf.reduce_sum(tf.cast(x, tf.float64) ** 3)
    return tape.gradient(total, x)


@tf.custom_gradient
def softplus(z):
    value = tf.where(z > 0, z, 0) + tf.math.log1p(tf.exp(-tf.abs(z)))
    return value, lambda upstream: tf.math.multiply(upstream, tf.math.sigmoid(z))


class LinearModel(tf.Module):
    def __init__(self):
        super().__init__()
        self.w = tf.Variable(tf.random.normal(()), name="w")
        self.b = tf.Variable(tf.zeros(()), name="b")

    @tf.function
    def __call__(self, x):
        return tf.math.add(tf.math.multiply(x, self.w), self.b)


def mean_squared_error(targets, predictions):
    return tf.reduce_mean(tf.math.squared_difference(predictions, targets), axis=None)


def train_step(model, x, y, learning_rate):
    @tf.function
    def step():
        with tf.GradientTape(watch_accessed_variables=False) as tape:
            tape.watch([model.w, model.b])
            loss = tf.reduce_mean(tf.math.squared_difference(model(x), y))
        for variable, slope in zip([model.w, model.b], tape.gradient(loss, [model.w, model.b])):
            variable.assign_add(-learning_rate * slope)
        return loss

    return step()


tape_quiz = {
    "variable": tf.constant(6.0),
    "constant": "None",
    "stopped": tf.constant(3.0),
    "whole_number": "None",
    "rebound": "None",
    "outside": "None",
    "second_call": "ERROR",
    "vector": tf.constant([2.0, 4.0]),
    "flat": tf.zeros(()),
    "unconnected": tf.constant(0.0),
}

"""Right answers of chapter 2: slopes, the way downhill, backpropagation, the tape, a line."""

import tensorflow as tf


def numeric_gradient(f, x, step=1e-3):
    """Estimate the gradient of f at x by central differences.

    For each element of x it is (f(x + step) - f(x - step)) / (2 · step), where only that
    element moves.

    Args:
        f: a function from a tensor like `x` to a scalar.
        x: a floating tensor of any shape.
        step: how far the element moves to either side.

    Returns:
        The slopes, in the shape of `x`.
    """
    slopes = []
    for shift in step * tf.eye(tf.size(x), dtype=x.dtype):
        shift = tf.reshape(shift, x.shape)
        slopes.append((f(x + shift) - f(x - shift)) / (2 * step))
    return tf.reshape(slopes, x.shape)


def gradient_descent(f, start, learning_rate, steps):
    """Walk downhill on f and return every place on the way.

    Each step goes from a place p to p - learning_rate · (gradient of f at p).

    Args:
        f: a function from a tensor of shape (d,) to a scalar.
        start: where the walk begins, shape (d,).
        learning_rate: how far to go against the gradient.
        steps: how many steps to take; 0 is allowed.

    Returns:
        The trajectory, shape (steps + 1, d): the start, then the place after each step.
    """
    place = start
    trajectory = [place]
    for _ in range(steps):
        with tf.GradientTape() as tape:
            tape.watch(place)
            height = f(place)
        place = place - learning_rate * tape.gradient(height, place)
        trajectory.append(place)
    return tf.stack(trajectory)


def backpropagate(x, y, w1, b1, w2, b2):
    """Return the gradients of a network with one hidden layer, worked out without a tape.

    The network predicts relu(x · w1 + b1) · w2 + b2. Its loss is the mean squared error, over
    all n · k entries of the predictions.

    Args:
        x: inputs, shape (n, d).
        y: targets, shape (n, k).
        w1: weights of the hidden layer, shape (d, h).
        b1: biases of the hidden layer, shape (h,).
        w2: weights of the output layer, shape (h, k).
        b2: biases of the output layer, shape (k,).

    Returns:
        (dw1, db1, dw2, db2): the gradient of the loss for each, in its shape.
    """
    hidden = tf.nn.relu(x @ w1 + b1)
    predictions = hidden @ w2 + b2

    d_predictions = 2 * (predictions - y) / y.shape.num_elements()
    dw2 = tf.transpose(hidden) @ d_predictions
    db2 = tf.reduce_sum(d_predictions, axis=0)

    d_hidden = d_predictions @ tf.transpose(w2)
    d_sums = tf.where(hidden > 0, d_hidden, 0)
    dw1 = tf.transpose(x) @ d_sums
    db1 = tf.reduce_sum(d_sums, axis=0)
    return dw1, db1, dw2, db2


def gradient(f, x):
    """Return the gradient of f at x.

    Args:
        f: a function from a tensor like `x` to a scalar.
        x: a constant floating tensor of any shape.

    Returns:
        The gradient, in the shape of `x`; zeros where f does not depend on `x`.
    """
    with tf.GradientTape() as tape:
        tape.watch(x)
        value = f(x)
    return tape.gradient(value, x, unconnected_gradients="zero")


def second_derivative(f, x):
    """Return the second derivative of f at every element of x.

    Args:
        f: a function that works element by element.
        x: a constant floating tensor, shape (n,).

    Returns:
        The second derivatives, shape (n,); zeros for a linear f.
    """
    with tf.GradientTape() as outer:
        outer.watch(x)
        with tf.GradientTape() as inner:
            inner.watch(x)
            value = f(x)
        slope = inner.gradient(value, x, unconnected_gradients="zero")
    return outer.gradient(slope, x, unconnected_gradients="zero")


def per_example_gradients(weights, x, y):
    """Return the gradient of the logistic loss for each example by itself.

    The loss of one example is the cross-entropy of its label under sigmoid(x · weights).

    Args:
        weights: shape (d,); there is no bias.
        x: examples, shape (n, d).
        y: labels 0 or 1, shape (n,).

    Returns:
        Gradients for the weights, shape (n, d): one row for each example, not divided by n.
    """
    logits = tf.linalg.matvec(x, weights)
    errors = tf.sigmoid(logits) - y  # the slope of each loss for its logit
    return errors[:, tf.newaxis] * x


def watched_gradient(x):
    """Return the gradient of the sum of x³, in the shape of the constant tensor x."""
    with tf.GradientTape() as tape:
        tape.watch(x)
        total = tf.reduce_sum(x**3)
    return tape.gradient(total, x)


def kept_variable_gradient(x):
    """Return the gradient of the sum of x³, in the shape of the constant tensor x."""
    place = tf.Variable(tf.zeros_like(x))
    place.assign_add(x)
    with tf.GradientTape() as tape:
        total = tf.reduce_sum(place**3)
    return tape.gradient(total, place)


def inside_tape_gradient(x):
    """Return the gradient of the sum of x³, in the shape of the constant tensor x."""
    place = tf.Variable(x)
    with tf.GradientTape() as tape:
        cubes = place**3
        total = tf.reduce_sum(cubes)
    return tape.gradient(total, place)


def float_gradient(x):
    """Return the gradient of the sum of x³, in the shape of the constant tensor x."""
    place = tf.Variable(tf.cast(x, tf.float32))
    with tf.GradientTape() as tape:
        total = tf.reduce_sum(place**3)
    return tape.gradient(total, place)


@tf.custom_gradient
def softplus(z):
    """Return log(exp(z) + 1) for every element of z, with its gradient sigmoid(z).

    Value and gradient are finite, and right, for z as large as 1000 and as small as -1000.

    Args:
        z: a floating tensor of any shape.
    """

    def gradient(upstream):
        return upstream * tf.sigmoid(z)

    # Of exp(z) + 1, the larger term is taken out of the logarithm: no exponential overflows.
    return tf.maximum(z, 0) + tf.math.log1p(tf.exp(-tf.abs(z))), gradient


class LinearModel:
    """A line: w · x + b, with two scalar variables `w` and `b`."""

    def __init__(self):
        """Make the variables; each model has its own."""
        self.w = tf.Variable(1.0)
        self.b = tf.Variable(0.0)

    def __call__(self, x):
        """Return w · x + b for every element of x, in the shape of x."""
        return self.w * x + self.b


def mean_squared_error(targets, predictions):
    """Return the mean squared difference of targets and predictions, a scalar.

    Args:
        targets: shape (n,) or (n, 1).
        predictions: the same shape as `targets`.
    """
    return tf.reduce_mean(tf.square(targets - predictions))


def train_step(model, x, y, learning_rate):
    """Take one step of gradient descent on the mean squared error of a model.

    The model's variables are updated in place.

    Args:
        model: a function from `x` to predictions, with variables `w` and `b`.
        x: inputs.
        y: targets, in the shape of the predictions.
        learning_rate: how far to go against the gradient.

    Returns:
        The loss before the update, a scalar.
    """
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(y - model(x)))
    dw, db = tape.gradient(loss, [model.w, model.b])
    model.w.assign_sub(learning_rate * dw)
    model.b.assign_sub(learning_rate * db)
    return loss


tape_quiz = {
    # In every question, v = tf.Variable(3.0) and c = tf.constant(3.0), and what is asked for is
    # what `tape.gradient` returns: a number, a list of numbers, "None", or "error".
    #
    # 1. with tf.GradientTape() as tape:
    #        y = v * v
    #    tape.gradient(y, v)
    "variable": 6.0,
    # 2. with tf.GradientTape() as tape:
    #        y = c * c
    #    tape.gradient(y, c)
    "constant": "None",
    # 3. with tf.GradientTape() as tape:
    #        tape.watch(c)
    #        y = c * tf.stop_gradient(c)
    #    tape.gradient(y, c)
    "stopped": 3.0,
    # 4. n = tf.Variable(3)
    #    with tf.GradientTape() as tape:
    #        y = n * n
    #    tape.gradient(y, n)
    "whole_number": "None",
    # 5. w = v - 1.0
    #    with tf.GradientTape() as tape:
    #        y = w * w
    #    tape.gradient(y, w)
    "rebound": "None",
    # 6. with tf.GradientTape() as tape:
    #        y = v * v
    #    z = 2.0 * y
    #    tape.gradient(z, v)
    "outside": "None",
    # 7. with tf.GradientTape() as tape:
    #        y = v * v
    #    tape.gradient(y, v)
    #    tape.gradient(y, v)  # this one
    "second_call": "error",
    # 8. x = tf.Variable([1.0, 2.0])
    #    with tf.GradientTape() as tape:
    #        y = x * x
    #    tape.gradient(y, x)
    "vector": [2.0, 4.0],
    # 9. with tf.GradientTape() as tape:
    #        y = tf.nn.relu(-v)
    #    tape.gradient(y, v)
    "flat": 0.0,
    # 10. with tf.GradientTape() as tape:
    #         y = c * c
    #     tape.gradient(y, v, unconnected_gradients="zero")
    "unconnected": 0.0,
}

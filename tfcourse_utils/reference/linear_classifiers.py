"""Right answers of chapter 3: two clouds, an affine map, a loss, a step downhill, a line."""

import keras
import numpy as np
import tensorflow as tf


def make_clouds(samples_per_class, seed):
    """Draw two Gaussian clouds of points in the plane, one for each class.

    The negatives (target 0) have mean (0, 3), the positives (target 1) mean (3, 0);
    both have covariance [[1, 0.5], [0.5, 1]]. The negatives come first.

    Args:
        samples_per_class: n, the number of points in each cloud.
        seed: the same seed gives the same points, whatever the global seeds are.

    Returns:
        (inputs, targets): float32, of shapes (2n, 2) and (2n, 1).
    """
    rng = np.random.default_rng(seed)
    covariance = [[1.0, 0.5], [0.5, 1.0]]
    negatives = rng.multivariate_normal([0.0, 3.0], covariance, samples_per_class)
    positives = rng.multivariate_normal([3.0, 0.0], covariance, samples_per_class)
    inputs = np.concatenate([negatives, positives])
    targets = np.repeat([[0.0], [1.0]], samples_per_class, axis=0)
    return inputs.astype("float32"), targets.astype("float32")


def dense(inputs, W, b, activation=None):
    """Apply one dense layer: activation(inputs · W + b).

    Args:
        inputs: shape (n, d), one sample a row.
        W: weights, shape (d, k).
        b: biases, shape (k,).
        activation: a function of a tensor, or None to leave the affine map as it is.

    Returns:
        Outputs of shape (n, k).
    """
    outputs = inputs @ W + b
    return outputs if activation is None else activation(outputs)


def square_loss(targets, predictions):
    """Return the mean squared difference between targets and predictions, a scalar.

    Args:
        targets: any shape.
        predictions: the same shape as `targets`.

    Raises:
        ValueError: the shapes differ, as (n,) and (n, 1) do.
    """
    if targets.shape != predictions.shape:
        raise ValueError(f"targets {targets.shape} but predictions {predictions.shape}")
    return tf.reduce_mean(tf.square(targets - predictions))


def training_step(inputs, targets, W, b, learning_rate):
    """Take one gradient-descent step of a linear model on the square loss.

    `W` and `b` are updated in place.

    Args:
        inputs: shape (n, d).
        targets: shape (n, k).
        W: a tf.Variable of shape (d, k).
        b: a tf.Variable of shape (k,).
        learning_rate: how far to go against the gradient.

    Returns:
        The loss before the update, a scalar.
    """
    with tf.GradientTape() as tape:
        predictions = inputs @ W + b
        loss = tf.reduce_mean(tf.square(targets - predictions))
    dW, db = tape.gradient(loss, [W, b])
    W.assign_sub(learning_rate * dW)
    b.assign_sub(learning_rate * db)
    return loss


def boundary_line(W, b, threshold=0.5):
    """Return the line on which a linear classifier in the plane is undecided.

    It is where W0·x + W1·y + b equals the threshold, written as y = slope·x + intercept.

    Args:
        W: weights (W0, W1), shape (2, 1).
        b: bias, shape (1,).
        threshold: predictions above it are called positive.

    Returns:
        (slope, intercept), two scalars.

    Raises:
        ValueError: W1 is 0; the message says that the line is vertical.
    """
    W0, W1 = W[0, 0], W[1, 0]
    if W1 == 0:
        raise ValueError("W1 is 0: the boundary is vertical and has no slope")
    return -W0 / W1, (threshold - b[0]) / W1


def binary_cross_entropy(targets, logits):
    """Return the mean cross-entropy of 0/1 targets under sigmoid(logits), a scalar.

    For one sample it is -t·log(s) - (1 - t)·log(1 - s) with s = sigmoid(z). Value and
    gradient stay finite, and right, for logits as large as 1000.

    Args:
        targets: 0 or 1, any shape.
        logits: real numbers z, the same shape as `targets`.
    """
    # log(s) = z - softplus(z) and log(1 - s) = -softplus(z): no logarithm of 0 is left.
    return tf.reduce_mean(tf.math.softplus(logits) - targets * logits)


def train_softmax(x, y, num_classes, learning_rate, epochs):
    """Train a linear classifier of several classes with softmax and cross-entropy.

    Args:
        x: float32 samples, shape (n, d).
        y: integer labels in [0, num_classes), shape (n,); some classes may be absent.
        num_classes: k.
        learning_rate: step size of gradient descent.
        epochs: how many times to go through all of the data.

    Returns:
        (W, b): weights (d, k) and biases (k,); x · W + b is largest for the predicted class.
    """
    W = tf.Variable(tf.zeros((x.shape[1], num_classes)))
    b = tf.Variable(tf.zeros(num_classes))
    for _ in range(epochs):
        with tf.GradientTape() as tape:
            losses = tf.nn.sparse_softmax_cross_entropy_with_logits(y, x @ W + b)
            loss = tf.reduce_mean(losses)
        dW, db = tape.gradient(loss, [W, b])
        W.assign_sub(learning_rate * dW)
        b.assign_sub(learning_rate * db)
    return W, b


def solve_xor(seed):
    """Return a trained Keras model that computes the exclusive or of two bits.

    Args:
        seed: makes the result reproducible; any seed must do.

    Returns:
        A model from (n, 2) to (n, 1) that is above 0.5 on (0, 1) and (1, 0), and below
        on (0, 0) and (1, 1).
    """
    keras.utils.set_random_seed(seed)
    corners = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], "float32")
    targets = np.array([[0], [1], [1], [0]], "float32")
    model = keras.Sequential(
        [
            keras.Input((2,)),
            keras.layers.Dense(16, activation="tanh"),
            keras.layers.Dense(1, activation="sigmoid"),
        ]
    )
    model.compile(keras.optimizers.Adam(0.05), "binary_crossentropy")
    model.fit(np.tile(corners, (400, 1)), np.tile(targets, (400, 1)), batch_size=8, verbose=0)
    return model


def fit_curve(x, y, seed):
    """Return a Keras model trained to predict y from x, where the relation is curved.

    Args:
        x: float32 inputs, shape (n, 1).
        y: float32 targets with noise, shape (n, 1).
        seed: makes the result reproducible.

    Returns:
        A model from (n, 1) to (n, 1).
    """
    keras.utils.set_random_seed(seed)
    model = keras.Sequential(
        [
            keras.Input((1,)),
            keras.layers.Dense(32, activation="relu"),
            keras.layers.Dense(1),
        ]
    )
    model.compile(keras.optimizers.Adam(0.02), "mean_squared_error")
    # One epoch over 40 copies takes a tenth of the time of 40 epochs over so few samples.
    model.fit(np.tile(x, (40, 1)), np.tile(y, (40, 1)), batch_size=32, verbose=0)
    return model


def decision_grid(predict, x_limits, y_limits, resolution):
    """Evaluate a classifier on a square grid of points, ready for plotting.

    Args:
        predict: a function from points (n, 2) to predictions; slow to call, fast on many points.
        x_limits: (lowest, highest) x, both on the grid.
        y_limits: (lowest, highest) y, both on the grid.
        resolution: the number of grid lines in each direction.

    Returns:
        (points, predictions): points of shape (resolution², 2) in any order, and what
        `predict` gives for them in the same order.
    """
    xs, ys = np.meshgrid(np.linspace(*x_limits, resolution), np.linspace(*y_limits, resolution))
    points = np.column_stack([xs.ravel(), ys.ravel()])
    return points, predict(points)


def mend_boundary_line(W, b, threshold=0.5):
    """Return (slope, intercept) of the line on which a linear classifier is undecided.

    The same contract as `boundary_line`: W has shape (2, 1), b has shape (1,), and
    W1 = 0 raises a ValueError with the word "vertical".
    """
    if W[1, 0] == 0:
        raise ValueError("a vertical line has no slope")
    slope = -W[0, 0] / W[1, 0]
    intercept = (threshold - b[0]) / W[1, 0]
    return slope, intercept


before_you_run = {
    # 1. inputs has shape (5, 2), W (2, 3), b (3,). The shape of inputs @ W + b, as a tuple:
    "output_shape": (5, 3),
    # 2. targets has shape (4, 1), predictions (4,). The shape of targets - predictions:
    "difference_shape": (4, 4),
    # 3. sigmoid(0), a number:
    "sigmoid_of_zero": 0.5,
    # 4. W is [[2.], [4.]], b is [1.], the threshold 0.5. The slope of the boundary line:
    "slope": -0.5,
    # 5. Trainable numbers (weights and biases) in a network 2 inputs - 8 hidden units - 1 output:
    "parameter_count": 33,
    # 6. Which of "clouds", "rings" and "xor" can a straight line separate?
    "separable": "clouds",
}

import keras
import numpy as np
import tensorflow as tf


def make_clouds(samples_per_class, seed):
    """Shape standard normal points with a Cholesky factor, one cloud at a time."""
    rng = np.random.default_rng(seed)
    factor = np.linalg.cholesky([[1.0, 0.5], [0.5, 1.0]])
    inputs = np.empty((2 * samples_per_class, 2), dtype=np.float32)
    targets = np.empty((2 * samples_per_class, 1), dtype=np.float32)
    for label, mean in enumerate([(0.0, 3.0), (3.0, 0.0)]):
        rows = slice(label * samples_per_class, (label + 1) * samples_per_class)
        inputs[rows] = rng.standard_normal((samples_per_class, 2)) @ factor.T + mean
        targets[rows] = label
    return inputs, targets


def dense(inputs, W, b, activation=None):
    """Multiply and add in NumPy; the activation gets a tensor, as it would in a layer."""
    outputs = np.dot(inputs, W) + np.asarray(b)
    if activation is None:
        return outputs
    return activation(tf.constant(outputs))


def square_loss(targets, predictions):
    targets, predictions = np.asarray(targets), np.asarray(predictions)
    if targets.shape != predictions.shape:
        raise ValueError(f"cannot compare {targets.shape} with {predictions.shape}")
    return float(np.mean((targets - predictions) ** 2))


def training_step(inputs, targets, W, b, learning_rate):
    """The gradient of the mean of e² is 2/size · Xᵀe for W, and 2/size · (sum of e) for b."""
    inputs = np.asarray(inputs)
    errors = inputs @ W.numpy() + b.numpy() - np.asarray(targets)
    loss = np.mean(errors**2)
    W.assign_sub(learning_rate * 2.0 / errors.size * (inputs.T @ errors))
    b.assign_sub(learning_rate * 2.0 / errors.size * errors.sum(axis=0))
    return float(loss)


def boundary_line(W, b, threshold=0.5):
    W0, W1 = (float(w) for w in np.ravel(W))
    try:
        return -W0 / W1, (float(threshold) - float(b[0])) / W1
    except ZeroDivisionError:
        raise ValueError("the boundary is vertical") from None


def binary_cross_entropy(targets, logits):
    """Value and gradient both by formula: the gradient is (sigmoid(z) - t) / n."""

    @tf.custom_gradient
    def mean_loss(t, z):
        size = tf.cast(tf.size(z), z.dtype)
        # max(z, 0) + log(1 + exp(-|z|)) is log(1 + exp(z)) without the overflow.
        losses = tf.maximum(z, 0.0) + tf.math.log1p(tf.exp(-tf.abs(z))) - t * z

        def gradient(upstream):
            return upstream * -z / size, upstream * (tf.sigmoid(z) - t) / size

        return tf.reduce_mean(losses), gradient

    return mean_loss(tf.convert_to_tensor(targets), tf.convert_to_tensor(logits))


def train_softmax(x, y, num_classes, learning_rate, epochs):
    """Mini-batch gradient descent, with the gradient of softmax and cross-entropy by hand."""
    x, y = np.asarray(x), np.asarray(y)
    rng = np.random.default_rng(0)
    one_hot = np.eye(num_classes)[y]
    W = np.zeros((x.shape[1], num_classes))
    b = np.zeros(num_classes)
    for _ in range(epochs):
        order = rng.permutation(len(x))
        for start in range(0, len(x), 64):
            batch = order[start : start + 64]
            scores = x[batch] @ W + b
            powers = np.exp(scores - scores.max(axis=1, keepdims=True))
            probabilities = powers / powers.sum(axis=1, keepdims=True)
            errors = (probabilities - one_hot[batch]) / len(batch)
            W -= learning_rate * x[batch].T @ errors
            b -= learning_rate * errors.sum(axis=0)
    return W.astype("float32"), b.astype("float32")


def solve_xor(seed):
    """Backpropagation by hand, then the weights are put into a Keras model."""
    rng = np.random.default_rng(seed)
    x = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], dtype=float)
    t = np.array([[0], [1], [1], [0]], dtype=float)
    W1, b1 = rng.normal(size=(2, 16)), np.zeros(16)
    W2, b2 = rng.normal(size=(16, 1)) / 4, np.zeros(1)
    for _ in range(3000):
        hidden = np.tanh(x @ W1 + b1)
        d_scores = 1 / (1 + np.exp(-(hidden @ W2 + b2))) - t
        d_hidden = d_scores @ W2.T * (1 - hidden**2)
        W2 -= 0.1 * hidden.T @ d_scores
        b2 -= 0.1 * d_scores.sum(axis=0)
        W1 -= 0.1 * x.T @ d_hidden
        b1 -= 0.1 * d_hidden.sum(axis=0)
    model = keras.Sequential(
        [
            keras.Input((2,)),
            keras.layers.Dense(16, activation="tanh"),
            keras.layers.Dense(1, activation="sigmoid"),
        ]
    )
    model.set_weights([W1, b1, W2, b2])
    return model


def fit_curve(x, y, seed):
    """A subclassed model that standardizes x on the way in and y on the way out."""

    class CurveModel(keras.Model):
        def __init__(self, x, y):
            super().__init__()
            self.x_mean, self.x_scale = float(x.mean()), float(x.std())
            self.y_mean, self.y_scale = float(y.mean()), float(y.std())
            self.hidden = keras.layers.Dense(32, activation="tanh")
            self.out = keras.layers.Dense(1)

        def call(self, inputs):
            hidden = self.hidden((inputs - self.x_mean) / self.x_scale)
            return self.out(hidden) * self.y_scale + self.y_mean

    keras.utils.set_random_seed(seed)
    x, y = np.asarray(x), np.asarray(y)
    model = CurveModel(x, y)
    model.compile(optimizer=keras.optimizers.Adam(0.02), loss="mse")
    rng = np.random.default_rng(seed)
    for step in range(1000):
        if step == 800:  # smaller steps at the end average out the noise of the batches
            model.optimizer.learning_rate = 0.002
        batch = rng.integers(len(x), size=64)
        model.train_on_batch(x[batch], y[batch])
    return model


def decision_grid(predict, x_limits, y_limits, resolution):
    """Go through the grid column by column: one call of `predict` for each column."""
    x_low, x_high = x_limits
    y_low, y_high = y_limits
    columns, predictions = [], []
    for x in np.linspace(x_low, x_high, resolution):
        column = np.empty((resolution, 2))
        column[:, 0] = x
        column[:, 1] = np.linspace(y_low, y_high, resolution)
        columns.append(column)
        predictions.append(predict(column))
    return np.concatenate(columns), np.concatenate(predictions)


def mend_boundary_line(W, b, threshold=0.5):
    (W0,), (W1,) = np.asarray(W)
    if W1 == 0:
        raise ValueError("W1 is 0, so the line is vertical")
    return -W0 / W1, (threshold - np.asarray(b)[0]) / W1


before_you_run = {
    "output_shape": (np.zeros((5, 2)) @ np.zeros((2, 3)) + np.zeros(3)).shape,
    "difference_shape": (np.zeros((4, 1)) - np.zeros(4)).shape,
    "sigmoid_of_zero": 1 / (1 + np.exp(0)),
    "slope": -2 / 4,
    "parameter_count": (2 + 1) * 8 + (8 + 1) * 1,
    "separable": "clouds",
}

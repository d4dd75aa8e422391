import keras
import numpy as np
import tensorflow as tf


def make_clouds(samples_per_class, seed):
    """Stateless random numbers depend on their own seed and on nothing else."""
    factor = tf.linalg.cholesky(tf.constant([[1.0, 0.5], [0.5, 1.0]], tf.float64))

    def cloud(label, mean):
        seeds = tf.constant([seed, label], tf.int64)
        noise = tf.random.stateless_normal([samples_per_class, 2], seeds, dtype=tf.float64)
        return tf.linalg.matmul(noise, factor, transpose_b=True) + tf.constant(mean, tf.float64)

    inputs = tf.concat([cloud(0, [0.0, 3.0]), cloud(1, [3.0, 0.0])], axis=0)
    targets = tf.repeat(tf.constant([[0.0], [1.0]]), samples_per_class, axis=0)
    return tf.cast(inputs, tf.float32), targets


def dense(inputs, W, b, activation=None):
    outputs = tf.nn.bias_add(tf.linalg.matmul(inputs, W), b)
    if activation is not None:
        outputs = activation(outputs)
    return outputs


def square_loss(targets, predictions):
    # The ranks first: the shapes [n] and [n, 1] are themselves compared with broadcasting.
    tf.debugging.assert_rank(predictions, targets.shape.rank)
    tf.debugging.assert_equal(tf.shape(predictions), tf.shape(targets))
    return tf.reduce_mean(tf.math.squared_difference(targets, predictions))


@tf.function
def training_step(inputs, targets, W, b, learning_rate):
    with tf.GradientTape(watch_accessed_variables=False) as tape:
        tape.watch([W, b])
        errors = tf.linalg.matmul(inputs, W) + b - targets
        loss = tf.reduce_mean(tf.square(errors))
    for variable, gradient in zip([W, b], tape.gradient(loss, [W, b])):
        variable.assign_sub(learning_rate * gradient)
    return loss


def boundary_line(W, b, threshold=0.5):
    W0, W1 = tf.unstack(tf.squeeze(tf.cast(W, tf.float64), axis=1))
    offset = tf.cast(threshold, tf.float64) - tf.cast(b[0], tf.float64)
    if tf.equal(W1, 0.0):
        raise ValueError(f"no slope: the boundary is vertical, at x = {offset / W0}")
    return tf.negative(W0 / W1), offset / W1


def binary_cross_entropy(targets, logits):
    # 1 - sigmoid(z) is sigmoid(-z).
    positive = targets * tf.math.log_sigmoid(logits)
    negative = (1.0 - targets) * tf.math.log_sigmoid(-logits)
    return -tf.reduce_mean(positive + negative)


def train_softmax(x, y, num_classes, learning_rate, epochs):
    """All epochs are one pass over a tf.data pipeline, inside one call of a graph."""
    x, y = tf.cast(x, tf.float64), tf.one_hot(y, num_classes, dtype=tf.float64)
    samples = tf.data.Dataset.from_tensor_slices((x, y)).shuffle(x.shape[0])
    batches = samples.batch(100).repeat(epochs)
    W = tf.Variable(tf.zeros([x.shape[1], num_classes], tf.float64))
    b = tf.Variable(tf.zeros([num_classes], tf.float64))

    @tf.function
    def train():
        for inputs, targets in batches:
            with tf.GradientTape() as tape:
                losses = tf.nn.softmax_cross_entropy_with_logits(targets, inputs @ W + b)
                loss = tf.reduce_mean(losses)
            dW, db = tape.gradient(loss, [W, b])
            W.assign_sub(learning_rate * dW)
            b.assign_sub(learning_rate * db)

    train()
    return tf.cast(W, tf.float32), tf.cast(b, tf.float32)


def solve_xor(seed):
    """Train on the logits; the model that is returned ends in a sigmoid."""
    corners = tf.constant([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
    targets = tf.constant([[0.0], [1.0], [1.0], [0.0]])
    inputs = keras.Input([2])
    hidden = keras.layers.Dense(
        16, activation=tf.nn.tanh, kernel_initializer=keras.initializers.HeNormal(seed)
    )(inputs)
    logits = keras.layers.Dense(1, kernel_initializer=keras.initializers.HeNormal(seed + 1))(hidden)
    scorer = keras.Model(inputs, logits)
    variables = scorer.trainable_variables

    @tf.function
    def train(steps):
        for _ in tf.range(steps):
            with tf.GradientTape() as tape:
                losses = tf.nn.sigmoid_cross_entropy_with_logits(targets, scorer(corners))
                loss = tf.reduce_mean(losses)
            for variable, gradient in zip(variables, tape.gradient(loss, variables)):
                variable.assign_sub(0.3 * gradient)

    train(tf.constant(4000))
    return keras.Model(inputs, keras.layers.Activation(tf.sigmoid)(logits))


def fit_curve(x, y, seed):
    """A subclassed model; its own training loop goes through repeated, shuffled batches."""

    class CurveModel(keras.Model):
        def __init__(self):
            super().__init__()
            self.hidden = keras.layers.Dense(64, activation=tf.nn.relu)
            self.head = keras.layers.Dense(1)

        def call(self, inputs):
            return self.head(self.hidden(inputs))

    tf.keras.utils.set_random_seed(seed)
    model, optimizer = CurveModel(), keras.optimizers.Adam(0.01)
    model(x[:1])  # makes the weights, before the graph is traced
    batches = tf.data.Dataset.from_tensor_slices((x, y)).shuffle(len(x), seed=seed).repeat()

    @tf.function
    def step(inputs, targets):
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.square(model(inputs, training=True) - targets))
        variables = model.trainable_variables
        optimizer.apply(tape.gradient(loss, variables), variables)

    for inputs, targets in batches.batch(64).take(1500).prefetch(tf.data.AUTOTUNE):
        step(inputs, targets)
    return model


def decision_grid(predict, x_limits, y_limits, resolution):
    x_limits, y_limits = tf.cast(x_limits, tf.float32), tf.cast(y_limits, tf.float32)
    xs = tf.linspace(x_limits[0], x_limits[1], resolution)
    ys = tf.linspace(y_limits[0], y_limits[1], resolution)
    columns = [tf.reshape(values, [-1]) for values in tf.meshgrid(xs, tf.reverse(ys, [0]))]
    points = tf.stack(columns, axis=1)
    return points, predict(points)


def mend_boundary_line(W, b, threshold=0.5):
    W0, W1 = W[0, 0], W[1, 0]
    if tf.abs(W1) > 0:
        return tf.divide(-W0, W1), tf.divide(threshold - b[0], W1)
    raise ValueError("vertical boundary")


before_you_run = {
    "output_shape": tuple((tf.zeros([5, 2]) @ tf.zeros([2, 3]) + tf.zeros([3])).shape),
    "difference_shape": tuple((tf.zeros([4, 1]) - tf.zeros([4])).shape),
    "sigmoid_of_zero": tf.sigmoid(0.0),
    "slope": -0.5,
    "parameter_count": tf.constant(2 * 8 + 8 + 8 * 1 + 1),
    "separable": "clouds",
}

import keras
import numpy as np
import tensorflow as tf


def make_clouds(samples_per_class, seed):
    """With correlation 0.5, the second coordinate is half the first and √0.75 of its own."""
    first, own = keras.random.normal((2, 2 * samples_per_class), dtype="float32", seed=seed)
    points = keras.ops.stack([first, 0.5 * first + 0.75**0.5 * own], axis=1)
    means = keras.ops.repeat([[0.0, 3.0], [3.0, 0.0]], samples_per_class, axis=0)
    targets = keras.ops.concatenate(
        [keras.ops.zeros((samples_per_class, 1)), keras.ops.ones((samples_per_class, 1))]
    )
    return points + means, targets


def dense(inputs, W, b, activation=None):
    # `get` turns None into the identity and leaves a function alone.
    activation = keras.activations.get(activation)
    return activation(keras.ops.add(keras.ops.matmul(inputs, W), b))


def square_loss(targets, predictions):
    # Keras would quietly squeeze (n, 1) to fit (n,), so look before.
    if keras.ops.shape(targets) != keras.ops.shape(predictions):
        raise ValueError("targets and predictions must have the same shape")
    return keras.losses.mean_squared_error(keras.ops.ravel(targets), keras.ops.ravel(predictions))


def training_step(inputs, targets, W, b, learning_rate):
    optimizer = keras.optimizers.SGD(float(learning_rate))
    with tf.GradientTape() as tape:
        predictions = keras.ops.matmul(inputs, W) + b
        loss = keras.losses.MeanSquaredError()(targets, predictions)
    gradients = tape.gradient(loss, [W, b])
    optimizer.apply_gradients(zip(gradients, [W, b]))
    return loss


def boundary_line(W, b, threshold=0.5):
    W0, W1 = keras.ops.unstack(keras.ops.ravel(W))
    if keras.ops.equal(W1, 0):
        raise ValueError("a vertical line is not a function of x")
    slope = keras.ops.negative(keras.ops.divide(W0, W1))
    intercept = keras.ops.divide(keras.ops.subtract(threshold, b[0]), W1)
    return slope, intercept


def binary_cross_entropy(targets, logits):
    losses = keras.ops.binary_crossentropy(targets, logits, from_logits=True)
    return keras.ops.mean(losses)


def train_softmax(x, y, num_classes, learning_rate, epochs):
    """A model of one layer without activation: its weights are the answer."""
    model = keras.Sequential([keras.layers.Dense(num_classes, kernel_initializer="zeros")])
    model.compile(
        optimizer=keras.optimizers.SGD(float(learning_rate)),
        loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
    )
    for _ in range(epochs):  # `fit` costs some 50 ms an epoch before it does any work
        model.train_on_batch(x, y)
    W, b = model.get_weights()
    return W, b


def solve_xor(seed):
    """Repeat the four points, so that one epoch is long enough to be worth its overhead."""
    keras.utils.set_random_seed(seed)
    corners = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], dtype="float32")
    targets = np.array([[0], [1], [1], [0]], dtype="float32")
    inputs = keras.Input((2,))
    hidden = keras.layers.Dense(32, activation="gelu")(inputs)
    outputs = keras.layers.Dense(1, activation="sigmoid")(hidden)
    model = keras.Model(inputs, outputs)
    model.compile(optimizer=keras.optimizers.Adam(0.03), loss="binary_crossentropy")
    model.fit(
        np.tile(corners, (100, 1)),
        np.tile(targets, (100, 1)),
        batch_size=4,
        epochs=10,
        verbose=0,
        callbacks=[keras.callbacks.EarlyStopping(monitor="loss", min_delta=1e-3)],
    )
    return model


def fit_curve(x, y, seed):
    keras.utils.set_random_seed(seed)
    scale = keras.layers.Normalization()
    scale.adapt(x)
    inputs = keras.Input((1,))
    hidden = keras.layers.Dense(32, activation="swish")(scale(inputs))
    hidden = keras.layers.Dense(32, activation="swish")(hidden)
    model = keras.Model(inputs, keras.layers.Dense(1)(hidden))
    model.compile(optimizer=keras.optimizers.Adam(0.01), loss=keras.losses.MeanSquaredError())
    callbacks = [
        keras.callbacks.ReduceLROnPlateau(monitor="loss", patience=3),
        keras.callbacks.EarlyStopping(monitor="loss", patience=7, restore_best_weights=True),
    ]
    # Twenty steps an epoch, however many samples there are.
    model.fit(x, y, batch_size=max(1, len(x) // 20), epochs=40, verbose=0, callbacks=callbacks)
    return model


def decision_grid(predict, x_limits, y_limits, resolution):
    xs = keras.ops.linspace(*x_limits, resolution, dtype="float32")
    ys = keras.ops.linspace(*y_limits, resolution, dtype="float32")
    grid = keras.ops.meshgrid(xs, ys, indexing="ij")
    points = keras.ops.reshape(keras.ops.stack(grid, axis=-1), (-1, 2))
    return points, predict(points)


def mend_boundary_line(W, b, threshold=0.5):
    W, b = keras.ops.convert_to_numpy(W), keras.ops.convert_to_numpy(b)
    if W[1, 0] == 0:
        raise ValueError("W1 is 0: this line is vertical")
    return -W[0, 0] / W[1, 0], (threshold - b[0]) / W[1, 0]


before_you_run = {
    "output_shape": (5, 3),
    "difference_shape": (4, 4),
    "sigmoid_of_zero": 0.5,
    "slope": -0.5,
    "parameter_count": 33,
    "separable": "clouds",
}

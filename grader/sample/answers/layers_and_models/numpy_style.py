import keras
import numpy as np
import tensorflow as tf

layers_quiz = {
    "dense": np.zeros((8, 4)).shape,
    "dense_on_sequences": [8, 5, 4],
    "recurrent": np.array([8, 4]),
    "missing_axis": "Error",
    "parameters": 3 * 6 + 6 + 6 * 2 + 2,
    "used_twice": np.int64(12),
    "before_build": 0,
    "variable_attribute": 0.0,
    "made_in_call": np.float32(0),
    "dropout": 24,
    "dropout_in_training": 2,
}


def parameter_count(widths):
    """The arrays themselves are made, and counted."""
    total = 0
    for place in range(1, len(widths)):
        kernel = np.zeros((widths[place - 1], widths[place]))
        bias = np.zeros(widths[place])
        total += kernel.size + bias.size
    return np.int64(total)


class SimpleDense(keras.layers.Layer):
    """One product for each unit, put side by side."""

    def __init__(self, units, activation=None):
        super().__init__()
        self.units = units
        if activation is None:
            self.function = lambda z: z
        elif isinstance(activation, str):
            self.function = getattr(keras.activations, activation)
        else:
            self.function = activation

    def build(self, input_shape):
        start = np.random.default_rng().normal(size=(input_shape[-1], self.units)) / 10
        self.shift = self.add_weight(name="shift", shape=(self.units,))
        self.slopes = self.add_weight(
            name="slopes", shape=start.shape, initializer=keras.initializers.Constant(start)
        )

    def call(self, x):
        columns = []
        for unit in range(self.units):
            columns.append(tf.reduce_sum(x * self.slopes[:, unit], axis=-1) + self.shift[unit])
        return self.function(tf.stack(columns, axis=-1))


class MySequential(keras.Model):
    """The layers are attributes, each under a name of its own."""

    def __init__(self, layers):
        super().__init__()
        self.count = len(layers)
        for place, layer in enumerate(layers):
            setattr(self, f"layer_{place}", layer)

    def call(self, x, training=False):
        for place in range(self.count):
            x = getattr(self, f"layer_{place}")(x, training=training)
        return x


def glorot_normal(shape, dtype=None):
    deviation = np.sqrt(2 / (shape[0] + shape[1]))
    numbers = np.random.default_rng().normal(0, deviation, shape)
    return numbers.astype(dtype or "float32")


def l1_penalty(strength):
    """One weight after the other; the sign of each makes a size of it."""

    class Penalty:
        def __call__(self, weights):
            total = 0.0
            for number in tf.unstack(tf.reshape(weights, [-1])):
                total += number if number > 0 else -number
            return strength * total

    return Penalty()


def non_negative(weights):
    numbers = keras.ops.convert_to_numpy(weights).copy()
    numbers[numbers < 0] = 0
    return numbers


class LayerNorm(keras.layers.Layer):
    """Mean and variance by the book."""

    def __init__(self, epsilon=1e-3):
        super().__init__()
        self.small = epsilon

    def build(self, input_shape):
        self.width = input_shape[-1]
        self.shift = self.add_weight(shape=(self.width,), initializer=np.zeros)
        self.factor = self.add_weight(shape=(self.width,), initializer=np.ones)

    def call(self, x):
        mean = tf.reduce_sum(x, axis=-1, keepdims=True) / self.width
        away = x - mean
        variance = tf.reduce_sum(away * away, axis=-1, keepdims=True) / self.width
        return self.shift + away * (variance + self.small) ** -0.5 * self.factor


class ResidualBlock(keras.layers.Layer):
    """One matrix for the copy and, if need be, one for the way round."""

    def __init__(self, units):
        super().__init__()
        self.units = units

    def build(self, input_shape):
        width = input_shape[-1]
        self.matrix = self.add_weight(shape=(width, self.units))
        self.is_equal = width == self.units
        if not self.is_equal:
            self.way = self.add_weight(shape=(width, self.units))

    def call(self, x):
        around = x if self.is_equal else x @ self.way
        return around + tf.tanh(x @ self.matrix)


def build_ticket_model(vocabulary_size, num_tags, num_departments):
    """A loop for the inputs, and a hidden layer of one unit for each number that goes in."""
    places, width = [], 0
    for name, size in [
        ("title", vocabulary_size),
        ("text_body", vocabulary_size),
        ("tags", num_tags),
    ]:
        places.append(keras.Input(batch_shape=(None, size), name=name))
        width += size
    hidden = keras.layers.Dense(width)(keras.layers.concatenate(places))
    hidden = keras.layers.LeakyReLU()(hidden)
    outputs = []
    for name, units, last in [
        ("priority", 1, "sigmoid"),
        ("department", num_departments, "softmax"),
    ]:
        outputs.append(keras.layers.Dense(units, activation=last, name=name)(hidden))
    return keras.Model(places, outputs)


def add_difficulty_head(model, levels=3):
    """Looks through all layers for the one that gives the old output."""
    outputs = list(model.outputs)
    for layer in model.layers:
        if layer.output is outputs[-1]:
            hidden = layer.input
    outputs.append(keras.layers.Dense(levels, "softmax", name="difficulty")(hidden))
    return keras.Model(model.inputs, outputs)


class TicketModel(keras.Model):
    """Without a layer that joins: NumPy's way of writing it, with Keras's function."""

    def __init__(self, num_departments):
        super().__init__()
        self.inner = keras.layers.Dense(7, activation="softplus")
        self.outer = {}
        self.outer["priority"] = keras.layers.Dense(1, activation="sigmoid")
        self.outer["department"] = keras.layers.Dense(num_departments, activation="softmax")

    def call(self, inputs):
        features = keras.ops.hstack([inputs["tags"], inputs["title"], inputs["text_body"]])
        hidden = self.inner(features)
        results = []
        for name in ("priority", "department"):
            results.append(self.outer[name](hidden))
        return results


class MyDense(keras.layers.Layer):
    """First values drawn by NumPy, and a config that is written out key by key."""

    def __init__(self, units, activation=None, **kwargs):
        super().__init__(**kwargs)
        self.n = units
        self.f = keras.activations.get(activation)

    def build(self, input_shape):
        start = np.random.default_rng().normal(size=(input_shape[-1], self.n)).astype("float32")
        self.w = self.add_weight(shape=start.shape, initializer=lambda shape, dtype: start)
        self.b = self.add_weight(shape=(self.n,), initializer="zeros")

    def call(self, x):
        columns = [
            keras.ops.sum(x * self.w[:, unit], axis=1) + self.b[unit] for unit in range(self.n)
        ]
        return self.f(keras.ops.stack(columns, axis=1))

    def get_config(self):
        name = None if self.f is keras.activations.linear else self.f.__name__
        return {"name": self.name, "units": self.n, "activation": name}


class MendedDense(keras.layers.Layer):
    def __init__(self, units, activation=None, **kwargs):
        super().__init__(**kwargs)
        self.width = units
        self.bend = keras.activations.get(activation)

    def build(self, batch_shape):
        self.kernel = self.add_weight(shape=(batch_shape[-1], self.width), name="kernel")
        self.shift = self.add_weight(shape=(self.width,), initializer="zeros", name="shift")
        self.built = True

    def call(self, X):
        return self.bend(X @ self.kernel + self.shift)

    def compute_output_shape(self, batch_shape):
        return [*list(batch_shape)[:-1], self.width]

    def get_config(self):
        config = super().get_config()
        config["units"] = self.width
        config["activation"] = self.bend.__name__
        return config


def round_trip(model, path):
    model.save(str(path))
    restored = keras.saving.load_model(str(path))
    for old, new in zip(model.get_weights(), restored.get_weights()):
        np.testing.assert_array_equal(old, new)
    return restored

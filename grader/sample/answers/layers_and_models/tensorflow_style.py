import keras
import numpy as np
import tensorflow as tf

layers_quiz = {
    "dense": tf.TensorShape([8, 4]),
    "dense_on_sequences": tf.TensorShape([8, 5, 4]),
    "recurrent": (8, 4),
    "missing_axis": "error",
    "parameters": tf.constant(38),
    "used_twice": 12,
    "before_build": 0,
    "variable_attribute": 0,
    "made_in_call": 0,
    "dropout": tf.constant(24.0),
    "dropout_in_training": 2.0,
}


def parameter_count(widths):
    widths = tf.constant(widths)
    return tf.tensordot(widths[:-1] + 1, widths[1:], axes=1)


class SimpleDense(keras.layers.Layer):
    """One product of two axes, whatever comes before them."""

    def __init__(self, units, activation=None):
        super().__init__()
        self.units, self.activation = units, activation

    def build(self, input_shape):
        self.w = self.add_weight(
            shape=(input_shape[-1], self.units), initializer="he_normal", name="kernel"
        )
        self.b = self.add_weight(shape=[self.units], initializer="ones", name="bias")
        super().build(input_shape)

    def call(self, inputs):
        sums = tf.nn.bias_add(tf.tensordot(inputs, self.w, axes=1), self.b)
        if self.activation is None:
            return sums
        return keras.layers.Activation(self.activation)(sums)


class MySequential(keras.Model):
    """The first layer, then the model of all the others."""

    def __init__(self, layers):
        super().__init__()
        self.first, *others = layers
        self.others = MySequential(others) if others else None

    def call(self, inputs, training=None):
        outputs = self.first(inputs, training=training)
        return outputs if self.others is None else self.others(outputs, training=training)


def glorot_normal(shape, dtype=None):
    """Cut off at two deviations, which makes the spread smaller: 0.88 makes up for it."""
    deviation = tf.sqrt(2.0 / tf.reduce_sum(tf.cast(shape, tf.float32))) / 0.87962566
    return tf.cast(tf.random.truncated_normal(shape, stddev=deviation), dtype or tf.float32)


def l1_penalty(strength):
    @tf.function
    def penalty(weights):
        return strength * tf.norm(weights, ord=1)

    return penalty


def non_negative(weights):
    return tf.nn.relu(weights)


class LayerNorm(keras.layers.Layer):
    """The same formula, multiplied out by TensorFlow."""

    def __init__(self, epsilon=1e-3):
        super().__init__()
        self.epsilon = epsilon

    def build(self, input_shape):
        shape = tf.TensorShape(input_shape[-1:])
        self.beta = self.add_weight(shape=tuple(shape), initializer="zeros", name="beta")
        self.gamma = self.add_weight(shape=tuple(shape), initializer="ones", name="gamma")

    def call(self, inputs):
        mean = tf.reduce_mean(inputs, axis=-1, keepdims=True)
        variance = tf.math.reduce_variance(inputs, axis=-1, keepdims=True)
        return tf.nn.batch_normalization(
            inputs,
            mean,
            variance,
            tf.convert_to_tensor(self.beta),
            tf.convert_to_tensor(self.gamma),
            self.epsilon,
        )


class ResidualBlock(keras.layers.Layer):
    """Normalised first, as in a transformer."""

    def __init__(self, units):
        super().__init__()
        self.norm = keras.layers.LayerNormalization()
        self.first = keras.layers.Dense(3 * units, activation=tf.nn.relu)
        self.second = keras.layers.Dense(units)
        self.projection = None
        self.units = units

    def build(self, input_shape):
        if input_shape[-1] != self.units:
            self.projection = keras.layers.Dense(self.units)

    def call(self, inputs):
        around = inputs if self.projection is None else self.projection(inputs)
        return tf.add(around, self.second(self.first(self.norm(inputs))))


def build_ticket_model(vocabulary_size, num_tags, num_departments):
    """Output layers that end in an activation with the output's name."""
    places = [
        tf.keras.Input((vocabulary_size,), name="text_body", dtype="float32"),
        tf.keras.Input((num_tags,), name="tags", dtype="float32"),
        tf.keras.Input((vocabulary_size,), name="title", dtype="float32"),
    ]
    hidden = keras.layers.Dense(11, activation=tf.nn.selu)(
        tf.keras.layers.concatenate(places, axis=1)
    )
    priority = keras.layers.Activation(tf.sigmoid, name="priority")(keras.layers.Dense(1)(hidden))
    logits = keras.layers.Dense(num_departments)(hidden)
    department = keras.layers.Activation(tf.nn.softmax, name="department")(logits)
    return tf.keras.Model(places, [priority, department])


def add_difficulty_head(model, levels=3):
    """The hidden layer stands just before the two heads."""
    hidden = model.layers[-3].output
    head = tf.keras.layers.Dense(levels, activation=tf.nn.softmax, name="difficulty")
    priority, department = model.outputs
    return tf.keras.Model(model.inputs, [priority, department, head(hidden)])


class TicketModel(tf.keras.Model):
    """Weights by hand, in one layer for each part."""

    def __init__(self, num_departments):
        super().__init__()
        self.num_departments = num_departments

    def build(self, shapes):
        width = sum(shape[-1] for shape in shapes.values())
        self.w1 = self.add_weight(shape=(width, 24), initializer="glorot_normal")
        self.b1 = self.add_weight(shape=(24,), initializer="zeros")
        self.w2 = self.add_weight(shape=(24, 1), initializer="glorot_normal")
        self.w3 = self.add_weight(shape=(24, self.num_departments), initializer="glorot_normal")

    def call(self, tickets):
        features = tf.concat([tickets["text_body"], tickets["tags"], tickets["title"]], 1)
        hidden = tf.nn.elu(tf.matmul(features, self.w1) + self.b1)
        return tf.sigmoid(hidden @ self.w2), tf.nn.softmax(hidden @ self.w3)


class MyDense(tf.keras.layers.Layer):
    """The activation is kept as it came, and looked up where it is used."""

    def __init__(self, units, activation=None, **kwargs):
        super().__init__(**kwargs)
        self.units, self.given = units, activation

    def build(self, shape):
        self.b = self.add_weight(shape=(self.units,), initializer="ones", name="b")
        self.w = self.add_weight(shape=(shape[-1], self.units), initializer="he_normal", name="w")

    def call(self, x):
        sums = tf.nn.bias_add(tf.linalg.matmul(x, self.w), self.b)
        return sums if self.given is None else tf.keras.activations.get(self.given)(sums)

    def get_config(self):
        config = super().get_config()
        config.update(units=self.units, activation=self.given)
        return config


class MendedDense(tf.keras.layers.Layer):
    def __init__(self, units, activation=None, **kwargs):
        super().__init__(**kwargs)
        self.width, self.said = units, activation
        self.bend = keras.activations.get(activation)

    def build(self, batch_shape):
        width = int(batch_shape[-1])
        self.kernel = self.add_weight((width, self.width), "glorot_normal", name="kernel")
        self.shift = self.add_weight((self.width,), "zeros", name="shift")
        super().build(batch_shape)

    def call(self, X):
        return self.bend(tf.einsum("ni,ij->nj", X, self.kernel) + self.shift)

    def compute_output_shape(self, batch_shape):
        return tf.TensorShape([batch_shape[0], self.width])

    def get_config(self):
        return dict(super().get_config(), units=self.width, activation=self.said)


def round_trip(model, path):
    path = str(path)
    tf.keras.models.save_model(model, path, overwrite=True)
    return tf.keras.models.load_model(path, compile=False)

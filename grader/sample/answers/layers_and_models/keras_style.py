import keras
import numpy as np
import tensorflow as tf

layers_quiz = {
    "dense": (8, 4),
    "dense_on_sequences": (8, 5, 4),
    "recurrent": (8, 4),
    "missing_axis": "error ",
    "parameters": 38,
    "used_twice": 12,
    "before_build": len(keras.layers.Dense(4).weights),
    "variable_attribute": 0,
    "made_in_call": 0,
    "dropout": keras.ops.sum(keras.ops.ones((8, 3))),
    "dropout_in_training": 2.0,
}


def parameter_count(widths):
    """A model is built, and Keras counts."""
    first, *units = widths
    model = keras.Sequential([keras.Input((first,)), *map(keras.layers.Dense, units)])
    return model.count_params()


class SimpleDense(keras.layers.Layer):
    """Wraps a Dense, and builds it when its own time has come."""

    def __init__(self, units, activation=None):
        super().__init__()
        self.inner = keras.layers.Dense(units, activation=activation)

    def build(self, input_shape):
        self.inner.build(input_shape)

    def call(self, inputs):
        return self.inner(inputs)


class MySequential(keras.Sequential):
    """It is there already."""


def glorot_normal(shape, dtype=None):
    """Keras draws from a distribution that is cut off at two deviations."""
    return keras.initializers.GlorotNormal()(shape, dtype=dtype)


def l1_penalty(strength):
    return keras.regularizers.L1(strength)


def non_negative(weights):
    weights = keras.ops.convert_to_tensor(weights)
    return keras.ops.where(weights > 0, weights, keras.ops.zeros_like(weights))


class LayerNorm(keras.layers.LayerNormalization):
    """Keras's own, under another name."""

    def __init__(self, epsilon=1e-3):
        super().__init__(axis=-1, epsilon=epsilon)


class ResidualBlock(keras.layers.Layer):
    """A projection is at hand from the beginning; whether it is used shows later."""

    def __init__(self, units):
        super().__init__()
        self.copy = keras.Sequential(
            [
                keras.layers.Dense(2 * units, activation="gelu"),
                keras.layers.Dense(units, use_bias=False),
            ]
        )
        self.projection = keras.layers.Dense(units)
        self.add = keras.layers.Add()

    def build(self, input_shape):
        self.copy.build(input_shape)
        self.projection.build(input_shape)

    def call(self, inputs, training=None):
        copy = self.copy(inputs, training=training)
        if inputs.shape[-1] != copy.shape[-1]:
            inputs = self.projection(inputs)
        return keras.ops.relu(self.add([inputs, copy]))


def build_ticket_model(vocabulary_size, num_tags, num_departments):
    """A dictionary of inputs, and layers from it."""
    inputs = {
        "tags": keras.Input(shape=(num_tags,), name="tags"),
        "title": keras.Input(shape=(vocabulary_size,), name="title"),
        "text_body": keras.Input(shape=(vocabulary_size,), name="text_body"),
    }
    x = keras.ops.concatenate([inputs["title"], inputs["text_body"], inputs["tags"]], axis=-1)
    x = keras.layers.Dense(32, "gelu")(x)
    x = keras.layers.Dropout(0.3)(x)
    outputs = (
        keras.layers.Dense(1, "sigmoid", name="priority")(x),
        keras.layers.Dense(num_departments, "softmax", name="department")(x),
    )
    return keras.Model(inputs=inputs, outputs=outputs)


def add_difficulty_head(model, levels=3):
    shared = model.get_layer(model.output_names[0])
    logits = keras.layers.Dense(levels)(shared.input)
    difficulty = keras.layers.Softmax(name="difficulty")(logits)
    return keras.Model(inputs=model.input, outputs=[*model.outputs, difficulty])


class TicketModel(keras.Model):
    def __init__(self, num_departments, **kwargs):
        super().__init__(**kwargs)
        self.body = keras.Sequential([keras.layers.Dense(20, "tanh"), keras.layers.Dropout(0.2)])
        self.heads = [
            keras.layers.Dense(1, activation=keras.activations.sigmoid),
            keras.layers.Dense(num_departments, activation=keras.activations.softmax),
        ]

    def call(self, inputs, training=False):
        columns = [inputs[name] for name in ("tags", "text_body", "title")]
        hidden = self.body(keras.ops.concatenate(columns, axis=1), training=training)
        return [head(hidden) for head in self.heads]


@keras.saving.register_keras_serializable(package="keras_style")
class MyDense(keras.layers.Dense):
    """Keras's own does it all."""

    def __init__(self, units, activation=None, **kwargs):
        super().__init__(units, activation=activation, **kwargs)


@keras.saving.register_keras_serializable(package="keras_style")
class MendedDense(keras.layers.Layer):
    def __init__(self, units, activation=None, **kwargs):
        super().__init__(**kwargs)
        self.width = int(units)
        self.bend = keras.layers.Activation(activation or "linear")

    def build(self, batch_shape):
        self.shift = self.add_weight(shape=[self.width], initializer="zeros")
        self.kernel = self.add_weight(shape=[batch_shape[-1], self.width])

    def call(self, X):
        return self.bend(keras.ops.add(keras.ops.matmul(X, self.kernel), self.shift))

    def compute_output_shape(self, batch_shape):
        return (*tuple(batch_shape[:-1]), self.width)

    def get_config(self):
        config = super().get_config()
        config["units"] = self.width
        config["activation"] = keras.saving.serialize_keras_object(self.bend.activation)
        return config

    @classmethod
    def from_config(cls, config):
        activation = keras.saving.deserialize_keras_object(config.pop("activation"))
        return cls(activation=activation, **config)


def round_trip(model, path):
    keras.saving.save_model(model, path)
    return keras.models.load_model(path)

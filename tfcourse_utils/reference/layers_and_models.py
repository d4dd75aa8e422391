"""Right answers of chapter 4: layers of one's own, stacks of them, and models."""

import keras
import tensorflow as tf

layers_quiz = {
    # x = tf.ones((8, 3)). What does the last line give: a shape, a number, or "error"?
    # 1. keras.layers.Dense(4)(x).shape
    "dense": (8, 4),
    # 2. keras.layers.Dense(4)(tf.ones((8, 5, 3))).shape
    "dense_on_sequences": (8, 5, 4),
    # 3. keras.layers.LSTM(4)(tf.ones((8, 5, 3))).shape
    "recurrent": (8, 4),
    # 4. keras.layers.LSTM(4)(x).shape
    "missing_axis": "error",
    # 5. hidden, last = keras.layers.Dense(6), keras.layers.Dense(2)
    #    model = keras.Sequential([keras.Input((3,)), hidden, last])
    #    model.count_params()
    "parameters": 38,
    # 6. place, layer = keras.Input((3,)), keras.layers.Dense(3)
    #    model = keras.Model(place, layer(layer(place)))
    #    model.count_params()
    "used_twice": 12,
    # 7. layer = keras.layers.Dense(4)
    #    len(layer.weights)
    "before_build": 0,
    # 8. class Scale(keras.layers.Layer):
    #        def build(self, input_shape):
    #            self.factor = tf.Variable(2.0)
    #        def call(self, x):
    #            return self.factor * x
    #    layer = Scale()
    #    y = layer(x)
    #    len(layer.weights)
    "variable_attribute": 0,
    # 9. class Head(keras.layers.Layer):
    #        def call(self, x):
    #            return keras.layers.Dense(1)(x)
    #    layer = Head()
    #    y = layer(x)
    #    len(layer.weights)
    "made_in_call": 0,
    # 10. tf.reduce_sum(keras.layers.Dropout(0.5)(x))
    "dropout": 24.0,
    # 11. model = keras.Sequential([keras.layers.Dropout(0.5)])
    #     tf.reduce_max(model(x, training=True))
    "dropout_in_training": 2.0,
}


def parameter_count(widths):
    """Return how many weights and biases a stack of dense layers has.

    Args:
        widths: a list of the number of inputs, then of the units of each layer, one or more.
    """
    return sum((inputs + 1) * units for inputs, units in zip(widths, widths[1:]))


class SimpleDense(keras.layers.Layer):
    """A dense layer, activation(inputs · w + b), with w (d, units) and b (units,).

    Args:
        units: how many numbers come out where d go in.
        activation: a callable, the name of one that Keras knows, or None for none.
    """

    def __init__(self, units, activation=None):
        """Keep what the layer is to be like; its weights have to wait for a width."""
        super().__init__()
        self.units = units
        self.activation = keras.activations.get(activation)

    def build(self, input_shape):
        """Make both weights for inputs of shape (…, d)."""
        self.w = self.add_weight(shape=(input_shape[-1], self.units), name="w")
        self.b = self.add_weight(shape=(self.units,), initializer="zeros", name="b")

    def call(self, inputs):
        """Return (…, units) for inputs of shape (…, d)."""
        return self.activation(inputs @ self.w + self.b)


class MySequential(keras.Model):
    """A model that hands its input through a list of layers.

    Args:
        layers: a list of Keras layers, in the order in which they are called.
    """

    def __init__(self, layers):
        """Keep the layers in an attribute, where Keras finds them."""
        super().__init__()
        self.stack = layers

    def call(self, inputs, training=False):
        """Return what the last layer makes of the inputs; `training` reaches every layer."""
        for layer in self.stack:
            inputs = layer(inputs, training=training)
        return inputs


def glorot_normal(shape, dtype=None):
    """Return normally distributed numbers of deviation √(2 / (inputs + units)) around 0.

    After Glorot and Bengio (2010), *Understanding the difficulty of training deep feedforward
    neural networks*.

    Args:
        shape: (inputs, units).
        dtype: that of the numbers; None for Keras's own, float32.
    """
    inputs, units = shape
    return keras.random.normal(shape, stddev=(2 / (inputs + units)) ** 0.5, dtype=dtype)


def l1_penalty(strength):
    """Return a regularizer: a function from weights to strength · (sum of their sizes).

    Args:
        strength: what a weight of 1 or -1 costs.
    """

    def penalty(weights):
        return strength * tf.reduce_sum(tf.abs(weights))

    return penalty


def non_negative(weights):
    """Return the weights with 0 in place of every negative one, in their shape."""
    return tf.maximum(weights, 0)


class LayerNorm(keras.layers.Layer):
    """Normalises over the last axis: scale · (x - mean) / √(variance + epsilon) + offset.

    Scale and offset have shape (d,); they are trained, and begin as ones and zeros. After Ba,
    Kiros and Hinton (2016), *Layer normalization*.

    Args:
        epsilon: keeps the root away from 0.
    """

    def __init__(self, epsilon=1e-3):
        """Keep epsilon."""
        super().__init__()
        self.epsilon = epsilon

    def build(self, input_shape):
        """Make scale and offset for inputs of shape (…, d)."""
        self.scale = self.add_weight(shape=input_shape[-1:], initializer="ones", name="scale")
        self.offset = self.add_weight(shape=input_shape[-1:], initializer="zeros", name="offset")

    def call(self, inputs):
        """Return the normalised inputs, in their shape."""
        mean, variance = tf.nn.moments(inputs, axes=[-1], keepdims=True)
        return self.scale * (inputs - mean) / tf.sqrt(variance + self.epsilon) + self.offset


class ResidualBlock(keras.layers.Layer):
    """Adds its input to what a small network makes of it: x + f(x).

    Where the width of x is not `units`, x goes through a trainable linear projection first.
    After He et al. (2016), *Deep residual learning for image recognition*.

    Args:
        units: the width of what comes out.
    """

    def __init__(self, units):
        """Make the layers that every block has."""
        super().__init__()
        self.units = units
        self.hidden = keras.layers.Dense(units, activation="relu")
        self.out = keras.layers.Dense(units)

    def build(self, input_shape):
        """Make the way round for inputs of shape (n, d), and all weights."""
        if input_shape[-1] == self.units:
            self.shortcut = keras.layers.Identity()
        else:
            self.shortcut = keras.layers.Dense(self.units, use_bias=False)
        self.shortcut.build(input_shape)
        self.hidden.build(input_shape)
        self.out.build((None, self.units))

    def call(self, inputs):
        """Return (n, units) for inputs of shape (n, d)."""
        return self.shortcut(inputs) + self.out(self.hidden(inputs))


def build_ticket_model(vocabulary_size, num_tags, num_departments):
    """Build a functional model that reads support tickets.

    Its inputs, by name, are `title` and `text_body`, shape (n, vocabulary_size), and `tags`,
    shape (n, num_tags): 1 for each word or tag that a ticket has, else 0. One hidden layer
    sees all three, and both outputs share it.

    Args:
        vocabulary_size: how many words the inputs `title` and `text_body` tell apart.
        num_tags: how many tags there are.
        num_departments: how many departments a ticket can go to.

    Returns:
        A `keras.Model` with a list of two outputs: `priority`, a sigmoid of shape (n, 1), and
        `department`, a softmax of shape (n, num_departments).
    """
    title = keras.Input((vocabulary_size,), name="title")
    text_body = keras.Input((vocabulary_size,), name="text_body")
    tags = keras.Input((num_tags,), name="tags")

    features = keras.layers.Concatenate()([title, text_body, tags])
    hidden = keras.layers.Dense(64, activation="relu")(features)

    priority = keras.layers.Dense(1, activation="sigmoid", name="priority")
    department = keras.layers.Dense(num_departments, activation="softmax", name="department")
    return keras.Model([title, text_body, tags], [priority(hidden), department(hidden)])


def add_difficulty_head(model, levels=3):
    """Give a ticket model a third output: how difficult the ticket is.

    Args:
        model: a functional model whose last hidden layer feeds its outputs `priority` and
            `department`; it may have any inputs and any widths.
        levels: how many degrees of difficulty there are.

    Returns:
        A model with the inputs and the weights of the old one, and a list of three outputs:
        the old ones, in order, then `difficulty`, a softmax of shape (n, levels) on the
        hidden layer that the old outputs share.
    """
    hidden = model.get_layer("department").input
    difficulty = keras.layers.Dense(levels, activation="softmax", name="difficulty")
    return keras.Model(model.input, [*model.outputs, difficulty(hidden)])


class TicketModel(keras.Model):
    """The ticket model, by subclassing.

    Called with a dictionary of `title`, `text_body` and `tags`, each of shape (n, its own
    width), it returns (priority, department): a sigmoid of shape (n, 1), and a softmax of
    shape (n, num_departments). Both share one hidden layer, which sees all three inputs.
    """

    def __init__(self, num_departments):
        """Make the layers; they are built by the first call."""
        super().__init__()
        self.join = keras.layers.Concatenate()
        self.hidden = keras.layers.Dense(64, activation="relu")
        self.priority = keras.layers.Dense(1, activation="sigmoid")
        self.department = keras.layers.Dense(num_departments, activation="softmax")

    def call(self, inputs):
        """Return (priority, department) for a dictionary of inputs."""
        features = self.join([inputs["title"], inputs["text_body"], inputs["tags"]])
        hidden = self.hidden(features)
        return self.priority(hidden), self.department(hidden)


class MyDense(keras.layers.Layer):
    """A dense layer that can be copied: activation(inputs · kernel + bias).

    Args of the layer:
        units: how many numbers it gives for each sample.
        activation: a name that Keras knows, a callable, or None for none.
        **kwargs: what every Keras layer takes, as its `name`.
    """

    def __init__(self, units, activation=None, **kwargs):
        """Keep what the layer is to be; its weights come with `build`."""
        super().__init__(**kwargs)
        self.units = units
        self.activation = keras.activations.get(activation)

    def build(self, input_shape):
        """Make the kernel, shape (last axis of the inputs, units), and the bias, (units,)."""
        self.kernel = self.add_weight(shape=(input_shape[-1], self.units), name="kernel")
        self.bias = self.add_weight(shape=(self.units,), initializer="zeros", name="bias")

    def call(self, inputs):
        """Return activation(inputs · kernel + bias), with `units` on the last axis."""
        return self.activation(inputs @ self.kernel + self.bias)

    def get_config(self):
        """Return what `__init__` needs to make such a layer again, ready for JSON.

        Of an activation, that is its name.
        """
        activation = keras.activations.serialize(self.activation)
        return {**super().get_config(), "units": self.units, "activation": activation}


class MendedDense(keras.layers.Layer):
    """A dense layer that can be copied: activation(inputs · kernel + bias).

    Args of the layer:
        units: how many numbers it gives for each sample.
        activation: a name that Keras knows, a callable, or None for none.
        **kwargs: what every Keras layer takes, as its `name`.

    Its config, ready for JSON, holds all that `__init__` needs to make such a layer again.
    `compute_output_shape` takes the shape of a batch, a tuple, and gives that of the output.
    """

    def __init__(self, units, activation=None, **kwargs):
        super().__init__(**kwargs)
        self.width = units
        self.bend = keras.activations.get(activation)

    def build(self, batch_shape):
        self.kernel = self.add_weight(name="kernel", shape=(batch_shape[-1], self.width))
        self.shift = self.add_weight(name="shift", shape=(self.width,), initializer="zeros")

    def call(self, X):
        return self.bend(X @ self.kernel + self.shift)

    def compute_output_shape(self, batch_shape):
        return (*batch_shape[:-1], self.width)

    def get_config(self):
        bend = keras.activations.serialize(self.bend)
        return {**super().get_config(), "units": self.width, "activation": bend}


def round_trip(model, path):
    """Save a model and return it as it comes back from its file.

    Args:
        model: a built Keras model; custom layers in it are registered.
        path: where to save it, text or a `pathlib.Path` that ends in `.keras`.

    Returns:
        The restored model, a new one: for equal inputs it gives equal outputs.
    """
    model.save(path)
    return keras.saving.load_model(path)

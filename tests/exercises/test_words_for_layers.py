"""Chapter 4: frequent slips are told what they are, and nothing that is not so."""

from __future__ import annotations

import pytest

from .cells import failed, verdict_on


def _told(name: str, source: str) -> dict[str, str]:
    return failed(verdict_on("layers_and_models", name, source))


# `call` without `return`

DENSE = """
class {name}(keras.layers.Layer):
    def __init__(self, units, activation=None, **kwargs):
        super().__init__(**kwargs)
        self.units, self.function = units, keras.activations.get(activation)
    def build(self, shape):
        self.kernel = self.add_weight(shape=(shape[-1], self.units))
        self.bias = self.add_weight(shape=(self.units,))
    def call(self, x):
        return self.function(x @ self.kernel + self.bias)
    def get_config(self):
        bend = keras.activations.serialize(self.function)
        config = super().get_config()
        config.update({{"units": self.units, "activation": bend}})
        return config
"""
STACK = """
class MySequential(keras.Model):
    def __init__(self, layers):
        super().__init__()
        self.stack = layers
    def call(self, x, training=None):
        for layer in self.stack:
            x = layer(x)
        return x
"""
NORM = """
class LayerNorm(keras.layers.Layer):
    def __init__(self, epsilon=1e-3):
        super().__init__()
        self.epsilon = epsilon
    def build(self, shape):
        self.scale = self.add_weight(shape=shape[-1:], initializer="ones")
        self.offset = self.add_weight(shape=shape[-1:], initializer="zeros")
    def call(self, x):
        mean, variance = tf.nn.moments(x, [-1], keepdims=True)
        return self.scale * (x - mean) / tf.sqrt(variance + self.epsilon) + self.offset
"""


@pytest.mark.parametrize(
    ("name", "source", "returned"),
    [
        ("SimpleDense", DENSE.format(name="SimpleDense"), "return self.function"),
        ("MyDense", DENSE.format(name="MyDense"), "return self.function"),
        ("MySequential", STACK, "return x"),
        ("LayerNorm", NORM, "return self.scale"),
    ],
)
def test_a_forgotten_return_is_told_everywhere(name: str, source: str, returned: str) -> None:
    assert _told(name, source) == {}
    told = _told(name, source.replace(returned, returned.removeprefix("return ")))
    assert len(told) == 4
    assert all("`return`" in words for words in told.values())


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (
            "    def cost(w):\n        return strength * tf.reduce_sum(tf.abs(w))\n",
            "gave back None",
        ),
        (
            "    def cost(w):\n        tf.reduce_sum(tf.abs(w))\n    return cost\n",
            "its own `return`",
        ),
    ],
)
def test_a_penalty_is_told_which_return_is_missing(body: str, says: str) -> None:
    told = _told("l1_penalty", f"def l1_penalty(strength):\n{body}")
    assert len(told) == 4
    assert all(says in words for words in told.values())


# configs

COPY = "a copy by its config has the name and gives equal outputs"


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('"units": self.units, ', "", "takes `units`, and the config does not hold it"),
        ('"units"', '"width"', "The config has no `units`"),
        ("return config", "config", "`get_config` gave back None"),
        ("config.update", "return config.update", "`update` changes it"),
        ('"activation"', '"bend"', "takes `activation`, and the config does not hold it"),
    ],
)
def test_a_config_that_makes_no_copy_is_told_what_it_lacks(old: str, new: str, says: str) -> None:
    source = DENSE.format(name="MyDense")
    assert _told("MyDense", source) == {}
    told = _told("MyDense", source.replace(old, new))
    assert list(told) == [COPY]
    assert says in told[COPY]


# weights: made late, not trained, not the object's own

BUILT = "build makes the weights, once"


def test_a_layer_inside_that_is_not_built_is_told_that_it_waits() -> None:
    source = (
        "class SimpleDense(keras.layers.Layer):\n"
        "    def __init__(self, units, activation=None):\n"
        "        super().__init__()\n"
        "        self.inner = keras.layers.Dense(units, activation)\n"
        "    def build(self, shape):\n        {}\n"
        "    def call(self, x):\n        return self.inner(x)\n"
    )
    assert _told("SimpleDense", source.format("self.inner.build(shape)")) == {}
    assert "come with the first call" in _told("SimpleDense", source.format("pass"))[BUILT]


@pytest.mark.parametrize(
    ("not_trained", "says"),
    [
        (["shape=(self.units,)"], "Keras knows the bias as"),
        (["shape=(self.units,)", "shape=(shape[-1], self.units)"], "Keras knows the weights as"),
    ],
)
def test_a_weight_that_is_not_trained_is_told(not_trained: list[str], says: str) -> None:
    source = DENSE.format(name="SimpleDense")
    for shape in not_trained:
        source = source.replace(shape, f"{shape}, trainable=False")
    told = _told("SimpleDense", source)[BUILT]
    assert "trainable weights after build" in told
    assert says in told


@pytest.mark.parametrize(
    ("root", "says"),
    [
        ("variance", "kept and never used"),
        ("tf.maximum(variance, self.epsilon)", "the least that the variance may be"),
    ],
)
def test_an_epsilon_that_is_not_added_is_told(root: str, says: str) -> None:
    told = _told("LayerNorm", NORM.replace("variance + self.epsilon", root))
    assert len(told) == 4
    assert all(says in words for words in told.values())


@pytest.mark.parametrize(
    "body",
    [
        "return keras.models.clone_model(model)",
        "model.save(path); new = keras.saving.load_model(path); __import__('os').remove(path)\n"
        "    return new",
    ],
)
def test_a_path_without_a_file_is_told_as_no_more(body: str) -> None:
    told = _told("round_trip", f"def round_trip(model, path):\n    {body}\n")
    assert "At the path there is no file afterwards" in told["the file is where it should be"]


@pytest.mark.parametrize("made", ["keras.layers.Dense(8, 'relu')", "keras.layers.Dense(32)"])
def test_a_hidden_layer_made_in_call_is_told(made: str) -> None:
    source = (
        "class TicketModel(keras.Model):\n"
        "    def __init__(self, departments):\n"
        "        super().__init__()\n"
        "        self.priority = keras.layers.Dense(1, 'sigmoid')\n"
        "        self.department = keras.layers.Dense(departments, 'softmax')\n"
        "    def call(self, x):\n"
        f"        hidden = {made}(tf.concat([x['title'], x['text_body'], x['tags']], 1))\n"
        "        return self.priority(hidden), self.department(hidden)\n"
    )
    told = _told("TicketModel", source)
    assert told
    assert all("is made in `call` is a new one" in words for words in told.values())


def test_a_projection_made_in_call_is_told() -> None:
    source = (
        "class ResidualBlock(keras.layers.Layer):\n"
        "    def __init__(self, units):\n"
        "        super().__init__()\n"
        "        self.units, self.copy = units, keras.layers.Dense(units)\n"
        "    def call(self, x):\n"
        "        equal = x.shape[-1] == self.units\n"
        "        return (x if equal else keras.layers.Dense(self.units)(x)) + self.copy(x)\n"
    )
    told = _told("ResidualBlock", source)
    assert "made in `call`" in told["a trainable projection where widths differ"]


@pytest.mark.parametrize("held", ["layers", "list(layers)"])
def test_layers_that_are_taken_out_in_call_are_told(held: str) -> None:
    source = STACK.replace("stack = layers", f"stack = {held}").replace(
        "for layer in self.stack:\n            x = layer(x)",
        "while self.stack:\n            x = self.stack.pop(0)(x)",
    )
    told = _told("MySequential", source)
    assert len(told) == 4
    assert all("the next call finds none" in words for words in told.values())


def test_each_of_two_faults_left_has_its_own_words() -> None:
    source = DENSE.format(name="MendedDense").replace(', "activation": bend', "")
    source += (
        "    def compute_output_shape(self, shape):\n"
        "        return [*shape.as_list()[:-1], self.units]\n"
    )
    told = _told("MendedDense", source)
    assert "the activation is not in the config" in told[COPY]
    assert "`as_list`" not in told[COPY]
    assert "has no `as_list`" in told["the shape of the output"]


# what had no words yet


def test_a_forgotten_super_is_told() -> None:
    told = _told("SimpleDense", DENSE.format(name="SimpleDense").replace("super().__init__", "str"))
    assert len(told) == 4
    assert all("first line should be `super().__init__()`" in words for words in told.values())


@pytest.mark.parametrize(
    ("outputs", "says"),
    [
        ("[*model.outputs, head(model.outputs[0])]", "on the priority's output"),
        ("[model.outputs[0], head(hidden), model.outputs[1]]", "between the old outputs"),
        ("[*model(model.inputs), head(hidden)]", "called, as one layer"),
    ],
)
def test_a_head_in_a_wrong_place_is_told(outputs: str, says: str) -> None:
    source = (
        "def add_difficulty_head(model, levels=3):\n"
        "    hidden = model.get_layer('department').input\n"
        "    head = keras.layers.Dense(levels, 'softmax', name='difficulty')\n"
        f"    return keras.Model(model.inputs, {outputs})\n"
    )
    assert says in str(_told("add_difficulty_head", source))


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("self.scale * (", "(", "depends on one alone"),
        (" + self.offset", "", "depends on one alone"),
        ('initializer="ones"', "initializer='random_uniform'", "begins as ones"),
        ('initializer="zeros"', "initializer='random_normal'", "begins as ones"),
    ],
)
def test_scale_and_offset_are_told(old: str, new: str, says: str) -> None:
    told = _told("LayerNorm", NORM.replace(old, new))
    assert told
    assert all(says in words for words in told.values())


def test_an_initializer_in_place_of_numbers_is_told() -> None:
    source = "def glorot_normal(shape, dtype=None):\n    return keras.initializers.GlorotNormal()\n"
    assert "object that draws" in _told("glorot_normal", source)["new numbers in every call"]


def test_the_name_of_an_error_is_told_what_to_write() -> None:
    told = _told("layers_quiz", "layers_quiz = {'missing_axis': 'ValueError'}")
    assert any('write "error"' in words for words in told.values())

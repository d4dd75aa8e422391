"""Chapter 4: what a layer loses is noticed and said, and other ways of building one are right."""

from __future__ import annotations

from functools import partial

import pytest

from tfcourse_utils.checking import Status, check_answer, find_exercise

from .cells import failed, run_answer, verdict_on

_check = partial(verdict_on, "layers_and_models")


def _failed(name: str, source: str) -> dict[str, str]:
    return failed(_check(name, source))


# weights that Keras does not list

PLAIN = """
class SimpleDense(keras.layers.Layer):
    def __init__(self, units, activation=None):
        super().__init__()
        self.units, self.function = units, keras.activations.get(activation)
    def build(self, shape):
        self.kernel = {kernel}
        self.bias = {bias}
    def call(self, x):
        return self.function(x @ self.kernel + self.bias)
"""
ADDED = "self.add_weight(shape=(shape[-1], self.units))"


@pytest.mark.parametrize(
    ("kernel", "bias", "named"),
    [
        (
            "tf.Variable(tf.ones((shape[-1], self.units)))",
            "self.add_weight(shape=(self.units,))",
            "kernel",
        ),
        (ADDED, "tf.Variable(tf.zeros(self.units))", "bias"),
    ],
)
def test_a_plain_variable_is_named(kernel: str, bias: str, named: str) -> None:
    failed = _failed("SimpleDense", PLAIN.format(kernel=kernel, bias=bias))
    assert f"`self.{named}` is a tf.Variable" in failed["build makes the weights, once"]


def test_a_dense_that_knows_names_alone_is_told() -> None:
    source = PLAIN.format(kernel=ADDED, bias="self.add_weight(shape=(self.units,))")
    assert _failed("SimpleDense", source) == {}
    by_name = source.replace("keras.activations.get(activation)", "getattr(tf.nn, activation)")
    assert len(_failed("SimpleDense", by_name)) == 4


LAZY = """
class SimpleDense(keras.layers.Layer):
    def __init__(self, units, activation=None):
        super().__init__()
        self.inner = keras.layers.Dense(units, activation)
    def build(self, shape):
        pass
    def call(self, x):
        return self.inner(x)
"""


def test_weights_that_wait_for_the_first_call_are_noticed() -> None:
    assert list(_failed("SimpleDense", LAZY)) == ["build makes the weights, once"]


# MySequential

HELD = """
class MySequential(keras.Model):
    def __init__(self, layers):
        super().__init__()
        self.stack = {held}
    def call(self, x, training=None):
        for layer in {layers}:
            x = layer(x{training})
        return x
"""


@pytest.mark.parametrize(
    ("held", "layers"),
    [
        ("list(layers)", "self.stack"),
        ("tuple(layers)", "self.stack"),
        ("dict(enumerate(layers))", "self.stack.values()"),
        ("keras.Sequential(layers)", "[self.stack]"),
    ],
)
def test_layers_may_be_held_in_any_way_that_keras_tracks(held: str, layers: str) -> None:
    handed_on = HELD.format(held=held, layers=layers, training=", training=training")
    assert _failed("MySequential", handed_on) == {}


def test_what_keras_hands_on_itself_is_right_too() -> None:
    source = HELD.format(held="layers", layers="self.stack", training="")
    assert _failed("MySequential", source) == {}


def test_layers_that_keras_does_not_find_are_told() -> None:
    held, layers = "lambda: layers", "self.stack()"
    failed = _failed("MySequential", HELD.format(held=held, layers=layers, training=""))
    assert len(failed) == 3
    assert "Keras does not find the layers" in failed["trains with fit"]


def test_training_that_fit_can_not_say_is_noticed() -> None:
    source = HELD.format(held="layers", layers="self.stack", training="")
    failed = _failed("MySequential", source.replace(", training=None", ""))
    assert list(failed) == ["trains with fit"]
    assert "has an argument `training`" in failed["trains with fit"]


def test_a_stack_may_build_its_layers_itself() -> None:
    source = HELD.format(held="layers", layers="self.stack", training=", training=training")
    source += (
        "    def build(self, shape):\n"
        "        for layer in self.stack:\n"
        "            layer.build(shape)\n"
        "            shape = layer.compute_output_shape(shape)\n"
    )
    assert _failed("MySequential", source) == {}


# glorot_normal


@pytest.mark.parametrize(
    "draw",
    [
        "keras.random.truncated_normal(shape, stddev=deviation, dtype=dtype)",
        "keras.random.truncated_normal(shape, stddev=deviation / 0.8796, dtype=dtype)",
        "keras.initializers.VarianceScaling(1.0, 'fan_avg', 'untruncated_normal')(shape, dtype)",
        "np.random.normal(0, deviation, shape).astype(dtype or 'float32')",
    ],
)
def test_normal_numbers_may_be_cut_off_or_not(draw: str) -> None:
    source = (
        "def glorot_normal(shape, dtype=None):\n"
        f"    deviation = (2 / (shape[0] + shape[1])) ** 0.5\n    return {draw}\n"
    )
    for seed in range(5):
        answer = run_answer(source, "glorot_normal")
        verdict = check_answer(find_exercise("layers_and_models.glorot_normal"), answer, seed)
        assert verdict.status is Status.RIGHT, verdict


@pytest.mark.parametrize("seeded", ["seed=1", "seed=keras.random.SeedGenerator(1)"])
def test_a_fixed_seed_is_noticed(seeded: str) -> None:
    source = (
        "def glorot_normal(shape, dtype=None):\n"
        f"    return keras.initializers.GlorotNormal({seeded})(shape, dtype)\n"
    )
    assert list(_failed("glorot_normal", source)) == ["new numbers in every call"]


# LayerNorm and ResidualBlock


def test_scale_and_offset_may_be_made_in_any_order() -> None:
    source = (
        "class LayerNorm(keras.layers.Layer):\n"
        "    def __init__(self, epsilon=1e-3):\n"
        "        super().__init__()\n"
        "        self.norm = keras.layers.LayerNormalization(\n"
        "            epsilon=epsilon, center=False, scale=False)\n"
        "    def build(self, shape):\n"
        "        self.offset = self.add_weight(shape=shape[-1:], initializer='zeros')\n"
        "        self.scale = self.add_weight(shape=shape[-1:], initializer='ones')\n"
        "    def call(self, x):\n"
        "        return self.norm(x) * self.scale + self.offset\n"
    )
    assert _failed("LayerNorm", source) == {}


@pytest.mark.parametrize(
    ("array", "says"),
    [("np.array(inputs)", "a NumPy array"), ("inputs.numpy()", "`.numpy()` wants")],
)
def test_a_layer_that_only_works_by_hand_is_told(array: str, says: str) -> None:
    source = (
        "class LayerNorm(keras.layers.Layer):\n"
        "    def __init__(self, epsilon=1e-3):\n"
        "        super().__init__()\n"
        "        self.epsilon = epsilon\n"
        "    def build(self, shape):\n"
        "        self.scale = self.add_weight(shape=shape[-1:], initializer='ones')\n"
        "        self.offset = self.add_weight(shape=shape[-1:], initializer='zeros')\n"
        "    def call(self, inputs):\n"
        f"        x = {array}\n"
        "        apart = x - x.mean(axis=-1, keepdims=True)\n"
        "        variance = (apart**2).mean(axis=-1, keepdims=True)\n"
        "        normal = apart / np.sqrt(variance + self.epsilon)\n"
        "        return self.scale * normal + self.offset\n"
    )
    failed = _failed("LayerNorm", source)
    assert list(failed) == ["scale and offset"]
    assert says in failed["scale and offset"]


BLOCK = """
class ResidualBlock(keras.layers.Layer):
    def __init__(self, units):
        super().__init__()
        self.units = units
        self.copy = keras.layers.Dense(units, activation={activation!r})
    def build(self, shape):
        self.copy.build(shape)
        self.way = keras.layers.Dense({width})
        self.way.build(shape)
    def call(self, x):
        return {result}
"""
SUM = "(x if x.shape[-1] == self.units else self.way(x)) + self.copy(x)"


@pytest.mark.parametrize("activation", [None, "relu", "tanh", "gelu"])
def test_any_transformation_with_weights_is_right(activation: str | None) -> None:
    source = BLOCK.format(activation=activation, width="self.units", result=SUM)
    assert _failed("ResidualBlock", source) == {}


@pytest.mark.parametrize(
    ("result", "says"),
    [
        ("self.copy(x)", "nothing of the input is left"),
        ("self.way(x) + self.copy(x)", "nothing of the input is left"),
        ("x + self.copy(x)", "can't be added as it is"),
        ("tf.concat([x, self.copy(x)], -1)", "one beside the other"),
        ("x if x.shape[-1] == self.units else self.way(x)", "copy is to be added"),
    ],
)
def test_a_block_without_its_sum_is_told(result: str, says: str) -> None:
    source = BLOCK.format(activation="relu", width="self.units", result=result)
    assert any(says in told for told in _failed("ResidualBlock", source).values())


def test_a_variable_of_the_first_block_is_named_though_the_last_has_none() -> None:
    source = BLOCK.format(
        activation="relu", width="self.units", result="x @ self.bridge + self.copy(x)"
    )
    source = source.replace(
        "        self.way =",
        "        if shape[-1] < self.units:\n"
        "            self.bridge = tf.Variable(tf.zeros((shape[-1], self.units)))\n"
        "        else:\n"
        "            self.bridge = self.add_weight(shape=(shape[-1], self.units))\n"
        "        self.way =",
    )
    told = _failed("ResidualBlock", source)
    assert "`self.bridge` is a tf.Variable" in told["a trainable projection where widths differ"]


@pytest.mark.parametrize(
    "name",
    ["parameter_count", "glorot_normal", "l1_penalty", "non_negative"],
)
def test_nothing_earns_points_by_giving_back_nothing(name: str) -> None:
    source = f"def {name}(*args, **kwargs):\n    return None\n"
    assert _check(name, source).points == 0


@pytest.mark.parametrize("name", ["SimpleDense", "LayerNorm", "ResidualBlock"])
def test_a_layer_that_does_nothing_earns_no_full_points(name: str) -> None:
    source = (
        f"class {name}(keras.layers.Layer):\n"
        "    def __init__(self, *args, **kwargs):\n        super().__init__()\n"
        "    def call(self, x):\n        return x\n"
    )
    assert _check(name, source).points <= 1

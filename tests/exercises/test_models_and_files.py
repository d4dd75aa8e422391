"""Chapter 4: other ways that are right, and what is said of ways that are not."""

from __future__ import annotations

from functools import partial

import pytest

from tfcourse_utils.checking import Verdict

from .cells import verdict_on

_check = partial(verdict_on, "layers_and_models")


def said(verdict: Verdict) -> str:
    return "\n".join(f"{p.reason} {p.diagnosis} {p.note}" for p in verdict.probes)


RIGHT = {
    "with the config that Keras makes up": """
class MyDense(keras.layers.Layer):
    def __init__(self, units, activation=None, **kwargs):
        super().__init__(**kwargs)
        self.units, self.activation = units, keras.activations.get(activation)

    def build(self, shape):
        self.w = self.add_weight(shape=(shape[-1], self.units))
        self.b = self.add_weight(shape=(self.units,))

    def call(self, x):
        return self.activation(tf.matmul(x, self.w) + self.b)
""",
    "as Keras's own": """
class MyDense(keras.layers.Dense):
    pass
""",
}


@pytest.mark.parametrize("way", RIGHT)
def test_another_dense_layer_gets_full_points(way: str) -> None:
    verdict = _check("MyDense", RIGHT[way])
    assert verdict.points == verdict.possible, said(verdict)


HEAD = """
def add_difficulty_head(model, levels=3):
    hidden = model.get_layer("department").input
    head = keras.layers.Dense(levels, activation="softmax"{name})(hidden)
    return {result}
"""


@pytest.mark.parametrize(
    ("name", "result", "says"),
    [
        ("", "keras.Model(model.inputs, [*model.outputs, head])", "got 'dense"),
        (', name="difficulty"', "model", "gave back 2"),
        (', name="difficulty"', "keras.Model(model.inputs, head)", "Only the difficulty is left"),
    ],
)
def test_what_a_head_lacks_is_said(name: str, result: str, says: str) -> None:
    verdict = _check("add_difficulty_head", HEAD.format(name=name, result=result))
    assert says in said(verdict)


def test_old_layers_that_are_frozen_are_noticed() -> None:
    for frozen in ("model.trainable = False", "for l in model.layers: l.trainable = False"):
        result = "keras.Model(model.inputs, [*model.outputs, head])"
        source = HEAD.format(name=', name="difficulty"', result=result)
        source = source.replace("levels=3):\n", f"levels=3):\n    {frozen}\n")
        assert "The old layers are frozen" in said(_check("add_difficulty_head", source))


SUBCLASSED = """
class Tickets(keras.Model):
    def __init__(self, n):
        super().__init__()
        self.h, self.p = keras.layers.Dense(8, "relu"), keras.layers.Dense(1, "sigmoid")
        self.d = keras.layers.Dense(n, "softmax")

    def call(self, x):
        h = self.h(keras.ops.concatenate([x["title"], x["text_body"], x["tags"]], axis=1))
        return [self.p(h), self.d(h)]

def build_ticket_model(vocabulary_size, num_tags, num_departments):
    return Tickets(num_departments)
"""


def test_a_subclassed_model_is_no_graph() -> None:
    verdict = _check("build_ticket_model", SUBCLASSED)
    assert verdict.points == verdict.possible - 1
    assert "should be a functional model" in said(verdict)


UNTRACKED = """
class TicketModel(keras.Model):
    def __init__(self, num_departments):
        super().__init__()
        self.slopes = tf.Variable(tf.ones((1, 16)))
        self.p = keras.layers.Dense(1, "sigmoid")
        self.d = keras.layers.Dense(num_departments, "softmax")

    def call(self, x):
        hidden = tf.concat([x["title"], x["text_body"], x["tags"]], 1)
        hidden = tf.reduce_sum(hidden, axis=1, keepdims=True) @ self.slopes
        return self.p(hidden), self.d(hidden)
"""


def test_weights_that_keras_does_not_know_are_named() -> None:
    verdict = _check("TicketModel", UNTRACKED)
    assert "`self.slopes` is a tf.Variable" in said(verdict)


HALF_MENDED = """
class MendedDense(keras.layers.Layer):
    def __init__(self, units, activation=None, **kwargs):
        super().__init__(**kwargs)
        self.units, self.activation = units, keras.activations.get(activation)

    def build(self, shape):
        self.w = self.add_weight(shape=(shape[-1], self.units), name="w")
        self.b = self.add_weight(shape=(self.units,), name="b")

    def call(self, x):
        return self.activation(tf.matmul(x, self.w) + self.b)

    def compute_output_shape(self, shape):
        return tf.TensorShape([*shape[:-1], self.units])

    def get_config(self):
        return {**super().get_config(), "units": self.units}
"""


def test_a_forgotten_field_of_a_config_is_named() -> None:
    verdict = _check("MendedDense", HALF_MENDED)
    assert list(verdict.misconceptions) == ["the config still forgets"]
    assert "`__init__` takes `activation`, and the config does not hold it" in said(verdict)
    assert verdict.points == verdict.possible - 2


def test_a_file_beside_the_path_is_noticed() -> None:
    source = (
        "def round_trip(model, path):\n"
        "    path = str(path) + '.keras'\n"
        "    model.save(path)\n"
        "    return keras.saving.load_model(path)\n"
    )
    verdict = _check("round_trip", source)
    assert list(verdict.misconceptions) == ["another path"]
    assert verdict.points == verdict.possible - 1

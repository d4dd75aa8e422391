"""The right answers of chapter 4, against NumPy, Keras's own layers and files."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import keras
import numpy as np
import pytest
import tensorflow as tf
from hypothesis import given, settings
from hypothesis import strategies as st

from tfcourse_utils.reference import layers_and_models as reference

few = settings(max_examples=10, deadline=None)
sizes = st.integers(1, 6)
seeds = st.integers(0, 2**32 - 1)


def _tickets(seed: int, samples: int, words: int, tags: int) -> dict[str, np.ndarray]:
    rng = np.random.default_rng(seed)
    widths = {"title": words, "text_body": words, "tags": tags}
    return {
        name: rng.integers(2, size=(samples, n)).astype("float32") for name, n in widths.items()
    }


def _softmax(logits: np.ndarray) -> np.ndarray:
    shares = np.exp(logits - logits.max(axis=1, keepdims=True))
    return shares / shares.sum(axis=1, keepdims=True)


def _by_hand(x: dict[str, np.ndarray], weights: list[np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    """Compute priority and department from the weights in the order of the layers."""
    w, b, w_priority, b_priority, w_department, b_department = weights
    features = np.concatenate([x["title"], x["text_body"], x["tags"]], axis=1)
    hidden = np.maximum(features @ w + b, 0)
    priority = 1 / (1 + np.exp(-(hidden @ w_priority + b_priority)))
    return priority, _softmax(hidden @ w_department + b_department)


# build_ticket_model and TicketModel


@pytest.mark.parametrize("subclassed", [False, True])
@few
@given(seed=seeds, samples=sizes, words=sizes, tags=sizes, departments=st.integers(2, 6))
def test_ticket_models_are_matrices_and_a_softmax(
    subclassed: bool, seed: int, samples: int, words: int, tags: int, departments: int
) -> None:
    model = (
        reference.TicketModel(departments)
        if subclassed
        else reference.build_ticket_model(words, tags, departments)
    )
    x = _tickets(seed, samples, words, tags)
    seen = model(x)
    for one, expected in zip(seen, _by_hand(x, model.get_weights())):
        assert one.shape == expected.shape
        np.testing.assert_allclose(one, expected, rtol=1e-4, atol=1e-6)


def test_a_ticket_model_is_asked_by_names() -> None:
    model = reference.build_ticket_model(5, 2, 3)
    assert {place.name: place.shape for place in model.inputs} == {
        "title": (None, 5),
        "text_body": (None, 5),
        "tags": (None, 2),
    }
    assert model.output_names == ["priority", "department"]


@pytest.mark.parametrize("subclassed", [False, True])
def test_ticket_models_learn(subclassed: bool) -> None:
    model = reference.TicketModel(2) if subclassed else reference.build_ticket_model(5, 2, 2)
    x = _tickets(0, 64, 5, 2)
    priority, target = x["title"][:, :1], keras.utils.to_categorical(x["tags"][:, 0], 2)
    model.compile("adam", ["binary_crossentropy", "categorical_crossentropy"], jit_compile=False)
    losses = model.fit(x, [priority, target], epochs=5, batch_size=8, verbose=0).history["loss"]
    assert losses[-1] < losses[0]


# add_difficulty_head


def _deep_model() -> keras.Model:
    place = keras.Input((4,), name="subject")
    hidden = keras.layers.Dense(6, activation="tanh")(keras.layers.Dense(5)(place))
    heads = [keras.layers.Dense(1, name="priority"), keras.layers.Dense(2, name="department")]
    return keras.Model(place, [head(hidden) for head in heads])


@pytest.mark.parametrize("levels", [2, 3, 5])
def test_difficulty_stands_on_the_last_hidden_layer(levels: int) -> None:
    old = _deep_model()
    new = reference.add_difficulty_head(old, levels)
    x = np.random.default_rng(0).normal(size=(7, 4)).astype("float32")
    *kept, difficulty = new(x)
    for one, other in zip(kept, old(x)):
        np.testing.assert_array_equal(one, other)
    first, second = old.layers[1].get_weights(), old.layers[2].get_weights()
    hidden = np.tanh((x @ first[0] + first[1]) @ second[0] + second[1])
    kernel, bias = new.get_layer("difficulty").get_weights()
    np.testing.assert_allclose(difficulty, _softmax(hidden @ kernel + bias), rtol=1e-4, atol=1e-6)
    assert new.output_names == ["priority", "department", "difficulty"]


def test_the_old_weights_are_in_the_new_model() -> None:
    old = reference.build_ticket_model(5, 2, 3)
    new = reference.add_difficulty_head(old)
    ids = {id(weight) for weight in new.weights}
    assert {id(weight) for weight in old.weights} < ids
    assert len(new.weights) == len(old.weights) + 2
    assert len(old.outputs) == 2


# MyDense and MendedDense

dense = pytest.mark.parametrize("layer_class", [reference.MyDense, reference.MendedDense])
activations = st.sampled_from([None, "relu", "tanh", "softplus", tf.nn.elu, tf.abs])


def _pair(layer_class: Any, units: int, activation: Any, x: Any) -> tuple[Any, Any]:
    """Return a layer and Keras's own of equal weights."""
    layer, dense = layer_class(units, activation), keras.layers.Dense(units, activation)
    layer(x), dense(x)
    dense.set_weights(layer.get_weights())
    return layer, dense


@dense
@few
@given(seed=seeds, n=sizes, d=sizes, units=sizes, activation=activations)
def test_dense_layers_are_that_of_keras(
    layer_class: Any, seed: int, n: int, d: int, units: int, activation: Any
) -> None:
    rng = np.random.default_rng(seed)
    for shape in [(n, d), (n, 2, d)]:
        x = tf.constant(rng.normal(size=shape), "float32")
        layer, dense = _pair(layer_class, units, activation, x)
        np.testing.assert_allclose(layer(x), dense(x), rtol=1e-5, atol=1e-6)


@dense
@pytest.mark.parametrize("activation", [None, "relu", keras.activations.tanh])
def test_a_config_goes_through_json(layer_class: Any, activation: Any, tmp_path: Path) -> None:
    layer = layer_class(3, activation=activation, name="first")
    file = tmp_path / "config.json"
    file.write_text(json.dumps(layer.get_config()), encoding="utf-8")
    copy = layer_class.from_config(json.loads(file.read_text(encoding="utf-8")))
    assert copy.name == "first"
    x = tf.constant(np.random.default_rng(0).normal(size=(4, 2)), "float32")
    layer(x), copy(x)
    copy.set_weights(layer.get_weights())
    np.testing.assert_array_equal(layer(x), copy(x))


@pytest.mark.parametrize("shape", [(None, 3), (8, 3), (None, 4, 3)])
def test_the_shape_of_the_output_is_that_of_keras(shape: tuple[int | None, ...]) -> None:
    expected = keras.layers.Dense(5).compute_output_shape(shape)
    assert reference.MendedDense(5).compute_output_shape(shape) == expected


# round_trip


@pytest.mark.parametrize("as_path", [str, Path])
@dense
def test_a_model_comes_back_with_its_weights(
    layer_class: Any, as_path: Any, tmp_path: Path
) -> None:
    registered = keras.saving.register_keras_serializable("tests")(layer_class)
    model = keras.Sequential([keras.Input((3,)), registered(4, "tanh"), keras.layers.Dense(2)])
    path = tmp_path / "model.keras"
    restored = reference.round_trip(model, as_path(path))
    assert restored is not model and path.is_file()
    for one, other in zip(restored.get_weights(), model.get_weights()):
        np.testing.assert_array_equal(one, other)
    x = np.ones((2, 3), "float32")
    np.testing.assert_array_equal(restored(x), model(x))

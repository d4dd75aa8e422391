"""The right answers of chapter 4, against Keras's own layers and against NumPy."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import keras
import numpy as np
import pytest
import tensorflow as tf
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from tfcourse_utils.reference import layers_and_models as reference

few = settings(max_examples=15, deadline=None)
widths = st.integers(1, 6)
numbers = st.floats(-100, 100, width=32)


def _normal(*shape: int, seed: int = 3) -> np.ndarray:
    return np.random.default_rng(seed).normal(size=shape).astype("float32")


def _copy_weights(source: keras.Layer, target: keras.Layer) -> None:
    target.set_weights([_normal(*w.shape, seed=i) for i, w in enumerate(target.weights)])
    source.set_weights(target.get_weights())


# parameter_count


def test_the_parameters_of_the_contract() -> None:
    assert reference.parameter_count([3, 64, 10]) == 906


@few
@given(st.lists(widths, min_size=2, max_size=5))
def test_parameters_are_those_that_keras_counts(sizes: list[int]) -> None:
    layers = [keras.layers.Dense(units) for units in sizes[1:]]
    model = keras.Sequential([keras.Input((sizes[0],)), *layers])
    assert reference.parameter_count(sizes) == model.count_params()


# SimpleDense


@pytest.mark.parametrize("activation", [None, "relu", "softmax", tf.tanh, keras.ops.square])
@pytest.mark.parametrize("shape", [(4, 3), (2, 5, 3), (2, 1, 4, 3)])
def test_simple_dense_is_the_dense_of_keras(
    activation: str | Callable[..., Any] | None, shape: tuple[int, ...]
) -> None:
    x = _normal(*shape)
    ours = reference.SimpleDense(5, activation)
    theirs = keras.layers.Dense(5, activation=activation)
    assert ours.weights == []
    ours.build((None, *shape[1:])), theirs.build(shape)
    _copy_weights(ours, theirs)
    np.testing.assert_allclose(ours(x), theirs(x), rtol=1e-4, atol=1e-5)


def test_simple_dense_learns_in_a_functional_model() -> None:
    place = keras.Input((3,))
    model = keras.Model(place, reference.SimpleDense(1)(place))
    model.compile(keras.optimizers.Adam(0.1), loss="mse", jit_compile=False)
    x = _normal(64, 3)
    history = model.fit(x, x.sum(axis=1), epochs=30, verbose=0).history["loss"]
    assert history[-1] < 0.1 * history[0]


# MySequential


def test_a_stack_is_the_sequential_of_keras() -> None:
    layers = [
        keras.layers.Dense(4, activation="tanh"),
        keras.layers.BatchNormalization(),
        keras.layers.Dense(2),
    ]
    ours, theirs, x = reference.MySequential(layers), keras.Sequential(layers), _normal(5, 3)
    np.testing.assert_allclose(ours(x), theirs(x))
    np.testing.assert_allclose(ours(x, training=True), theirs(x, training=True), atol=1e-6)
    assert [w.path for w in ours.weights] == [w.path for w in theirs.weights]


def test_training_reaches_the_layers_of_a_stack() -> None:
    stack, x = reference.MySequential([keras.layers.Dropout(0.5)]), tf.ones((20, 20))
    assert set(np.unique(stack(x, training=True))) == {0, 2}
    np.testing.assert_array_equal(stack(x), x)


def test_a_stack_learns() -> None:
    stack, x = reference.MySequential([keras.layers.Dense(1)]), _normal(64, 3)
    stack.compile(keras.optimizers.Adam(0.1), loss="mse", jit_compile=False)
    history = stack.fit(x, x.sum(axis=1), epochs=30, verbose=0).history["loss"]
    assert history[-1] < 0.1 * history[0]


# glorot_normal, l1_penalty, non_negative


@pytest.mark.parametrize("shape", [(300, 100), (50, 700)])
def test_glorot_spreads_as_keras_does(shape: tuple[int, int]) -> None:
    ours, theirs = reference.glorot_normal(shape), keras.initializers.GlorotNormal()(shape)
    assert ours.shape == shape and ours.dtype == "float32"
    assert np.std(ours) == pytest.approx(np.std(theirs), rel=0.03)
    assert abs(np.mean(ours)) < 0.05 * np.std(ours)
    assert not np.array_equal(ours, reference.glorot_normal(shape))
    assert reference.glorot_normal(shape, dtype="float64").dtype == "float64"


@few
@given(
    weights=arrays("float32", array_shapes(max_dims=3, max_side=4), elements=numbers),
    strength=st.floats(0, 2),
)
def test_the_penalty_is_that_of_keras(weights: np.ndarray, strength: float) -> None:
    penalty = float(reference.l1_penalty(strength)(tf.constant(weights)))
    slowly = strength * sum(abs(float(weight)) for weight in weights.ravel())
    assert penalty == pytest.approx(slowly, rel=1e-4, abs=1e-5)
    assert penalty == pytest.approx(float(keras.regularizers.L1(strength)(weights)), rel=1e-4)


@few
@given(arrays("float32", array_shapes(max_dims=3, max_side=4), elements=numbers))
def test_the_constraint_is_that_of_keras(weights: np.ndarray) -> None:
    result = reference.non_negative(tf.constant(weights))
    np.testing.assert_array_equal(result, keras.constraints.NonNeg()(weights))


def test_the_three_together_in_a_dense_that_trains() -> None:
    layer = keras.layers.Dense(
        2,
        kernel_initializer=reference.glorot_normal,
        kernel_regularizer=reference.l1_penalty(0.5),
        kernel_constraint=reference.non_negative,
    )
    model, x = keras.Sequential([keras.Input((3,)), layer]), _normal(32, 3)
    [penalty] = model.losses
    assert float(penalty) == pytest.approx(0.5 * np.abs(layer.kernel).sum(), rel=1e-5)
    model.compile("sgd", loss="mse", jit_compile=False)
    model.fit(x, -x[:, :2], verbose=0)
    assert np.min(layer.kernel) >= 0


# LayerNorm


@pytest.mark.parametrize("shape", [(4, 6), (2, 3, 5)])
@pytest.mark.parametrize("epsilon", [1e-3, 0.5])
def test_layer_norm_is_that_of_keras(shape: tuple[int, ...], epsilon: float) -> None:
    x = 3 * _normal(*shape) + 2
    ours = reference.LayerNorm(epsilon)
    theirs = keras.layers.LayerNormalization(epsilon=epsilon)
    np.testing.assert_allclose(ours(x), theirs(x), rtol=1e-4, atol=1e-5)
    _copy_weights(ours, theirs)  # scale, then offset, in both
    np.testing.assert_allclose(ours(x), theirs(x), rtol=1e-4, atol=1e-5)


def test_layer_norm_begins_with_rows_of_deviation_1() -> None:
    rows = reference.LayerNorm(epsilon=0.0)(5 * _normal(4, 9) + 7).numpy()
    np.testing.assert_allclose(rows.mean(axis=1), 0, atol=1e-5)
    np.testing.assert_allclose(rows.std(axis=1), 1, rtol=1e-4)


# ResidualBlock


def test_a_residual_block_of_zeros_hands_on_its_input() -> None:
    block, x = reference.ResidualBlock(4), _normal(5, 4)
    block(x)
    block.set_weights([np.zeros(w.shape) for w in block.weights])
    np.testing.assert_array_equal(block(x), x)


@pytest.mark.parametrize("width", [3, 4, 6])
def test_a_residual_block_is_a_sum_in_numpy(width: int) -> None:
    block, x = reference.ResidualBlock(4), _normal(5, width)
    assert block(x).shape == (5, 4)
    hidden = np.maximum(x @ block.hidden.kernel.numpy() + block.hidden.bias.numpy(), 0)
    transformed = hidden @ block.out.kernel.numpy() + block.out.bias.numpy()
    around = x if width == 4 else x @ block.shortcut.kernel.numpy()
    np.testing.assert_allclose(block(x), around + transformed, rtol=1e-4, atol=1e-5)
    assert len(block.trainable_weights) == (4 if width == 4 else 5)

"""The right answers of chapter 2, against calculus, NumPy and arithmetic written out slowly."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal, localcontext
from typing import Any

import keras
import numpy as np
import pytest
import tensorflow as tf
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from tfcourse_utils.reference import gradient_tape as reference

few = settings(max_examples=25, deadline=None)
sizes = st.integers(1, 5)
seeds = st.integers(0, 2**32 - 1)
dtypes = st.sampled_from(["float32", "float64"])
shapes = st.sampled_from([(), (1,), (4,), (2, 3), (2, 1, 2)])


def _normal(seed: int, *shapes: tuple[int, ...], dtype: str = "float64") -> list[np.ndarray]:
    rng = np.random.default_rng(seed)
    return [rng.normal(size=shape).astype(dtype) for shape in shapes]


# numeric_gradient


@few
@given(seed=seeds, shape=shapes, step=st.floats(0.1, 1))
def test_central_differences_of_cubes_are_known(
    seed: int, shape: tuple[int, ...], step: float
) -> None:
    # ((x + h)³ - (x - h)³) / 2h = 3x² + h²
    x, weights = _normal(seed, shape, shape)
    slopes = reference.numeric_gradient(
        lambda t: tf.reduce_sum(weights * t**3), tf.constant(x), step
    )
    assert slopes.shape == shape
    np.testing.assert_allclose(slopes, weights * (3 * x**2 + step**2), rtol=1e-9, atol=1e-9)


@few
@given(seed=seeds, shape=shapes)
def test_a_short_step_measures_what_the_tape_gives(seed: int, shape: tuple[int, ...]) -> None:
    [x] = _normal(seed, shape)

    def mixed(t: tf.Tensor) -> tf.Tensor:
        return tf.sin(tf.reduce_sum(t)) + tf.reduce_prod(t)

    measured = reference.numeric_gradient(mixed, tf.constant(x))
    np.testing.assert_allclose(measured, reference.gradient(mixed, tf.constant(x)), atol=1e-4)


# gradient_descent


@few
@given(seed=seeds, d=sizes, steps=st.integers(0, 6), rate=st.floats(0.01, 0.4), dtype=dtypes)
def test_descent_into_a_bowl_is_a_geometric_sequence(
    seed: int, d: int, steps: int, rate: float, dtype: str
) -> None:
    start, bottom = _normal(seed, (d,), (d,), dtype=dtype)
    trajectory = reference.gradient_descent(
        lambda p: tf.reduce_sum((p - bottom) ** 2), tf.constant(start), rate, steps
    )
    assert trajectory.shape == (steps + 1, d) and trajectory.dtype == dtype
    shares = (1 - 2 * rate) ** np.arange(steps + 1)
    expected = bottom + shares[:, None] * (start - bottom)
    np.testing.assert_allclose(trajectory, expected, rtol=1e-4, atol=1e-5)


def test_descent_takes_the_steps_of_keras() -> None:
    start = np.array([-1.2, 1.0], "float32")

    def valley(p: tf.Tensor) -> tf.Tensor:
        return (1 - p[0]) ** 2 + 100 * (p[1] - p[0] ** 2) ** 2

    place, optimizer = tf.Variable(start), keras.optimizers.SGD(0.001)
    places = [start]
    for _ in range(20):
        with tf.GradientTape() as tape:
            height = valley(place)
        optimizer.apply_gradients([(tape.gradient(height, place), place)])
        places.append(place.numpy())
    trajectory = reference.gradient_descent(valley, tf.constant(start), 0.001, 20)
    np.testing.assert_allclose(trajectory, places, rtol=1e-4)


# backpropagate


def _loss_in_numpy(x: Any, y: Any, w1: Any, b1: Any, w2: Any, b2: Any) -> float:
    return float(np.mean((np.maximum(x @ w1 + b1, 0) @ w2 + b2 - y) ** 2))


@settings(few, max_examples=15)
@given(seed=seeds, n=sizes, d=sizes, h=sizes, k=sizes)
def test_backpropagation_is_what_small_steps_measure(
    seed: int, n: int, d: int, h: int, k: int
) -> None:
    network = _normal(seed, (n, d), (n, k), (d, h), (h,), (h, k), (k,))
    gradients = reference.backpropagate(*map(tf.constant, network))
    for place, gradient in enumerate(gradients, start=2):
        for index in np.ndindex(network[place].shape):
            losses = []
            for shift in (1e-6, -1e-6):
                moved = [part.copy() for part in network]
                moved[place][index] += shift
                losses.append(_loss_in_numpy(*moved))
            slope = gradient.numpy()[index]
            assert slope == pytest.approx((losses[0] - losses[1]) / 2e-6, abs=1e-4)


@few
@given(seed=seeds, n=sizes, d=sizes, h=sizes, k=sizes, dtype=dtypes)
def test_backpropagation_is_what_keras_and_the_tape_give(
    seed: int, n: int, d: int, h: int, k: int, dtype: str
) -> None:
    x, y, *weights = _normal(seed, (n, d), (n, k), (d, h), (h,), (h, k), (k,), dtype=dtype)
    layers = [keras.layers.Dense(h, "relu", dtype=dtype), keras.layers.Dense(k, dtype=dtype)]
    model = keras.Sequential([keras.Input((d,), dtype=dtype), *layers])
    model.set_weights(weights)
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean((model(x) - y) ** 2)
    expected = tape.gradient(loss, model.trainable_weights)
    gradients = reference.backpropagate(*map(tf.constant, [x, y, *weights]))
    for one, other, weight in zip(gradients, expected, weights):
        assert one.shape == weight.shape and one.dtype == dtype
        np.testing.assert_allclose(one, other, rtol=1e-3, atol=1e-4)


# gradient and second_derivative


@few
@given(seed=seeds, shape=shapes, dtype=dtypes)
def test_gradient_of_a_weighted_sine_is_a_weighted_cosine(
    seed: int, shape: tuple[int, ...], dtype: str
) -> None:
    x, weights = _normal(seed, shape, shape, dtype=dtype)
    slope = reference.gradient(lambda t: tf.reduce_sum(weights * tf.sin(t)), tf.constant(x))
    assert slope.shape == shape and slope.dtype == dtype
    np.testing.assert_allclose(slope, weights * np.cos(x), rtol=1e-5, atol=1e-6)


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_gradient_is_zero_where_no_way_leads_to_x(dtype: str) -> None:
    elsewhere = tf.Variable([1.0, 2.0])
    for f in (lambda t: tf.constant(3.0), lambda t: tf.reduce_sum(elsewhere**2)):
        slope = reference.gradient(f, tf.ones((2, 3), dtype))
        assert slope.dtype == dtype
        np.testing.assert_array_equal(slope, np.zeros((2, 3)))


CURVES: list[tuple[Callable[[Any], Any], Callable[[Any], Any]]] = [
    (lambda t: t**3, lambda x: 6 * x),
    (tf.sin, lambda x: -np.sin(x)),
    (tf.exp, np.exp),
    (lambda t: t * tf.cos(t), lambda x: -2 * np.sin(x) - x * np.cos(x)),
]


@pytest.mark.parametrize(("f", "expected"), CURVES)
@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_second_derivatives_are_those_of_calculus(f: Any, expected: Any, dtype: str) -> None:
    x = np.linspace(-2, 2, 9).astype(dtype)
    bends = reference.second_derivative(f, tf.constant(x))
    assert bends.dtype == dtype
    np.testing.assert_allclose(bends, expected(x), rtol=1e-4, atol=1e-5)


@pytest.mark.parametrize("f", [lambda t: 3 * t + 1, tf.identity, tf.ones_like])
def test_second_derivative_of_a_line_is_zero(f: Any) -> None:
    np.testing.assert_array_equal(reference.second_derivative(f, tf.constant([1.0, 2.0])), [0, 0])


# per_example_gradients


@few
@given(seed=seeds, n=sizes, d=sizes, dtype=dtypes)
def test_each_example_has_the_gradient_of_its_own_loss(
    seed: int, n: int, d: int, dtype: str
) -> None:
    weights, x = _normal(seed, (d,), (n, d), dtype=dtype)
    y = np.random.default_rng(seed).integers(2, size=n).astype(dtype)
    rows = reference.per_example_gradients(tf.constant(weights), tf.constant(x), tf.constant(y))
    assert rows.shape == (n, d) and rows.dtype == dtype
    loss = keras.losses.BinaryCrossentropy(from_logits=True, dtype=dtype)
    for row, example, label in zip(rows, x, y):
        variable = tf.Variable(weights)
        with tf.GradientTape() as tape:
            logit = tf.reduce_sum(variable * example)
            value = loss(label[None], logit[None])
        np.testing.assert_allclose(row, tape.gradient(value, variable), rtol=1e-4, atol=1e-6)


# watched_gradient and its kin

mended = pytest.mark.parametrize(
    "function",
    [
        reference.watched_gradient,
        reference.kept_variable_gradient,
        reference.inside_tape_gradient,
        reference.float_gradient,
    ],
)


@mended
@few
@given(data=st.data(), shape=shapes)
def test_mended_gradients_are_three_times_the_square(
    function: Callable[[Any], Any], data: st.DataObject, shape: tuple[int, ...]
) -> None:
    x = data.draw(arrays("float32", shape, elements=st.floats(-10, 10, width=32)))
    np.testing.assert_allclose(function(tf.constant(x)), 3 * x**2, rtol=1e-5, atol=1e-9)


def test_whole_numbers_have_a_gradient_once_they_are_floats() -> None:
    np.testing.assert_array_equal(reference.float_gradient(tf.constant([1, 2])), [3, 12])


# softplus


def _exact_softplus(z: float) -> float:
    """Apply the definition with 500 digits: enough for log(exp(-1000) + 1)."""
    with localcontext() as context:
        context.prec = 500
        return float((Decimal(z).exp() + 1).ln())


@few
@given(data=st.data(), shape=shapes, dtype=dtypes)
def test_softplus_is_that_of_tensorflow(
    data: st.DataObject, shape: tuple[int, ...], dtype: str
) -> None:
    z = tf.constant(data.draw(arrays(dtype, shape, elements=st.floats(-30, 30, width=32))))
    value = reference.softplus(z)
    assert value.dtype == dtype
    np.testing.assert_allclose(value, tf.math.softplus(z), rtol=1e-4, atol=1e-6)
    slope = reference.gradient(lambda t: 2 * tf.reduce_sum(reference.softplus(t)), z)
    np.testing.assert_allclose(slope, 2 * tf.sigmoid(z), rtol=1e-5, atol=1e-6)


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_softplus_is_exact_far_from_zero(dtype: str) -> None:
    z = [-1000.0, -90.0, 0.0, 90.0, 1000.0]
    value = reference.softplus(tf.constant(z, dtype))
    expected = [_exact_softplus(number) for number in z]
    np.testing.assert_allclose(value, expected, rtol=1e-6, atol=1e-30)
    slope = reference.gradient(
        lambda t: tf.reduce_sum(reference.softplus(t)), tf.constant(z, dtype)
    )
    np.testing.assert_allclose(slope, [0, 0, 0.5, 1, 1], atol=1e-7)


# LinearModel, mean_squared_error, train_step


@pytest.mark.parametrize("shape", [(4,), (3, 1)])
def test_a_model_is_a_line(shape: tuple[int, ...]) -> None:
    [x] = _normal(0, shape, dtype="float32")
    model = reference.LinearModel()
    model.w.assign(2.5), model.b.assign(-1.5)
    np.testing.assert_allclose(model(tf.constant(x)), 2.5 * x - 1.5, rtol=1e-6)


def test_two_models_share_nothing() -> None:
    one, other = reference.LinearModel(), reference.LinearModel()
    before = other.w.numpy(), other.b.numpy()
    one.w.assign(7.0), one.b.assign(8.0)
    assert (other.w.numpy(), other.b.numpy()) == before
    assert one.w.shape == one.b.shape == ()


@few
@given(seed=seeds, shape=st.sampled_from([(1,), (5,), (4, 1)]), dtype=dtypes)
def test_mean_squared_error_is_a_loop(seed: int, shape: tuple[int, ...], dtype: str) -> None:
    targets, predictions = _normal(seed, shape, shape, dtype=dtype)
    loss = reference.mean_squared_error(tf.constant(targets), tf.constant(predictions))
    pairs = list(zip(targets.ravel().tolist(), predictions.ravel().tolist()))
    assert loss.shape == () and loss.dtype == dtype
    assert float(loss) == pytest.approx(sum((t - p) ** 2 for t, p in pairs) / len(pairs))


def test_train_step_returns_the_loss_before_the_update() -> None:
    model = reference.LinearModel()
    model.w.assign(1.0), model.b.assign(0.0)
    w, b = model.w, model.b
    loss = reference.train_step(model, tf.constant([2.0]), tf.constant([0.0]), 0.1)
    # The error is 2, so dw = 2 · 2 · 2 = 8 and db = 2 · 2 = 4.
    assert float(loss) == 4.0
    assert (w.numpy(), b.numpy()) == (pytest.approx(0.2), pytest.approx(-0.4))


def test_training_ends_at_the_least_squares_line() -> None:
    x, noise = _normal(1, (40,), (40,), dtype="float32")
    y = 3 * x - 2 + 0.1 * noise
    model = reference.LinearModel()
    for _ in range(200):
        reference.train_step(model, tf.constant(x), tf.constant(y), 0.1)
    slope, intercept = np.polyfit(x, y, 1)
    assert (model.w.numpy(), model.b.numpy()) == pytest.approx((slope, intercept), abs=1e-4)

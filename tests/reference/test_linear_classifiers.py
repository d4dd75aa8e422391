"""The right answers of chapter 3, against Keras, NumPy and arithmetic written out slowly."""

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
from scipy.optimize import brentq

from tfcourse_utils.reference import linear_classifiers as reference

few = settings(max_examples=25, deadline=None)
sizes = st.integers(1, 6)
seeds = st.integers(0, 2**32 - 1)
dtypes = st.sampled_from(["float32", "float64"])
shapes = st.sampled_from([(1,), (5,), (4, 1), (3, 2), (2, 3, 2)])
both_lines = pytest.mark.parametrize(
    "line", [reference.boundary_line, reference.mend_boundary_line], ids=["rebuild", "mend"]
)

CORNERS = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], "float32")
EXCLUSIVE_OR = np.array([[0], [1], [1], [0]])


def _normal(seed: int, *shapes: tuple[int, ...], dtype: str = "float32") -> list[np.ndarray]:
    rng = np.random.default_rng(seed)
    return [rng.normal(size=shape).astype(dtype) for shape in shapes]


def _blobs(seed: int, samples: int) -> tuple[np.ndarray, np.ndarray]:
    """Draw labels and points of three clouds that three half-lines from the middle separate."""
    rng = np.random.default_rng(seed)
    labels = rng.integers(3, size=samples)
    centres = np.array([[3.0, 0.0], [-2.0, 3.0], [-2.0, -3.0]])
    points = centres[labels] + rng.normal(size=(samples, 2))
    return points.astype("float32"), labels


# make_clouds


@pytest.mark.parametrize("samples", [1, 7])
def test_clouds_come_as_float32_with_the_negatives_first(samples: int) -> None:
    inputs, targets = reference.make_clouds(samples, seed=0)
    assert inputs.dtype == targets.dtype == np.float32
    assert inputs.shape == (2 * samples, 2)
    np.testing.assert_array_equal(targets, [[0.0]] * samples + [[1.0]] * samples)


def test_clouds_have_the_means_and_the_covariance() -> None:
    inputs, targets = reference.make_clouds(50_000, seed=1)
    for label, mean in [(0, (0, 3)), (1, (3, 0))]:
        cloud = inputs[targets[:, 0] == label]
        np.testing.assert_allclose(cloud.mean(axis=0), mean, atol=0.03)
        np.testing.assert_allclose(np.cov(cloud.T), [[1, 0.5], [0.5, 1]], atol=0.03)


def test_clouds_are_drawn_independently_of_each_other() -> None:
    inputs, _ = reference.make_clouds(50_000, seed=2)
    correlations = np.corrcoef(inputs[:50_000].T, inputs[50_000:].T)[:2, 2:]
    np.testing.assert_allclose(correlations, 0, atol=0.03)


def test_clouds_depend_on_their_seed_alone() -> None:
    draws = []
    for global_seed, seed in [(1, 5), (2, 5), (1, 6)]:
        keras.utils.set_random_seed(global_seed)
        draws.append(reference.make_clouds(20, seed)[0])
    np.testing.assert_array_equal(draws[0], draws[1])
    assert not np.isclose(draws[0], draws[2]).any()


def test_clouds_leave_the_global_generator_alone() -> None:
    keras.utils.set_random_seed(3)
    undisturbed = np.random.random(4)
    keras.utils.set_random_seed(3)
    reference.make_clouds(20, seed=0)
    np.testing.assert_array_equal(np.random.random(4), undisturbed)


# dense


@few
@given(seed=seeds, n=sizes, d=sizes, k=sizes, dtype=dtypes)
def test_dense_is_the_layer_of_keras(seed: int, n: int, d: int, k: int, dtype: str) -> None:
    inputs, W, b = _normal(seed, (n, d), (d, k), (k,), dtype=dtype)
    for activation in [None, keras.activations.tanh]:
        layer = keras.layers.Dense(k, activation=activation, dtype=dtype)
        layer.build((None, d))
        layer.set_weights([W, b])
        outputs = reference.dense(tf.constant(inputs), tf.constant(W), tf.constant(b), activation)
        assert outputs.dtype == dtype
        np.testing.assert_allclose(outputs, layer(inputs), rtol=1e-5, atol=1e-5)


@few
@given(seed=seeds, n=sizes, d=sizes, k=sizes)
def test_dense_is_the_sum_written_out(seed: int, n: int, d: int, k: int) -> None:
    inputs, W, b = _normal(seed, (n, d), (d, k), (k,), dtype="float64")
    expected = np.empty((n, k))
    for i in range(n):
        for j in range(k):
            expected[i, j] = max(0.0, b[j] + sum(inputs[i, m] * W[m, j] for m in range(d)))
    outputs = reference.dense(tf.constant(inputs), tf.constant(W), tf.constant(b), tf.nn.relu)
    np.testing.assert_allclose(outputs, expected, atol=1e-12)


# square_loss


@few
@given(data=st.data(), shape=shapes, dtype=dtypes)
def test_square_loss_is_the_loss_of_keras_and_a_loop(
    data: st.DataObject, shape: tuple[int, ...], dtype: str
) -> None:
    values = arrays(dtype, shape, elements=st.floats(-100, 100, width=32))
    targets, predictions = data.draw(values), data.draw(values)
    loss = reference.square_loss(tf.constant(targets), tf.constant(predictions))
    pairs = list(zip(targets.ravel().tolist(), predictions.ravel().tolist()))
    assert loss.shape == () and loss.dtype == dtype
    assert float(loss) == pytest.approx(sum((t - p) ** 2 for t, p in pairs) / len(pairs))
    keras_loss = keras.losses.MeanSquaredError()(targets, predictions)
    assert float(loss) == pytest.approx(float(keras_loss), rel=1e-5)


@pytest.mark.parametrize(
    ("one", "other"),
    [((3,), (3, 1)), ((1,), (1, 1)), ((2, 3), (3,)), ((2, 3), (1, 3)), ((), (1,))],
)
def test_square_loss_refuses_to_broadcast(one: tuple[int, ...], other: tuple[int, ...]) -> None:
    for targets, predictions in [(one, other), (other, one)]:
        with pytest.raises(ValueError, match="targets"):
            reference.square_loss(tf.zeros(targets), tf.zeros(predictions))


# training_step


def _keras_steps(
    inputs: np.ndarray, targets: np.ndarray, weights: list[np.ndarray], steps: int
) -> tuple[list[float], list[np.ndarray]]:
    """Train a Keras layer with Keras's loss and optimizer; return losses and weights."""
    model = keras.Sequential([keras.Input(inputs.shape[1:]), keras.layers.Dense(len(weights[1]))])
    model.set_weights(weights)
    optimizer, loss_function, losses = (
        keras.optimizers.SGD(0.05),
        keras.losses.MeanSquaredError(),
        [],
    )
    for _ in range(steps):
        with tf.GradientTape() as tape:
            loss = loss_function(targets, model(inputs))
        optimizer.apply(tape.gradient(loss, model.trainable_weights), model.trainable_weights)
        losses.append(float(loss))
    return losses, model.get_weights()


@settings(few, max_examples=10)
@given(seed=seeds, n=sizes, d=sizes, k=sizes)
def test_training_steps_are_those_of_keras(seed: int, n: int, d: int, k: int) -> None:
    inputs, targets, *weights = _normal(seed, (n, d), (n, k), (d, k), (k,))
    expected_losses, expected_weights = _keras_steps(inputs, targets, weights, steps=5)
    W, b = (tf.Variable(weight) for weight in weights)
    x, t = tf.constant(inputs), tf.constant(targets)
    losses = [float(reference.training_step(x, t, W, b, 0.05)) for _ in range(5)]
    np.testing.assert_allclose(losses, expected_losses, rtol=1e-4, atol=1e-5)
    for variable, expected in zip([W, b], expected_weights):
        np.testing.assert_allclose(variable, expected, rtol=1e-4, atol=1e-5)


def test_training_step_returns_the_loss_before_the_update() -> None:
    W, b = tf.Variable([[1.0]]), tf.Variable([0.0])
    loss = reference.training_step(tf.constant([[2.0]]), tf.constant([[0.0]]), W, b, 0.1)
    # The error is 2, so dW = 2 · 2 · 2 = 8 and db = 2 · 2 = 4.
    assert float(loss) == 4.0
    np.testing.assert_allclose(W, [[0.2]], rtol=1e-6)
    np.testing.assert_allclose(b, [-0.4], rtol=1e-6)


def test_training_ends_at_the_least_squares_solution() -> None:
    inputs, targets = reference.make_clouds(100, seed=4)
    W, b = tf.Variable(tf.zeros((2, 1))), tf.Variable(tf.zeros(1))
    for _ in range(700):
        reference.training_step(tf.constant(inputs), tf.constant(targets), W, b, 0.05)
    with_ones = np.column_stack([inputs, np.ones(len(inputs))]).astype("float64")
    solution, *_ = np.linalg.lstsq(with_ones, targets, rcond=None)
    np.testing.assert_allclose(np.concatenate([W, b[None]]), solution, atol=1e-3)


# boundary_line and mend_boundary_line

coefficients = st.floats(-5, 5)
slanting = st.floats(0.1, 5) | st.floats(-5, -0.1)


@both_lines
@few
@given(W0=coefficients, W1=slanting, bias=coefficients, threshold=st.floats(-2, 2))
def test_points_on_the_line_are_undecided(
    line: Callable[..., Any], W0: float, W1: float, bias: float, threshold: float
) -> None:
    W, b = tf.constant([[W0], [W1]], tf.float64), tf.constant([bias], tf.float64)
    slope, intercept = (float(value) for value in line(W, b, threshold))
    xs = np.linspace(-3, 3, 7)
    predictions = reference.dense(np.column_stack([xs, slope * xs + intercept]), W, b)
    np.testing.assert_allclose(predictions, threshold, atol=1e-9)


@both_lines
@few
@given(W0=coefficients, W1=slanting, bias=coefficients)
def test_the_line_goes_through_the_zeros_found_by_a_search(
    line: Callable[..., Any], W0: float, W1: float, bias: float
) -> None:
    def surplus(y: float, x: float) -> float:
        return W0 * x + W1 * y + bias - 0.5

    at_zero, at_one = (brentq(surplus, -200, 200, args=(x,), xtol=1e-10) for x in (0.0, 1.0))
    W, b = tf.constant([[W0], [W1]], tf.float64), tf.constant([bias], tf.float64)
    slope, intercept = line(W, b)
    assert float(intercept) == pytest.approx(at_zero, abs=1e-7)
    assert float(slope) == pytest.approx(at_one - at_zero, abs=1e-7)


@both_lines
@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("W0", [0.0, 2.0])
def test_a_vertical_line_is_refused(line: Callable[..., Any], dtype: str, W0: float) -> None:
    with pytest.raises(ValueError, match="vertical"):
        line(tf.constant([[W0], [0.0]], dtype), tf.constant([1.0], dtype))


# binary_cross_entropy


def _exact_cross_entropy(targets: np.ndarray, logits: np.ndarray) -> float:
    """Apply the definition with 500 digits: enough to tell sigmoid(1000) from 1."""
    with localcontext() as context:
        context.prec = 500
        total = Decimal(0)
        for t, z in zip(targets.ravel().tolist(), logits.ravel().tolist()):
            sigmoid = 1 / (1 + (-Decimal(z)).exp())
            total -= sigmoid.ln() if t else (1 - sigmoid).ln()
        return float(total / targets.size)


def _value_and_gradient(targets: np.ndarray, logits: np.ndarray) -> tuple[float, np.ndarray]:
    z = tf.constant(logits)
    with tf.GradientTape() as tape:
        tape.watch(z)
        loss = reference.binary_cross_entropy(tf.constant(targets), z)
    assert loss.shape == () and loss.dtype == logits.dtype
    return float(loss), tape.gradient(loss, z).numpy()


@few
@given(data=st.data(), shape=shapes, dtype=dtypes)
def test_cross_entropy_is_the_loss_of_keras(
    data: st.DataObject, shape: tuple[int, ...], dtype: str
) -> None:
    targets = data.draw(arrays(dtype, shape, elements=st.sampled_from([0.0, 1.0])))
    logits = data.draw(arrays(dtype, shape, elements=st.floats(-30, 30, width=32)))
    loss, gradient = _value_and_gradient(targets, logits)
    keras_loss = keras.losses.BinaryCrossentropy(from_logits=True)(targets, logits)
    assert loss == pytest.approx(float(keras_loss), rel=1e-5, abs=1e-5)
    expected = (1 / (1 + np.exp(-logits.astype("float64"))) - targets) / targets.size
    np.testing.assert_allclose(gradient, expected, atol=1e-6)


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_cross_entropy_is_exact_at_large_logits(dtype: str) -> None:
    logits = np.array([1000, -1000, 1000, -1000, 90, -90, 0, 0], dtype)[:, None]
    targets = np.array([1, 0, 0, 1, 0, 1, 0, 1], dtype)[:, None]
    loss, gradient = _value_and_gradient(targets, logits)
    assert loss == pytest.approx(_exact_cross_entropy(targets, logits), rel=1e-6)
    expected = np.array([0, 0, 1, -1, 1, -1, 0.5, -0.5])[:, None] / 8
    np.testing.assert_allclose(gradient, expected, atol=1e-7)


# train_softmax


def _softmax_descent(x: np.ndarray, y: np.ndarray, k: int, rate: float, epochs: int) -> Any:
    W, b = np.zeros((x.shape[1], k)), np.zeros(k)
    for _ in range(epochs):
        powers = np.exp(x @ W + b)
        errors = powers / powers.sum(axis=1, keepdims=True) - np.eye(k)[y]
        W, b = W - rate * x.T @ errors / len(x), b - rate * errors.mean(axis=0)
    return W, b


@pytest.mark.parametrize("dtype", ["int32", "int64"])
def test_softmax_training_is_gradient_descent(dtype: str) -> None:
    x, y = _blobs(seed=5, samples=60)
    W, b = reference.train_softmax(tf.constant(x), tf.constant(y, dtype), 3, 0.1, epochs=40)
    expected_W, expected_b = _softmax_descent(x.astype("float64"), y, 3, 0.1, epochs=40)
    np.testing.assert_allclose(W, expected_W, atol=1e-4)
    np.testing.assert_allclose(b, expected_b, atol=1e-4)


def test_softmax_training_separates_points_it_has_not_seen() -> None:
    W, b = reference.train_softmax(*_blobs(seed=6, samples=300), 3, 0.5, epochs=100)
    x, y = _blobs(seed=7, samples=1000)
    assert np.mean(np.argmax(x @ W + b, axis=1) == y) > 0.95


def test_softmax_training_makes_room_for_absent_classes() -> None:
    x, y = _blobs(seed=8, samples=60)
    W, b = reference.train_softmax(x, np.where(y == 1, 4, y), 6, 0.5, epochs=50)
    assert W.shape == (2, 6) and b.shape == (6,)
    assert set(np.argmax(x @ W + b, axis=1)) == {0, 2, 4}


# solve_xor and fit_curve


@pytest.mark.parametrize("seed", range(4))
def test_xor_is_solved_for_every_seed(seed: int) -> None:
    model = reference.solve_xor(seed)
    order = np.random.default_rng(seed).permutation(4)
    predictions = model(CORNERS[order]).numpy()
    np.testing.assert_array_equal(predictions > 0.5, EXCLUSIVE_OR[order] == 1)


def test_the_seed_makes_training_reproducible() -> None:
    first, second = (reference.solve_xor(11)(CORNERS) for _ in range(2))
    np.testing.assert_allclose(first, second, atol=1e-5)


@pytest.mark.parametrize("seed", range(4))
def test_a_curve_is_fitted_below_the_noise(seed: int) -> None:
    rng = np.random.default_rng(seed)
    x = rng.uniform(-2, 2, size=(200, 1)).astype("float32")
    y = (x**2 - 1 + rng.normal(0, 0.3, x.shape)).astype("float32")
    unseen = np.linspace(-2, 2, 101, dtype="float32")[:, None]
    model = reference.fit_curve(tf.constant(x), tf.constant(y), seed)
    error = np.sqrt(np.mean((model(unseen) - (unseen**2 - 1)) ** 2))
    assert error < 0.3  # the noise; a straight line is off by 1.2


# decision_grid


@few
@given(
    x_limits=st.tuples(st.floats(-5, 0), st.floats(0.5, 5)),
    y_limits=st.tuples(st.floats(-5, 0), st.floats(0.5, 5)),
    resolution=st.integers(2, 7),
)
def test_grid_has_the_points_of_a_double_loop(
    x_limits: tuple[float, float], y_limits: tuple[float, float], resolution: int
) -> None:
    calls = []

    def predict(points: np.ndarray) -> np.ndarray:
        calls.append(points)
        return points[:, :1] - 2 * points[:, 1:]

    points, predictions = reference.decision_grid(predict, x_limits, y_limits, resolution)
    expected = set()
    for x in np.linspace(*x_limits, resolution):
        for y in np.linspace(*y_limits, resolution):
            expected.add((x, y))
    assert len(calls) == 1
    assert points.shape == (resolution**2, 2)
    assert {tuple(point) for point in points} == expected
    np.testing.assert_array_equal(predictions, points[:, :1] - 2 * points[:, 1:])


def test_grid_takes_the_prediction_of_a_keras_model() -> None:
    model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(1, activation="sigmoid")])
    points, predictions = reference.decision_grid(model.predict_on_batch, (-1, 1), (0, 2), 5)
    np.testing.assert_allclose(predictions, model(points), atol=1e-6)

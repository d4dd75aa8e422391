"""The right answers of chapter 5, against Keras, NumPy and loops written out slowly."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import keras
import numpy as np
import pytest
import tensorflow as tf
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from tfcourse_utils.reference import losses_and_metrics as reference

few = settings(max_examples=25, deadline=None)
shapes = st.sampled_from([(1,), (5,), (4, 1), (1, 1)])
dtypes = st.sampled_from(["float32", "float64"])
thresholds = st.sampled_from([0.25, 1.0, 2.5])


@st.composite
def pairs(draw: st.DrawFn) -> tuple[np.ndarray, np.ndarray]:
    """Draw targets and predictions of the same shape and dtype."""
    values = arrays(draw(dtypes), draw(shapes), elements=st.floats(-10, 10, width=32))
    return draw(values), draw(values)


def _as_tensors(*values: np.ndarray) -> list[tf.Tensor]:
    return [tf.constant(value) for value in values]


def _huber(error: float, threshold: float) -> float:
    """Integrate the slope of the loss, which is the error cut off at the threshold."""
    steps = np.linspace(0, error, 20_001)
    slopes = np.clip(steps, -threshold, threshold)
    return float(np.sum((slopes[1:] + slopes[:-1]) / 2 * np.diff(steps)))


# compile_for and mend_compile


def _compiled(task: str, activation: str | None, width: int) -> Any:
    model = keras.Sequential([keras.Input((width,)), keras.layers.Activation(activation)])
    assert reference.compile_for(model, task) is None
    return model


def _report(model: Any, x: Any, y: Any) -> list[float]:
    return list(model.evaluate(x, y, verbose=0, return_dict=True).values())


@pytest.mark.parametrize("one_hot", [True, False], ids=["one-hot", "sparse"])
def test_several_classes_are_compiled_with_cross_entropy_and_accuracy(one_hot: bool) -> None:
    logits = np.random.default_rng(1).normal(size=(9, 4)).astype("float32")
    labels = np.array([0, 1, 2, 3, 3, 2, 1, 0, 0])
    model = _compiled("multiclass_one_hot" if one_hot else "multiclass_sparse", "softmax", width=4)
    powers = np.exp(logits)
    right = (powers / powers.sum(axis=1, keepdims=True))[np.arange(9), labels]
    expected = [np.mean(logits.argmax(axis=1) == labels), -np.log(right).mean()]
    targets = np.eye(4)[labels] if one_hot else labels
    np.testing.assert_allclose(sorted(_report(model, logits, targets)), sorted(expected), 1e-5)


@pytest.mark.parametrize("mended", [True, False], ids=["mend", "rebuild"])
def test_two_classes_are_compiled_with_cross_entropy_and_accuracy(mended: bool) -> None:
    logits = np.random.default_rng(2).normal(size=(9, 1)).astype("float32")
    targets = np.array([[0.0], [1.0], [1.0], [0.0], [1.0], [1.0], [1.0], [0.0], [1.0]])
    model = _compiled("binary", "sigmoid", width=1)
    if mended:
        reference.mend_compile(model)
    losses = np.log1p(np.exp(np.where(targets == 1, -logits, logits)))
    expected = [np.mean((logits > 0) == (targets == 1)), losses.mean()]
    np.testing.assert_allclose(sorted(_report(model, logits, targets)), sorted(expected), 1e-5)


def test_regression_is_compiled_with_errors() -> None:
    x = np.array([[1.0], [2.0], [5.0]], "float32")
    model = _compiled("regression", None, width=1)
    np.testing.assert_allclose(sorted(_report(model, x, np.zeros((3, 1)))), [8 / 3, 10], 1e-6)


def test_an_unknown_task_is_refused() -> None:
    with pytest.raises(ValueError, match="clustering"):
        reference.compile_for(keras.Sequential(), "clustering")


def test_the_history_of_a_fit_has_a_true_accuracy() -> None:
    rng = np.random.default_rng(3)
    x = rng.normal(size=(200, 2)).astype("float32")
    y = (x[:, :1] > 0).astype("float32")
    model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(1, activation="sigmoid")])
    reference.mend_compile(model)
    model.optimizer.learning_rate = 0.1
    history = model.fit(x, y, epochs=10, verbose=0).history
    assert history["accuracy"][-1] > 0.9
    expected = np.mean((model(x).numpy() > 0.5) == (y == 1))
    assert model.evaluate(x, y, verbose=0)[1] == pytest.approx(expected)


# huber, create_huber and HuberLoss


def _makers() -> dict[str, Callable[[float], Callable[..., Any]]]:
    return {
        "function": reference.create_huber,
        "object": lambda threshold: reference.HuberLoss(threshold).call,
    }


@pytest.mark.parametrize("maker", _makers())
@few
@given(pair=pairs(), threshold=thresholds)
def test_huber_is_the_integral_of_a_slope_cut_off(
    maker: str, pair: tuple[np.ndarray, np.ndarray], threshold: float
) -> None:
    losses = _makers()[maker](threshold)(*_as_tensors(*pair))
    assert losses.shape == pair[0].shape and losses.dtype == pair[0].dtype
    errors = (pair[0].astype("float64") - pair[1]).ravel()
    expected = [_huber(error, threshold) for error in errors]
    np.testing.assert_allclose(np.ravel(losses), expected, rtol=1e-3, atol=1e-5)


@few
@given(pair=pairs())
def test_huber_is_the_loss_of_keras(pair: tuple[np.ndarray, np.ndarray]) -> None:
    losses = np.ravel(reference.huber(*_as_tensors(*pair)))
    columns = [part.reshape(-1, 1) for part in pair]
    np.testing.assert_allclose(losses, keras.losses.huber(*columns), rtol=1e-4, atol=1e-6)
    same = np.ravel(reference.create_huber()(*_as_tensors(*pair)))
    np.testing.assert_array_equal(losses, same)


def test_the_huber_loss_object_is_that_of_keras() -> None:
    rng = np.random.default_rng(4)
    y_true, y_pred = (rng.normal(0, 3, (8, 1)).astype("float32") for _ in range(2))
    for reduction in ["sum", "sum_over_batch_size"]:
        loss = reference.HuberLoss(2.0, name="forgiving", reduction=reduction)
        copy = reference.HuberLoss.from_config(loss.get_config())
        assert copy.name == "forgiving"
        oracle = keras.losses.Huber(delta=2.0, reduction=reduction)
        for weights in [None, np.arange(8.0)]:
            expected = float(oracle(y_true, y_pred, sample_weight=weights))
            for made in [loss, copy]:
                seen = float(made(y_true, y_pred, sample_weight=weights))
                assert seen == pytest.approx(expected, rel=1e-5)


def test_a_model_trained_with_huber_lets_an_outlier_be() -> None:
    x = np.ones((11, 1), "float32")
    y = np.append(np.full(10, 2.0), 100.0).astype("float32")[:, None]
    model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1, use_bias=False)])
    model.compile(keras.optimizers.SGD(0.5), loss=reference.HuberLoss(0.5), jit_compile=False)
    model.fit(x, y, batch_size=11, epochs=60, verbose=0)
    assert abs(float(model(x)[0, 0]) - 2) < 0.1  # the mean is near 11


# weighted_binary_cross_entropy


@few
@given(
    scores=arrays("float64", (6,), elements=st.floats(0.01, 0.99)),
    targets=arrays("float64", (6,), elements=st.sampled_from([0.0, 1.0])),
    weight=st.floats(0.1, 10),
    dtype=dtypes,
    column=st.booleans(),
)
def test_weighted_cross_entropy_is_that_of_tensorflow_on_logits(
    scores: np.ndarray, targets: np.ndarray, weight: float, dtype: str, column: bool
) -> None:
    shape = (6, 1) if column else (6,)
    y, p = (tf.constant(part.reshape(shape), dtype) for part in (targets, scores))
    losses = reference.weighted_binary_cross_entropy(weight)(y, p)
    assert losses.shape == shape and losses.dtype == dtype
    logits = np.log(scores / (1 - scores))
    expected = tf.nn.weighted_cross_entropy_with_logits(targets, logits, weight)
    np.testing.assert_allclose(np.ravel(losses), expected, rtol=1e-4, atol=1e-5)


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_weighted_cross_entropy_is_finite_at_both_ends(dtype: str) -> None:
    loss = reference.weighted_binary_cross_entropy(3.0)
    y, p = tf.constant([0, 1, 0, 1], dtype), tf.constant([0, 1, 1, 0], dtype)
    losses = loss(y, p).numpy()
    assert np.isfinite(losses).all()
    np.testing.assert_allclose(losses[:2], 0, atol=1e-5)
    assert (losses[2:] > 10).all()


# pinball


@few
@given(pair=pairs(), quantile=st.floats(0.05, 0.95))
def test_pinball_is_written_out_case_by_case(
    pair: tuple[np.ndarray, np.ndarray], quantile: float
) -> None:
    losses = reference.pinball(quantile)(*_as_tensors(*pair))
    assert losses.shape == pair[0].shape and losses.dtype == pair[0].dtype
    expected = [
        quantile * (y - p) if y > p else (1 - quantile) * (p - y)
        for y, p in zip(pair[0].ravel().tolist(), pair[1].ravel().tolist())
    ]
    np.testing.assert_allclose(np.ravel(losses), expected, rtol=1e-4, atol=1e-5)


@pytest.mark.parametrize("quantile", [0.1, 0.5, 0.9])
def test_pinball_is_least_at_the_quantile(quantile: float) -> None:
    targets = np.random.default_rng(5).normal(size=1001)
    loss = reference.pinball(quantile)
    means = [float(tf.reduce_mean(loss(targets, np.full(1001, guess)))) for guess in targets]
    assert targets[np.argmin(means)] == pytest.approx(np.quantile(targets, quantile))


# HuberMetric


@few
@given(
    pair=pairs(),
    threshold=thresholds,
    cut=st.integers(0, 5),
    weighted=st.booleans(),
)
def test_huber_metric_is_the_mean_over_all_batches(
    pair: tuple[np.ndarray, np.ndarray], threshold: float, cut: int, weighted: bool
) -> None:
    y_true, y_pred = (part.astype("float32") for part in pair)
    weights = np.arange(1.0, 1 + len(y_true), dtype="float32") if weighted else None
    metric = reference.HuberMetric(threshold)
    for part in (slice(None, cut), slice(cut, None)):
        batch = None if weights is None else weights[part]
        metric.update_state(*_as_tensors(y_true[part], y_pred[part]), sample_weight=batch)
    losses = [_huber(error, threshold) for error in np.ravel(y_true.astype("float64") - y_pred)]
    expected = np.average(losses, weights=weights)
    assert float(metric.result()) == pytest.approx(expected, rel=1e-3, abs=1e-5)


def test_huber_metric_is_0_at_first_and_after_a_reset() -> None:
    metric = reference.HuberMetric()
    assert float(metric.result()) == 0
    metric.update_state(tf.constant([0.0]), tf.constant([3.0]))
    assert float(metric.result()) == 2.5
    metric.reset_state()
    assert float(metric.result()) == 0


def test_huber_metric_keeps_its_threshold_and_its_name() -> None:
    metric = reference.HuberMetric(threshold=2.0, name="forgiving")
    copy = reference.HuberMetric.from_config(metric.get_config())
    copy.update_state(tf.constant([0.0]), tf.constant([3.0]))
    assert copy.name == "forgiving"
    assert float(copy.result()) == 4


def test_huber_metric_in_a_model() -> None:
    rng = np.random.default_rng(6)
    y_true, y_pred = (rng.normal(0, 3, (10, 1)).astype("float32") for _ in range(2))
    weights = rng.uniform(0, 2, 10)
    model = keras.Sequential([keras.Input((1,)), keras.layers.Identity()])
    metric = reference.HuberMetric(2.0, name="forgiving")
    model.compile(loss="mse", weighted_metrics=[metric], jit_compile=False)
    report = model.evaluate(
        y_pred, y_true, batch_size=4, sample_weight=weights, verbose=0, return_dict=True
    )
    losses = [_huber(error, 2.0) for error in np.ravel(y_true - y_pred)]
    assert report["forgiving"] == pytest.approx(np.average(losses, weights=weights), rel=1e-4)

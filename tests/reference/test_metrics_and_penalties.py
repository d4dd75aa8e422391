"""The right answers of chapter 5, against Keras, scikit-learn and loops."""

from __future__ import annotations

from typing import Any

import keras
import numpy as np
import pytest
import tensorflow as tf
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn import metrics as sklearn_metrics

from tfcourse_utils.reference import losses_and_metrics as reference

few = settings(max_examples=20, deadline=None)
seeds = st.integers(0, 2**32 - 1)
counts = st.integers(1, 12)


# RootMeanSquaredError, MendedRMSE


def _root_mean(labels: np.ndarray, probabilities: np.ndarray, weights: np.ndarray) -> float:
    """Return the error of weighted samples, one entry after the other."""
    total = 0.0
    for label, row, weight in zip(labels, probabilities, weights):
        for place, probability in enumerate(row):
            total += weight * ((place == label) - probability) ** 2
    return float(np.sqrt(total / weights.sum()))


@few
@given(
    seed=seeds,
    n=counts,
    k=st.integers(2, 5),
    column=st.booleans(),
    weighted=st.booleans(),
    cuts=st.lists(counts, max_size=3),
)
@pytest.mark.parametrize("kind", [reference.RootMeanSquaredError, reference.MendedRMSE])
def test_the_error_streams(
    kind: Any, seed: int, n: int, k: int, column: bool, weighted: bool, cuts: list[int]
) -> None:
    rng = np.random.default_rng(seed)
    labels, weights = rng.integers(0, k, n), rng.uniform(0.1, 2, n).astype("float32")
    probabilities = rng.dirichlet(np.ones(k), n).astype("float32")
    metric = kind()
    for rows in np.split(np.arange(n), sorted(min(cut, n) for cut in cuts)):
        metric.update_state(
            tf.constant(labels[rows].reshape((-1, 1) if column else (-1,))),
            tf.constant(probabilities[rows]),
            weights[rows] if weighted else None,
        )
    expected = _root_mean(labels, probabilities, weights if weighted else np.ones(n))
    np.testing.assert_allclose(metric.result(), expected, rtol=1e-4, atol=1e-6)


@pytest.mark.parametrize("kind", [reference.RootMeanSquaredError, reference.MendedRMSE])
def test_the_error_begins_and_is_reset_to_nothing(kind: Any) -> None:
    metric = kind()
    assert float(metric.result()) == 0 and metric.name == "rmse"
    metric.update_state(tf.constant([[1]]), tf.constant([[1.0, 0.0]]))
    assert float(metric.result()) == pytest.approx(np.sqrt(2))  # no sample can be further off
    metric.reset_state()
    assert float(metric.result()) == 0
    assert kind(name="other").name == "other"


# PenalizedModel


@pytest.mark.parametrize("strength", [0.0, 0.3])
def test_the_loss_has_the_penalty_in_it(strength: float) -> None:
    model = reference.PenalizedModel(3, strength)
    x, y = np.ones((4, 2), "float32"), np.zeros((4, 1), "float32")
    predictions = model(x)
    assert predictions.shape == (4, 1) and len(model.trainable_weights) == 4
    model.compile(keras.optimizers.SGD(0.0), loss="mse", jit_compile=False)
    squares = sum(float(np.sum(np.square(weight))) for weight in model.get_weights())
    expected = float(np.mean(np.square(predictions))) + strength * squares
    assert model.evaluate(x, y, verbose=0) == pytest.approx(expected, rel=1e-5)
    history = model.fit(x, y, verbose=0).history
    assert history["loss"] == [pytest.approx(expected, rel=1e-5)]


# penalized_loss


@few
@given(seed=seeds, n=counts, k=st.integers(2, 4), strength=st.floats(0, 2))
def test_entropy_and_penalty_written_out(seed: int, n: int, k: int, strength: float) -> None:
    rng = np.random.default_rng(seed)
    model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(2), keras.layers.Dense(k)])
    for weight in model.weights:
        weight.assign(rng.normal(size=weight.shape))
    model.layers[1].trainable = False
    labels, probabilities = rng.integers(0, k, n), rng.dirichlet(np.ones(k), n) * 0.9 + 0.1 / k
    losses = reference.penalized_loss(model, strength)(
        tf.constant(np.eye(k)[labels], tf.float32), tf.constant(probabilities, tf.float32)
    )
    penalty = sum(np.sum(np.square(weight)) for weight in model.layers[0].get_weights())
    expected = -np.log(probabilities[np.arange(n), labels]) + strength * penalty
    np.testing.assert_allclose(losses, expected, rtol=1e-4, atol=1e-5)


def test_the_penalty_follows_its_model_in_training() -> None:
    model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(2, "softmax")])
    model.compile(
        keras.optimizers.SGD(0.1), loss=reference.penalized_loss(model, 0.5), jit_compile=False
    )
    x, y = np.zeros((8, 2), "float32"), np.full((8, 2), 0.5, "float32")
    before = np.sum(np.square(model.get_weights()[0]))
    losses = model.fit(x, y, epochs=3, batch_size=8, verbose=0).history["loss"]
    after = np.sum(np.square(model.get_weights()[0]))
    assert after < before and losses == sorted(losses, reverse=True)


# compile_ticket_model


def test_both_outputs_have_their_loss_and_accuracy() -> None:
    rng = np.random.default_rng(3)
    features = keras.Input((4,))
    priority = keras.layers.Dense(1, "sigmoid", name="priority")(features)
    department = keras.layers.Dense(3, "softmax", name="department")(features)
    model = keras.Model(features, [priority, department])
    reference.compile_ticket_model(model)
    x, yes = rng.normal(size=(20, 4)).astype("float32"), rng.integers(0, 2, (20, 1))
    classes = rng.integers(0, 3, 20)
    targets = {"priority": yes.astype("float32"), "department": np.eye(3)[classes]}
    reported = model.evaluate(x, targets, verbose=0, return_dict=True)
    likely, shares = (np.asarray(output, "float64") for output in model(x))
    binary = -np.mean(np.log(np.where(yes == 1, likely, 1 - likely)))
    categorical = -np.mean(np.log(shares[np.arange(20), classes]))
    assert reported["loss"] == pytest.approx(binary + categorical, rel=1e-4)
    assert reported["priority_accuracy"] == pytest.approx(np.mean((likely > 0.5) == yes))
    assert reported["department_accuracy"] == pytest.approx(np.mean(shares.argmax(1) == classes))


# predicted_classes


@pytest.mark.parametrize("batch", [1, 4, 16])
def test_classes_come_in_the_order_of_the_dataset(batch: int) -> None:
    x = np.random.default_rng(7).normal(size=(10, 3)).astype("float32")
    model = keras.Sequential([keras.Input((3,)), keras.layers.Softmax()])
    dataset = tf.data.Dataset.from_tensor_slices((x, np.zeros(10))).batch(batch)
    classes = reference.predicted_classes(model, dataset)
    assert classes.dtype.kind == "i"
    assert classes.tolist() == [row.index(max(row)) for row in x.tolist()]


# confusion_matrix


@few
@given(
    pairs=st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=1, max_size=30),
    absent=st.integers(0, 2),
    dtype=st.sampled_from(["int32", "int64"]),
)
def test_counts_are_those_of_scikit_learn(
    pairs: list[tuple[int, int]], absent: int, dtype: str
) -> None:
    y_true, y_pred = np.array(pairs).T
    counts = reference.confusion_matrix(
        tf.constant(y_true, dtype), tf.constant(y_pred, dtype), 4 + absent
    )
    labels = range(4 + absent)
    np.testing.assert_array_equal(
        counts, sklearn_metrics.confusion_matrix(y_true, y_pred, labels=labels)
    )


# F1Score


@few
@given(
    seed=seeds,
    n=counts,
    threshold=st.sampled_from([0.25, 0.5, 0.75]),
    column=st.booleans(),
    weighted=st.booleans(),
    cuts=st.lists(counts, max_size=3),
)
def test_f1_is_that_of_scikit_learn(
    seed: int, n: int, threshold: float, column: bool, weighted: bool, cuts: list[int]
) -> None:
    rng = np.random.default_rng(seed)
    targets, scores = rng.integers(0, 2, n), rng.uniform(size=n)
    weights = rng.uniform(0.1, 2, n).astype("float32") if weighted else None
    metric = reference.F1Score(threshold)
    for rows in np.split(np.arange(n), sorted(min(cut, n) for cut in cuts)):
        shape = (-1, 1) if column else (-1,)
        metric.update_state(
            tf.constant(targets[rows].reshape(shape), tf.float32),
            tf.constant(scores[rows].reshape(shape), tf.float32),
            None if weights is None else weights[rows],
        )
    expected = sklearn_metrics.f1_score(
        targets, scores > threshold, sample_weight=weights, zero_division=0
    )
    np.testing.assert_allclose(metric.result(), expected, rtol=1e-5)


def test_f1_begins_and_is_reset_to_0() -> None:
    metric = reference.F1Score(name="f1")
    assert float(metric.result()) == 0 and metric.name == "f1"
    metric.update_state(tf.ones(3), tf.ones(3))
    assert float(metric.result()) == 1
    metric.reset_state()
    assert float(metric.result()) == 0

"""The right answers of chapter 6, against what Keras brings and against slow loops."""

from __future__ import annotations

from collections.abc import Sequence

import keras
import matplotlib.pyplot as plt
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tfcourse_utils.exercises.callbacks import driven, fitted, small_classifier
from tfcourse_utils.reference.callbacks_and_tuning import (
    KeepBest,
    LossHistory,
    PatientStopping,
    StopAtAccuracy,
    prepare,
    split_train_validation,
)

few = settings(max_examples=25, deadline=None)

SEEDS = st.integers(0, 2**31)
FEW_VALUES = st.sampled_from([0.25, 0.5, 1.0, 2.0])  # ties are likely
FEW_OR_NAN = st.one_of(FEW_VALUES, st.just(np.nan))


# splits


@given(st.integers(2, 40), st.floats(0, 1), SEEDS)
def test_a_split_is_complete_and_keeps_its_pairs(rows: int, fraction: float, seed: int) -> None:
    x, y = np.arange(2.0 * rows).reshape(rows, 2), np.arange(rows)
    (x_train, y_train), (x_validation, y_validation) = split_train_validation(x, y, fraction, seed)
    assert abs(len(y_validation) - fraction * rows) <= 1
    assert sorted([*y_train, *y_validation]) == list(range(rows))
    np.testing.assert_array_equal(x[y_train], x_train)
    np.testing.assert_array_equal(x[y_validation], x_validation)


def test_the_seed_fixes_a_split() -> None:
    x = y = np.arange(50)
    first, again, other = (split_train_validation(x, y, 0.5, seed)[0][0] for seed in (1, 1, 2))
    np.testing.assert_array_equal(first, again)
    assert set(first) != set(other)


@few
@given(st.integers(10, 60), SEEDS)
def test_the_rows_are_prepared_60_20_20(rows: int, seed: int) -> None:
    x = np.random.default_rng(0).exponential(size=(rows, 3)) * [1.0, 20.0, 400.0]
    three = prepare(x, np.arange(rows), seed)
    sizes = [len(y) for _, y in three]
    np.testing.assert_allclose(sizes, [0.6 * rows, 0.2 * rows, 0.2 * rows], atol=1)
    assert sorted(np.concatenate([y for _, y in three])) == list(range(rows))
    layer = keras.layers.Normalization()
    layer.adapt(x[three[0][1]].astype("float32"))
    for scaled, y in three:
        np.testing.assert_allclose(scaled, layer(x[y]), rtol=1e-3, atol=1e-4)


# callbacks


def test_losses_are_those_of_the_batches() -> None:
    callback = LossHistory()
    batches = [[{"loss": 3.0}, {"loss": 2.0}], [{"loss": 1.0}]]
    driven(callback, [{}, {}], batches)
    assert callback.losses == [[3.0, 2.0], [1.0]]


def test_the_last_loss_of_an_epoch_is_that_of_its_history() -> None:
    callback = LossHistory()
    history = fitted([callback], seed=3, epochs=2)
    assert [len(losses) for losses in callback.losses] == [2, 2]
    assert [losses[-1] for losses in callback.losses] == history.history["loss"]


def test_a_figure_shows_one_epoch() -> None:
    callback = LossHistory()
    callback.losses = [[3.0, 2.0], [1.0]]
    figure = callback.figure(0)
    plt.close(figure)
    [line] = figure.axes[0].get_lines()
    np.testing.assert_array_equal(line.get_ydata(), [3.0, 2.0])


@pytest.mark.parametrize(
    ("logs", "stops"),
    [
        ({"accuracy": 0.75}, True),
        ({"accuracy": 1.0}, True),
        ({"accuracy": np.nextafter(0.75, 0)}, False),
        ({"accuracy": np.nan}, False),
        ({"val_accuracy": 1.0}, False),
        ({}, False),
        (None, False),
    ],
)
def test_training_stops_at_an_accuracy(logs: dict[str, float] | None, stops: bool) -> None:
    model = small_classifier()
    driven(StopAtAccuracy(0.75), [logs], model=model)
    assert model.stop_training == stops


MODEL = small_classifier()


def _after(callback: keras.callbacks.Callback, logs: Sequence[dict[str, float]]) -> object:
    """Return how many epochs were trained, and the first weight afterwards."""
    return driven(callback, logs, model=MODEL), float(MODEL.weights[0][0, 0])


@few
@given(st.lists(FEW_OR_NAN, min_size=1, max_size=12), st.integers(0, 4), st.booleans())
@pytest.mark.parametrize("monitor", ["val_loss", "loss"])
def test_patience_is_that_of_keras(
    monitor: str, losses: list[float], patience: int, restore: bool
) -> None:
    theirs = keras.callbacks.EarlyStopping(
        monitor, mode="min", patience=patience, restore_best_weights=restore
    )
    logs = [{"loss": 1.0} | {monitor: loss} for loss in losses]
    ours = PatientStopping(patience, restore)
    for _ in range(2):  # the second time with callbacks that have seen a training
        assert _after(ours, logs) == _after(theirs, logs)


@few
@given(
    st.lists(st.one_of(FEW_OR_NAN, st.none()), min_size=1, max_size=8),
    st.sampled_from(["min", "max"]),
)
def test_the_best_weights_are_those_of_a_slow_search(values: list[float | None], mode: str) -> None:
    callback = KeepBest("mae", mode)
    driven(callback, [None if v is None else {"mae": v} for v in values], model=MODEL)
    there = [(v, epoch) for epoch, v in enumerate(values) if v is not None and v == v]
    if not there:
        assert callback.best_weights is None
        return
    best = (min if mode == "min" else max)(v for v, _ in there)
    epoch = next(epoch for v, epoch in there if v == best)
    assert len(callback.best_weights) == len(MODEL.weights)
    assert all(np.all(weight == epoch) for weight in callback.best_weights)

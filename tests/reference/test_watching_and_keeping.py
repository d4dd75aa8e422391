"""The right answers of chapter 6 on schedules, callbacks, curves and files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import keras
import numpy as np
import pytest
import tensorflow as tf
from hypothesis import given, settings
from hypothesis import strategies as st

from tfcourse_utils.exercises.figures import drawn_lines, line_through
from tfcourse_utils.reference import callbacks_and_tuning as reference

# warmup_cosine


@settings(max_examples=50, deadline=None)
@given(warmup=st.integers(0, 9), rest=st.integers(1, 20), peak=st.floats(1e-4, 10))
def test_the_schedule_is_that_of_keras(warmup: int, rest: int, peak: float) -> None:
    oracle = keras.optimizers.schedules.CosineDecay(
        0.0 if warmup else peak,
        decay_steps=rest,
        warmup_target=peak if warmup else None,
        warmup_steps=warmup,
    )
    for epoch in range(warmup + rest + 1):
        rate = reference.warmup_cosine(epoch, warmup, warmup + rest, peak)
        assert type(rate) is float
        assert rate == pytest.approx(float(oracle(epoch)), rel=1e-4, abs=1e-6 * peak)


# training_callbacks


def test_a_model_that_overfits_is_watched(tmp_path: Path) -> None:
    rng = np.random.default_rng(0)
    x, noise = rng.normal(size=(60, 8)), rng.normal(size=(60, 1))
    model = keras.Sequential(
        [
            keras.Input((8,)),
            keras.layers.Dense(32, "tanh", kernel_initializer=keras.initializers.HeNormal(1)),
            keras.layers.Dense(1, kernel_initializer=keras.initializers.HeNormal(2)),
        ]
    )
    model.compile(keras.optimizers.Adam(0.02), "mse", jit_compile=False)
    held_back = x[30:], noise[30:]
    history = model.fit(
        x[:30],
        noise[:30],
        epochs=100,
        validation_data=held_back,
        callbacks=reference.training_callbacks(tmp_path / "runs" / "first"),
        verbose=0,
    ).history
    best = min(history["val_loss"])
    assert len(history["loss"]) < 100
    assert history["learning_rate"][-1] < history["learning_rate"][0]
    kept = keras.saving.load_model(tmp_path / "runs" / "first" / "best.keras")
    for each in (model, kept):
        assert each.evaluate(*held_back, verbose=0) == pytest.approx(best, rel=1e-5)
    rows = (tmp_path / "runs" / "first" / "log.csv").read_text().splitlines()
    assert len(rows) == 1 + len(history["loss"])
    assert list(tmp_path.rglob("*tfevents*"))


# plot_learning_curves


def test_curves_are_those_of_the_history() -> None:
    curves = {"loss": [3, 2, 1], "val_loss": [3, 2.5, 2.6], "mae": [1, 0.5, 0.25]}
    lines = drawn_lines(reference.plot_learning_curves(curves))
    assert len(lines) == len(curves)
    seen: dict[str, Any] = {name: line_through(lines, values) for name, values in curves.items()}
    assert [line["names"] for line in seen.values()] == [["training"], ["validation"], ["training"]]
    assert [line["y label"] for line in seen.values()] == ["loss", "loss", "mae"]
    assert all(line["x"].tolist() == [1, 2, 3] for line in lines)
    assert {line["x label"] for line in lines} == {"epoch"}


# save_everything


def test_each_file_is_read_by_its_own_reader(tmp_path: Path) -> None:
    x = np.random.default_rng(0).normal(size=(4, 3)).astype("float32")
    model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(2, "tanh")])
    reference.save_everything(model, str(tmp_path))
    expected = model(x).numpy()
    names = {path.name for path in tmp_path.iterdir()}
    assert names == {"model.keras", "model.weights.h5", "model.json", "export"}

    again = keras.models.model_from_json((tmp_path / "model.json").read_text())
    assert not np.allclose(again(x), expected)
    again.load_weights(tmp_path / "model.weights.h5")
    exported = tf.saved_model.load(str(tmp_path / "export"))
    for compute in (again, keras.saving.load_model(tmp_path / "model.keras"), exported.serve):
        np.testing.assert_allclose(compute(x), expected, rtol=1e-6)

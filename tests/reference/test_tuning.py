"""The right answers of chapter 6, against Keras and what KerasTuner wrote."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import keras
import keras_tuner
import numpy as np
import pytest
import tensorflow as tf

from tfcourse_utils.reference import callbacks_and_tuning as reference


def _network() -> Any:
    """Return a model with penalties, state that is not trained, and a frozen layer."""
    keras.utils.set_random_seed(3)
    return keras.Sequential(
        [
            keras.Input((3,)),
            keras.layers.Dense(4, trainable=False),
            keras.layers.BatchNormalization(),
            keras.layers.Dense(2, kernel_regularizer="l2"),
        ]
    )


@pytest.mark.parametrize("make_list", [list, lambda dataset: dataset], ids=["list", "tf.data"])
def test_the_loop_does_what_fit_does(make_list: Any) -> None:
    rng = np.random.default_rng(1)
    x, y = (rng.normal(size=(10, width)).astype("float32") for width in (3, 2))
    dataset = tf.data.Dataset.from_tensor_slices((x, y)).batch(4)
    fitted, looped = _network(), _network()

    fitted.compile(keras.optimizers.Adam(0.1), "mse", jit_compile=False)
    expected = fitted.fit(dataset, epochs=3, shuffle=False, verbose=0).history["loss"]
    loss = keras.losses.MeanSquaredError()
    history = reference.fit_loop(
        looped, loss, keras.optimizers.Adam(0.1), make_list(dataset), epochs=3
    )

    assert list(history) == ["loss"]
    np.testing.assert_allclose(history["loss"], expected, rtol=1e-5)
    for one, other in zip(looped.get_weights(), fitted.get_weights()):
        np.testing.assert_allclose(one, other, rtol=1e-4, atol=1e-6)


def test_a_space_of_models_follows_its_hyperparameters() -> None:
    hp = keras_tuner.HyperParameters()
    hp.values = {"hidden_layers": 2, "width_0": 20, "width_1": 30, "dropout": 0.25}
    hp.values["learning_rate"] = 0.005
    model = reference.build_model(hp)
    kernels = [weight.shape for weight in model.weights if len(weight.shape) == 2]
    assert kernels == [(64, 20), (20, 30), (30, 10)]
    assert float(model.optimizer.learning_rate) == pytest.approx(0.005)
    rates = [layer.rate for layer in model.layers if isinstance(layer, keras.layers.Dropout)]
    assert rates == [0.25, 0.25]


def test_a_search_returns_the_trial_with_the_least_validation_loss(tmp_path: Path) -> None:
    rng = np.random.default_rng(2)
    x, y = rng.uniform(size=(40, 64)).astype("float32"), rng.integers(0, 10, 40)
    best, model = reference.tune(x, y, max_trials=2, seed=4, directory=str(tmp_path))
    trials = [json.loads(path.read_text()) for path in tmp_path.rglob("trial.json")]
    assert len(trials) == 2
    least = min(trials, key=lambda trial: trial["score"])
    assert best.values == least["hyperparameters"]["values"]
    assert model.predict_on_batch(x).shape == (40, 10)

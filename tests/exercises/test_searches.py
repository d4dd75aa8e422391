"""The vocabulary for searches: which rows a model was given, and which trials were written."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import keras
import numpy as np
import pytest
import tensorflow as tf

from tfcourse_utils.exercises.searches import fits_recorded, rows_in, trials_under

X = np.arange(20, dtype="float32").reshape(10, 2)
Y = np.arange(10) % 3


def compiled() -> Any:
    model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(3, "softmax")])
    model.compile(keras.optimizers.SGD(0.25), "sparse_categorical_crossentropy")
    return model


def rows(given: Any) -> list[int]:
    return [int(row) for row in rows_in(given, X, Y)]


def test_a_split_that_fit_makes_is_of_the_last_rows() -> None:
    with fits_recorded() as fits:
        compiled().fit(X, Y, validation_split=0.25, verbose=0)
    assert rows(fits[0].trained) == [0, 1, 2, 3, 4, 5, 6]
    assert rows(fits[0].validated) == [7, 8, 9]


def test_keras_splits_at_the_same_place() -> None:
    seen: list[int] = []

    class Counting(keras.Model):
        def train_step(self, data: Any) -> Any:
            seen.append(len(data[0]))
            return {"loss": tf.zeros(())}

    model = Counting()
    model.compile(run_eagerly=True)
    model.fit(X, Y, validation_split=0.25, epochs=1, verbose=0, validation_freq=2)
    assert sum(seen) == 7


def test_batches_of_a_data_set_are_joined() -> None:
    pairs = tf.data.Dataset.from_tensor_slices((X, Y))
    with fits_recorded() as fits:
        compiled().fit(
            pairs.skip(4).batch(4), validation_data=pairs.take(4).batch(3), shuffle=False, verbose=0
        )
    assert rows(fits[0].trained) == [4, 5, 6, 7, 8, 9]
    assert rows(fits[0].validated) == [0, 1, 2, 3]


def test_a_later_evaluate_counts_as_validation() -> None:
    with fits_recorded() as fits:
        model = compiled()
        model.fit(X[:6], Y[:6], verbose=0)
        model.evaluate(X[6:], Y[6:], verbose=0)
    assert rows(fits[0].validated) == [6, 7, 8, 9]


def test_one_hot_labels_are_labels_and_a_wrong_label_makes_a_stranger() -> None:
    assert rows((X[:2], (Y[:2] + 1) % 3)) == [-1, -1]
    with fits_recorded() as fits:
        model = compiled()
        model.compile("sgd", "categorical_crossentropy")
        model.fit(X, np.eye(3)[Y], verbose=0)
    assert rows(fits[0].trained) == list(range(10))


def test_weights_are_noted_at_the_start_and_after_each_epoch() -> None:
    with fits_recorded() as fits:
        model = compiled()
        model.fit(X, Y, epochs=2, verbose=0)
        model.fit(X, Y, epochs=1, verbose=0)
    first, second = fits
    assert first.rate == pytest.approx(0.25)
    assert len({first.began, *first.epochs}) == 3
    assert second.began == first.epochs[-1]


def test_fit_is_itself_again_also_after_an_error() -> None:
    fit, evaluate = keras.Model.fit, keras.Model.evaluate
    with pytest.raises(KeyError), fits_recorded():
        assert keras.Model.fit is not fit
        raise KeyError
    assert keras.Model.fit is fit
    assert keras.Model.evaluate is evaluate


def write_trial(directory: Path, number: int, score: float | None, **metrics: Any) -> None:
    folder = directory / "any name" / f"trial_{number}"
    folder.mkdir(parents=True)
    written = {
        "hyperparameters": {"values": {"units": 8 * number}},
        "status": "INVALID" if score is None else "COMPLETED",
        "score": score,
        "metrics": {
            "metrics": {
                name: {"direction": direction, "observations": [{"value": [value], "step": 0}]}
                for name, (direction, value) in metrics.items()
            }
        },
    }
    (folder / "trial.json").write_text(json.dumps(written), encoding="utf-8")


def test_trials_say_what_their_score_is_of(tmp_path: Path) -> None:
    write_trial(tmp_path, 0, 0.5, accuracy=("max", 0.5), val_accuracy=("max", 0.5))
    write_trial(tmp_path, 1, 2.0, loss=("min", 2.0), val_loss=("min", 3.0))
    write_trial(tmp_path, 2, None)
    tie, trained, failed = trials_under(tmp_path)
    assert (tie["objective"], tie["direction"]) == ("val_accuracy", "max")
    assert (trained["objective"], trained["values"]) == ("loss", {"units": 8})
    assert np.isnan(failed["score"])
    assert failed["status"] == "INVALID"

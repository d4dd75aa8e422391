"""`capstone`: the parts that it is given, and what is said where one was not used."""

from __future__ import annotations

from typing import Any

import keras
import numpy as np
import pytest

from tfcourse_utils.exercises.end_to_end.capstone import curve
from tfcourse_utils.exercises.end_to_end.plugged import METRIC, Parts, fresh, what_was_used

from .cells import failed, verdict_on

POINTS = np.random.default_rng(0).normal(size=(12, 2)).astype("float32")
LABELS = np.arange(12) % 3


def _model(layer: Any) -> Any:
    return keras.Sequential([keras.Input((2,)), layer, keras.layers.Dense(3, "softmax")])


def _trained(parts: Parts) -> tuple[Any, Any]:
    model = _model(parts.layer)
    model.compile("adam", parts.loss, metrics=[parts.metric], run_eagerly=True)
    return model, model.fit(POINTS, LABELS, epochs=2, callbacks=[parts.callback], verbose=0)


def test_parts_tell_that_they_were_used() -> None:
    parts = fresh(3, (7.0, 20.0))
    model, history = _trained(parts)
    used = what_was_used(parts, model, POINTS[:2])
    assert used["weights of the layer"] == [True, True]
    assert used["calls"] == 1
    assert used["moved"] > 0
    assert all(used["weights of the callback's model"])
    assert [epoch["loss"] for epoch in used["epochs"]] == history.history["loss"]
    assert min(history.history["loss"]) > 7
    assert all(20 <= share <= 21 for share in history.history[METRIC])


def test_parts_tell_that_they_were_not_used() -> None:
    parts = fresh(3, (7.0, 20.0))
    used = what_was_used(parts, _model(keras.layers.Dense(4)), POINTS[:2])
    assert used == {
        "epochs": [],
        "weights of the layer": [],
        "calls": 0,
        "moved": 0.0,
        "weights of the callback's model": [],
    }
    assert what_was_used(parts, "no model", POINTS[:2]) == {"epochs": []}


def test_a_copy_of_the_layer_is_another_layer() -> None:
    parts = fresh(3, (7.0, 20.0))
    _trained(parts)
    copy = keras.models.clone_model(_model(parts.layer))
    used = what_was_used(parts, copy, POINTS[:2])
    assert used["weights of the layer"] == [False, False]
    assert used["weights of the callback's model"] == [False] * 4
    assert used["calls"] == 0


@pytest.mark.parametrize("history", [None, [1.0], {}, {"loss": 1.0}, {"loss": []}, {"loss": "0"}])
def test_what_is_no_curve(history: Any) -> None:
    assert curve(history, "loss") is None


ELSEWHERE = """
def capstone(points, labels, layer, loss, metric, callback, seed):
    keras.utils.set_random_seed(seed)
    lots = np.random.default_rng(seed).random(len(labels))
    test = np.argsort(labels + lots)[::5]
    train = np.setdiff1d(np.arange(len(labels)), test)
    model = keras.Sequential([keras.Input((2,)), layer, keras.layers.Dense(4, "softmax")])
    copy = keras.models.clone_model(model)
    copy.compile("sgd", loss, metrics=[metric], run_eagerly=True)
    history = copy.fit(points[train], labels[train], callbacks=[callback], verbose=0)
    commonest = np.bincount(labels[train]).argmax()
    return {
        "model": model,
        "test_rows": test,
        "baseline": np.mean(labels[test] == commonest),
        "score": np.mean(labels[test] == np.argmax(model(points[test]), axis=1)),
        "history": history,
    }
"""


def test_another_model_trained_is_seen() -> None:
    told = failed(verdict_on("end_to_end", "capstone", ELSEWHERE))
    assert sorted(told) == [
        "better than always saying the commonest",
        "the callback hears of every epoch",
        "the layer learns in the model",
    ]
    assert "the same before the training" in told["the layer learns in the model"]
    assert "not the one in `model`" in told["the callback hears of every epoch"]

"""`capstone` of chapter 7 with the parts of chapters 4 and 6, against scikit-learn."""

from __future__ import annotations

import keras
import numpy as np
import pytest
from sklearn.dummy import DummyClassifier
from sklearn.metrics import accuracy_score

from tfcourse_utils import data
from tfcourse_utils.reference.callbacks_and_tuning import StopAtAccuracy
from tfcourse_utils.reference.end_to_end import capstone
from tfcourse_utils.reference.layers_and_models import SimpleDense


def test_moons_are_told_apart_with_parts_of_other_chapters() -> None:
    points, targets = data.moons(100, seed=1)
    labels = targets[:, 0].astype("int64")
    layer, stop = SimpleDense(16, keras.ops.relu), StopAtAccuracy(0.8)
    loss = keras.losses.SparseCategoricalCrossentropy()
    metric = keras.metrics.SparseCategoricalAccuracy(name="accuracy")
    result = capstone(points * [0.1, 30.0] + 50, labels, layer, loss, metric, stop, seed=3)
    test = np.sort(result["test_rows"])
    train = np.setdiff1d(np.arange(200), test)
    assert np.bincount(labels[test]).tolist() == [20, 20]
    commonest = DummyClassifier().fit(points[train], labels[train]).predict(points[test])
    assert result["baseline"] == pytest.approx(accuracy_score(labels[test], commonest))
    model = result["model"]
    assert layer in model.layers
    assert model.loss is loss
    probabilities = model.predict(points[test] * [0.1, 30.0] + 50, verbose=0)
    expected = accuracy_score(labels[test], np.argmax(probabilities, axis=1))
    assert result["score"] == pytest.approx(expected)
    assert result["score"] > 0.8
    history = result["history"].history
    assert len(history["loss"]) == len(history["accuracy"]) < 8
    assert history["accuracy"][-1] >= 0.8

"""The projects of chapter 7 on real data, against scikit-learn and numbers worked out slowly."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from sklearn.datasets import load_diabetes, load_iris
from sklearn.dummy import DummyClassifier, DummyRegressor
from sklearn.metrics import accuracy_score, mean_absolute_error

from tfcourse_utils.reference import end_to_end as reference


def _parts(result: dict[str, Any], count: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the rows of the test and all others, in order."""
    test = sorted(result["test_rows"])
    return np.array(test), np.array([row for row in range(count) if row not in test])


@pytest.mark.parametrize("name", ["mend_project", "regression_project"])
def test_an_illness_is_foreseen_better_than_by_its_mean(name: str) -> None:
    x, y = load_diabetes(return_X_y=True, scaled=False)
    x, y = x.astype("float32"), y.astype("float32")[:, np.newaxis]
    result = getattr(reference, name)(x, y, seed=3)
    test, train = _parts(result, len(x))
    assert len(test) == len(x) // 5
    always_the_mean = DummyRegressor().fit(x[train], y[train]).predict(x[test])
    expected = mean_absolute_error(y[test], always_the_mean)
    assert result["baseline"] == pytest.approx(expected, rel=1e-5)
    predictions = result["model"].predict(x[test], verbose=0)
    assert predictions.shape == (len(test), 1)
    assert result["score"] == pytest.approx(mean_absolute_error(y[test], predictions), rel=1e-5)
    assert result["score"] < 0.85 * result["baseline"]


def test_irises_are_told_apart() -> None:
    x, y = load_iris(return_X_y=True)
    x = x.astype("float32")
    result = reference.species_project(x, y, seed=3)
    test, train = _parts(result, len(x))
    assert np.bincount(y[test]).tolist() == [10, 10, 10]
    commonest = DummyClassifier().fit(x[train], y[train]).predict(x[test])
    assert result["baseline"] == pytest.approx(accuracy_score(y[test], commonest))
    probabilities = result["model"].predict(x[test], verbose=0)
    assert np.sum(probabilities, axis=1) == pytest.approx(np.ones(30), abs=1e-5)
    expected = accuracy_score(y[test], np.argmax(probabilities, axis=1))
    assert result["score"] == pytest.approx(expected)
    assert result["score"] > 0.85


def test_each_kind_gives_a_fifth_of_its_rows() -> None:
    rng = np.random.default_rng(0)
    y = rng.permutation(np.repeat([0, 1, 2], [11, 23, 52]))
    x = rng.normal(size=(len(y), 2)).astype("float32")
    result = reference.species_project(x, y, seed=0)
    tested = np.bincount(y[result["test_rows"]], minlength=3)
    assert np.all(np.abs(tested - np.bincount(y) / 5) <= 1)
    assert abs(len(result["test_rows"]) - len(y) / 5) <= 1

"""`image_project` on real pictures, against scikit-learn."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.datasets import load_digits
from sklearn.metrics import accuracy_score, pairwise_distances_argmin

from tfcourse_utils.reference.end_to_end import image_project


@pytest.mark.parametrize("dtype", ["uint8", "float32"])
def test_digits_are_read(dtype: str) -> None:
    images, labels = load_digits(return_X_y=True)
    images = images.reshape(-1, 8, 8)[:700, :, 1:].astype(dtype)
    labels = labels[:700]
    result = image_project(images, labels, seed=3)
    test = result["test_rows"]
    train = np.setdiff1d(np.arange(len(images)), test)
    counts = np.bincount(labels) / 5
    assert np.all(np.abs(np.bincount(labels[test]) - counts) <= 1)
    flat = images.reshape(len(images), -1).astype(float)
    means = [np.mean([flat[row] for row in train if labels[row] == k], axis=0) for k in range(10)]
    nearest = pairwise_distances_argmin(flat[test], np.array(means))
    assert result["baseline"] == pytest.approx(accuracy_score(labels[test], nearest))
    probabilities = result["model"].predict(images[test], verbose=0)
    assert np.sum(probabilities, axis=1) == pytest.approx(np.ones(len(test)), abs=1e-5)
    expected = accuracy_score(labels[test], np.argmax(probabilities, axis=1))
    assert result["score"] == pytest.approx(expected)
    assert result["score"] > 0.9

"""`image_project`: answers that are right in another way, and what is said of those that aren't."""

from __future__ import annotations

from typing import Any

import numpy as np

from tfcourse_utils.checking import Verdict, check_answer, find_exercise
from tfcourse_utils.exercises.end_to_end.images import ACCURACY, brighter, nearest_mean

from .cells import run_answer

PROJECT = find_exercise("end_to_end.image_project")

SCALED_BY_THE_BRIGHTEST = """
def image_project(images, labels, seed):
    keras.utils.set_random_seed(seed)
    order = np.random.default_rng(seed).permutation(len(images))
    test = order[np.argsort(labels[order], kind="stable")][::5]
    train = np.setdiff1d(order, test)
    known = labels[train]
    means = np.array([images[train][known == kind].mean(axis=0) for kind in range(5)])
    apart = ((images[test][:, None] - means) ** 2).sum(axis=(2, 3))
    model = keras.Sequential([
        keras.Input((*images.shape[1:], 1)),
        keras.layers.Rescaling(1 / float(BRIGHTEST)),
        keras.layers.Conv2D(8, 3, activation="relu"),
        keras.layers.Flatten(),
        keras.layers.Dense(5, "softmax"),
    ])
    model.compile(keras.optimizers.Adam(0.01), "sparse_categorical_crossentropy", jit_compile=False)
    model.fit(np.tile(images[train], (40, 1, 1)), np.tile(known, 40), batch_size=64, verbose=0)
    return {
        "model": model,
        "test_rows": test,
        "baseline": np.mean(labels[test] == apart.argmin(axis=1)),
        "score": np.mean(labels[test] == np.argmax(model(images[test]), axis=1)),
    }
"""


def _verdict(brightest: str) -> Verdict:
    source = SCALED_BY_THE_BRIGHTEST.replace("BRIGHTEST", brightest)
    return check_answer(PROJECT, run_answer(source, "image_project"), seed=2)


def _told(verdict: Verdict) -> dict[str, str]:
    return {p.probe: p.reason for p in verdict.probes if p.reason}


def test_a_constant_or_the_brightest_of_the_training_rows_scales_as_well() -> None:
    for brightest in ("255", "images[train].max()"):
        assert _told(_verdict(brightest)) == {}


def test_the_brightest_of_all_rows_is_a_leak() -> None:
    assert list(_told(_verdict("images.max()"))) == ["nothing of the test rows in the model"]


def _drawn(seed: int) -> tuple[Any, Any]:
    data = next(iter(PROJECT.probes.values())).data
    assert data is not None
    return data(np.random.default_rng(seed))


def test_the_nearest_mean_image_is_worse_than_what_is_asked_for() -> None:
    baselines = []
    for seed in range(10):
        shown, kept = _drawn(seed)
        assert shown["inputs"].dtype == np.uint8
        assert shown["inputs"].max() < 255
        images = np.concatenate([kept["inputs"], kept["unseen"]])
        labels = np.concatenate([kept["targets"], kept["unseen_targets"]])
        train, test = np.split(np.arange(len(images)), [len(kept["inputs"])])
        baselines.append(nearest_mean(images, labels, train, test))
    assert 0.3 < np.mean(baselines) < ACCURACY - 0.1


def test_test_rows_are_replaced_by_brighter_pictures() -> None:
    images = _drawn(0)[0]["inputs"][:20]
    assert brighter(images).dtype == images.dtype
    assert brighter(images).mean() > images.mean() + 20

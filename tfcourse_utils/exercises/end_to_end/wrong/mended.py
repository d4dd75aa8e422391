"""How `mend_project` was found, and how it goes wrong."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import keras
import numpy as np

from ..mended import mend_project
from .leaks import add, is_scaled_by_test, is_stopped_by_test


def _is_as_found(seen: Any, kept: Any) -> bool:
    every_way = is_scaled_by_test(seen, kept) and is_stopped_by_test(seen, kept)
    return every_way and seen["first"]["models that saw test rows"] == 2


@mend_project.found(
    says="The test rows have a say in three places: what the inputs are scaled by, when training "
    "stops, and which of the two models is taken. None of the three may know them.",
    when=_is_as_found,
)
def _(x, y, seed):
    order = np.random.default_rng(seed).permutation(len(x))
    test, train = np.split(order, [len(x) // 5])
    scale = keras.layers.Normalization()
    scale.adapt(x)
    models = {}
    for start in (seed, seed + 1000):
        keras.utils.set_random_seed(start)
        hidden, output = keras.layers.Dense(32, activation="relu"), keras.layers.Dense(1)
        model = keras.Sequential([keras.Input(x.shape[1:]), scale, hidden, output])
        model.compile(keras.optimizers.Adam(0.03), "mean_absolute_error", jit_compile=False)
        model.fit(
            np.tile(x[train], (10, 1)),
            np.tile(y[train], (10, 1)),
            batch_size=64,
            epochs=5,
            validation_data=(x[test], y[test]),
            callbacks=[keras.callbacks.EarlyStopping(patience=2, restore_best_weights=True)],
            verbose=0,
        )
        models[np.mean(np.abs(y[test] - model(x[test])))] = model
    score = min(models)
    return {
        "model": models[score],
        "test_rows": test,
        "baseline": np.mean(np.abs(y[test] - y[train].mean())),
        "score": score,
    }


def _mended(
    scaled_by: str = "train", stopped_by: str = "validation", chosen_by: str = "validation"
) -> Callable[[Any, Any, int], dict[str, Any]]:
    """Return a project with a set of rows of another name at one of the three places."""

    def project(x: Any, y: Any, seed: int) -> dict[str, Any]:
        order = np.random.default_rng(seed).permutation(len(x))
        parts = np.split(order, [len(x) // 5, 2 * len(x) // 5])
        rows = dict(zip(("test", "validation", "train"), parts)) | {"all": order}
        models = [_one(x, y, rows, rows[scaled_by], rows[stopped_by], seed + i) for i in range(2)]
        test = rows["test"]
        scores = [_error(model, x, y, rows[chosen_by]) for model in models]
        model = models[int(np.argmin(scores))]
        return {
            "model": model,
            "test_rows": test,
            "baseline": np.mean(np.abs(y[test] - np.delete(y, test, axis=0).mean())),
            "score": _error(model, x, y, test),
        }

    return project


def _one(x: Any, y: Any, rows: Any, scaled_by: Any, stopped_by: Any, seed: int) -> Any:
    keras.utils.set_random_seed(seed)
    scale = keras.layers.Normalization()
    scale.adapt(x[scaled_by])
    hidden, output = keras.layers.Dense(32, "relu"), keras.layers.Dense(1)
    model = keras.Sequential([keras.Input(x.shape[1:]), scale, hidden, output])
    model.compile(keras.optimizers.Adam(0.03), "mae", jit_compile=False)
    stop = keras.callbacks.EarlyStopping(patience=1, restore_best_weights=True)
    model.fit(
        np.tile(x[rows["train"]], (15, 1)),
        np.tile(y[rows["train"]], (15, 1)),
        batch_size=64,
        epochs=3,
        validation_data=(x[stopped_by], y[stopped_by]),
        callbacks=[stop],
        verbose=0,
    )
    return model


def _error(model: Any, x: Any, y: Any, rows: Any) -> float:
    return float(np.mean(np.abs(y[rows] - np.asarray(model(x[rows])))))


add(mend_project, "scaled by all rows", _mended(scaled_by="all"))
add(mend_project, "stopped by the test rows", _mended(stopped_by="test"))
add(mend_project, "chosen by the test rows", _mended(chosen_by="test"))


def _with_rows(seed_of: Callable[[int], Any]) -> Callable[[Any, Any, int], dict[str, Any]]:
    """Return a project without a training: its rows are what is looked at."""

    def project(x: Any, y: Any, seed: int) -> dict[str, Any]:
        test = np.random.default_rng(seed_of(seed)).permutation(len(x))[: len(x) // 5]
        model = keras.Sequential([keras.Input(x.shape[1:]), keras.layers.Dense(1)])
        return {"model": model, "test_rows": test, "baseline": 0.0, "score": 0.0}

    return project


add(mend_project, "rows without a seed", _with_rows(lambda seed: None))
add(mend_project, "the same rows for every seed", _with_rows(lambda seed: 0))

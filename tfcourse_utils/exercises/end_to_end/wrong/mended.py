"""How `mend_project` was found, and how it goes wrong."""

from __future__ import annotations

from functools import partial
from typing import Any

import keras
import numpy as np

from ..mended import mend_project
from ..numbers import error
from .leaks import add, is_scaled_by_test, is_stopped_by_test
from .regression import chosen_by_test, project, result
from .solved import solved, split, trained


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
    for start in (seed, seed + 1):
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


def _stopped_by_test(x: Any, y: Any, seed: int) -> dict[str, Any]:
    """Choose by rows of their own, and stop by those of the test."""
    test, others = split(len(x), seed)
    validation, train = others[: len(test)], others[len(test) :]
    stop = keras.callbacks.EarlyStopping(patience=1, restore_best_weights=True)
    known, models = (x[test], y[test]), {}
    for start in (seed, seed + 1):
        keras.utils.set_random_seed(start)
        model = solved(x[train], y[train], x[train])
        trained(model, "mae", x[train], y[train], epochs=2, validation_data=known, callbacks=[stop])
        models[error(y[validation], np.asarray(model(x[validation])))] = model
    return result(models[min(models)], x, y, test, others)


add(mend_project, "scaled by all rows", partial(project, is_scaled_by_all=True))
add(mend_project, "stopped by the test rows", _stopped_by_test)
add(mend_project, "chosen by the test rows", chosen_by_test)
add(mend_project, "weights without a seed", partial(project, is_seeded=False))
add(mend_project, "rows without a seed", partial(project, rows=lambda n, _: split(n, None)))
add(mend_project, "the same rows for every seed", partial(project, rows=lambda n, _: split(n, 42)))

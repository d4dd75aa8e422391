"""How `mend_project` was found, and how it goes wrong."""

from __future__ import annotations

from functools import partial
from typing import Any

import keras
import numpy as np

from ..mended import mend_project
from ..numbers import error
from .leaks import add, is_scaled_by_test, is_stopped_by_test
from .regression import chosen_by_test, project, result, trained_on_all
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
    fifth, shuffled = len(x) // 5, np.random.default_rng(seed).permutation(len(x))
    held_back, used = np.split(shuffled, [fifth])
    scaling = keras.layers.Normalization()
    scaling.adapt(x)
    models = {}
    for start in (seed, seed + 1):
        keras.utils.set_random_seed(start)
        measured = keras.Input(x.shape[1:])
        bent = keras.layers.Dense(24, activation="relu")(scaling(measured))
        model = keras.Model(measured, keras.layers.Dense(1)(bent))
        model.compile(keras.optimizers.Nadam(0.03), "mae", jit_compile=False)
        model.fit(
            x[used].repeat(10, axis=0),
            y[used].repeat(10, axis=0),
            batch_size=64,
            epochs=5,
            validation_data=(x[held_back], y[held_back]),
            callbacks=[keras.callbacks.EarlyStopping(patience=2, restore_best_weights=True)],
            verbose=0,
        )
        score = np.abs(y[held_back] - model(x[held_back])).mean()
        models[score] = model
    score = min(models)
    return {
        "model": models[score],
        "test_rows": held_back,
        "baseline": np.abs(y[held_back] - y[used].mean()).mean(),
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
add(mend_project, "trained on all rows", trained_on_all)
add(mend_project, "stopped by the test rows", _stopped_by_test)
add(mend_project, "chosen by the test rows", chosen_by_test)
add(mend_project, "weights without a seed", partial(project, is_seeded=False))
add(mend_project, "rows without a seed", partial(project, rows=lambda n, _: split(n, None)))
add(mend_project, "the same rows for every seed", partial(project, rows=lambda n, _: split(n, 42)))

"""How `regression_project` goes wrong."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import keras
import numpy as np

from ..numbers import MARGIN, RULES, error
from ..regression import regression_project
from .leaks import add
from .scores import add_baseline, add_score, test_and_training
from .solved import solved, split, trained


def result(model: Any, x: Any, y: Any, test: Any, train: Any) -> dict[str, Any]:
    """Return what a project gives back."""
    return {
        "model": model,
        "test_rows": test,
        "baseline": error(y[test], y[train].mean()),
        "score": error(y[test], np.asarray(model(x[test]))),
    }


def project(
    x: Any,
    y: Any,
    seed: int,
    rows: Any = split,
    is_scaled_by_all: bool = False,
    is_seeded: bool = True,
    other: Any = None,
) -> dict[str, Any]:
    """Return a project that is right but for what is said."""
    if is_seeded:
        keras.utils.set_random_seed(seed)
    test, train = rows(len(x), seed)
    model = solved(x[train], y[train], x if is_scaled_by_all else x[train])
    changes = other(model, x, y, test, train) if other else {}
    return result(model, x, y, test, train) | changes


def trained_on_all(x: Any, y: Any, seed: int) -> dict[str, Any]:
    keras.utils.set_random_seed(seed)
    test, train = split(len(x), seed)
    model = solved(x, y, x[train])
    trained(model, "mae", x, y)
    return result(model, x, y, test, train)


def _stopped_by_test(x: Any, y: Any, seed: int) -> dict[str, Any]:
    keras.utils.set_random_seed(seed)
    test, train = split(len(x), seed)
    model = solved(x[train], y[train], x[train])
    stop = keras.callbacks.EarlyStopping(patience=1, restore_best_weights=True)
    known = (x[test], y[test])
    trained(model, "mae", x[train], y[train], epochs=3, validation_data=known, callbacks=[stop])
    return result(model, x, y, test, train)


def chosen_by_test(x: Any, y: Any, seed: int) -> dict[str, Any]:
    rows = split(len(x), seed)
    tried = [project(x, y, start, lambda *_: rows) for start in (seed, seed + 1)]
    return min(tried, key=lambda one: one["score"])


def _history(x: Any, y: Any, seed: int) -> dict[str, Any]:
    test, train = split(len(x), seed)
    model = solved(x[train], y[train], x[train])
    history = trained(model, "mae", x[train], y[train])
    return result(model, x, y, test, train) | {"model": history}


def _tenth(count: int, seed: int) -> Any:
    return split(count, seed, part=10)


_FAULTS: dict[str, Callable[..., Any]] = {
    "scaled by all rows": partial(project, is_scaled_by_all=True),
    "trained on all rows": trained_on_all,
    "stopped by the test rows": _stopped_by_test,
    "chosen by the test rows": chosen_by_test,
    "weights without a seed": partial(project, is_seeded=False),
    "rows without a seed": partial(project, rows=lambda count, _: split(count, None)),
    "the same rows for every seed": partial(project, rows=lambda count, _: split(count, 42)),
    "a tenth": partial(project, rows=_tenth),
    "rows exchanged": partial(project, rows=lambda count, seed: split(count, seed)[::-1]),
    "returns the history": _history,
}
for _name, _answer in _FAULTS.items():
    add(regression_project, _name, _answer)


def _together(test: Any, training: Any) -> Any:
    return np.concatenate([test, training])


for _name, _says, _score in (
    (
        "score of the training rows",
        "The score is the error on the rows that the model was trained on. Those it knows: take "
        "the rows that were kept back.",
        lambda test, training: error(*training),
    ),
    (
        "score of all rows",
        "The score is the error on all rows, and four fifths of them the model was trained on. "
        "Take those that were kept back.",
        lambda test, training: error(*map(_together, test, training)),
    ),
    (
        "squared error",
        "The score is the mean squared error, in the square of the unit of y. The mean absolute "
        "error is asked for.",
        lambda test, training: float(np.mean((test[0] - test[1]) ** 2)),
    ),
    (
        "rows against columns",
        "The score compares every target with every prediction: (n, 1) met (n,), and "
        "broadcasting made a table of them. Look at both shapes before you subtract.",
        lambda test, training: error(test[0], test[1][:, 0]),
    ),
):
    add_score(regression_project, RULES, project, _name, _says, _score)

for _name, _says, _baseline in (
    (
        "baseline from the test rows",
        "The baseline says the mean of the test targets, which nobody knows before the test. Which "
        "targets are known?",
        lambda test, training: error(test, test.mean()),
    ),
    (
        "baseline on the training rows",
        "The baseline is the error on the training rows. It is compared with the score: take the "
        "same rows for both.",
        lambda test, training: error(training, training.mean()),
    ),
    (
        "baseline of the median",
        "The baseline says the median. That is a good one, but the mean of the training targets "
        "was asked for.",
        lambda test, training: error(test, np.median(training)),
    ),
    (
        "baseline of all rows",
        "The baseline says the mean of all targets, and those of the test are among them. Take "
        "those of the other rows.",
        lambda test, training: error(test, _together(test, training).mean()),
    ),
):
    add_baseline(regression_project, RULES, project, _name, _says, _baseline)


def _own_error(seen: Any, kept: Any) -> float:
    """Return the error on unseen rows, for that of always saying the mean."""
    y = kept["unseen_targets"]
    return error(y, seen["first"]["at_unseen"]) / error(y, kept["targets"].mean())


def _is_in_another_unit(seen: Any, kept: Any) -> bool:
    """Recognise predictions that are right, but for an offset and a factor."""
    p, y = seen["first"]["at_unseen"][:, 0], kept["unseen_targets"][:, 0]
    return bool(_own_error(seen, kept) > MARGIN and np.corrcoef(p, y)[0, 1] > 0.8)


@regression_project.wrong(
    "predictions in scaled units",
    says="The predictions follow the targets, in another unit: the model was trained on scaled "
    "targets. Scale back inside the model, so that it gives the unit of y.",
    when=_is_in_another_unit,
)
def _(x, y, seed):
    return project(x, (y - y.mean()) / y.std(), seed)


def _is_good_on_other_inputs(seen: Any, kept: Any) -> bool:
    """Recognise a good score that the model does not have on raw measurements."""
    worked_out = error(*test_and_training(seen["first"], kept)[0])
    return bool(_own_error(seen, kept) > MARGIN and seen["first"]["score"] < worked_out / 2)


@regression_project.wrong(
    "scaling outside the model",
    says="The score is far better than what the model does with raw measurements: it was trained "
    "on scaled ones, and the scaling stayed outside. Make it the model's first layer.",
    when=_is_good_on_other_inputs,
)
def _(x, y, seed):
    _, train = split(len(x), seed)
    return project((x - x[train].mean(axis=0)) / x[train].std(axis=0), y, seed)


@regression_project.wrong(
    "unscaled",
    says="The model is not far enough below the error of always saying the mean. Are the inputs "
    "scaled, is there a layer with a bend before the last one, and were there enough steps? A "
    "column that is around 8000 drowns one that is around 1.",
    when=lambda seen, kept: (
        _own_error(seen, kept) > MARGIN
        and not _is_in_another_unit(seen, kept)
        and not _is_good_on_other_inputs(seen, kept)
    ),
)
def _(x, y, seed):
    keras.utils.set_random_seed(seed)
    test, train = split(len(x), seed)
    hidden, output = keras.layers.Dense(32, "relu"), keras.layers.Dense(1)
    model = keras.Sequential([keras.Input(x.shape[1:]), hidden, output])
    trained(model, "mae", x[train], y[train], epochs=2)
    return result(model, x, y, test, train)

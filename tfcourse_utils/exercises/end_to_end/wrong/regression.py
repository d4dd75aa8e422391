"""How `regression_project` goes wrong."""

from __future__ import annotations

from functools import partial
from typing import Any

import keras
import numpy as np

from ..numbers import MARGIN, RULES, error
from ..regression import regression_project
from .leaks import add, baseline_is, score_is


def _split(count: int, seed: Any, part: int = 5) -> tuple[Any, Any]:
    order = np.random.default_rng(seed).permutation(count)
    return order[: count // part], order[count // part :]


def _network(x: Any, adapt_to: Any, output: Any = ()) -> Any:
    scale = keras.layers.Normalization()
    scale.adapt(adapt_to)
    layers = [keras.layers.Dense(32, "relu"), keras.layers.Dense(1), *output]
    return keras.Sequential([keras.Input(x.shape[1:]), scale, *layers])


def _fit(model: Any, x: Any, y: Any, copies: int = 30, **settings: Any) -> Any:
    model.compile(keras.optimizers.Adam(0.03), "mae", jit_compile=False)
    x, y = np.tile(x, (copies, 1)), np.tile(y, (copies, 1))
    return model.fit(x, y, batch_size=64, verbose=0, **settings)


def _result(model: Any, x: Any, y: Any, test: Any, train: Any, **other: Any) -> dict[str, Any]:
    return {
        "model": model,
        "test_rows": test,
        "baseline": error(y[test], y[train].mean()),
        "score": error(y[test], np.asarray(model(x[test]))),
    } | other


def _trained(
    x: Any,
    y: Any,
    seed: int,
    rows: Any = None,
    scaled_by: Any = None,
    is_seeded: bool = True,
    copies: int = 30,
) -> tuple[Any, Any, Any]:
    """Return a model trained as it should be but for what is said, and the rows."""
    if is_seeded:
        keras.utils.set_random_seed(seed)
    test, train = _split(len(x), seed) if rows is None else rows(len(x), seed)
    model = _network(x, x[train] if scaled_by is None else scaled_by(x))
    _fit(model, x[train], y[train], copies)
    return model, test, train


def _project(x: Any, y: Any, seed: int, other: Any = None, **faults: Any) -> dict[str, Any]:
    model, test, train = _trained(x, y, seed, **faults)
    changes = other(model, x, y, test, train) if other else {}
    return _result(model, x, y, test, train, **changes)


def _stopped_by_test(x: Any, y: Any, seed: int) -> dict[str, Any]:
    keras.utils.set_random_seed(seed)
    test, train = _split(len(x), seed)
    model = _network(x, x[train])
    stop = keras.callbacks.EarlyStopping(patience=1, restore_best_weights=True)
    known = (x[test], y[test])
    _fit(model, x[train], y[train], 10, epochs=4, validation_data=known, callbacks=[stop])
    return _result(model, x, y, test, train)


def _chosen_by_test(x: Any, y: Any, seed: int) -> dict[str, Any]:
    rows = _split(len(x), seed)
    tried = []
    for start in (seed, seed + 1):
        tried.append(_project(x, y, start, rows=lambda *_: rows, copies=20))
    return min(tried, key=lambda result: result["score"])


def _history(x: Any, y: Any, seed: int) -> dict[str, Any]:
    test, train = _split(len(x), seed)
    model = _network(x, x[train])
    history = _fit(model, x[train], y[train], 1)
    return _result(model, x, y, test, train) | {"model": history}


add(regression_project, "scaled by all rows", partial(_project, scaled_by=lambda x: x))
add(regression_project, "stopped by the test rows", _stopped_by_test)
add(regression_project, "chosen by the test rows", _chosen_by_test)
add(regression_project, "weights without a seed", partial(_project, is_seeded=False))
add(
    regression_project,
    "rows without a seed",
    partial(_project, rows=lambda count, _: _split(count, None)),
)
add(
    regression_project,
    "the same rows for every seed",
    partial(_project, rows=lambda count, _: _split(count, 42)),
)
add(
    regression_project,
    "a tenth",
    partial(_project, rows=lambda count, seed: _split(count, seed, part=10), copies=1),
)
add(
    regression_project,
    "rows exchanged",
    partial(_project, rows=lambda count, seed: _split(count, seed)[::-1], copies=1),
)
add(regression_project, "returns the history", _history)


def _at(run: Any, kept: Any, is_test: bool) -> tuple[Any, Any]:
    """Return targets and predictions of the rows of the test, or of all others."""
    chosen = np.isin(np.arange(len(kept["targets"])), run["test_rows"]) == is_test
    return kept["targets"][chosen], run["at_inputs"][chosen]


regression_project.wrong(
    "score of the training rows",
    says="The score is the error on the rows that the model was trained on. Those it knows: take "
    "the rows that were kept back.",
    when=score_is(RULES, lambda run, kept: error(*_at(run, kept, is_test=False))),
)(
    partial(
        _project,
        other=lambda m, x, y, test, train: {"score": error(y[train], np.array(m(x[train])))},
    )
)

regression_project.wrong(
    "score of all rows",
    says="The score is the error on all rows, and four fifths of them the model was trained on. "
    "Take those that were kept back.",
    when=score_is(RULES, lambda run, kept: error(kept["targets"], run["at_inputs"])),
)(partial(_project, other=lambda m, x, y, test, train: {"score": error(y, np.array(m(x)))}))


def _square(y: Any, predictions: Any) -> float:
    return float(np.mean((y - predictions) ** 2))


regression_project.wrong(
    "squared error",
    says="The score is the mean squared error, in the square of the unit of y. The mean absolute "
    "error is asked for.",
    when=score_is(RULES, lambda run, kept: _square(*_at(run, kept, is_test=True))),
)(
    partial(
        _project,
        other=lambda m, x, y, test, train: {"score": _square(y[test], np.array(m(x[test])))},
    )
)

regression_project.wrong(
    "rows against columns",
    says="The score compares every target with every prediction: (n, 1) met (n,), and "
    "broadcasting made a table of them. Look at both shapes before you subtract.",
    when=score_is(RULES, lambda run, kept: error(*_table(*_at(run, kept, is_test=True)))),
)(
    partial(
        _project,
        other=lambda m, x, y, test, train: {"score": error(*_table(y[test], np.array(m(x[test]))))},
    )
)


def _table(y: Any, predictions: Any) -> tuple[Any, Any]:
    return y, predictions[:, 0]


for _name, _says, _baseline in (
    (
        "baseline from the test rows",
        "The baseline says the mean of the test targets, which nobody knows before the test. Which "
        "targets are known?",
        lambda train, test: error(test, test.mean()),
    ),
    (
        "baseline on the training rows",
        "The baseline is the error on the training rows. It is compared with the score: take the "
        "same rows for both.",
        lambda train, test: error(train, train.mean()),
    ),
    (
        "baseline of the median",
        "The baseline says the median. That is a good one, but the mean of the training targets "
        "was asked for.",
        lambda train, test: error(test, np.median(train)),
    ),
    (
        "baseline of all rows",
        "The baseline says the mean of all targets, and those of the test are among them. Take "
        "those of the other rows.",
        lambda train, test: error(test, np.concatenate([train, test]).mean()),
    ),
):
    regression_project.wrong(_name, says=_says, when=baseline_is(RULES, _baseline))(
        partial(
            _project,
            copies=20,
            other=lambda m, x, y, test, train, value=_baseline: {
                "baseline": value(y[train], y[test])
            },
        )
    )


def _own_error(seen: Any, kept: Any) -> float:
    """Return the error on unseen rows, for that of always saying the mean."""
    y = kept["unseen_targets"]
    return error(y, seen["first"]["at_unseen"]) / error(y, kept["targets"].mean())


def _is_in_another_unit(seen: Any, kept: Any) -> bool:
    """Recognise predictions that are right, but for an offset and a factor."""
    p, y = seen["first"]["at_unseen"][:, 0], kept["unseen_targets"][:, 0]
    return bool(_own_error(seen, kept) > 1 and np.corrcoef(p, y)[0, 1] > 0.8)


@regression_project.wrong(
    "predictions in scaled units",
    says="The predictions follow the targets, in another unit: the model was trained on scaled "
    "targets. Scale back inside the model, so that it gives the unit of y.",
    when=_is_in_another_unit,
)
def _(x: Any, y: Any, seed: int) -> dict[str, Any]:
    return _project(x, (y - y.mean()) / y.std(), seed)


def _score_of_the_other_inputs(seen: Any, kept: Any) -> bool:
    """Recognise a good score that the model does not have on raw measurements."""
    worked_out = error(*_at(seen["first"], kept, is_test=True))
    return bool(_own_error(seen, kept) > MARGIN and seen["first"]["score"] < worked_out / 2)


@regression_project.wrong(
    "scaling outside the model",
    says="The score is far better than what the model does with raw measurements: it was trained "
    "on scaled ones, and the scaling stayed outside. Make it the model's first layer.",
    when=_score_of_the_other_inputs,
)
def _(x: Any, y: Any, seed: int) -> dict[str, Any]:
    keras.utils.set_random_seed(seed)
    test, train = _split(len(x), seed)
    scaled = (x - x[train].mean(axis=0)) / x[train].std(axis=0)
    model = keras.Sequential(
        [keras.Input(x.shape[1:]), keras.layers.Dense(32, "relu"), keras.layers.Dense(1)]
    )
    _fit(model, scaled[train], y[train])
    return _result(model, scaled, y, test, train)


@regression_project.wrong(
    "unscaled",
    says="The model hardly does better than always saying the mean. Are the inputs scaled, and "
    "were there enough steps? A column that is around 8000 drowns one that is around 1.",
    when=lambda seen, kept: (
        _own_error(seen, kept) > MARGIN
        and not _is_in_another_unit(seen, kept)
        and not _score_of_the_other_inputs(seen, kept)
    ),
)
def _(x: Any, y: Any, seed: int) -> dict[str, Any]:
    return _project(x, y, seed, scaled_by=lambda x: np.array([[-1.0] * 4, [1.0] * 4], "float32"))

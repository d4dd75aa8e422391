"""How `species_project` goes wrong."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import keras
import numpy as np

from ..species import ACCURACY, RULES, SIZES, accuracy, species_project
from .leaks import add
from .scores import add_baseline, add_score, test_and_training
from .solved import solved, split, trained

_SPARSE = "sparse_categorical_crossentropy"


def _by_kind(y: Any, seed: Any) -> tuple[Any, Any]:
    """Return the rows of the test, a fifth of each kind, and all others."""
    order = np.random.default_rng(seed).permutation(len(y))
    by_kind = order[np.argsort(y[order], kind="stable")]
    return by_kind[::5], np.setdiff1d(order, by_kind[::5])


def _network(x: Any, y: Any, scaled_by: Any, activation: str | None = "softmax") -> Any:
    """Return a model that gives the right kind the largest output, by far."""
    return solved(x, 20.0 * np.eye(len(SIZES))[y] - 10.0, scaled_by, activation)


def _result(model: Any, x: Any, y: Any, test: Any, train: Any) -> dict[str, Any]:
    return {
        "model": model,
        "test_rows": test,
        "baseline": np.mean(y[test] == np.bincount(y[train]).argmax()),
        "score": accuracy(y[test], np.asarray(model(x[test]))),
    }


def _project(
    x: Any,
    y: Any,
    seed: int,
    rows: Any = _by_kind,
    is_scaled_by_all: bool = False,
    is_seeded: bool = True,
    activation: str | None = "softmax",
    other: Any = None,
) -> dict[str, Any]:
    """Return a project that is right but for what is said."""
    if is_seeded:
        keras.utils.set_random_seed(seed)
    test, train = rows(y, seed)
    model = _network(x[train], y[train], x if is_scaled_by_all else x[train], activation)
    changes = other(model, x, y, test, train) if other else {}
    return _result(model, x, y, test, train) | changes


def _stopped_by_test(x: Any, y: Any, seed: int) -> dict[str, Any]:
    keras.utils.set_random_seed(seed)
    test, train = _by_kind(y, seed)
    model = _network(x[train], y[train], x[train])
    stop = keras.callbacks.EarlyStopping(patience=1, restore_best_weights=True)
    known = (x[test], y[test])
    trained(model, _SPARSE, x[train], y[train], epochs=3, validation_data=known, callbacks=[stop])
    return _result(model, x, y, test, train)


def _chosen_by_test(x: Any, y: Any, seed: int) -> dict[str, Any]:
    rows = _by_kind(y, seed)
    tried = [_project(x, y, start, lambda *_: rows) for start in (seed, seed + 1)]
    return max(tried, key=lambda one: one["score"])


def _history(x: Any, y: Any, seed: int) -> dict[str, Any]:
    test, train = _by_kind(y, seed)
    model = _network(x[train], y[train], x[train])
    history = trained(model, _SPARSE, x[train], y[train])
    return _result(model, x, y, test, train) | {"model": history}


def _tenth(y: Any, seed: int) -> Any:
    return split(len(y), seed, part=10)


_FAULTS: dict[str, Callable[..., Any]] = {
    "scaled by all rows": partial(_project, is_scaled_by_all=True),
    "stopped by the test rows": _stopped_by_test,
    "chosen by the test rows": _chosen_by_test,
    "weights without a seed": partial(_project, is_seeded=False),
    "rows without a seed": partial(_project, rows=lambda y, _: _by_kind(y, None)),
    "the same rows for every seed": partial(_project, rows=lambda y, _: _by_kind(y, 42)),
    "a tenth": partial(_project, rows=_tenth),
    "rows exchanged": partial(_project, rows=lambda y, seed: _by_kind(y, seed)[::-1]),
    "returns the history": _history,
}
for _name, _answer in _FAULTS.items():
    add(species_project, _name, _answer)


def _is_not_by_kind(seen: Any, kept: Any) -> bool:
    """Recognise a fifth of all rows that is no fifth of some kind."""
    y = kept["targets"]
    rows = [seen[name]["test_rows"] for name in ("first", "other seed")]
    tested = [np.bincount(y[found], minlength=len(SIZES)) for found in rows]
    apart = np.abs(np.array(tested) - np.bincount(y) / 5)
    return bool(abs(len(rows[0]) - len(y) / 5) <= 1 and np.max(apart) > 1)


species_project.wrong(
    "not by kind",
    says="The test rows are a fifth of all rows, but not of every kind: rare kinds may have hardly "
    "a row among them. Split kind by kind.",
    when=_is_not_by_kind,
)(partial(_project, rows=lambda y, seed: split(len(y), seed)))


def _cross_entropy(y: Any, probabilities: Any) -> float:
    return float(np.mean(-np.log(np.maximum(probabilities[np.arange(len(y)), y], 1e-30))))


for _name, _says, _score in (
    (
        "score of the training rows",
        "The score is the accuracy on the rows that the model was trained on. Those it knows: take "
        "the rows that were kept back.",
        lambda test, training: accuracy(*training),
    ),
    (
        "the loss for a score",
        "The score is the cross-entropy. The accuracy is asked for: the share of rows where the "
        "most probable kind is the right one.",
        lambda test, training: _cross_entropy(*test),
    ),
    (
        "share of mistakes",
        "The score is the share of rows where the model is wrong. The accuracy is the share where "
        "it is right.",
        lambda test, training: 1 - accuracy(*test),
    ),
    (
        "percent",
        "The score is in percent. An accuracy lies between 0 and 1.",
        lambda test, training: 100 * accuracy(*test),
    ),
):
    add_score(species_project, RULES, _project, _name, _says, _score)

for _name, _says, _baseline in (
    (
        "baseline of a guess",
        "The baseline is one divided by the number of kinds, as of blind guesses. Always saying "
        "the commonest kind is right more often.",
        lambda test, training: 1 / len(SIZES),
    ),
    (
        "baseline of the rarest",
        "The baseline always says the rarest kind. Which kind is right most often?",
        lambda test, training: np.mean(test == np.bincount(training).argmin()),
    ),
):
    add_baseline(species_project, RULES, _project, _name, _says, _baseline)


def _sums_to_1(outputs: Any) -> bool:
    return bool(np.allclose(np.sum(outputs, axis=1), 1, atol=1e-3))


def _are_shares(outputs: Any) -> bool:
    return bool(np.min(outputs) >= 0 and np.max(outputs) <= 1)


def _are_logits(seen: Any, _: Any) -> bool:
    outputs = seen["first"]["at_unseen"]
    return not _sums_to_1(outputs) and not _are_shares(outputs)


def _are_sigmoids(seen: Any, _: Any) -> bool:
    outputs = seen["first"]["at_unseen"]
    return not _sums_to_1(outputs) and _are_shares(outputs)


species_project.wrong(
    "logits",
    says="The outputs don't sum to 1: they are logits. Probabilities come out of a softmax.",
    when=_are_logits,
)(partial(_project, activation=None))

species_project.wrong(
    "a sigmoid for each kind",
    says="The outputs of a row don't sum to 1, as from a sigmoid for each kind. A row is of one "
    "kind only: a softmax shares 1 out among them.",
    when=_are_sigmoids,
)(partial(_project, activation="sigmoid"))


def _own_accuracy(seen: Any, kept: Any) -> float:
    return accuracy(kept["unseen_targets"], seen["first"]["at_unseen"])


def _is_good_on_other_inputs(seen: Any, kept: Any) -> bool:
    """Recognise a good score that the model does not have on raw measurements."""
    worked_out = accuracy(*test_and_training(seen["first"], kept)[0])
    return bool(_own_accuracy(seen, kept) < ACCURACY and seen["first"]["score"] > worked_out + 0.1)


@species_project.wrong(
    "scaling outside the model",
    says="The score is far better than what the model does with raw measurements: it was trained "
    "on scaled ones, and the scaling stayed outside. Make it the model's first layer.",
    when=_is_good_on_other_inputs,
)
def _(x, y, seed):
    _, train = _by_kind(y, seed)
    return _project((x - x[train].mean(axis=0)) / x[train].std(axis=0), y, seed)


@species_project.wrong(
    "unscaled",
    says="The model tells hardly any kinds apart. Are the inputs scaled, and were there enough "
    "steps? A column that is around 8000 drowns one that is around 1.",
    when=lambda seen, kept: (
        _own_accuracy(seen, kept) < ACCURACY and not _is_good_on_other_inputs(seen, kept)
    ),
)
def _(x, y, seed):
    keras.utils.set_random_seed(seed)
    test, train = _by_kind(y, seed)
    hidden, output = keras.layers.Dense(32, "relu"), keras.layers.Dense(len(SIZES), "softmax")
    model = keras.Sequential([keras.Input(x.shape[1:]), hidden, output])
    trained(model, _SPARSE, x[train], y[train], epochs=2)
    return _result(model, x, y, test, train)

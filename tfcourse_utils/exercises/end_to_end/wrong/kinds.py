"""How projects go wrong that tell kinds apart, whatever their inputs are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import keras
import numpy as np

from tfcourse_utils.checking import Exercise

from ...project_rules import Rules
from ..kinds import accuracy, are_shares, sum_to_1
from .leaks import add
from .scores import add_score, test_and_training
from .solved import solved, split, trained

__all__ = [
    "Project",
    "add_faults",
    "by_kind",
    "is_not_by_kind",
    "own_accuracy",
    "scores_on_other_inputs",
]

SPARSE = "sparse_categorical_crossentropy"

Rows = Callable[[Any, Any], tuple[Any, Any]]  # of labels and a seed: the test's, and all others


def by_kind(y: Any, seed: Any) -> tuple[Any, Any]:
    """Return the rows of the test, a fifth of each kind, and all others."""
    order = np.random.default_rng(seed).permutation(len(y))
    test = order[np.argsort(y[order], kind="stable")][::5]
    return test, np.setdiff1d(order, test)


@dataclass(frozen=True)
class Project:
    """A project that is right but for what is said when it is called.

    Attributes:
        rules: its baseline is what they say.
        features: how many hidden units the network has that is solved for.
    """

    rules: Rules
    features: int

    def __call__(
        self,
        x: Any,
        y: Any,
        seed: int,
        rows: Rows = by_kind,
        is_scaled_by_all: bool = False,
        is_seeded: bool = True,
        activation: str | None = "softmax",
        other: Any = None,
    ) -> dict[str, Any]:
        if is_seeded:
            keras.utils.set_random_seed(seed)
        test, train = rows(y, seed)
        scaled_by = x if is_scaled_by_all else x[train]
        model = self._network(x[train], y[train], scaled_by, activation)
        changes = other(model, x, y, test, train) if other else {}
        return self.result(model, x, y, test, train) | changes

    def _network(
        self, x: Any, y: Any, scaled_by: Any, activation: str | None = "softmax"
    ) -> keras.Model:
        """Return a model that gives the right kind the largest output, by far."""
        targets = 20.0 * np.eye(y.max() + 1)[y] - 10.0
        return solved(x, targets, scaled_by, activation, self.features)

    def result(self, model: Any, x: Any, y: Any, test: Any, train: Any) -> dict[str, Any]:
        return {
            "model": model,
            "test_rows": test,
            "baseline": self.rules.baseline(x, y, train, test),
            "score": accuracy(y[test], np.asarray(model(x[test]))),
        }

    def untrained(self, x: Any, y: Any, seed: int) -> dict[str, Any]:
        """Return a network after two epochs, on inputs that nobody has scaled."""
        keras.utils.set_random_seed(seed)
        test, train = by_kind(y, seed)
        model = keras.Sequential([keras.Input(x.shape[1:]), keras.layers.Flatten()])
        model.add(keras.layers.Dense(32, "relu"))
        model.add(keras.layers.Dense(int(y.max()) + 1, "softmax"))
        trained(model, SPARSE, x[train], y[train], epochs=2)
        return self.result(model, x, y, test, train)

    def trained_on_all(self, x: Any, y: Any, seed: int) -> dict[str, Any]:
        keras.utils.set_random_seed(seed)
        test, train = by_kind(y, seed)
        model = self._network(x, y, x[train])
        trained(model, SPARSE, x, y)
        return self.result(model, x, y, test, train)

    def stopped_by_test(self, x: Any, y: Any, seed: int) -> dict[str, Any]:
        keras.utils.set_random_seed(seed)
        test, train = by_kind(y, seed)
        model = self._network(x[train], y[train], x[train])
        stop = keras.callbacks.EarlyStopping(patience=1, restore_best_weights=True)
        settings = {"validation_data": (x[test], y[test]), "callbacks": [stop], "epochs": 3}
        trained(model, SPARSE, x[train], y[train], **settings)
        return self.result(model, x, y, test, train)

    def chosen_by_test(self, x: Any, y: Any, seed: int) -> dict[str, Any]:
        rows = by_kind(y, seed)
        tried = [self(x, y, start, lambda *_: rows) for start in (seed, seed + 1)]
        return max(tried, key=lambda one: one["score"])

    def history(self, x: Any, y: Any, seed: int) -> dict[str, Any]:
        test, train = by_kind(y, seed)
        model = self._network(x[train], y[train], x[train])
        history = trained(model, SPARSE, x[train], y[train])
        return self.result(model, x, y, test, train) | {"model": history}

    def scaled_outside(self, x: Any, y: Any, seed: int) -> dict[str, Any]:
        _, train = by_kind(y, seed)
        return self((x - x[train].mean(axis=0)) / x[train].std(axis=0), y, seed)


def add_faults(project: Exercise, make: Project) -> None:
    """Add all that goes wrong with rows, models, scores and outputs."""
    faults: dict[str, Callable[..., Any]] = {
        "scaled by all rows": partial(make, is_scaled_by_all=True),
        "trained on all rows": make.trained_on_all,
        "stopped by the test rows": make.stopped_by_test,
        "chosen by the test rows": make.chosen_by_test,
        "weights without a seed": partial(make, is_seeded=False),
        "rows without a seed": partial(make, rows=lambda y, _: by_kind(y, None)),
        "the same rows for every seed": partial(make, rows=lambda y, _: by_kind(y, 42)),
        "a tenth": partial(make, rows=lambda y, seed: split(len(y), seed, part=10)),
        "rows exchanged": partial(make, rows=lambda y, seed: by_kind(y, seed)[::-1]),
        "returns the history": make.history,
    }
    for name, answer in faults.items():
        add(project, name, answer)
    _add_rows_of_any_kind(project, make)
    for name, (says, score) in _SCORES.items():
        add_score(project, make.rules, make, name, says, score)
    for name, (says, when, activation) in _OUTPUTS.items():
        project.wrong(name, says=says, when=when)(partial(make, activation=activation))


def is_not_by_kind(seen: Any, kept: Any) -> bool:
    """Recognise a fifth of all rows that is no fifth of some kind."""
    y, every = kept["targets"], np.bincount(kept["targets"])
    rows = [seen[name]["test_rows"] for name in ("first", "other seed")]
    tested = [np.bincount(y[found], minlength=len(every)) for found in rows]
    apart = np.abs(np.array(tested) - every / 5)
    return bool(abs(len(rows[0]) - len(y) / 5) <= 1 and np.max(apart) > 1)


def _add_rows_of_any_kind(project: Exercise, make: Project) -> None:
    project.wrong(
        "not by kind",
        says="The test rows are a fifth of all rows, but not of every kind: rare kinds may have "
        "hardly a row among them. Split kind by kind.",
        when=is_not_by_kind,
    )(partial(make, rows=lambda y, seed: split(len(y), seed)))


def _cross_entropy(y: Any, probabilities: Any) -> float:
    return float(np.mean(-np.log(np.maximum(probabilities[np.arange(len(y)), y], 1e-30))))


_SCORES: dict[str, tuple[str, Callable[[Any, Any], float]]] = {
    "score of the training rows": (
        "The score is the accuracy on the rows that the model was trained on. Those it knows: take "
        "the rows that were kept back.",
        lambda test, training: accuracy(*training),
    ),
    "the loss for a score": (
        "The score is the cross-entropy. The accuracy is asked for: the share of rows where the "
        "most probable kind is the right one.",
        lambda test, training: _cross_entropy(*test),
    ),
    "share of mistakes": (
        "The score is the share of rows where the model is wrong. The accuracy is the share where "
        "it is right.",
        lambda test, training: 1 - accuracy(*test),
    ),
    "percent": (
        "The score is in percent. An accuracy lies between 0 and 1.",
        lambda test, training: 100 * accuracy(*test),
    ),
}


def _are_logits(seen: Any, _: Any) -> bool:
    outputs = seen["first"]["at_unseen"]
    return not sum_to_1(outputs) and not are_shares(outputs)


def _are_sigmoids(seen: Any, _: Any) -> bool:
    outputs = seen["first"]["at_unseen"]
    return not sum_to_1(outputs) and are_shares(outputs)


_OUTPUTS: dict[str, tuple[str, Callable[[Any, Any], bool], str | None]] = {
    "logits": (
        "The outputs don't sum to 1: they are logits. Probabilities come out of a softmax.",
        _are_logits,
        None,
    ),
    "a sigmoid for each kind": (
        "The outputs of a row don't sum to 1, as from a sigmoid for each kind. A row is of one "
        "kind only: a softmax shares 1 out among them.",
        _are_sigmoids,
        "sigmoid",
    ),
}


def own_accuracy(seen: Any, kept: Any) -> float:
    """Return the accuracy on unseen rows."""
    return accuracy(kept["unseen_targets"], seen["first"]["at_unseen"])


def scores_on_other_inputs(seen: Any, kept: Any, least: float) -> bool:
    """Recognise a good score that the model does not have on the inputs as they came."""
    worked_out = accuracy(*test_and_training(seen["first"], kept)[0])
    return bool(own_accuracy(seen, kept) < least and seen["first"]["score"] > worked_out + 0.1)

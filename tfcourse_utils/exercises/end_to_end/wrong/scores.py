"""Scores and baselines that were worked out in another way than they should be."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np

from tfcourse_utils.checking import Exercise

from ...project_rules import Rules, numbers
from .leaks import When

__all__ = ["add_baseline", "add_score", "is_other", "test_and_training"]

Pair = tuple[Any, Any]  # targets and predictions
Make = Callable[..., dict[str, Any]]  # (x, y, seed, other): a project, with `other` numbers in it


def test_and_training(run: Any, kept: Any) -> tuple[Pair, Pair]:
    """Return targets and predictions of the rows of the test, and of all others."""
    is_test = np.isin(np.arange(len(kept["targets"])), run["test_rows"])
    targets, predictions = kept["targets"], run["at_inputs"]
    return (targets[is_test], predictions[is_test]), (targets[~is_test], predictions[~is_test])


def is_other(name: str, rules: Rules, value: Callable[[Any, Any], float]) -> When:
    """Recognise a number that was worked out as `value(run, kept)`, and is not right."""

    def when(seen: Any, kept: Any) -> bool:
        runs = [seen["first"], seen["other seed"]]
        got = [float(run[name]) for run in runs]
        right = [numbers(run, kept, rules)[name] for run in runs]
        wrong = [value(run, kept) for run in runs]
        return np.allclose(got, wrong, rtol=1e-4) and not np.allclose(got, right, rtol=1e-4)

    return when


def add_score(
    project: Exercise,
    rules: Rules,
    make: Make,
    name: str,
    says: str,
    value: Callable[[Pair, Pair], float],
) -> None:
    """Add a score that is `value` of two pairs of targets and predictions: test, training."""

    def other(model: Any, x: Any, y: Any, *rows: Any) -> dict[str, float]:
        return {"score": value(*((y[part], np.asarray(model(x[part]))) for part in rows))}

    when = is_other("score", rules, lambda *seen: value(*test_and_training(*seen)))
    project.wrong(name, says=says, when=when)(partial(make, other=other))


def add_baseline(
    project: Exercise,
    rules: Rules,
    make: Make,
    name: str,
    says: str,
    value: Callable[[Any, Any], float],
) -> None:
    """Add a baseline that is `value` of the targets of the test and of the training."""

    def other(_: Any, x: Any, y: Any, test: Any, train: Any) -> dict[str, float]:
        return {"baseline": value(y[test], y[train])}

    def of_targets(run: Any, kept: Any) -> float:
        test, training = test_and_training(run, kept)
        return value(test[0], training[0])

    when = is_other("baseline", rules, of_targets)
    project.wrong(name, says=says, when=when)(partial(make, other=other))

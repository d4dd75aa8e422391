"""Scores and baselines that were worked out in another way than they should be."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
import tensorflow as tf

from tfcourse_utils.checking import Exercise

from ...project_rules import Rules, numbers
from ...projects import at, length
from .leaks import When

__all__ = ["add_baseline", "add_score", "is_other", "test_and_training"]

Pair = tuple[Any, Any]  # targets and predictions, or dictionaries of them
Make = Callable[..., dict[str, Any]]  # (x, y, seed, other): a project, with `other` numbers in it


def test_and_training(run: Any, kept: Any) -> tuple[Pair, Pair]:
    """Return targets and predictions of the rows of the test, and of all others."""
    is_test = np.isin(np.arange(length(kept["targets"])), run["test_rows"])
    targets, predictions = kept["targets"], run["at_inputs"]
    test, training = ((at(targets, rows), at(predictions, rows)) for rows in (is_test, ~is_test))
    return test, training


def is_other(name: str, rules: Rules, value: Callable[[Any, Any], Any]) -> When:
    """Recognise a number that was worked out as `value(run, kept)`, and is not right."""

    def when(seen: Any, kept: Any) -> bool:
        runs = [seen["first"], seen["other seed"]]
        got = [run[name] for run in runs]
        right = [numbers(run, kept, rules)[name] for run in runs]
        wrong = [value(run, kept) for run in runs]
        return _are_close(got, wrong) and not _are_close(got, right)

    return when


def _are_close(one: list[Any], other: list[Any]) -> bool:
    """Return whether numbers, or dictionaries of them, are about the same."""
    return all(
        a.keys() == b.keys() and all(np.isclose(float(a[k]), b[k], rtol=1e-4) for k in b)
        for a, b in zip(map(_by_name, one), map(_by_name, other))
    )


def _by_name(number: Any) -> dict[str, Any]:
    return number if isinstance(number, dict) else {"": number}


def add_score(
    project: Exercise,
    rules: Rules,
    make: Make,
    name: str,
    says: str,
    value: Callable[[Pair, Pair], Any],
) -> None:
    """Add a score that is `value` of two pairs of targets and predictions: test, training."""

    def other(model: Any, x: Any, y: Any, *rows: Any) -> dict[str, Any]:
        return {"score": value(*((at(y, part), _predicted(model, at(x, part))) for part in rows))}

    when = is_other("score", rules, lambda *seen: value(*test_and_training(*seen)))
    project.wrong(name, says=says, when=when)(partial(make, other=other))


def _predicted(model: Any, x: Any) -> Any:
    return tf.nest.map_structure(np.asarray, model(x))


def add_baseline(
    project: Exercise,
    rules: Rules,
    make: Make,
    name: str,
    says: str,
    value: Callable[[Any, Any], Any],
) -> None:
    """Add a baseline that is `value` of the targets of the test and of the training."""

    def other(_: Any, x: Any, y: Any, test: Any, train: Any) -> dict[str, Any]:
        return {"baseline": value(at(y, test), at(y, train))}

    def of_targets(run: Any, kept: Any) -> Any:
        test, training = test_and_training(run, kept)
        return value(test[0], training[0])

    when = is_other("baseline", rules, of_targets)
    project.wrong(name, says=says, when=when)(partial(make, other=other))

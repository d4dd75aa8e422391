"""One kind of several: what the projects of that sort are looked at with."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from tfcourse_utils.checking import Exercise

from ..project_rules import Rules, one_look, rows_by_seed, true_numbers, usable

__all__ = [
    "accuracy",
    "are_shares",
    "commonest",
    "look_at_kinds",
    "sum_to_1",
]

Compare = Callable[[Any, Any], "str | None"]
Look = Callable[[Any, Any], Any]
Draw = Callable[[np.random.Generator], "tuple[Any, Any]"]


def accuracy(y: Any, probabilities: Any) -> float:
    """Return the share of labels that have the largest probability."""
    return float(np.mean(y == np.argmax(probabilities, axis=1)))


def are_shares(outputs: Any) -> bool:
    """Return whether all lie between 0 and 1."""
    return bool(np.min(outputs) >= 0 and np.max(outputs) <= 1)


def sum_to_1(outputs: Any) -> bool:
    """Return whether the outputs of each row do."""
    return bool(np.allclose(np.sum(outputs, axis=1), 1, atol=1e-3))


def commonest(kinds: int) -> Rules:
    """Return the rules of a project whose baseline says the commonest of so many kinds."""
    return Rules(
        score=accuracy,
        baseline=lambda x, y, train, test: np.mean(y[test] == np.bincount(y[train]).argmax()),
        shape=lambda count: (count, kinds),
    )


def _better(rules: Rules, least: float) -> Compare:
    """Return a comparison: probabilities that are right on this share of unseen rows."""

    def compare(seen: Any, kept: Any) -> str | None:
        if reason := usable(seen, kept, rules):
            return reason
        probabilities = seen["first"]["at_unseen"]
        if np.min(probabilities) < 0 or not sum_to_1(probabilities):
            return "the predictions of a row are not probabilities that sum to 1"
        share = accuracy(kept["unseen_targets"], probabilities)
        if not share >= least:
            return f"right on {share:.0%} of rows that it never saw, and {least:.0%} are asked for"
        return None

    return compare


def _shares(seen: Any, kept: Any) -> str | None:
    """Compare as `rows_by_seed` does, and ask for each kind's share."""
    if reason := rows_by_seed(seen, kept):
        return reason
    every = np.bincount(kept["targets"])
    for name in ("first", "other seed"):
        tested = np.bincount(kept["targets"][seen[name]["test_rows"]], minlength=len(every))
        for kind in range(len(every)):
            if abs(tested[kind] - every[kind] / 5) > 1:
                return f"{tested[kind]} of {every[kind]} rows of kind {kind} are test rows"
    return None


def look_at_kinds(
    project: Exercise, data: Draw, rules: Rules, better: str, least: float, look: Look
) -> None:
    """Add the probes of a project that tells kinds apart, which share three trainings.

    Args:
        better: the name of the probe that asks for a good model.
        least: the accuracy that it asks for, on unseen rows.
    """
    for name, points, compare in (
        (better, 2, _better(rules, least)),
        ("a fifth of each kind, and the seed decides which rows", 1, _shares),
        ("baseline and score, worked out again", 1, true_numbers(rules)),
        ("nothing of the test rows in the model", 2, one_look(rules)),
    ):
        project.probe(name, points=points, compare=compare, data=data)(look)

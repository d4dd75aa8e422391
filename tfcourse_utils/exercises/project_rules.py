"""Judging projects: by what was seen in three runs, and by what only the judge has kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from .projects import at, length, row_problem

__all__ = [
    "Rules",
    "has_moved",
    "moved",
    "numbers",
    "one_look",
    "rows_by_seed",
    "same_rows",
    "true_numbers",
    "usable",
]

SECONDS = 20


@dataclass(frozen=True)
class Rules:
    """What the numbers of a project should be.

    Attributes:
        score: of targets and predictions.
        baseline: of inputs, targets, the rows trained on and the rows of the test.
        shape: of the predictions for so many rows, in the structure of the predictions.
    """

    score: Callable[[Any, Any], Any]
    baseline: Callable[[Any, Any, Any, Any], Any]
    shape: Callable[[int], Any]


def usable(seen: Any, kept: Any, rules: Rules) -> str | None:
    """Return why what came back of the first run can't be judged, or None."""
    first = seen["first"]
    if not first["is_model"]:
        kind = getattr(first["model"], "type_name", type(first["model"]).__name__)
        return f"`model` is {kind}, not a Keras model"
    if reason := row_problem(first["test_rows"], length(kept["inputs"])):
        return reason
    for name, count in (
        ("at_unseen", length(kept["unseen"])),
        ("at_inputs", length(kept["inputs"])),
    ):
        if reason := _misshapen(first[name], rules.shape(count)):
            return reason
    if not first["seconds"] <= SECONDS:
        return f"it took {first['seconds']:.0f} s, and {SECONDS} s are allowed"
    return None


def _misshapen(predictions: Any, shape: Any) -> str | None:
    if isinstance(predictions, str):
        return f"the model can't be called with such inputs: {predictions}"
    if isinstance(shape, dict):
        if not isinstance(predictions, dict) or predictions.keys() != shape.keys():
            return f"predictions are a dictionary with {', '.join(shape)}"
        reasons = (_misshapen(predictions[name], shape[name]) for name in shape)
        return next(filter(None, reasons), None)
    if np.shape(predictions) != shape:
        return f"predictions have shape {np.shape(predictions)}, expected {shape}"
    if not (np.isrealobj(predictions) and np.all(np.isfinite(predictions))):
        return "some predictions are not finite real numbers"
    return None


def rows_by_seed(seen: Any, kept: Any) -> str | None:
    """Compare: a fifth of the rows, the same for the same seed, others for another.

    And the answer has left its arguments as they were.
    """
    for one in filter(None, seen.values()):
        if reason := row_problem(one["test_rows"], length(kept["inputs"])):
            return reason
    if seen["changed"] is None:
        return "without a Keras model there is no second call to compare the rows of"
    if not same_rows(seen):
        return "two calls with the same seed keep back different rows"
    first, other = (np.sort(seen[name]["test_rows"]) for name in ("first", "other seed"))
    if np.array_equal(first, other):
        return "two calls with different seeds keep back the same rows"
    if not _same(seen["first"]["arguments"], kept["inputs"]):
        return "the inputs that it was given are not what they were before"
    if not _same(seen["first"].get("targets", kept["targets"]), kept["targets"]):
        return "the targets that it was given are not what they were before"
    return None


def _same(one: Any, other: Any) -> bool:
    if isinstance(other, dict):
        return all(np.array_equal(one[name], other[name]) for name in other)
    return bool(np.array_equal(one, other))


def true_numbers(rules: Rules) -> Callable[[Any, Any], str | None]:
    """Return a comparison: baseline and score are what the model and the rows give."""

    def compare(seen: Any, kept: Any) -> str | None:
        if reason := usable(seen, kept, rules):
            return reason
        for one in (seen["first"], seen["other seed"]):
            for name, value in numbers(one, kept, rules).items():
                if reason := _apart(name, one[name], value):
                    return reason
        return None

    return compare


def numbers(first: Any, kept: Any, rules: Rules) -> dict[str, Any]:
    """Return what the baseline and the score of a run should be."""
    test = first["test_rows"]
    train = np.setdiff1d(np.arange(length(kept["inputs"])), test)
    return {
        "baseline": rules.baseline(kept["inputs"], kept["targets"], train, test),
        "score": rules.score(at(kept["targets"], test), at(first["at_inputs"], test)),
    }


def _apart(name: str, seen: Any, expected: Any) -> str | None:
    if isinstance(expected, dict):
        if not isinstance(seen, dict) or seen.keys() != expected.keys():
            return f"`{name}` is a dictionary with {', '.join(expected)}"
        reasons = (_apart(f"{name}: {key}", seen[key], expected[key]) for key in expected)
        return next(filter(None, reasons), None)
    if isinstance(seen, (bool, str)) or np.ndim(seen) or not np.isreal(seen):
        return f"`{name}` should be a number"
    if not np.isclose(seen, expected, rtol=5e-4, atol=1e-5):
        return (
            f"`{name}` is {float(seen):.4g}; worked out again from the rows, {float(expected):.4g}"
        )
    return None


def one_look(rules: Rules) -> Callable[[Any, Any], str | None]:
    """Return a comparison: other inputs at the test rows change nothing in the model."""

    def compare(seen: Any, kept: Any) -> str | None:
        if reason := usable(seen, kept, rules):
            return reason
        if not same_rows(seen):
            return "two calls with the same seed keep back different rows"
        if has_moved(seen):
            return "the model is another one when the inputs of the test rows are other ones"
        if (count := seen["first"]["models that saw test rows"]) > 1:
            return f"{count} models were tried on the test rows, and one may be"
        if seen["first"]["test rows in validation"] > 0.5:
            return "`fit` was given test rows to validate with: it looks at them after every epoch"
        return None

    return compare


def same_rows(seen: Any) -> bool:
    """Return whether the first and the changed run keep back the same rows."""
    first, changed = (np.sort(seen[name]["test_rows"]) for name in ("first", "changed"))
    return bool(np.array_equal(first, changed))


def has_moved(seen: Any) -> bool:
    """Return whether the changed run came to another model, or to one that predicts no numbers."""
    return not moved(seen) <= 0.005


def moved(seen: Any) -> float:
    """Return how far predictions of the first and the changed run are apart, in their spread.

    That is no number where one of the predictions is none.
    """
    first, changed = (seen[name]["at_unseen"] for name in ("first", "changed"))
    if isinstance(first, dict):
        return float(np.max([_moved(first[name], changed[name]) for name in first]))
    return _moved(first, changed)


def _moved(first: np.ndarray, changed: np.ndarray) -> float:
    return float(np.mean(np.abs(changed - first)) / max(float(np.std(first)), 1e-6))

"""What a leak looks like, and other faults that projects of any kind have."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from tfcourse_utils.checking import Exercise

from ...project_rules import has_moved, same_rows
from ...projects import length, row_problem

__all__ = ["When", "add", "is_scaled_by_test", "is_stopped_by_test"]

When = Callable[[Any, Any], Any]


def _has_moved(seen: Any) -> bool:
    return same_rows(seen) and has_moved(seen)


def is_scaled_by_test(seen: Any, _: Any) -> bool:
    return bool(_has_moved(seen) and seen["first"]["test rows scaled by"] > 0.5)


def is_stopped_by_test(seen: Any, _: Any) -> bool:
    return bool(seen["first"]["test rows in validation"] > 0.5)


def _is_trained_on_test(seen: Any, _: Any) -> bool:
    return bool(_has_moved(seen) and seen["first"]["test rows trained on"] > 0.5)


def _is_chosen_by_test(seen: Any, _: Any) -> bool:
    return bool(seen["first"]["models that saw test rows"] > 1)


def _is_unseeded(seen: Any, kept: Any) -> bool:
    """Recognise models that differ, though none of the usual ways of a leak was taken."""
    ways = (is_scaled_by_test, _is_trained_on_test, is_stopped_by_test, _is_chosen_by_test)
    return _has_moved(seen) and not any(is_way(seen, kept) for is_way in ways)


def _is_history(seen: Any, _: Any) -> bool:
    return getattr(seen["first"].get("model"), "type_name", "") == "History"


def _count(seen: Any, kept: Any) -> float:
    """Return the share of the rows that is kept back, if they are no fifth."""
    assert seen["first"]["is_model"]
    rows, every = np.asarray(seen["first"]["test_rows"]), length(kept["inputs"])
    assert row_problem(rows, every) and len(rows) == len(np.unique(rows))
    return len(rows) / every


def _seed_is_ignored(seen: Any, _: Any) -> bool:
    first, other = (np.sort(seen[name]["test_rows"]) for name in ("first", "other seed"))
    return same_rows(seen) and np.array_equal(first, other)


_FAULTS: dict[str, tuple[str, When]] = {
    "scaled by all rows": (
        "The `Normalization` layer was adapted to rows of the test too, so their mean and spread "
        "are in the model. Which rows may it see?",
        is_scaled_by_test,
    ),
    "trained on all rows": (
        "`fit` was given the test rows as well, so the score is one of rows that the model knows. "
        "Train on the other rows alone.",
        _is_trained_on_test,
    ),
    "stopped by the test rows": (
        "The test rows were the `validation_data`. Whoever stops by them reports the best moment "
        "for just these rows, and who only watches has looked too. Split off other rows for that.",
        is_stopped_by_test,
    ),
    "chosen by the test rows": (
        "Several models were tried on the test rows. The best of them was lucky with these rows, "
        "and its score says so no more. Choose by other rows, and score the one that is chosen.",
        _is_chosen_by_test,
    ),
    "weights without a seed": (
        "The rows follow from the seed, the model does not: a second call with the same seed gave "
        "another one. `keras.utils.set_random_seed` decides about weights and batches. If it is "
        "there, the test rows go into the model by some way round.",
        _is_unseeded,
    ),
    "rows without a seed": (
        "Two calls with the same seed kept back different rows. The order has to come from a "
        "generator that is made with `seed`.",
        lambda seen, _: not same_rows(seen),
    ),
    "the same rows for every seed": (
        "Every seed keeps back the same rows. One split may be a lucky one: let the seed decide "
        "the order before the rows are cut.",
        _seed_is_ignored,
    ),
    "a tenth": (
        "A tenth of the rows is kept back for the test, and a fifth is asked for.",
        lambda seen, kept: abs(_count(seen, kept) - 0.1) < 0.01,
    ),
    "rows exchanged": (
        "Four fifths of the rows are test rows: training and test are exchanged.",
        lambda seen, kept: abs(_count(seen, kept) - 0.8) < 0.01,
    ),
    "returns the history": (
        "`model` is what `fit` gives back, the History. The model is the object that `fit` was "
        "called on.",
        _is_history,
    ),
}


def add(project: Exercise, name: str, answer: Callable[..., Any]) -> None:
    """Add one of the faults that all projects can have, with an answer that has it."""
    says, when = _FAULTS[name]
    project.wrong(name, says=says, when=when)(answer)

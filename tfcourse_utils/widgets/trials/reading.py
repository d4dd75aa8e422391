"""Read a search: a tuner's trials, or pairs of hyperparameters and score."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from typing import Any

import numpy as np

from tfcourse_utils.checking.plain import printable

from ..svg import clipped
from ..unusable import UnusableError
from .search import Axis, Search, Trial, Value

__all__ = ["MOST_AXES", "MOST_TRIALS", "as_line", "read_search"]

MOST_TRIALS, MOST_AXES = 500, 12  # that are drawn
MOST_READ = 10_000
HUGE = 1e30  # numbers that are larger are names
WIDE, SKEWED = 20.0, 4.0  # the largest over the smallest, and over the middle, on a log axis
BOOKKEEPING = "tuner/"  # what Hyperband writes among the values
BUDGET = "tuner/epochs"

Found = tuple[str, Mapping[str, Any], Any, str]  # name, values, score and problem of a trial


def read_search(given: Any, objective: str | None) -> Search:
    """Return the search of a tuner, or of pairs of hyperparameters and score.

    Args:
        objective: "min" or "max"; the tuner's own, or "min", if None.

    Raises:
        UnusableError: it is neither, or there are no trials.
    """
    if objective not in (None, "min", "max"):
        raise UnusableError(f"The objective should be “min” or “max”, but is {as_line(objective)}.")
    if isinstance(given, type):
        raise UnusableError(f"This is the class {given.__name__}: hand in a tuner made of it.")
    oracle = getattr(given, "oracle", given)
    if hasattr(oracle, "get_best_trials"):
        found, space = _of_oracle(oracle), oracle.get_space().space
        name, direction = oracle.objective.name, oracle.objective.direction
    else:
        found, space, name, direction = _of_pairs(given), [], "score", "min"
    if not found:
        raise UnusableError("There are no trials yet: search first.")
    return _search(found, space, printable(name), (objective or direction) == "min")


def _of_oracle(oracle: Any) -> list[Found]:
    """Return the trials of a tuner in the order of their names, which number them."""
    trials = sorted(oracle.get_best_trials(10**9), key=lambda trial: str(trial.trial_id))
    return [(str(trial.trial_id), _active(trial), trial.score, _problem(trial)) for trial in trials]


def _active(trial: Any) -> dict[str, Any]:
    """Return the values that had a meaning: none whose condition did not hold."""
    told = trial.hyperparameters
    declared = {parameter.name for parameter in told.space}
    return {
        name: value
        for name, value in told.values.items()
        if (name in declared and told.is_active(name))
        or (name not in declared and (name == BUDGET or not name.startswith(BOOKKEEPING)))
    }


def _problem(trial: Any) -> str:
    if trial.status == "COMPLETED":
        return ""
    if trial.status not in ("FAILED", "INVALID"):
        return "it did not finish"
    lines = (trial.message or "").strip().splitlines()
    return f"it failed: {printable(lines[-1])[:120]}" if lines else "it failed"


def _of_pairs(given: Any) -> list[Found]:
    if isinstance(given, (str, bytes, Mapping)) or not isinstance(given, Iterable):
        raise UnusableError(
            "The trials should be a tuner that has searched, or a list of pairs of a dictionary "
            f"of hyperparameters and a score, but are of type {as_line(type(given).__name__)}."
        )
    pairs = list(islice(given, MOST_READ + 1))
    if len(pairs) > MOST_READ:
        raise UnusableError(f"There are more than {MOST_READ} trials.")
    return [_pair(index, pair) for index, pair in enumerate(pairs)]


def _pair(index: int, pair: Any) -> Found:
    if not isinstance(pair, Sequence) or isinstance(pair, str) or len(pair) != 2:
        raise UnusableError(
            f"Trial {index} should be a pair of a dictionary of hyperparameters and a score, "
            f"but is {as_line(pair)}."
        )
    values, score = pair
    if not isinstance(values, Mapping):
        values = getattr(values, "values", None)  # of KerasTuner's HyperParameters
    if not isinstance(values, Mapping):
        raise UnusableError(
            f"Trial {index} should begin with a dictionary of hyperparameters, "
            f"but begins with {as_line(pair[0])}."
        )
    if score is not None and not _is_number(score):
        raise UnusableError(
            f"The score of trial {index} should be a number, or None if it failed, "
            f"but is {as_line(score)}."
        )
    return str(index), values, score, "it failed" if score is None else ""


def _search(found: list[Found], space: Sequence[Any], name: str, lower: bool) -> Search:
    found = [(trial, {as_line(key): value for key, value in values.items()}, score, problem)
             for trial, values, score, problem in found]  # fmt: skip
    axes = _axes(found, space)
    trials = [_trial(row, axes) for row in found]
    scores = [trial.score for trial in trials if trial.score is not None]
    trials.sort(key=lambda trial: _loss(trial, lower))
    while any(axis.name == name for axis in axes):
        name += "′"
    return Search(
        tuple(axes[:MOST_AXES]),
        _numbers(name, scores or [0.0, 1.0], _is_wide(scores))._replace(is_score=True),
        lower,
        tuple(trials[:MOST_TRIALS]),
        tuple(axis.name for axis in axes[MOST_AXES:]),
        max(len(trials) - MOST_TRIALS, 0),
    )


def _loss(trial: Trial, lower: bool) -> float:
    """Return what is the smaller the better; infinite without a score."""
    if trial.score is None:
        return math.inf
    return trial.score if lower else -trial.score


def _axes(found: list[Found], space: Sequence[Any]) -> list[Axis]:
    """Return an axis for each hyperparameter that was set at least once."""
    declared: dict[str, list[Any]] = {}
    for parameter in space:
        declared.setdefault(as_line(parameter.name), []).append(parameter)
    columns: dict[str, list[Any]] = {name: [] for name in declared}
    for _, values, _, _ in found:
        for name, value in values.items():
            columns.setdefault(name, []).append(value)
    seen = {name: [v for v in values if v is not None] for name, values in columns.items()}
    return [_axis(name, declared.get(name, []), values) for name, values in seen.items() if values]


def _axis(name: str, declared: Sequence[Any], seen: Sequence[Any]) -> Axis:
    """Return the axis of a hyperparameter: as it was declared, else as its values suggest."""
    numbers = [number for value in seen if (number := _number(value)) is not None]
    if len(numbers) < len(seen) or any(not hasattr(one, "min_value") for one in declared):
        options = [value for one in declared for value in getattr(one, "values", ())]
        ordered = [*options, *seen] if declared else sorted(seen, key=_order)
        return Axis(name, categories=tuple(dict.fromkeys(map(as_line, ordered))))
    ends = [float(end) for one in declared for end in (one.min_value, one.max_value)]
    if declared:
        log = any(one.sampling == "log" for one in declared) and min(*numbers, *ends) > 0
    else:
        log = _is_wide(numbers)
    return _numbers(name, [*numbers, *ends], log)


def _numbers(name: str, values: Sequence[float], log: bool) -> Axis:
    """Return an axis that holds these numbers, with room where they are all the same."""
    low, high = min(values), max(values)
    if high - low <= 1e-9 * max(abs(low), abs(high)):
        room = abs(low) or 1.0
        low, high = (low / 10, high * 10) if log else (low - room, high + room)
    return Axis(name, low, high, log, all(value == round(value) for value in values))


def _is_wide(values: Sequence[float]) -> bool:
    """Say whether most of the numbers would crowd at the low end of a linear axis."""
    if not values or min(values) <= 1 / HUGE:
        return False
    middle = sorted(values)[(len(values) - 1) // 2]
    return max(values) >= WIDE * min(values) and max(values) >= SKEWED * middle


def _trial(row: Found, axes: Sequence[Axis]) -> Trial:
    name, given, score, problem = row
    values: dict[str, Value] = {}
    for axis in axes:
        value = given.get(axis.name)
        if value is not None:
            number = None if axis.categories else _number(value)
            values[axis.name] = as_line(value) if number is None else number
    found = _number(score) if score is not None and not problem else None
    return Trial(
        name, values, found, problem or ("" if found is not None else "its score is not finite")
    )


def _number(value: Any) -> float | None:
    """Return a number that an axis can show, None if it is something else."""
    if not _is_number(value):
        return None
    found = float(value)
    return found if math.isfinite(found) and abs(found) < HUGE else None


def _is_number(value: Any) -> bool:
    """Say whether it is one number: of Python, NumPy or TensorFlow, but no truth value."""
    if isinstance(value, (bool, np.bool_, str, bytes)):
        return False
    try:
        float(value)
    except Exception:  # whatever an object does that is asked to be a number
        return False
    return True


def _order(value: Any) -> tuple[int, float, str]:
    number = _number(value)
    return (1, 0.0, as_line(value)) if number is None else (0, number, "")


def as_line(value: Any) -> str:
    """Write a value in a line."""
    try:
        written = " ".join(printable(str(value)).split())
    except Exception:  # whatever an object does that is asked for its text
        written = printable(type(value).__name__)
    return clipped(written, 60)

"""Looking at projects: a function from raw data and a seed to a model, its test rows, its scores.

Data is an array with a row for each sample, or a dictionary of such arrays; so are targets and
predictions. Numbers, as scores, are one or a dictionary of them.

    @regression_project.probe("one look at the test rows", data=draw, compare=one_look(RULES))
    @regression_project.probe("baseline and score", data=draw, compare=true_numbers(RULES))
    def _(answer, shown):
        return runs_of_both(answer, shown)

What is shown holds the "inputs", their "y", the "seed" and "unseen" inputs; what is kept the
"inputs" and "targets", and the "unseen" inputs. Probes of one look and one `data` share the three
trainings. How they are judged stands in `project_rules.py`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import keras
import numpy as np
import tensorflow as tf

from tfcourse_utils.checking.observation import without_frame

from .shown_data import rows_of, shown_to_models
from .tools import timed

__all__ = [
    "NAMES",
    "at",
    "far",
    "length",
    "parted",
    "row_problem",
    "run",
    "runs_of_both",
    "three_runs",
]

NAMES = ("model", "test_rows", "baseline", "score")

Call = Callable[[Any, int], Any]  # the answer, called with inputs and a seed


def at(data: Any, rows: Any) -> Any:
    """Return those rows of data."""
    if isinstance(data, dict):
        return {name: array[rows] for name, array in data.items()}
    return data[rows]


def parted(rng: np.random.Generator, inputs: Any, targets: Any, samples: int) -> tuple[Any, Any]:
    """Return what is shown and what is kept: so many samples, and all after them unseen."""
    known, unseen = slice(samples), slice(samples, None)
    parts = {"inputs": at(inputs, known), "unseen": at(inputs, unseen)}
    shown = parts | {"y": at(targets, known), "seed": int(rng.integers(10_000))}
    kept = parts | {"targets": at(targets, known), "unseen_targets": at(targets, unseen)}
    return shown, kept


def _copied(data: Any) -> Any:
    return {k: v.copy() for k, v in data.items()} if isinstance(data, dict) else data.copy()


def far(inputs: np.ndarray) -> np.ndarray:
    """Return other inputs for these rows: each another one's, 100 times as far from the middle.

    Whoever scales with them, stops or chooses by them, can't but come to another model.
    """
    middle = inputs.mean(axis=0)
    return (middle + 100.0 * (np.roll(inputs, 1, axis=0) - middle)).astype(inputs.dtype)


def three_runs(
    call: Call,
    shown: dict[str, Any],
    change: Callable[[Any], Any] = far,
    names: tuple[str, ...] = NAMES,
) -> dict[str, Any]:
    """Return what is seen of a project in three trainings.

    "first" is with the inputs and the seed that are shown; "changed" the same, but for other
    inputs at the test rows; "other seed" the first with another seed.

    Args:
        change: makes of an array's test rows others of the same kind, for "changed".
        names: what a project gives back under.
    """
    inputs, seed, unseen = shown["inputs"], shown["seed"], shown["unseen"]
    first = run(call, inputs, seed, unseen, names)
    changed = None
    if first["is_model"] and row_problem(first["test_rows"], length(inputs)) is None:
        others = _with_rows(inputs, first["test_rows"], change)
        changed = run(call, others, seed, unseen, names)
    return {
        "first": first,
        "changed": changed,
        "other seed": run(call, inputs, seed + 1, unseen, names),
    }


def runs_of_both(
    answer: Callable[..., Any], shown: dict[str, Any], change: Callable[[Any], Any] = far
) -> dict[str, Any]:
    """Return `three_runs` of an answer to inputs, targets and a seed.

    "targets" are those that it was given, as it has left them.
    """

    def call(inputs: Any, seed: int) -> Any:
        targets = shown["y"].copy()
        result = answer(inputs, targets, seed)
        return result | {"targets": targets} if isinstance(result, dict) else result

    return three_runs(call, shown, change, names=(*NAMES, "targets"))


def length(data: Any) -> int:
    return len(next(iter(data.values())) if isinstance(data, dict) else data)


def _with_rows(inputs: Any, rows: np.ndarray, change: Callable[[Any], Any]) -> Any:
    """Return a copy of the inputs that is changed at some rows."""
    others = _copied(inputs)
    for array in others.values() if isinstance(others, dict) else [others]:
        array[rows] = change(array[rows])
    return others


def run(
    call: Call, inputs: Any, seed: int, unseen: Any, names: tuple[str, ...] = NAMES
) -> dict[str, Any]:
    """Return what is seen of one training: what came back, what the model predicts, who saw what.

    "is_model" says whether "model" was a Keras model, which is not kept.

    "models that saw test rows" counts those that predicted or were evaluated on most of them;
    "test rows in validation" is their share of all that `fit` was given to validate with, "test
    rows scaled by" the share of them that a `Normalization` layer was adapted to, "test rows
    trained on" the share that `fit` was given.
    """
    own = _copied(inputs)
    with shown_to_models() as given:
        result, seconds = timed(lambda: call(own, seed))
    if not isinstance(result, dict):
        raise TypeError(f"a project gives back a dictionary, not {type(result).__name__}")
    if missing := [name for name in names if name not in result]:
        raise ValueError(f"the dictionary has no {missing[0]!r}")
    seen = {name: result[name] for name in names} | {"seconds": seconds, "arguments": own}
    seen["is_model"] = isinstance(result["model"], keras.Model)
    if not seen["is_model"]:
        return seen
    seen["at_unseen"] = _predicted(seen.pop("model"), unseen)
    seen["test_rows"] = rows = np.asarray(result["test_rows"])
    if row_problem(rows, length(inputs)) is None:
        test = rows_of(at(inputs, rows))
        seen["at_inputs"] = _predicted(result["model"], inputs)
        seen["models that saw test rows"] = given.scored_on(test)
        seen["test rows scaled by"] = given.adapted_to(test)
        seen["test rows trained on"] = given.trained_on(test)
        seen["test rows in validation"] = given.validated_on(test)
    return seen


def _predicted(model: Any, inputs: Any) -> Any:
    """Return predictions, or what the model has against such inputs."""
    try:
        return model(tf.nest.map_structure(tf.constant, inputs), training=False)
    except Exception as error:
        return f"{type(error).__name__}: {without_frame(str(error))}"


def row_problem(rows: Any, count: int) -> str | None:
    """Return why these can't be the rows of a test, a fifth of so many, or None."""
    rows = np.asarray(rows)
    if rows.ndim != 1 or rows.dtype.kind not in "iu":
        return f"`test_rows` is {rows.dtype} of shape {rows.shape}, not a list of row numbers"
    if len(rows) and not (rows.min() >= 0 and rows.max() < count):
        return f"`test_rows` has a number that is no row: there are rows 0 to {count - 1}"
    if len(np.unique(rows)) < len(rows):
        return "`test_rows` has a row twice"
    if abs(len(rows) - count / 5) > 1:
        return f"`test_rows` has {len(rows)} of {count} rows, and a fifth is asked for"
    return None

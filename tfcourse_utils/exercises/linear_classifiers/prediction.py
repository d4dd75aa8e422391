"""`before_you_run`: what will come out? Answered before anything is run."""

from __future__ import annotations

from typing import Any

import numpy as np
import tensorflow as tf

from tfcourse_utils.checking import NOT_ATTEMPTED, exercise

__all__ = ["before_you_run"]

before_you_run = exercise(
    "linear_classifiers.before_you_run",
    kind="predict",
    section="On one page",
    answer_kind="dictionary",
)


def _question(key: str, title: str) -> None:
    @before_you_run.probe(title)
    def _(answer, rng):
        value = answer.get(key, ...)
        if value is ...:
            raise NotImplementedError(NOT_ATTEMPTED)
        return _as_asked(value)


def _as_asked(value: Any) -> Any:
    """Return a choice in lower case, alone; any kind of sequence as a list."""
    if isinstance(value, str):
        return value.strip().lower()
    if isinstance(value, (list, tuple, set, tf.TensorShape)) or np.ndim(value) == 1:
        items = list(value)
        return _as_asked(items[0]) if len(items) == 1 and isinstance(items[0], str) else items
    return value


_question("output_shape", "1. shape of inputs @ W + b")
_question("difference_shape", "2. shape of targets - predictions")
_question("sigmoid_of_zero", "3. sigmoid(0)")
_question("slope", "4. slope of the line")
_question("parameter_count", "5. number of parameters")
_question("separable", "6. what a line separates")

before_you_run.hint(
    "For shapes, write the two one under the other, aligned at the right. What does each "
    "position become?",
    "A layer with d inputs and k units has a weight for each pair and a bias for each unit.",
)

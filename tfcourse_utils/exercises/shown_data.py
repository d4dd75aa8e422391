"""Which data Keras is shown while an answer runs: to scale by, to train on, to be tried on."""

from __future__ import annotations

import contextlib
import functools
from collections.abc import Callable, Iterator
from typing import Any

import keras
import numpy as np
import tensorflow as tf

__all__ = ["ShownData", "rows_of", "shown_to_models"]


def rows_of(data: Any) -> set[bytes]:
    """Return the rows of an array, or of the arrays of a dictionary together, to look them up."""
    arrays = [data[name] for name in sorted(data)] if isinstance(data, dict) else [data]
    flat = [np.asarray(array, "float32").reshape(len(array), -1) for array in arrays]
    return {row.tobytes() for row in np.concatenate(flat, axis=1)}


class ShownData:
    """What Keras was given, as long as it was plain arrays."""

    def __init__(self) -> None:
        self.adapted: list[Any] = []
        self.trained: list[Any] = []
        self.validated: list[Any] = []
        self.scored: list[tuple[Any, Any]] = []  # a model and its inputs

    def adapted_to(self, rows: set[bytes]) -> float:
        """Return the share of these rows that a `Normalization` layer was adapted to."""
        return max((len(_rows(data) & rows) / len(rows) for data in self.adapted), default=0.0)

    def trained_on(self, rows: set[bytes]) -> float:
        """Return the share of these rows that `fit` was given to train on."""
        return max((len(_rows(data) & rows) / len(rows) for data in self.trained), default=0.0)

    def validated_on(self, rows: set[bytes]) -> float:
        """Return the share of all rows given to `fit` to validate with that are among these."""
        return max((_share(inputs, rows) for inputs in self.validated), default=0.0)

    def scored_on(self, rows: set[bytes]) -> int:
        """Return how many models predicted or were evaluated for most of these rows.

        One that is a part of another counts as the same model.
        """
        seen: list[set[int]] = []  # the weights of each
        for model, inputs in self.scored:
            own = {id(weight) for weight in model.weights}
            is_new = not any(own <= other or other <= own for other in seen)
            if is_new and len(_rows(inputs) & rows) > len(rows) / 2:
                seen.append(own)
        return len(seen)


def _rows(inputs: Any) -> set[bytes]:
    """Return the rows of what a model was given; none where it is something else than arrays."""
    try:
        return rows_of(inputs)
    except Exception:  # a dataset, a generator, a list: the learner's own
        return set()


def _share(inputs: Any, rows: set[bytes]) -> float:
    found = _rows(inputs)
    return len(found & rows) / len(found) if found else 0.0


@contextlib.contextmanager
def shown_to_models() -> Iterator[ShownData]:
    """Note what models and `Normalization` layers are given meanwhile."""
    given = ShownData()

    def adapt(layer: Any, data: Any, *_: Any, **named: Any) -> None:
        given.adapted.append(data)

    def score(model: Any, inputs: Any = None, *_: Any, **named: Any) -> None:
        inputs = named.get("x", named.get("inputs", inputs))
        if tf.executing_eagerly():  # else it is a place in a graph
            given.scored.append((model, inputs))

    def fit(model: Any, x: Any = None, *_: Any, validation_data: Any = None, **named: Any) -> None:
        given.trained.append(x)
        if isinstance(validation_data, (tuple, list)) and validation_data:
            given.validated.append(validation_data[0])

    notes: dict[str, Callable[..., None]] = {
        "fit": fit,
        "evaluate": score,
        "predict": score,
        "__call__": score,
    }
    with contextlib.ExitStack() as stack:
        for name, note in notes.items():
            stack.enter_context(_noted(keras.Model, name, note))
        stack.enter_context(_noted(keras.layers.Normalization, "adapt", adapt))
        yield given


@contextlib.contextmanager
def _noted(kind: type, name: str, note: Callable[..., None]) -> Iterator[None]:
    """Let a method of a class call `note` with its arguments first."""
    was_own, original = name in vars(kind), getattr(kind, name)

    @functools.wraps(original)
    def method(*args: Any, **named: Any) -> Any:
        note(*args, **named)
        return original(*args, **named)

    setattr(kind, name, method)
    try:
        yield
    finally:
        if was_own:
            setattr(kind, name, original)
        else:
            delattr(kind, name)

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
    """What Keras was given, as long as it was plain arrays or datasets of them."""

    def __init__(self) -> None:
        self.adapted: list[Any] = []
        self.trained: list[Any] = []
        self.validated: list[Any] = []
        self.scored: list[tuple[Any, Any]] = []  # a model and its inputs

    def adapted_to(self, rows: set[bytes]) -> float:
        """Return the share of these rows that a `Normalization` layer was adapted to."""
        return _largest_share(rows, self.adapted)

    def trained_on(self, rows: set[bytes]) -> float:
        """Return the share of these rows that `fit` was given to train on."""
        return _largest_share(rows, self.trained)

    def validated_on(self, rows: set[bytes]) -> float:
        """Return the share of all rows given to `fit` to validate with that are among these."""
        return max((_share(inputs, rows) for inputs in self.validated), default=0.0)

    def scored_on(self, rows: set[bytes]) -> int:
        """Return how many models predicted or were evaluated for most of these rows.

        One that is a part of another counts as the same model.
        """
        seen: list[tuple[set[int], set[bytes]]] = []  # weights, and rows that they were shown
        each = {(id(model), id(inputs)): (model, inputs) for model, inputs in self.scored}
        for model, inputs in each.values():
            own, found = {id(weight) for weight in model.weights}, _rows(inputs) & rows
            same = next((other for other in seen if own <= other[0] or other[0] <= own), None)
            if same:
                same[1].update(found)
            elif found:
                seen.append((own, found))
        return sum(len(found) > len(rows) / 2 for _, found in seen)


_ELEMENTS = 1000  # of a dataset: more than any project here has rows


def _rows(inputs: Any) -> set[bytes]:
    """Return the rows of what a model was given; none where it is neither arrays nor a dataset."""
    try:
        return _rows_of_dataset(inputs) if isinstance(inputs, tf.data.Dataset) else rows_of(inputs)
    except Exception:  # a generator, a list: the learner's own
        return set()


def _rows_of_dataset(data: tf.data.Dataset) -> set[bytes]:
    """Return the rows of a dataset's batches, of which inputs are the first part or all."""
    parts = (batch[0] if isinstance(batch, tuple) else batch for batch in data.take(_ELEMENTS))
    return set().union(*(rows_of(tf.nest.map_structure(np.asarray, part)) for part in parts))


def _largest_share(rows: set[bytes], given: list[Any]) -> float:
    """Return the share of these rows that are in whichever of the data has most of them."""
    return max((len(_rows(data) & rows) / len(rows) for data in given), default=0.0)


def _share(inputs: Any, rows: set[bytes]) -> float:
    found = _rows(inputs)
    return len(found & rows) / len(found) if found else 0.0


def _parted(data: Any, share: float) -> tuple[Any, Any]:
    """Return the rows that `fit` trains on, and those at the end that it validates with."""
    try:
        count = int(len(tf.nest.flatten(data)[0]) * (1 - share))
        trained = tf.nest.map_structure(lambda array: array[:count], data)
        return trained, tf.nest.map_structure(lambda array: array[count:], data)
    except Exception:  # what `fit` can't part either
        return data, None


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

    def fit(
        model: Any,
        x: Any = None,
        *_: Any,
        validation_data: Any = None,
        validation_split: float = 0.0,
        **named: Any,
    ) -> None:
        if isinstance(validation_data, (tuple, list)) and validation_data:
            validation_data = validation_data[0]
        if validation_data is not None:
            given.validated.append(validation_data)
        elif validation_split:
            x, tail = _parted(x, validation_split)
            given.validated.append(tail)
        given.trained.append(x)

    notes: dict[str, Callable[..., None]] = {
        "fit": fit,
        "evaluate": score,
        "predict": score,
        "test_on_batch": score,
        "predict_on_batch": score,
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

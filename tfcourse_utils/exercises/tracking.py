"""Saying which variables of a layer or a metric Keras does not know of."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import keras
import tensorflow as tf

__all__ = ["overwritten", "untracked"]


def untracked(layer: Any) -> str:
    """Say which attributes hold variables or layers that Keras does not track; "" if none does.

    Args:
        layer: a layer, a model or a metric.
    """
    known = {id(_value(weight)) for weight in layer.variables}
    for name, held in _attributes(layer):
        if isinstance(held, tf.Variable) and id(held) not in known:
            return (
                f"`self.{name}` is a tf.Variable. Keras does not track those: it is in no list of "
                f"weights, so {_lost_to(layer)}."
            )
        if isinstance(held, keras.layers.Layer) and not _all_known(held.weights, known):
            return (
                f"`self.{name}` holds a layer that Keras does not track: its weights are not among "
                "those of this object, so `fit` never changes them."
            )
    return ""


def overwritten(metric: Any, fresh: Any) -> str:
    """Say which variable of a metric is none any more, after an update; "" if all are.

    Args:
        fresh: a metric of the same class that has seen nothing.
    """
    for name, was in vars(fresh).items():
        held = getattr(metric, name, None)
        if isinstance(was, keras.Variable) and not isinstance(held, keras.Variable):
            return (
                f"`self.{name}` was a variable and is none now: `+=` puts a tensor in its place, "
                "which `reset_state` does not know. `assign_add` changes the variable itself."
            )
    return ""


def _lost_to(layer: Any) -> str:
    if isinstance(layer, keras.metrics.Metric):
        return "`reset_state` never sets it back"
    return "`fit` never changes it and no file keeps it"


def _attributes(layer: Any) -> Iterator[tuple[str, Any]]:
    """Yield what the attributes hold, also inside lists, with the attribute's name."""
    for name, value in vars(layer).items():
        if not name.startswith("_self_"):  # TensorFlow's own notes on the attributes
            for held in tf.nest.flatten(value) if isinstance(value, (list, tuple)) else [value]:
                yield name, held


def _all_known(weights: list[Any], known: set[int]) -> bool:
    return all(id(_value(weight)) in known for weight in weights)


def _value(weight: Any) -> Any:
    """Return the TensorFlow variable behind a Keras one."""
    return getattr(weight, "value", weight)

"""A layer, a loss, a metric and a callback that show later whether they were used.

The numbers of the loss and of the metric are raised by a mark that only these two add, so that
`history` tells whose they are. It changes no gradient.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import keras
import numpy as np

__all__ = ["METRIC", "Parts", "fresh", "what_was_used"]

METRIC = "marked_hits"


class WatchedLayer(keras.layers.Dense):
    """A hidden layer that counts its calls."""

    def __init__(self, *args: Any, **settings: Any) -> None:
        super().__init__(*args, **settings)
        self.calls = 0

    def call(self, inputs: Any, **settings: Any) -> Any:
        self.calls += 1
        return super().call(inputs, **settings)


class MarkedLoss(keras.losses.SparseCategoricalCrossentropy):
    """The cross-entropy, and its mark."""

    mark = 0.0

    def call(self, y_true: Any, y_pred: Any) -> Any:
        return super().call(y_true, y_pred) + self.mark


class MarkedMetric(keras.metrics.SparseCategoricalAccuracy):
    """The accuracy, and its mark."""

    mark = 0.0

    def result(self) -> Any:
        return super().result() + self.mark


class NotingCallback(keras.callbacks.Callback):
    """Notes what it is told after each epoch."""

    def __init__(self) -> None:
        super().__init__()
        self.epochs: list[dict[str, float]] = []

    def on_epoch_end(self, epoch: int, logs: Any = None) -> None:
        self.epochs.append(dict(logs or {}))


@dataclass(frozen=True)
class Parts:
    """What is plugged into one project."""

    layer: Any
    loss: Any
    metric: Any
    callback: Any


def fresh(seed: int, marks: tuple[float, float]) -> Parts:
    """Return parts that nobody has used yet: the same seed, the same first weights."""
    first = keras.initializers.GlorotUniform(seed)
    layer = WatchedLayer(24, activation="relu", kernel_initializer=first)
    loss, metric = MarkedLoss(), MarkedMetric(METRIC)
    loss.mark, metric.mark = marks
    return Parts(layer, loss, metric, NotingCallback())


def what_was_used(parts: Parts, model: Any, points: Any) -> dict[str, Any]:
    """Return what the parts have to tell when the training is over.

    "weights of the layer" says of each whether the model has it, "weights of the callback's
    model" the same of those that the callback saw trained; "calls" is how often the layer is
    called when the model predicts, "moved" how far the training took it.
    """
    epochs = parts.callback.epochs
    if not isinstance(model, keras.Model):
        return {"epochs": epochs}
    before = parts.layer.calls
    model(points, training=False)
    watched = parts.callback.model
    return {
        "epochs": epochs,
        "weights of the layer": _had_by(model, parts.layer.weights),
        "calls": parts.layer.calls - before,
        "moved": _moved(parts.layer) if parts.layer.built else 0.0,
        "weights of the callback's model": _had_by(model, watched.weights if watched else []),
    }


def _had_by(model: Any, weights: Any) -> list[bool]:
    return [any(weight is own for own in model.weights) for weight in weights]


def _moved(layer: Any) -> float:
    first = layer.kernel_initializer(layer.kernel.shape)
    return float(np.max(np.abs(np.asarray(layer.kernel) - np.asarray(first))))

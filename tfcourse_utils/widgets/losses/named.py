"""Losses of one sample, with their gradients: what they need to know, and those with names."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

__all__ = ["LOGIT", "NUMBER", "PREDICTED", "PROBABILITY", "Floats", "Loss", "Settings"]

Floats = NDArray[np.float64]


class Settings(NamedTuple):
    """What some of the losses are told beside target and prediction."""

    threshold: float = 1.0
    quantile: float = 0.9
    gamma: float = 2.0


class Loss(NamedTuple):
    """A loss of targets and predictions, both (n,).

    Attributes:
        name: of the loss.
        look: returns values and gradients, both (n,); a gradient is NaN where there is none.
        setting: which of the settings it takes, or "".
        is_own: whether the learner wrote it.
    """

    name: str
    look: Callable[[Floats, Floats, Settings], tuple[Floats, Floats]]
    setting: str = ""
    is_own: bool = False


def _of_error(
    name: str, value: Callable[[Any], Any], slope: Callable[[Any], Any], setting: str = ""
) -> Loss:
    """Return a loss of the error, prediction − target."""
    return Loss(name, lambda t, p, _: (value(p - t), slope(p - t)), setting)


def _huber(targets: Floats, predictions: Floats, settings: Settings) -> tuple[Floats, Floats]:
    error, limit = predictions - targets, settings.threshold
    near = np.abs(error) <= limit
    values = np.where(near, error**2 / 2, limit * np.abs(error) - limit**2 / 2)
    return values, np.clip(error, -limit, limit)


def _pinball(targets: Floats, predictions: Floats, settings: Settings) -> tuple[Floats, Floats]:
    error, quantile = predictions - targets, settings.quantile
    slopes = np.where(error > 0, 1 - quantile, np.where(error < 0, -quantile, 0.0))
    return error * slopes, slopes


def _sigmoid(logits: Floats) -> Floats:
    return np.asarray(1 / (1 + np.exp(-logits)))


def _cross_entropy(targets: Floats, p: Floats, _: Settings) -> tuple[Floats, Floats]:
    return -np.log(np.where(targets == 1, p, 1 - p)), (p - targets) / (p * (1 - p))


def _focal(targets: Floats, p: Floats, settings: Settings) -> tuple[Floats, Floats]:
    right, gamma = np.where(targets == 1, p, 1 - p), settings.gamma
    wrong = 1 - right
    by_right = gamma * wrong ** (gamma - 1) * np.log(right) - wrong**gamma / right
    return -(wrong**gamma) * np.log(right), by_right * np.where(targets == 1, 1.0, -1.0)


def _square(targets: Floats, p: Floats, _: Settings) -> tuple[Floats, Floats]:
    return (p - targets) ** 2, 2 * (p - targets)


def _hinge(targets: Floats, scores: Floats, _: Settings) -> tuple[Floats, Floats]:
    sides = 2 * targets - 1
    short = 1 - sides * scores
    return np.maximum(short, 0.0), np.where(short > 0, -sides, 0.0)


def _of_logit(name: str, of_probability: Any, setting: str = "") -> Loss:
    """Return a loss of the sigmoid of the prediction, by the chain rule."""

    def look(targets: Floats, logits: Floats, settings: Settings) -> tuple[Floats, Floats]:
        p = _sigmoid(logits)
        values, slopes = of_probability(targets, p, settings)
        return values, slopes * p * (1 - p)

    return Loss(name, look, setting)


NUMBER, PROBABILITY, LOGIT = "a number", "a probability", "a logit"

#: By what the model predicts.
PREDICTED = {
    NUMBER: (
        _of_error("squared", np.square, lambda e: 2 * e),
        _of_error("absolute", np.abs, np.sign),
        Loss("Huber", _huber, "threshold"),
        _of_error("log-cosh", lambda e: np.logaddexp(e, -e) - np.log(2), np.tanh),
        Loss("pinball", _pinball, "quantile"),
    ),
    PROBABILITY: (
        Loss("cross-entropy", _cross_entropy),
        Loss("focal", _focal, "gamma"),
        Loss("squared", _square),
    ),
    LOGIT: (
        _of_logit("cross-entropy", _cross_entropy),
        _of_logit("focal", _focal, "gamma"),
        Loss("hinge", _hinge),
        _of_logit("squared", _square),
    ),
}

"""Curves of a loss over the prediction, and the constant that minimises it."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from .named import LOGIT, NUMBER, PROBABILITY, Floats, Loss, Settings

__all__ = ["CONSTANTS", "REACH", "REST", "Here", "curve", "here", "lowest"]

#: Of the prediction: the range that is shown and that a slider moves in.
REACH = {NUMBER: (-4.0, 4.0), PROBABILITY: (0.01, 0.99), LOGIT: (-6.0, 6.0)}
REST = np.array([-1.5, -0.5, 0.2, 1.0])  # targets beside the outlier
ACROSS = 161  # samples of a curve
CONSTANTS = (-3.0, 12.0)  # the places of the outlier, and so the constants to choose from
NEAR = 1e-3


class Here(NamedTuple):
    """A loss at one prediction: its value, and the slopes just before, at and after it."""

    at: float
    value: float
    before: float
    gradient: float
    after: float

    @property
    def is_kink(self) -> bool:
        """Whether the slope jumps there."""
        return bool(abs(self.after - self.before) > 0.05 + 0.05 * abs(self.gradient))


def curve(
    loss: Loss, predicted: str, target: float, settings: Settings
) -> tuple[Floats, Floats, Floats]:
    """Return predictions, values and gradients, (n,) each; NaN where they are not finite."""
    along = np.linspace(*REACH[predicted], ACROSS)
    values, gradients = loss.look(np.full(ACROSS, target), along, settings)
    values, gradients = (np.where(np.isfinite(part), part, np.nan) for part in (values, gradients))
    return along, values, gradients


def here(loss: Loss, target: float, prediction: float, settings: Settings) -> Here:
    """Return the loss at one prediction."""
    around = prediction + NEAR * np.array([-1.0, 0.0, 1.0])
    values, gradients = loss.look(np.full(3, target), around, settings)
    return Here(prediction, float(values[1]), *gradients.tolist())


def lowest(loss: Loss, targets: Floats, settings: Settings) -> tuple[float, float] | None:
    """Return the range of constants whose mean loss over the targets is the smallest.

    It is searched on a grid, then on finer ones round the best: on few points of a learner's
    loss, which may have to be called for each. None if there is no finite loss.
    """
    low, high = CONSTANTS
    step = 0.0
    for size in (61, 21) if loss.is_own else (151, 201, 201):
        grid = np.linspace(low - step, high + step, size)
        step = float(grid[1] - grid[0])
        total = _total(loss, targets, grid, settings)
        if not np.isfinite(total).any():
            return None
        low, high = _best(grid, total, 1e-6 if loss.is_own else 1e-9)
    return (low, high) if high - low > 4 * step else ((low + high) / 2,) * 2


def _total(loss: Loss, targets: Floats, grid: Floats, settings: Settings) -> Floats:
    """Return, (m,), the mean loss of each constant of the grid over all targets, (n,)."""
    count = len(targets)
    values, _ = loss.look(np.tile(targets, len(grid)), np.repeat(grid, count), settings)
    with np.errstate(invalid="ignore", over="ignore"):
        return np.asarray(values.reshape(-1, count).mean(axis=1))


def _best(grid: Floats, total: Floats, tolerance: float) -> tuple[float, float]:
    total = np.where(np.isfinite(total), total, np.nan)
    low, high = np.nanmin(total), np.nanmax(total)
    best = grid[total <= low + tolerance * (high - low)]
    return float(best[0]), float(best[-1])

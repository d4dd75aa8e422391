"""A linear classifier of points in the plane, and how well it does."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

__all__ = ["Booleans", "Floats", "Line", "accuracy", "loss", "read_points", "right"]

Floats = NDArray[np.float64]
Booleans = NDArray[np.bool_]


class Line(NamedTuple):
    """A linear classifier of points (x, y): 1 where w0·x + w1·y + b is above the threshold."""

    w0: float
    w1: float
    b: float
    threshold: float = 0.5

    def scores(self, points: Floats) -> Floats:
        """Return w0·x + w1·y + b, (n,), for points (n, 2)."""
        return points[:, 0] * self.w0 + points[:, 1] * self.w1 + self.b

    def above(self, points: Floats) -> Booleans:
        """Return, (n,), which of the points (n, 2) are called 1."""
        return self.scores(points) > self.threshold

    def snapped(self) -> Line:
        """Return the line with weights too small to be seen as 0: their slope might be infinite."""
        w0, w1 = (0.0 if abs(weight) < 1e-12 else weight for weight in (self.w0, self.w1))
        return self._replace(w0=w0, w1=w1)


def read_points(inputs: ArrayLike, targets: ArrayLike) -> tuple[Floats, Booleans]:
    """Check what the caller handed in; return points (n, 2) and which are positive, (n,).

    Raises:
        ValueError: `inputs` are not n ≥ 1 finite points (n, 2), or `targets` not as many
            zeros and ones, (n,) or (n, 1).
    """
    points, labels = _numbers("inputs", inputs), _numbers("targets", targets)
    if points.ndim != 2 or points.shape[1] != 2 or len(points) == 0:
        raise ValueError(f"inputs should have the shape (n, 2), n ≥ 1, but have {points.shape}")
    if np.abs(points).max() > 1e6:
        raise ValueError("inputs should lie between -1e6 and 1e6, but some do not")
    if labels.shape not in [(len(points),), (len(points), 1)]:
        expected = f"({len(points)},) or ({len(points)}, 1)"
        raise ValueError(f"targets should have the shape {expected}, but have {labels.shape}")
    if not np.isin(labels, (0.0, 1.0)).all():
        odd = labels[~np.isin(labels, (0.0, 1.0))][0]
        raise ValueError(f"targets should be 0 or 1, but one is {odd:g}")
    return points, labels.reshape(-1) == 1.0


def _numbers(name: str, values: ArrayLike) -> Floats:
    try:
        array = np.asarray(values, dtype=np.float64)
    except (TypeError, ValueError):
        kind = type(values).__name__
        raise ValueError(f"{name} should be an array of numbers, but are {kind}") from None
    if not np.isfinite(array).all():
        raise ValueError(f"{name} should be finite numbers, but some are infinite or NaN")
    return array


def loss(line: Line, points: Floats, positive: Booleans) -> float:
    """Return the mean squared difference between targets (0 or 1) and scores."""
    return float(np.mean((positive - line.scores(points)) ** 2))


def right(line: Line, points: Floats, positive: Booleans) -> Booleans:
    """Return, (n,), which points are called what they are."""
    return np.asarray(line.above(points) == positive)


def accuracy(line: Line, points: Floats, positive: Booleans) -> float:
    """Return the share of points called what they are, from 0 to 1."""
    return float(np.mean(right(line, points, positive)))

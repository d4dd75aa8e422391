"""Gradient descent with momentum, and what a path of it tells."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from ..unusable import UnusableError
from .landscapes import Floats, Landscape

__all__ = ["FAR", "Path", "Verdict", "descend", "judge"]

FAR = 1e9  # from 0: beyond that a path is lost
NEAR = 0.01  # as far as a ridge is felt for
SMALL = 0.01  # of the largest on the path: as good as nothing


class Path(NamedTuple):
    """Where a descent went.

    Attributes:
        points: (k + 1, d), the start first.
        values: (k + 1,).
        gradients: (k + 1, d).
        ended: why it has fewer steps than asked for: "far", "undefined", or "" if it has all.
        on_ridge: whether the ground falls on both sides of its last point.
    """

    points: Floats
    values: Floats
    gradients: Floats
    ended: str = ""
    on_ridge: bool = False

    @property
    def slopes(self) -> Floats:
        """The lengths of the gradients, (k + 1,)."""
        return np.linalg.norm(self.gradients, axis=1)

    def slope(self, step: int) -> float:
        """Return the slope at a step: with its sign on a curve, the steepest in a plane."""
        return float(self.gradients[step, 0] if self.points.shape[1] == 1 else self.slopes[step])

    @property
    def moves(self) -> Floats:
        """The lengths of the steps, (k,)."""
        return np.linalg.norm(np.diff(self.points, axis=0), axis=1)

    @property
    def turns(self) -> Floats:
        """For each step, (k,), whether it ends on ground that rises the other way."""
        return np.sum(self.gradients[1:] * self.gradients[:-1], axis=1) < 0


def descend(
    landscape: Landscape, start: Floats, learning_rate: float, momentum: float, steps: int
) -> Path:
    """Follow the gradient down, from `start`, (d,), and stop early where numbers end.

    Raises:
        UnusableError: the function can't be used at the start.
    """
    point, velocity, seen, ended = start, np.zeros_like(start), [], ""
    while not ended:
        value, gradient = landscape.look(point)
        if not (np.isfinite(value) and np.isfinite(gradient).all()):
            ended = "undefined"
            break
        seen.append((point, value, gradient))
        if len(seen) > steps:
            break
        velocity = momentum * velocity - learning_rate * gradient
        point = point + velocity
        ended = "far" if not np.abs(point).max() < FAR else ""
    if not seen:
        raise UnusableError("At the start the function has no finite value and slope.")
    points, values, gradients = map(np.array, zip(*seen))
    return Path(points, values, gradients, ended, _is_ridge(landscape, points[-1]))


def _is_ridge(landscape: Landscape, point: Floats) -> bool:
    """Whether the ground falls both ways from a point, along or across the axes."""
    here = landscape.height(point)
    ways = np.array([[1.0]] if len(point) == 1 else [[1, 0], [0, 1], [1, 1], [1, -1]])
    sides = [
        max(landscape.height(point + NEAR * way), landscape.height(point - NEAR * way))
        for way in ways
    ]
    return min(sides) < here - 1e-6 * (1 + abs(here))


class Verdict(NamedTuple):
    """What became of a descent.

    Attributes:
        kind: "stands", "leaps", "converges", "settles", "crawls", "oscillates", "diverges",
            "falls" or "breaks".
        product: learning rate × curvature along the last step that moved; None without one.
    """

    kind: str
    product: float | None


def judge(path: Path, learning_rate: float) -> Verdict:
    """Say what became of a descent."""
    return Verdict(_kind(path), _product(path, learning_rate))


def _kind(path: Path) -> str:
    if len(path.moves) == 0:
        return "leaps" if path.ended == "far" else "breaks"
    if not path.moves.any():
        return "stands"
    if path.ended or _grows(path):
        return _lost(path)
    if _at_rest(path):
        return "converges"
    late = path.turns[len(path.turns) // 2 :]
    if late.sum() >= min(2, len(late)):
        return "oscillates"
    if path.slopes[-1] >= path.slopes[0] * (1 - 1e-4):
        return "falls"
    return "crawls" if _keeps(path) > 0.9 else "settles"


def _keeps(path: Path) -> float:
    """Return how much of the slope one of the last steps leaves, on average."""
    back = max(1, len(path.moves) // 3)
    before = path.slopes[-1 - back]
    return float((path.slopes[-1] / before) ** (1 / back)) if before > 0 else 1.0


def _lost(path: Path) -> str:
    """Tell ways of getting lost: upwards, downwards, or where the function ends."""
    if _grows(path):
        return "diverges"
    return "breaks" if path.ended == "undefined" else "falls"


def _grows(path: Path) -> bool:
    """Whether slopes and heights are larger at the end than at first, swings smoothed out."""
    third = -(-len(path.slopes) // 3)
    steeper = path.slopes[-third:].max() > path.slopes[:third].max() * (1 + 1e-4)
    return bool(steeper and path.values[-third:].max() > path.values[:third].max())


def _at_rest(path: Path) -> bool:
    """Slope and step must both be small: with momentum a slope is 0 in passing."""
    last_slope, last_move = path.slopes[-1], path.moves[-1]
    return bool(last_slope <= SMALL * path.slopes.max() and last_move <= SMALL * path.moves.max())


def _product(path: Path, learning_rate: float) -> float | None:
    moved = np.flatnonzero(path.moves > 1e-9 * (1 + np.abs(path.points[1:]).max(axis=1)))
    if len(moved) == 0:
        return None
    last = moved[-1]
    move = path.points[last + 1] - path.points[last]
    change = path.gradients[last + 1] - path.gradients[last]
    return float(learning_rate * np.dot(change, move) / np.dot(move, move))

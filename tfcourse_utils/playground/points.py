"""The points of a state: drawn or the learner's own, split for training and testing."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .kinds import KINDS, OWN_CLASSES, OWN_VALUES, SQUARE, Drawn
from .parts import REGRESSION, SEVERAL_CLASSES
from .state import DataState

__all__ = ["Points", "Split", "draw", "notes", "own_data", "own_sides"]

Floats = NDArray[np.float32]
DIGITS = 4  # that own points are rounded to, so that links stay short


class Points(NamedTuple):
    """Points of the square.

    Attributes:
        inputs: x and y, (n, 2) float32.
        targets: (n, 1) float32, 0 or 1 or a value from -1 to 1; (n,) int32 for several classes.
    """

    inputs: Floats
    targets: NDArray[np.generic]

    def at(self, rows: NDArray[np.integer] | NDArray[np.bool_]) -> Points:
        """Return the points of some rows."""
        return Points(self.inputs[rows], self.targets[rows])


class Split(NamedTuple):
    """Points to train on, and points to test on; there may be none of either."""

    train: Points
    test: Points


def draw(data: DataState) -> Split:
    """Return the points of a state. The global seeds are neither read nor changed.

    Drawn points are split exactly by the share. An own point stays on its side when others are
    added after it, and the first is for training.
    """
    inputs, targets = _rows(data)
    if data.task == SEVERAL_CLASSES:
        points = Points(inputs, targets.astype(np.int32))
    else:
        points = Points(inputs, targets.astype(np.float32)[:, None])
    is_train = _is_train(data, len(inputs))
    return Split(points.at(is_train), points.at(~is_train))


def _rows(data: DataState) -> Drawn:
    drawn = KINDS[data.kind].draw
    if drawn is not None:
        return drawn(data.samples, data.seed, data.noise)
    table = np.array(data.points, dtype=np.float32).reshape(-1, 3)
    return table[:, :2], table[:, 2]


def _is_train(data: DataState, count: int) -> NDArray[np.bool_]:
    if KINDS[data.kind].draw is None:
        return own_sides(data, count)
    generator = np.random.default_rng((data.seed, 1))
    is_train = np.zeros(count, dtype=bool)
    is_train[generator.permutation(count)[: max(1, round(data.train_share * count))]] = True
    return is_train


def own_sides(data: DataState, count: int) -> NDArray[np.bool_]:
    """Return which of so many points are to train on, (count,), if they are the learner's own."""
    chances = np.random.default_rng((data.seed, 1)).random(count)
    chances[:1] = 0.0
    return chances < data.train_share


def notes(data: DataState) -> tuple[str, ...]:
    """Return a sentence for everything about the points that a learner may wonder at."""
    split = draw(data)
    count = len(split.train.inputs)
    if count == 0:
        return ("There are no points to train on yet.",)
    found = []
    if data.task != REGRESSION and len(np.unique(split.train.targets)) == 1:
        found.append("All points to train on are of one class: nothing is learned but its name.")
    places, which = np.unique(split.train.inputs, axis=0, return_inverse=True)
    if len(places) < count:
        found.append(f"{count - len(places)} of the {count} points to train on lie on others.")
        pairs = np.column_stack([which.reshape(-1), split.train.targets.reshape(-1)])
        if len(np.unique(pairs, axis=0)) > len(places):
            found.append("Points at one place have different targets: no network fits them all.")
    if len(split.test.inputs) == 0:
        found.append("There are no points to test on.")
    return tuple(found)


def own_data(
    x: ArrayLike, y: ArrayLike, *, regression: bool = False, train_share: float = 0.8, seed: int = 0
) -> DataState:
    """Return the state of the learner's own points.

    Args:
        x: points (n, 2), coordinates from -6 to 6; rounded to four digits.
        y: (n,) or (n, 1): classes 0 to 7, or with `regression` values from -1 to 1.
        regression: whether `y` are values.
        train_share: share of the points to train on, 0.1 to 1.
        seed: of the split.

    Raises:
        ValueError: x or y is no array of finite numbers of that shape and size.
    """
    inputs, targets = _numbers("x", x), _numbers("y", y)
    if inputs.ndim != 2 or inputs.shape[1] != 2:
        raise ValueError(f"x should have the shape (n, 2), but has {inputs.shape}")
    if targets.shape not in [(len(inputs),), (len(inputs), 1)]:
        expected = f"({len(inputs)},) or ({len(inputs)}, 1)"
        raise ValueError(f"y should have the shape {expected}, as x has {inputs.shape}, "
                         f"but has {targets.shape}")  # fmt: skip
    largest = np.abs(inputs).max(initial=0.0)
    if largest > SQUARE:
        raise ValueError(f"x should lie between -6 and 6, but goes to {largest:g}: scale it first")
    kind = OWN_VALUES if regression else OWN_CLASSES
    rows = np.column_stack([inputs, targets.reshape(-1)]).round(DIGITS)
    points = tuple((float(a), float(b), float(c)) for a, b, c in rows)
    return DataState(kind, train_share=train_share, seed=seed, points=points)


def _numbers(name: str, values: ArrayLike) -> NDArray[np.float64]:
    try:
        array = np.asarray(values, dtype=np.float64)
    except (TypeError, ValueError):
        kind = type(values).__name__
        raise ValueError(f"{name} should be an array of numbers, but is {kind}") from None
    if not np.isfinite(array).all():
        raise ValueError(f"{name} should be finite numbers, but some are infinite or NaN")
    return array

"""The data sets of the playground: points of the square from -6 to 6 and what they are.

Each is drawn by a function of the number of points in all, a seed, and the noise. The noise is a
standard deviation in units of the plane; clouds get it on top of their own. What falls outside
the square is moved to its edge.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tfcourse_utils import data

__all__ = ["KINDS", "OWN_CLASSES", "OWN_VALUES", "SQUARE", "Array", "Drawn", "Kind"]

SQUARE = 6.0  # the largest coordinate

Array = NDArray[np.generic]
Drawn = tuple[NDArray[np.float32], Array]


class Kind(NamedTuple):
    """A data set.

    Attributes:
        is_regression: whether the targets are values from -1 to 1, not classes.
        classes: how many; 0 for regression, and for own points, which say it themselves.
        draw: from the number of points in all, seed and noise to inputs, (n, 2) float32, and
            targets, (n,); None for own points.
    """

    is_regression: bool
    classes: int
    draw: Callable[[int, int, float], Drawn] | None


def _in_square(inputs: Array, targets: Array) -> Drawn:
    return np.clip(inputs, -SQUARE, SQUARE).astype(np.float32), targets.reshape(-1)


def _clouds(samples: int, seed: int, noise: float) -> Drawn:
    return _in_square(*data.three_clouds(samples // 2, seed, ((-2, -2), (2, 2)), 1.0 + noise))


def _rings(samples: int, seed: int, noise: float) -> Drawn:
    inputs, targets = data.rings(samples // 2, seed, noise / 2.2)
    return _in_square(2.2 * inputs, targets)


def _xor(samples: int, seed: int, noise: float) -> Drawn:
    inputs, targets = data.xor_clouds(samples // 2, seed, (0.8 + noise) / 2.8)
    return _in_square(2.8 * inputs, targets)


def _spiral(samples: int, seed: int, noise: float) -> Drawn:
    inputs, targets = data.spirals(samples // 2, seed, noise / 2.6)
    return _in_square(2.6 * inputs, targets)


def _moons(samples: int, seed: int, noise: float) -> Drawn:
    inputs, targets = data.moons(samples // 2, seed, noise / 3.0)
    return _in_square(3.0 * (inputs - (0.5, 0.25)), targets)


def _three_clouds(samples: int, seed: int, noise: float) -> Drawn:
    centres = ((-3, -2), (3, -2), (0, 3))
    return _in_square(*data.three_clouds(samples // 3, seed, centres, 1.0 + noise))


def _plane(samples: int, seed: int, noise: float) -> Drawn:
    inputs, noisy = _uniform(samples, seed, noise)
    return inputs, noisy.sum(axis=1) / (2 * SQUARE)


_HILLS = ((-4, 2.5, 1), (0, 2.5, -1), (4, 2.5, 1), (-4, -2.5, -1), (0, -2.5, 1), (4, -2.5, -1))


def _hills(samples: int, seed: int, noise: float) -> Drawn:
    """Draw points of three hills of height 1 and three hollows, all 4 wide, 0 between them."""
    inputs, noisy = _uniform(samples, seed, noise)
    tops = np.array(_HILLS)
    distances = np.hypot(*(noisy[:, None, :] - tops[:, :2]).transpose(2, 0, 1))
    heights = tops[:, 2] * np.maximum(0.0, 1.0 - distances / 2.0)
    return inputs, heights.sum(axis=1).astype(np.float32)


def _uniform(samples: int, seed: int, noise: float) -> tuple[NDArray[np.float32], Array]:
    """Return points of the square, and where each is thought to be when its value is measured."""
    generator = np.random.default_rng(seed)
    inputs = generator.uniform(-SQUARE, SQUARE, (samples, 2)).astype(np.float32)
    noisy = inputs + generator.normal(0.0, noise, inputs.shape).astype(np.float32)
    return inputs, np.clip(noisy, -SQUARE, SQUARE)


OWN_CLASSES, OWN_VALUES = "own classes", "own values"

KINDS: dict[str, Kind] = {
    "clouds": Kind(False, 2, _clouds),
    "rings": Kind(False, 2, _rings),
    "xor": Kind(False, 2, _xor),
    "spiral": Kind(False, 2, _spiral),
    "moons": Kind(False, 2, _moons),
    "three clouds": Kind(False, 3, _three_clouds),
    "plane": Kind(True, 0, _plane),
    "hills": Kind(True, 0, _hills),
    OWN_CLASSES: Kind(False, 0, None),
    OWN_VALUES: Kind(True, 0, None),
}

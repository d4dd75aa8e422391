"""Small data sets in the plane and on a line, drawn from a seed.

Every function takes a seed of its own and neither reads nor changes the global ones: the
same arguments give the same arrays, whatever ran before. Coordinates have no unit. The data sets
with a story, of `tables`, can be had here too.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from .tables import DEPARTMENTS, HOUSE_COLUMNS, TAGS, WORDS, houses, tickets

Floats = NDArray[np.float32]
Integers = NDArray[np.int32]

__all__ = [
    "DEPARTMENTS",
    "HOUSE_COLUMNS",
    "TAGS",
    "WORDS",
    "houses",
    "moons",
    "noisy_parabola",
    "rings",
    "spirals",
    "three_clouds",
    "tickets",
    "xor_clouds",
]


def xor_clouds(samples_per_class: int, seed: int, noise: float = 0.35) -> tuple[Floats, Floats]:
    """Draw four clouds at the corners of a square; clouds on one diagonal share a class.

    Class 0 sits at (-1, -1) and (1, 1), class 1 at (-1, 1) and (1, -1).

    Args:
        samples_per_class: n ≥ 1; where n is odd, one corner of each class gets one point more.
        seed: fixes the draw.
        noise: standard deviation of each cloud in both directions, ≥ 0.

    Returns:
        (inputs, targets): float32 (2n, 2), and float32 (2n, 1) of 0 and 1, zeros first.

    Raises:
        ValueError: `samples_per_class` is below 1 or `noise` below 0.
    """
    _check(samples_per_class, noise)
    generator = np.random.default_rng(seed)
    side = np.where(np.arange(samples_per_class) % 2 == 0, 1.0, -1.0)
    corners = np.concatenate([np.stack([side, side], axis=1), np.stack([side, -side], axis=1)])
    return _jitter(corners, noise, generator), _two_classes(samples_per_class)


def rings(samples_per_class: int, seed: int, noise: float = 0.12) -> tuple[Floats, Floats]:
    """Draw two circles round the origin: class 1 of radius 0.8, class 0 of radius 2 round it.

    Args:
        samples_per_class: n ≥ 1, the number of points on each circle.
        seed: fixes the draw.
        noise: standard deviation of the noise added to both coordinates, ≥ 0.

    Returns:
        (inputs, targets): float32 (2n, 2), and float32 (2n, 1) of 0 and 1, zeros first.

    Raises:
        ValueError: `samples_per_class` is below 1 or `noise` below 0.
    """
    _check(samples_per_class, noise)
    generator = np.random.default_rng(seed)
    angles = generator.uniform(0.0, 2.0 * np.pi, 2 * samples_per_class)
    radii = np.repeat([2.0, 0.8], samples_per_class)
    circles = np.stack([radii * np.cos(angles), radii * np.sin(angles)], axis=1)
    return _jitter(circles, noise, generator), _two_classes(samples_per_class)


def moons(samples_per_class: int, seed: int, noise: float = 0.12) -> tuple[Floats, Floats]:
    """Draw two half circles of radius 1 that reach into each other.

    Class 0 is the upper half circle round (0, 0), class 1 the lower one round (1, 0.5),
    as in scikit-learn's `make_moons`.

    Args:
        samples_per_class: n ≥ 1, the number of points on each half circle.
        seed: fixes the draw.
        noise: standard deviation of the noise added to both coordinates, ≥ 0.

    Returns:
        (inputs, targets): float32 (2n, 2), and float32 (2n, 1) of 0 and 1, zeros first.

    Raises:
        ValueError: `samples_per_class` is below 1 or `noise` below 0.
    """
    _check(samples_per_class, noise)
    generator = np.random.default_rng(seed)
    angles = generator.uniform(0.0, np.pi, samples_per_class)
    upper = np.stack([np.cos(angles), np.sin(angles)], axis=1)
    lower = np.stack([1.0 - np.cos(angles), 0.5 - np.sin(angles)], axis=1)
    return _jitter(np.concatenate([upper, lower]), noise, generator), _two_classes(
        samples_per_class
    )


def spirals(samples_per_class: int, seed: int, noise: float = 0.05) -> tuple[Floats, Floats]:
    """Draw two spirals round the origin that lie between each other.

    Each begins near the origin and winds 1.75 times round it, out to radius 2; that of class 0
    is that of class 1 turned by half a circle.

    Args:
        samples_per_class: n ≥ 1, the number of points on each spiral.
        seed: fixes the draw.
        noise: standard deviation of the noise added to both coordinates, ≥ 0.

    Returns:
        (inputs, targets): float32 (2n, 2), and float32 (2n, 1) of 0 and 1, zeros first.

    Raises:
        ValueError: `samples_per_class` is below 1 or `noise` below 0.
    """
    _check(samples_per_class, noise)
    generator = np.random.default_rng(seed)
    shares = generator.uniform(0.02, 1.0, 2 * samples_per_class)
    turned = np.repeat([np.pi, 0.0], samples_per_class)
    angles = 1.75 * 2.0 * np.pi * shares + turned
    arms = 2.0 * shares[:, None] * np.stack([np.sin(angles), np.cos(angles)], axis=1)
    return _jitter(arms, noise, generator), _two_classes(samples_per_class)


def three_clouds(
    samples_per_class: int,
    seed: int,
    centres: Sequence[tuple[float, float]] = ((-2.0, 0.0), (2.0, 0.0), (0.0, 2.5)),
    noise: float = 0.8,
) -> tuple[Floats, Integers]:
    """Draw one round cloud for each class; three unless `centres` says otherwise.

    Args:
        samples_per_class: n ≥ 1, the number of points in each cloud.
        seed: fixes the draw.
        centres: the middle of each of the k clouds.
        noise: standard deviation of each cloud in both directions, ≥ 0.

    Returns:
        (inputs, labels): float32 (k·n, 2), and int32 (k·n,) from 0 to k - 1 in order.

    Raises:
        ValueError: `samples_per_class` is below 1 or `noise` below 0.
    """
    _check(samples_per_class, noise)
    generator = np.random.default_rng(seed)
    middles = np.repeat(np.asarray(centres, dtype=float), samples_per_class, axis=0)
    labels = np.repeat(np.arange(len(centres), dtype=np.int32), samples_per_class)
    return _jitter(middles, noise, generator), labels


def noisy_parabola(samples: int, seed: int, noise: float = 0.3) -> tuple[Floats, Floats]:
    """Draw points near the parabola y = x² - 1 for x between -2 and 2.

    Args:
        samples: n ≥ 1, the number of points.
        seed: fixes the draw.
        noise: standard deviation of the noise added to y, ≥ 0.

    Returns:
        (x, y): both float32 of shape (n, 1).

    Raises:
        ValueError: `samples` is below 1 or `noise` below 0.
    """
    _check(samples, noise, name="samples")
    generator = np.random.default_rng(seed)
    x = generator.uniform(-2.0, 2.0, (samples, 1))
    y = x**2 - 1.0 + generator.normal(0.0, noise, (samples, 1))
    return x.astype(np.float32), y.astype(np.float32)


def _check(samples: int, noise: float, name: str = "samples_per_class") -> None:
    if samples < 1:
        raise ValueError(f"{name} should be 1 or more, but is {samples}")
    if not noise >= 0:  # said this way round, NaN is refused too
        raise ValueError(f"noise should be 0 or more, but is {noise}")


def _jitter(points: NDArray[np.float64], noise: float, generator: np.random.Generator) -> Floats:
    return (points + generator.normal(0.0, noise, points.shape)).astype(np.float32)


def _two_classes(samples_per_class: int) -> Floats:
    return np.repeat(np.array([[0], [1]], dtype=np.float32), samples_per_class, axis=0)

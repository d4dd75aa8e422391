"""Functions to descend on: what they need to know, and a few with names."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

__all__ = ["NAMED", "Floats", "Landscape"]

Floats = NDArray[np.float64]


class Landscape(NamedTuple):
    """A function of one or two numbers.

    Attributes:
        formula: what to call it.
        dimensions: 1 or 2.
        look: maps a point, (dimensions,), to value and gradient there.
        height: maps a point to the value alone.
    """

    formula: str
    dimensions: int
    look: Callable[[Floats], tuple[float, Floats]]
    height: Callable[[Floats], float]


def _of_one(
    formula: str, value: Callable[[float], float], slope: Callable[[float], float]
) -> Landscape:
    def look(point: Floats) -> tuple[float, Floats]:
        x = float(point[0])
        return value(x), np.array([slope(x)])

    return Landscape(formula, 1, look, lambda point: value(float(point[0])))


def _of_two(
    formula: str,
    value: Callable[[float, float], float],
    slopes: Callable[[float, float], tuple[float, float]],
) -> Landscape:
    def look(point: Floats) -> tuple[float, Floats]:
        x, y = point.tolist()
        return value(x, y), np.array(slopes(x, y))

    return Landscape(formula, 2, look, lambda point: value(*point.tolist()))


#: At home between -4 and 4.
NAMED = {
    "valley": _of_one("x²", lambda x: x**2, lambda x: 2 * x),
    "two valleys": _of_one(
        "0.1·x⁴ − x² + 0.4·x",
        lambda x: 0.1 * x**4 - x**2 + 0.4 * x,
        lambda x: 0.4 * x**3 - 2 * x + 0.4,
    ),
    "kink": _of_one("|x|", abs, lambda x: float(np.sign(x))),
    "ravine": _of_two("½·x² + 10·y²", lambda x, y: x**2 / 2 + 10 * y**2, lambda x, y: (x, 20 * y)),
    "saddle": _of_two(
        "½·x² + 0.05·y⁴ − 0.4·y²",
        lambda x, y: x**2 / 2 + 0.05 * y**4 - 0.4 * y**2,
        lambda x, y: (x, 0.2 * y**3 - 0.8 * y),
    ),
    "hills": _of_two(
        "sin(x)·cos(y) + 0.1·(x² + y²)",
        lambda x, y: float(np.sin(x) * np.cos(y)) + 0.1 * (x**2 + y**2),
        lambda x, y: (
            float(np.cos(x) * np.cos(y)) + 0.2 * x,
            float(-np.sin(x) * np.sin(y)) + 0.2 * y,
        ),
    ),
}

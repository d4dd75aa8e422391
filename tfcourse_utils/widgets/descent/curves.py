"""What is drawn of a function: heights on a grid, and lines of equal height."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator

import numpy as np

from .landscapes import Floats, Landscape

__all__ = ["contour", "heights", "levels"]

Point = tuple[float, float]

HUGE = 1e30  # what is higher can't be drawn beside the rest


def heights(landscape: Landscape, along: Floats) -> Floats:
    """Return the heights over `along`, (n,), or over its square, (n, n), a row for each y.

    Heights that are huge or not finite, or that the function can't give, are NaN.
    """
    height = landscape.height
    if landscape.dimensions == 1:
        found = np.array([height(np.array([x])) for x in along])
    else:
        found = np.array([[height(np.array([x, y])) for x in along] for y in along])
    return np.where(np.abs(found) < HUGE, found, np.nan)


def levels(field: Floats, count: int) -> Floats:
    """Return so many heights to draw lines at, closer together near the lowest."""
    if not np.isfinite(field).any():
        return np.empty(0)
    low, high = np.nanmin(field), np.nanmax(field)
    return np.asarray(low + (high - low) * (np.arange(1, count + 1) / (count + 1)) ** 2)


def contour(
    field: Floats, level: float, pixel: Callable[[float, float], Point]
) -> Iterator[tuple[Point, Point]]:
    """Yield the pieces of the line where a grid of heights, (n, n), passes a level.

    Each cell is cut into two triangles, since the line crosses a triangle at most once.
    """
    n, rows = len(field), field.tolist()
    for row in range(n - 1):
        for column in range(n - 1):
            corners = [(column, row), (column + 1, row), (column + 1, row + 1), (column, row + 1)]
            for i, j, k in ((0, 1, 2), (0, 2, 3)):
                ends = _crossings([corners[i], corners[j], corners[k]], rows, level)
                if len(ends) == 2:
                    yield pixel(*ends[0]), pixel(*ends[1])


def _crossings(
    triangle: list[tuple[int, int]], rows: list[list[float]], level: float
) -> list[Point]:
    found = []
    for (x1, y1), (x2, y2) in zip(triangle, triangle[1:] + triangle[:1]):
        one, other = rows[y1][x1] - level, rows[y2][x2] - level
        if (one > 0) != (other > 0) and math.isfinite(one - other):
            share = one / (one - other)
            found.append((x1 + share * (x2 - x1), y1 + share * (y2 - y1)))
    return found

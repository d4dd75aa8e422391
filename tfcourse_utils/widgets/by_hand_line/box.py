"""The square of the plane that the picture shows, and where a line crosses it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from .classifier import Floats, Line

__all__ = ["SIZE", "Box", "Point", "ends", "frame", "region"]

Point = tuple[float, float]

SIZE = 400.0  # of the plot, in the SVG's own units


class Box(NamedTuple):
    """The square of the plane that the picture shows."""

    left: float
    bottom: float
    side: float

    def corners(self) -> list[Point]:
        right, top = self.left + self.side, self.bottom + self.side
        return [(self.left, self.bottom), (right, self.bottom), (right, top), (self.left, top)]

    def pixel(self, x: float, y: float) -> Point:
        """Return where a point goes in the plot; down is positive there."""
        scale = SIZE / self.side
        return (x - self.left) * scale, SIZE - (y - self.bottom) * scale


def frame(points: Floats) -> Box:
    """Return the smallest square with a margin round the points; a unit square for one."""
    low, high = points.min(axis=0), points.max(axis=0)
    extent = float((high - low).max())
    side = extent * 1.1 if extent > 1e-6 else 1.0
    left, bottom = (low + high) / 2 - side / 2
    return Box(float(left), float(bottom), side)


def _walk(line: Line, box: Box) -> Iterator[tuple[Point, bool, bool]]:
    """Go round the box; yield corners and crossings, as (point, called 1, is a crossing)."""
    corners = box.corners()
    gaps = [float(s) - line.threshold for s in line.scores(np.array(corners))]
    for i in range(4):
        (x, y), (next_x, next_y) = corners[i - 1], corners[i]
        gap, next_gap = gaps[i - 1], gaps[i]
        yield (x, y), gap > 0, False
        if (gap > 0) != (next_gap > 0):
            share = gap / (gap - next_gap)
            yield (x + share * (next_x - x), y + share * (next_y - y)), True, True


def ends(line: Line, box: Box) -> tuple[Point, Point] | None:
    """Return where the line enters and leaves the box; None where it does not cross it."""
    crossings = [point for point, _, crossing in _walk(line, box) if crossing]
    return (crossings[0], crossings[1]) if crossings else None


def region(line: Line, box: Box, called: bool) -> list[Point]:
    """Return the corners of the part of the box whose points are called 1 (or 0)."""
    return [
        point for point, one, crossing in _walk(line, box) if crossing or one == called
    ]  # Sutherland and Hodgman's clipping (1974) of a square by one half-plane

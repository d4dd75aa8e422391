"""The part of the plane that the picture shows, and what goes where in it."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from ..plot import around
from ..svg import axes, ticks
from .landscapes import Floats

__all__ = ["SIZE", "Box"]

SIZE = 400.0  # of the plot, in the SVG's own units
BEYOND = 3000.0  # pixels: so far outside that lines still leave in the right direction


class Box(NamedTuple):
    """A range of the horizontal and of the vertical axis."""

    left: float
    right: float
    bottom: float
    top: float

    def pixel(self, x: float, y: float) -> tuple[float, float]:
        """Return where a point goes in the plot; down is positive there."""
        across = (x - self.left) / (self.right - self.left) * SIZE
        down = SIZE - (y - self.bottom) / (self.top - self.bottom) * SIZE
        return float(np.clip(across, -BEYOND, BEYOND)), float(np.clip(down, -BEYOND, BEYOND))

    def shows(self, x: float, y: float) -> bool:
        return self.left <= x <= self.right and self.bottom <= y <= self.top

    @classmethod
    def round_curve(cls, limits: tuple[float, float], curve: Floats) -> Box:
        """Return the box with these limits that holds a curve, and a margin."""
        return cls(*limits, *around(curve))

    def axes(self, vertical: str) -> str:
        """Draw the frame, its numbers and the names of the axes."""
        across = [(x, self.pixel(x, 0.0)[0]) for x in ticks(self.left, self.right)]
        up = [(y, self.pixel(0.0, y)[1]) for y in ticks(self.bottom, self.top)]
        below_the_name = [(value, y) for value, y in up if 13 + y > 40]
        return axes(56, across, below_the_name, (8, vertical))

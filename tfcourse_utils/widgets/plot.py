"""A plot of any size within a picture: what goes where, its frame, lines and marks."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from .svg import INK, PAPER, number, ticks

__all__ = ["Plot", "around", "broken", "diamond", "text"]

BEYOND = 3000.0  # pixels: so far outside that lines still leave in the right direction


class Plot(NamedTuple):
    """A rectangle of the picture, and the ranges of values that it shows.

    Attributes:
        x, y, width, height: of the rectangle, in the picture's units.
        left, right, bottom, top: of the ranges.
    """

    x: float
    y: float
    width: float
    height: float
    left: float
    right: float
    bottom: float
    top: float

    def pixel(self, x: float, y: float) -> tuple[float, float]:
        """Return where a point goes in the rectangle; down is positive there."""
        across = (x - self.left) / (self.right - self.left) * self.width
        down = (self.top - y) / (self.top - self.bottom) * self.height
        return _bounded(across), _bounded(down)

    def shows(self, x: float, y: float) -> bool:
        return self.left <= x <= self.right and self.bottom <= y <= self.top

    def nearest(self, x: float, y: float, margin: float = 8.0) -> tuple[float, float]:
        """Return where a point goes, or the place at the edge where it would leave."""
        across, down = self.pixel(x, y)
        if self.shows(x, y):
            return across, down
        return (
            min(max(across, margin), self.width - margin),
            min(max(down, margin), self.height - margin),
        )

    def inside(self, *parts: str) -> str:
        """Place parts, drawn from the corner of the rectangle, and cut them off at its edges."""
        place = f'x="{self.x:g}" y="{self.y:g}" width="{self.width:g}" height="{self.height:g}"'
        return f'<svg {place} viewBox="0 0 {self.width:g} {self.height:g}">{"".join(parts)}</svg>'

    def line(self, xs: Iterable[float], ys: Iterable[float], style: str) -> str:
        """Draw a line through points; it breaks off where a point is not finite."""
        pieces, pen = [], "M"
        for x, y in zip(xs, ys):
            if not math.isfinite(y):
                pen = "M"
                continue
            pieces.append("{}{:.1f} {:.1f}".format(pen, *self.pixel(x, y)))
            pen = "L"
        return f'<path d="{"".join(pieces)}" style="fill: none; {style}"/>' if pieces else ""

    def frame(
        self,
        across: str,
        up: str,
        *,
        numbers_across: bool = True,
        signed: bool = True,
        marks_up: Sequence[tuple[float, str]] | None = None,
    ) -> str:
        """Draw the frame with its numbers, the name of each axis, and the line of zero.

        Args:
            across, up: names of the axes, plain text.
            numbers_across: False where a plot below has the same axis.
            signed: False where down is no less than up.
            marks_up: places and what is written there, where that is not the number itself.
        """
        low, high = self.y + self.height, self.x + self.width
        sides = f'x="{self.x:g}" y="{self.y:g}" width="{self.width:g}" height="{self.height:g}"'
        parts = [f'<rect {sides} style="fill: none; stroke: {INK}"/>']
        if across:
            parts.append(text(high, low + 38, across, "end", "font-style: italic"))
        parts.append(text(self.x - 40, self.y - 9, up, "start", "font-style: italic"))
        for value in ticks(self.left, self.right) if numbers_across else ():
            x = self.x + self.pixel(value, 0.0)[0]
            parts.append(text(x, low + 18, number(value), "middle"))
        if marks_up is None:
            places = ticks(self.bottom, self.top)
            marks_up = [(value, number(value if signed else abs(value))) for value in places]
        for value, shown in marks_up:
            y = self.y + self.pixel(0.0, value)[1]
            parts.append(text(self.x - 8, y + 5, shown, "end"))
        if self.bottom < 0 < self.top:
            y = self.y + self.pixel(0.0, 0.0)[1]
            style = f"stroke: {INK}; stroke-opacity: 0.35"
            parts.append(f'<path d="M{self.x:g} {y:.1f}H{high:g}" style="{style}"/>')
        return "".join(parts)


def around(values: NDArray[np.float64]) -> tuple[float, float]:
    """Return a range that holds all values that are finite, with a margin."""
    seen = values[np.isfinite(values)]
    low, high = (float(seen.min()), float(seen.max())) if len(seen) else (0.0, 1.0)
    margin = 0.08 * (high - low) if high - low > 1e-9 * (1 + abs(high)) else 1 + abs(high)
    return low - margin, high + margin


def _bounded(pixels: float) -> float:
    return min(max(pixels, -BEYOND), BEYOND)


def text(x: float, y: float, words: str, anchor: str = "start", style: str = "") -> str:
    """Write words that are known to be plain."""
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" style="{style}">{words}</text>'


def broken(heights: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return heights with a gap where they jump, which a line would show as a slope."""
    steps = np.abs(np.nan_to_num(np.diff(heights)))
    around = np.maximum(np.append(0, steps[:-1]), np.append(steps[1:], 0))
    jumps = np.flatnonzero((steps > 10 * around) & (steps > 0.05 * np.max(steps)))
    apart = heights.copy()
    apart[jumps] = np.nan
    return apart


def diamond(x: float, y: float, colour: str, hollow: bool = False, size: float = 8.0) -> str:
    """Draw a diamond round a place; a hollow one says that the place lies outside."""
    fill, edge, width = (PAPER, colour, 2.0) if hollow else (colour, PAPER, 1.2)
    path = f"M{x:.1f} {y - size:.1f}l{size:g} {size:g}l-{size:g} {size:g}l-{size:g}-{size:g}z"
    return f'<path d="{path}" style="fill: {fill}; stroke: {edge}; stroke-width: {width}"/>'

"""What the picture shows, in words."""

from __future__ import annotations

from ..svg import number
from .box import ends, frame
from .classifier import Booleans, Floats, Line, loss, right

__all__ = ["describe"]


def describe(line: Line, points: Floats, positive: Booleans) -> str:
    """Say in words what the picture shows."""
    line = line.snapped()
    count, total = int(right(line, points, positive).sum()), len(points)
    percent = 100 * count // total  # rounded down: 100% means all of them
    return (
        f"Loss {loss(line, points, positive):.3f}, accuracy {percent}%: "
        f"{count} of {total} points on the right side. {_course(line)}{_place(line, points)}"
    )


def _course(line: Line) -> str:
    if line.w0 == 0 and line.w1 == 0:
        called = int(line.b > line.threshold)
        return f"There is no line: both weights are 0, so every point is called {called}."
    if line.w1 == 0:
        side = "right" if line.w0 > 0 else "left"
        x = (line.threshold - line.b) / line.w0
        return f"The line is vertical, x = {number(x, 2)}; points to its {side} are called 1."
    slope, height = -line.w0 / line.w1, (line.threshold - line.b) / line.w1
    course = "level" if slope == 0 else "rising" if slope > 0 else "falling"
    side = "above" if line.w1 > 0 else "below"
    sign, size = ("−" if height < 0 else "+"), number(abs(height), 2)
    equation = f"y = {number(slope, 2)}·x {sign} {size}"
    return f"The line is {course}, {equation}; points {side} it are called 1."


def _place(line: Line, points: Floats) -> str:
    no_line = line.w0 == 0 and line.w1 == 0
    hidden = not no_line and ends(line, frame(points)) is None
    return " It lies outside the picture." if hidden else ""

"""The picture, as SVG text: the same for the live view, a printed page and a file."""

from __future__ import annotations

import math

from ..svg import INK, PAPER, TINTS, axes, picture, ticks
from .box import Box, Point, ends, frame, region
from .classifier import Booleans, Floats, Line, right
from .words import describe

__all__ = ["draw"]


def draw(line: Line, points: Floats, positive: Booleans) -> str:
    """Return the picture as SVG text, readable in light and dark themes and on its own."""
    line, box = line.snapped(), frame(points)
    plot = "".join(
        [
            _polygon(region(line, box, False), box, TINTS[0]),
            _polygon(region(line, box, True), box, TINTS[1]),
            _marks(line, points, positive, box),
            _stroke(line, box),
        ]
    )
    return picture(
        460,
        500,
        describe(line, points, positive),
        f'<svg x="44" y="8" width="400" height="400" viewBox="0 0 400 400">{plot}</svg>',
        f'<g style="fill: {INK}; stroke: none">{_axes(box)}{_legend()}</g>',
    )


def _polygon(corners: list[Point], box: Box, colour: str) -> str:
    path = " ".join("{:.1f},{:.1f}".format(*box.pixel(x, y)) for x, y in corners)
    return (
        f'<polygon points="{path}" style="fill: {colour}; fill-opacity: 0.16"/>' if corners else ""
    )


def _circle(x: float, y: float) -> str:
    return f"M{x - 4:.1f} {y:.1f}a4 4 0 1 0 8 0a4 4 0 1 0-8 0"


def _triangle(x: float, y: float) -> str:
    return f"M{x:.1f} {y - 5.5:.1f}l5 9h-10z"


def _marks(line: Line, points: Floats, positive: Booleans, box: Box) -> str:
    """Draw the points: shape and colour by target, hollow on the wrong side."""
    correct, paths = right(line, points, positive), []
    for is_positive, shape in ((False, _circle), (True, _triangle)):
        for is_right in (True, False):
            chosen = points[(positive == is_positive) & (correct == is_right)]
            path = "".join(shape(*box.pixel(x, y)) for x, y in chosen.tolist())
            paths.append(_mark(path, TINTS[is_positive], hollow=not is_right))
    return "".join(paths)


def _mark(path: str, colour: str, hollow: bool) -> str:
    fill, edge, width = (PAPER, colour, 2.0) if hollow else (colour, PAPER, 0.7)
    style = f"fill: {fill}; stroke: {edge}; stroke-width: {width}"
    return f'<path d="{path}" style="{style}"/>' if path else ""


def _stroke(line: Line, box: Box) -> str:
    """Draw the line, and from its middle an arrow in the direction of the weights."""
    crossing = ends(line, box)
    if crossing is None:
        return ""
    (x1, y1), (x2, y2) = (box.pixel(*end) for end in crossing)
    x, y = (x1 + x2) / 2, (y1 + y2) / 2
    length = math.hypot(line.w0, line.w1)
    right_by, down_by = line.w0 / length, -line.w1 / length
    return (
        f'<g style="stroke: {INK}; fill: none" stroke-width="2.5">'
        f'<path d="M{x1:.1f} {y1:.1f}L{x2:.1f} {y2:.1f}"/>'
        f"{_arrow(x, y, right_by, down_by, 36)}</g>"
    )


def _arrow(x: float, y: float, right_by: float, down_by: float, length: float) -> str:
    tip_x, tip_y = x + length * right_by, y + length * down_by
    back_x, back_y = tip_x - 9 * right_by, tip_y - 9 * down_by
    side_x, side_y = -5 * down_by, 5 * right_by
    return (
        f'<path d="M{x:.1f} {y:.1f}L{tip_x:.1f} {tip_y:.1f}'
        f"M{back_x + side_x:.1f} {back_y + side_y:.1f}L{tip_x:.1f} {tip_y:.1f}"
        f'L{back_x - side_x:.1f} {back_y - side_y:.1f}"/>'
    )


def _axes(box: Box) -> str:
    across = [(x, box.pixel(x, 0.0)[0]) for x in ticks(box.left, box.left + box.side)]
    up = [(y, box.pixel(0.0, y)[1]) for y in ticks(box.bottom, box.bottom + box.side)]
    return axes(44, across, up, (12, "y"))


def _legend() -> str:
    hollow = _mark(_circle(240, 463), TINTS[0], True)
    hollow += _mark(_triangle(254, 463), TINTS[1], True)
    arrow = f'<g style="stroke: {INK}; fill: none" stroke-width="2">{_arrow(44, 486, 1, 0, 26)}</g>'
    return (
        f"{_mark(_circle(50, 463), TINTS[0], False)}<text x='60' y='468'>target 0</text>"
        f"{_mark(_triangle(144, 463), TINTS[1], False)}<text x='154' y='468'>target 1</text>"
        f"{hollow}<text x='267' y='468'>on the wrong side</text>"
        f"{arrow}<text x='80' y='491'>the weights point to the side that is called 1</text>"
    )

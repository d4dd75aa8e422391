"""The picture, as SVG text: the function, the path over it, and where it stands."""

from __future__ import annotations

from functools import partial
from html import escape
from typing import NamedTuple

import numpy as np

from ..svg import INK, PAPER, TINTS, picture
from .box import SIZE, Box
from .curves import contour, heights, levels
from .descent import Path
from .landscapes import Floats, Landscape

__all__ = ["Ground", "draw", "ground", "marks"]

WIDTH, HEIGHT = 472, 510
ACROSS, SIDE = 161, 33  # samples of a curve, and of each side of a square


class Ground(NamedTuple):
    """What stays when the path changes: the box, and the function drawn in it."""

    box: Box
    svg: str
    curved: bool


def ground(landscape: Landscape, limits: tuple[float, float]) -> Ground:
    """Draw a function between the limits, which both axes share where it has two inputs."""
    along = np.linspace(*limits, ACROSS if landscape.dimensions == 1 else SIDE)
    field = heights(landscape, along)
    if landscape.dimensions == 1:
        box = Box.round_curve(limits, field)
        return Ground(box, _curve(along, field, box), curved=True)
    return Ground(Box(*limits, *limits), _contours(field), curved=False)


def marks(scene: Ground, path: Path) -> Floats:
    """Return where the points of a path are drawn, (k + 1, 2): on the curve, or in the plane."""
    on_curve = np.column_stack([path.points[:, 0], path.values])
    return on_curve if scene.curved else path.points


def draw(scene: Ground, path: Path, step: int, title: str, words: str) -> str:
    """Return the picture of a path at one of its steps."""
    drawn = marks(scene, path)
    slope = float(path.gradients[step, 0]) if scene.curved else None
    plot = scene.svg + _path(drawn, step, scene.box) + _here(drawn[step], slope, scene.box)
    return picture(
        WIDTH,
        HEIGHT,
        words,
        f'<svg x="56" y="8" width="400" height="400" viewBox="0 0 400 400">{plot}</svg>',
        f'<g style="fill: {INK}; stroke: none">'
        f"{scene.box.axes('f(x)' if scene.curved else 'y')}{_legend(scene.curved)}"
        f'<text x="256" y="446" text-anchor="middle">{escape(title)}</text></g>',
    )


def _curve(along: Floats, field: Floats, box: Box) -> str:
    pieces, pen = [], "M"
    for x, y in zip(along.tolist(), field.tolist()):
        if np.isnan(y):
            pen = "M"
            continue
        pieces.append("{}{:.1f} {:.1f}".format(pen, *box.pixel(x, y)))
        pen = "L"
    style = f"stroke: {INK}; stroke-width: 2; stroke-opacity: 0.6; fill: none"
    return f'<path d="{"".join(pieces)}" style="{style}"/>'


def _contours(field: Floats) -> str:
    """Draw lines of equal height, the higher the fainter, and a cross at each lowest sample."""
    n = len(field)
    pixel = partial(_sample_pixel, n)
    parts = []
    for index, level in enumerate(levels(field, 12)):
        line = "".join(
            f"M{x1:.1f} {y1:.1f}L{x2:.1f} {y2:.1f}"
            for (x1, y1), (x2, y2) in contour(field, float(level), pixel)
        )
        style = f"stroke: {INK}; stroke-opacity: {0.75 - 0.045 * index:.2f}; fill: none"
        parts.append(f'<path d="{line}" style="{style}"/>')
    for row, column in _lowest(field):
        x, y = pixel(column, row)
        cross = f"M{x - 6:.1f} {y:.1f}h12M{x:.1f} {y - 6:.1f}v12"
        parts.append(f'<path d="{cross}" style="stroke: {INK}; stroke-width: 2"/>')
    return "".join(parts)


def _lowest(field: Floats) -> list[tuple[int, int]]:
    """Return the lowest samples, row and column: all that are equal; of a plain only the first."""
    if not np.isfinite(field).any():
        return []
    low = np.nanmin(field)
    found = np.argwhere(field <= low + 1e-6 * (np.nanmax(field) - low)).tolist()
    return [(row, column) for row, column in (found if len(found) <= SIDE else found[:1])]


def _sample_pixel(n: int, column: float, row: float) -> tuple[float, float]:
    return SIZE * column / (n - 1), SIZE - SIZE * row / (n - 1)


def _path(drawn: Floats, step: int, box: Box) -> str:
    pixels = [box.pixel(x, y) for x, y in drawn.tolist()]
    line = "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in pixels[: step + 1])
    style = f"stroke: {TINTS[0]}; stroke-width: 1.5; fill: none"
    parts = [f'<path d="{line}" style="{style}"/>']
    for index, (x, y) in enumerate(pixels):
        faint = ' opacity="0.3"' if index > step else ""
        style = f"fill: {TINTS[0]}; stroke: {PAPER}; stroke-width: 0.7"
        parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" style="{style}"{faint}/>')
    x, y = pixels[0]
    style = f"fill: {PAPER}; stroke: {TINTS[0]}; stroke-width: 2"
    parts.append(f'<rect x="{x - 5:.1f}" y="{y - 5:.1f}" width="10" height="10" style="{style}"/>')
    return "".join(parts)


def _here(mark: Floats, slope: float | None, box: Box) -> str:
    """Mark where it is, hollow at the edge if that is outside; and on a curve its tangent."""
    x, y = mark.tolist()
    parts = []
    if slope is not None and box.shows(x, y):
        reach = 0.12 * (box.right - box.left)
        (x1, y1), (x2, y2) = (box.pixel(x + d, y + d * slope) for d in (-reach, reach))
        style = f"stroke: {TINTS[1]}; stroke-width: 2.5; stroke-dasharray: 7 4"
        parts.append(f'<path d="M{x1:.1f} {y1:.1f}L{x2:.1f} {y2:.1f}" style="{style}"/>')
    inside = box.shows(x, y)
    across, down = (float(np.clip(v, 10, SIZE - 10)) if not inside else v for v in box.pixel(x, y))
    fill, edge = (TINTS[1], PAPER) if inside else (PAPER, TINTS[1])
    style = f"fill: {fill}; stroke: {edge}; stroke-width: 1.5"
    parts.append(f'<path d="M{across:.1f} {down - 8:.1f}l8 8l-8 8l-8-8z" style="{style}"/>')
    return "".join(parts)


def _legend(curved: bool) -> str:
    first = f"fill: {PAPER}; stroke: {TINTS[0]}; stroke-width: 2"
    visited = f"fill: {TINTS[0]}; stroke: {PAPER}; stroke-width: 0.7"
    here = f"fill: {TINTS[1]}"
    if curved:
        style = f"stroke: {TINTS[1]}; stroke-width: 2.5; stroke-dasharray: 7 4"
        extra = f'<path d="M56 492h26" style="{style}"/><text x="90" y="497">slope there</text>'
    else:
        extra = f'<path d="M60 492h12M66 486v12" style="stroke: {INK}; stroke-width: 2"/>'
        extra += '<text x="90" y="497">lowest in the picture</text>'
    return (
        f'<rect x="60" y="463" width="10" height="10" style="{first}"/>'
        '<text x="78" y="473">start</text>'
        f'<circle cx="134" cy="468" r="4" style="{visited}"/>'
        '<text x="146" y="473">steps, faint those to come</text>'
        f'<path d="M350 460l8 8l-8 8l-8-8z" style="{here}"/>'
        f'<text x="366" y="473">where it is</text>{extra}'
    )

"""Small pictures of the square as SVG: shades, lines and points, in light and dark themes."""

from __future__ import annotations

import base64
from collections.abc import Callable, Sequence

import numpy as np
from contourpy import contour_generator
from numpy.typing import NDArray

from tfcourse_utils.playground import State
from tfcourse_utils.playground.kinds import SQUARE
from tfcourse_utils.playground.parts import REGRESSION, SEVERAL_CLASSES, TWO_CLASSES

from ...svg import INK, axes, picture
from ..palette import PAPERS, SHADES, Table, css, table
from ..still import png

__all__ = [
    "SIDE",
    "boundaries",
    "contours",
    "lines",
    "markers",
    "plain",
    "rings",
    "shading",
    "square",
    "themed",
]

Floats = NDArray[np.floating]

SIDE, LEFT, TOP = 400.0, 44.0, 8.0
PLACES = (-6.0, -3.0, 0.0, 3.0, 6.0)

# A path round (0, 0) for each class, as `plots.MARKERS`: circle, triangle, square, and so on.
SHAPES = (
    "m-4.5 0a4.5 4.5 0 1 0 9 0a4.5 4.5 0 1 0 -9 0z",
    "m0 -5.5l5 9h-10z",
    "m-4 -4h8v8h-8z",
    "m0 -5.5l5.5 5.5l-5.5 5.5l-5.5 -5.5z",
    "m0 5.5l5 -9h-10z",
    "m-1.7 -5h3.4v3.3h3.3v3.4h-3.3v3.3h-3.4v-3.3h-3.3v-3.4h3.3z",
)


def square(words: str, *parts: str) -> str:
    """Return SVG text of the square with its axes, and the words as its label."""
    across = [(value, _scaled(value)) for value in PLACES]
    up = [(value, SIDE - _scaled(value)) for value in PLACES]
    return plain(words, *parts, axes(LEFT, across, up, (8, "y")))


def plain(words: str, *parts: str) -> str:
    """Return SVG text of parts that are drawn where the square is."""
    return picture(LEFT + SIDE + 12, 456, words, *parts)


def themed(draw: Callable[[str], str]) -> str:
    """Return what is drawn for light themes and for dark; the style sheet shows one of them."""
    return "".join(f'<g class="playground-{theme}">{draw(theme)}</g>' for theme in PAPERS)


def shading(indices: Table, colours: Table, corner: tuple[float, float] = (LEFT, TOP)) -> str:
    """Draw places in a table of colours, (height, width) from below, 400 wide and high."""
    source = base64.b64encode(png(indices[::-1], colours)).decode()
    return (
        f'<image x="{corner[0]:g}" y="{corner[1]:g}" width="{SIDE:g}" height="{SIDE:g}" '
        f'preserveAspectRatio="none" href="data:image/png;base64,{source}"/>'
    )


def contours(values: Floats, level: float) -> list[Floats]:
    """Return the lines, (n, 2) in the plane each, where values (size, size) have a height."""
    steps = np.linspace(-SQUARE, SQUARE, len(values))
    generator = contour_generator(steps, steps, np.ma.masked_invalid(values))
    return [np.asarray(line) for line in generator.lines(level)]


def boundaries(state: State, outputs: Floats) -> list[Floats]:
    """Return the lines between classes, (n, 2) in the plane each; of values, where they are 0."""
    if state.data.task == SEVERAL_CLASSES:
        others = (
            outputs[..., k] - np.delete(outputs, k, axis=2).max(axis=2)
            for k in range(outputs.shape[2])
        )
        return [line for each in others for line in contours(each, 0.0)]
    return contours(outputs[..., 0], 0.0 if state.data.task == REGRESSION else 0.5)


def lines(found: Sequence[Floats], style: str) -> str:
    """Draw lines (n, 2) of the plane."""
    path = "".join(
        "M" + "L".join(f"{LEFT + _scaled(x):.1f} {TOP + SIDE - _scaled(y):.1f}" for x, y in line)
        for line in found
        if len(line)
    )
    return f'<path d="{path}" style="fill: none; {style}"/>' if path else ""


def markers(rows: Floats, task: str, theme: str) -> str:
    """Draw points, rows as of `encoding.point_rows`: each class in its colour and shape."""
    inks, rows = table(task, theme, 1.0), rows[:, :4]
    looks = np.unique(rows[:, 2:], axis=0)
    return "".join(
        _marked(
            rows[np.all(rows[:, 2:] == look, axis=1), :2],
            css(inks[int(look[0])]),
            "#808080" if task == REGRESSION else PAPERS[theme],  # values near 0 are like paper
            _shape(task, int(look[0])),
            bool(look[1]),
        )
        for look in looks
    )


def _shape(task: str, index: int) -> str:
    which = {SEVERAL_CLASSES: index // SHADES, TWO_CLASSES: index // 255}.get(task, 0)
    return SHAPES[which % len(SHAPES)]


def _marked(places: Floats, ink: str, edge: str, shape: str, is_test: bool) -> str:
    inner, outer = (edge, ink) if is_test else (ink, edge)
    return (
        f'<path d="{_path(places, shape)}" fill="{inner}" stroke="{outer}" '
        f'stroke-width="{1.6 if is_test else 0.8}"/>'
    )


def rings(places: Floats) -> str:
    """Draw a ring round each of some points (n, 2)."""
    ring = "m-8 0a8 8 0 1 0 16 0a8 8 0 1 0 -16 0z"
    style = f"fill: none; stroke: {INK}; stroke-width: 1.8"
    return f'<path d="{_path(places, ring)}" style="{style}"/>'


def _path(places: Floats, shape: str) -> str:
    return "".join(
        f"M{LEFT + _scaled(x):.1f} {TOP + SIDE - _scaled(y):.1f}{shape}" for x, y in places.tolist()
    )


def _scaled(value: float) -> float:
    return SIDE * (value + SQUARE) / (2 * SQUARE)

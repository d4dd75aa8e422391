"""The picture of a training: a plot for each quantity, and what its lines are."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Sequence
from html import escape
from typing import NamedTuple

import numpy as np

from ..plot import BEYOND, Plot, around, diamond, text
from ..svg import INK, PAPER, TINTS, picture
from .curves import Curve, Panel, heights
from .words import called, value

__all__ = ["Scene", "draw"]

Mark = Callable[[float, float], str]

WIDTH, TOP = 840.0, 100.0
HEIGHT, GAP, SIDE, MARGIN = 190.0, 84.0, 64.0, 12.0  # of a plot, below it, left and right of it
LETTERS = 112  # of a line
MOST_MARKS = 30
LINES = {
    "batches": f"stroke: {TINTS[0]}; stroke-width: 1.2; stroke-opacity: 0.7",
    "training": f"stroke: {TINTS[0]}; stroke-width: 2.5",
    "validation": f"stroke: {TINTS[1]}; stroke-width: 2.5; stroke-dasharray: 8 4",
}
MEANINGS = {
    "batches": "training, mean of the epoch so far",
    "training": "training, whole epochs",
    "validation": "validation",
}


class Scene(NamedTuple):
    """All that is drawn.

    Attributes:
        panels: the quantities.
        ends: from how many epochs to how many.
        figures: captions and values that stand above.
        share: which part of the planned epochs is over.
        closing: what is said below.
        words: what is seen, in words.
    """

    panels: Sequence[Panel]
    ends: tuple[float, float]
    figures: Sequence[tuple[str, str]]
    share: float
    closing: str
    words: str


def draw(scene: Scene) -> str:
    """Return the picture of a training, which says all that is to be kept of it."""
    columns = 1 if len(scene.panels) == 1 else 2
    rows = max(1, (len(scene.panels) + 1) // 2)
    bottom = TOP + rows * (HEIGHT + GAP)
    lines = textwrap.wrap(scene.closing, LETTERS)
    parts = [_head(scene), _legend(scene.panels, bottom)]
    parts += [text(4, bottom + 32 + 21 * i, escape(line)) for i, line in enumerate(lines)]
    for index, panel in enumerate(scene.panels):
        parts.append(_draw_panel(panel, _place(index, columns, panel, scene.ends)))
    if not scene.panels:
        parts.append(text(WIDTH / 2, TOP + HEIGHT / 2, "no batch yet", "middle"))
    height = bottom + 14 + (21 * len(lines) + 6 if lines else 0)
    return picture(WIDTH, height, scene.words, f'<g style="fill: {INK}">{"".join(parts)}</g>')


def _head(scene: Scene) -> str:
    """Draw the figures, and below them a bar that says how much is done."""
    parts = []
    for index, (caption, said) in enumerate(scene.figures):
        parts.append(text(4 + 150 * index, 16, caption, style="opacity: 0.7"))
        parts.append(text(4 + 150 * index, 40, said, style="font-size: 20px"))
    done = f'<rect x="4" y="54" width="{(WIDTH - 8) * scene.share:.1f}" height="4"'
    rest = f'<rect x="4" y="54" width="{WIDTH - 8:g}" height="4"'
    parts.append(f'{rest} style="fill: {INK}; fill-opacity: 0.15"/>')
    parts.append(f'{done} style="fill: {TINTS[0]}"/>')
    return "".join(parts)


def _place(index: int, columns: int, panel: Panel, ends: tuple[float, float]) -> Plot:
    row, column = divmod(index, columns)
    width = WIDTH / columns - SIDE - MARGIN
    corner = SIDE + column * (WIDTH / columns), TOP + row * (HEIGHT + GAP)
    return Plot(*corner, width, HEIGHT, *ends, *_span(panel))


def _span(panel: Panel) -> tuple[float, float]:
    values = heights(panel)
    low, high = around(values)
    return (low, high) if (values < 0).any() else (max(low, -0.02 * high), high)


def _draw_panel(panel: Panel, plot: Plot) -> str:
    lines = [_line(plot, getattr(panel, kind), style) for kind, style in LINES.items()]
    marks = [_marks(getattr(panel, kind), plot, mark) for kind, mark in MARKS.items()]
    name = escape(called(panel.name))
    shown = [
        plot.frame("epochs", f'<tspan style="font-weight: 600">{name}</tspan>'),
        plot.inside(*lines, *marks, _trouble(panel, plot)),
        text(plot.x + plot.width, plot.y - 9, _latest(panel), "end"),
    ]
    return "".join(shown)


def _line(plot: Plot, curve: Curve, style: str) -> str:
    """Draw a curve. It is drawn while a model trains: `Plot.line` would take thrice the time."""
    is_finite = np.isfinite(curve.ys)
    begins = (curve.breaks | ~np.append(False, is_finite[:-1]))[is_finite]
    across = (curve.xs - plot.left) * (plot.width / (plot.right - plot.left))
    down = (plot.top - curve.ys) * (plot.height / (plot.top - plot.bottom))
    places = np.stack([across, np.clip(down, -BEYOND, BEYOND)], axis=1)[is_finite]
    path = "".join("M%.1f %.1f" if begin else "L%.1f %.1f" for begin in begins.tolist())
    return f'<path d="{path % tuple(places.ravel().tolist())}" style="fill: none; {style}"/>'


def _marks(curve: Curve, plot: Plot, mark: Mark) -> str:
    """Mark each value of a curve, unless there are so many that they would hide the line."""
    if len(curve.xs) > MOST_MARKS:
        return ""
    places = (plot.pixel(x, y) for x, y in zip(curve.xs, curve.ys) if np.isfinite(y))
    return "".join(mark(x, y) for x, y in places)


def _dot(x: float, y: float) -> str:
    style = f"fill: {TINTS[0]}; stroke: {PAPER}"
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" style="{style}"/>'


def _diamond(x: float, y: float) -> str:
    return diamond(x, y, TINTS[1], size=5.5)


MARKS: dict[str, Mark] = {"training": _dot, "validation": _diamond}


def _trouble(panel: Panel, plot: Plot) -> str:
    """Draw a line where the quantity first was no finite number."""
    if panel.trouble is None:
        return ""
    epochs, bad = panel.trouble
    x = min(max(plot.pixel(epochs, 0)[0], 1.0), plot.width - 1)
    line = f'<path d="M{x:.1f} 0V{plot.height:g}" style="stroke: {INK}; stroke-dasharray: 2 4"/>'
    anchor, side = ("start", 6) if x < plot.width / 2 else ("end", -6)
    return line + text(x + side, 20, f"{value(bad)} here", anchor, "font-weight: 600")


def _latest(panel: Panel) -> str:
    training, validation = panel.now
    said = [] if training is None else [value(training)]
    if validation is not None:
        said.append(f"validation {value(validation)}")
    return ", ".join(said)


def _legend(panels: Sequence[Panel], y: float) -> str:
    """Write below the plots what the lines mean that are there."""
    kinds = [kind for kind in LINES if any(len(getattr(one, kind).xs) for one in panels)]
    parts, x = [], SIDE
    for kind in kinds:
        parts.append(f'<path d="M{x:g} {y - 5:g}h34" style="{LINES[kind]}"/>')
        if kind in MARKS:
            parts.append(MARKS[kind](x + 17, y - 5))
        parts.append(text(x + 42, y, MEANINGS[kind]))
        x += 42 + 7.2 * len(MEANINGS[kind]) + 26
    return "".join(parts)

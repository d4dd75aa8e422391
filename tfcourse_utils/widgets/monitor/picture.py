"""The picture of a training: a plot for each quantity, and what its lines are."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import numpy as np

from ..plot import BEYOND, Plot, around, diamond, text
from ..svg import INK, PAPER, TINTS, picture
from .curves import Curve, Panel, heights
from .words import called, value

__all__ = ["draw"]

WIDTH, SIDE, TOP = 840.0, 64.0, 38.0
HEIGHT = 190.0  # of a plot
MOST_MARKS = 30
LINES = {
    "batches": f"stroke: {TINTS[0]}; stroke-width: 1.2; stroke-opacity: 0.55",
    "training": f"stroke: {TINTS[0]}; stroke-width: 2.5",
    "validation": f"stroke: {TINTS[1]}; stroke-width: 2.5; stroke-dasharray: 8 4",
}
MEANINGS = {
    "batches": "training, mean of the epoch so far",
    "training": "training, whole epochs",
    "validation": "validation",
}


def draw(panels: Sequence[Panel], ends: tuple[float, float], words: str) -> str:
    """Return the picture of some quantities, from one number of epochs to another."""
    if not panels:
        waiting = text(WIDTH / 2, TOP + HEIGHT / 2, "no batch yet", "middle", f"fill: {INK}")
        return picture(WIDTH, TOP + HEIGHT + 86, words, waiting)
    columns = min(len(panels), 2)
    width = (WIDTH - columns * SIDE - (columns - 1) * 12 - 12) / columns
    parts = []
    for index, panel in enumerate(panels):
        row, column = divmod(index, columns)
        corner = SIDE + column * (width + SIDE + 12), TOP + row * (HEIGHT + 82)
        parts.append(_draw_panel(panel, Plot(*corner, width, HEIGHT, *ends, *_span(panel))))
    rows = (len(panels) + columns - 1) // columns
    height = TOP + rows * (HEIGHT + 82) + 4
    parts.append(_legend(panels, height - 18))
    return picture(WIDTH, height, words, f'<g style="fill: {INK}">{"".join(parts)}</g>')


def _span(panel: Panel) -> tuple[float, float]:
    low, high = around(heights(panel))
    return (max(low, -0.02 * high), high) if np.nanmin([0.0, *heights(panel)]) >= 0 else (low, high)


def _draw_panel(panel: Panel, plot: Plot) -> str:
    lines = [_line(plot, getattr(panel, kind), style) for kind, style in LINES.items()]
    marks = [_dots(panel.training, plot), _diamonds(panel.validation, plot)]
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


def _dots(curve: Curve, plot: Plot) -> str:
    if len(curve.xs) > MOST_MARKS:
        return ""
    places = (plot.pixel(x, y) for x, y in zip(curve.xs, curve.ys) if np.isfinite(y))
    style = f"fill: {TINTS[0]}; stroke: {PAPER}"
    return "".join(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" style="{style}"/>' for x, y in places)


def _diamonds(curve: Curve, plot: Plot) -> str:
    if len(curve.xs) > MOST_MARKS:
        return ""
    places = (plot.pixel(x, y) for x, y in zip(curve.xs, curve.ys) if np.isfinite(y))
    return "".join(diamond(x, y, TINTS[1], size=5.5) for x, y in places)


def _trouble(panel: Panel, plot: Plot) -> str:
    """Draw a line where the quantity stopped being a finite number."""
    if panel.trouble is None:
        return ""
    x = min(max(plot.pixel(panel.trouble, 0)[0], 1.0), plot.width - 1)
    line = f'<path d="M{x:.1f} 0V{plot.height:g}" style="stroke: {INK}; stroke-dasharray: 2 4"/>'
    anchor, side = ("start", 6) if x < plot.width / 2 else ("end", -6)
    return line + text(x + side, 20, "not finite from here", anchor, "font-weight: 600")


def _latest(panel: Panel) -> str:
    ys = panel.training.ys
    newest = panel.batches.ys if len(panel.batches.ys) else ys
    said = [value(float(newest[-1]))] if len(newest) else []
    if len(panel.validation.ys):
        said.append(f"validation {value(float(panel.validation.ys[-1]))}")
    return ", ".join(said)


def _legend(panels: Sequence[Panel], y: float) -> str:
    """Write below the plots what the lines mean that are there."""
    kinds = [kind for kind in LINES if any(len(getattr(one, kind).xs) for one in panels)]
    parts, x = [], SIDE
    for kind in kinds:
        parts.append(f'<path d="M{x:g} {y - 5:g}h34" style="{LINES[kind]}"/>')
        if kind == "training":
            style = f"fill: {TINTS[0]}; stroke: {PAPER}"
            parts.append(f'<circle cx="{x + 17:g}" cy="{y - 5:g}" r="4" style="{style}"/>')
        if kind == "validation":
            parts.append(diamond(x + 17, y - 5, TINTS[1], size=5.5))
        parts.append(text(x + 42, y, MEANINGS[kind]))
        x += 42 + 7.2 * len(MEANINGS[kind]) + 26
    return "".join(parts)

"""The picture, as SVG text: rates over the epochs, and a legend with the formulas."""

from __future__ import annotations

import math
from collections.abc import Sequence
from html import escape

import numpy as np

from ..plot import Plot, around, diamond, text
from ..svg import INK, TINTS, log_ticks, picture, short, ticks
from .named import Curve, Floats
from .words import Shown, rate

__all__ = ["draw"]

Marks = list[tuple[float, str]]

WIDTH = 560
LOOKS = (
    f"stroke: {TINTS[0]}",
    f"stroke: {TINTS[1]}; stroke-dasharray: 9 4",
    f"stroke: {TINTS[2]}; stroke-dasharray: 2 3",
)
DECADES = 6  # that a logarithmic axis shows at most


def draw(epoch: int, epochs: int, log: bool, shown: Sequence[Shown], words: str) -> str:
    """Return the picture of up to three schedules."""
    plot, marks = _axis(epochs, log, np.concatenate([one.curve.rates for one in shown]))
    watching = (
        (one.curve, losses, LOOKS[index])
        for index, one in enumerate(shown)
        if (losses := one.curve.losses) is not None
    )
    watched = next(watching, None)
    parts = [
        plot.frame("" if watched else "epoch", "learning rate", marks_up=marks,
                   numbers_across=watched is None),
        _upright(plot, epoch, f"epoch {epoch}"),
        *(_curve(plot, one, index, epoch, epochs, log) for index, one in enumerate(shown)),
    ]  # fmt: skip
    bottom = plot.y + plot.height
    if watched:
        curve, losses, look = watched
        below = _loss_plot(epochs, losses)
        parts += [_loss(below, curve, losses, look), _upright(below, epoch, "")]
        bottom = below.y + below.height
    for index, one in enumerate(shown):
        parts.append(_entry(one, index, epoch, bottom + 68 + 46 * index))
    height = bottom + 48 + 46 * len(shown)
    return picture(WIDTH, height, words, f'<g style="fill: {INK}">{"".join(parts)}</g>')


def _axis(epochs: int, log: bool, rates: Floats) -> tuple[Plot, Marks]:
    """Return the plot that holds the rates, or their logarithms, and the marks of its axis."""
    seen = rates[np.isfinite(rates)]
    low, high = _decades(seen[seen > 0]) if log else _range(seen)
    marks = _decade_marks(low, high) if log else [(v, short(v)) for v in ticks(low, high)]
    return Plot(68, 46, 476, 250, 0.0, float(epochs), low, high), marks


def _range(seen: Floats) -> tuple[float, float]:
    low, high = float(seen.min(initial=0.0)), float(seen.max(initial=0.0))
    margin = 0.06 * (high - low) or 1.0
    return low - margin if low < 0 else 0.0, high + margin


def _decade_marks(low: float, high: float) -> Marks:
    """Return the marks of an axis of logarithms."""
    return [(math.log10(value), short(value)) for value in log_ticks(10.0**low, 10.0**high)]


def _decades(seen: Floats) -> tuple[float, float]:
    """Return the powers of ten that the axis reaches from and to."""
    if not len(seen):
        return -4.0, 0.0
    high = math.log10(float(seen.max())) + 0.1
    low = max(math.log10(float(seen.min())), high - DECADES)
    return min(low, high - 1) - 0.1, high


def _curve(plot: Plot, one: Shown, index: int, epoch: int, epochs: int, log: bool) -> str:
    along, rates = _stairs(one.curve, epochs) if not one.per_batch else one.curve[:2]
    heights = _logs(rates) if log else rates
    line = plot.line(along.tolist(), heights.tolist(), f"{LOOKS[index]}; stroke-width: 2.5")
    here = float(_logs(np.array([one.here]))[0]) if log else one.here
    if math.isfinite(here):
        x, y = plot.nearest(epoch, here)
        mark = diamond(plot.x + x, plot.y + y, TINTS[index], not plot.shows(epoch, here), 8 - index)
    else:
        mark = ""
    return plot.inside(line) + mark


def _logs(rates: Floats) -> Floats:
    return np.log10(np.where(rates > 0, rates, np.nan))


def _stairs(curve: Curve, epochs: int) -> tuple[Floats, Floats]:
    """Return the corners of a line that keeps each rate until the next one begins."""
    ends = np.append(curve.along[1:], epochs)
    return np.column_stack([curve.along, ends]).ravel(), np.repeat(curve.rates, 2)


def _upright(plot: Plot, epoch: int, name: str) -> str:
    x = plot.x + plot.pixel(epoch, 0.0)[0]
    line = f'<path d="M{x:.1f} {plot.y:g}v{plot.height:g}"'
    middle = min(max(x, plot.x + 100), plot.x + plot.width - 30)
    label = text(middle, plot.y - 8, name, "middle") if name else ""
    return f'{line} style="stroke: {INK}; stroke-opacity: 0.5; fill: none"/>{label}'


def _loss_plot(epochs: int, losses: Floats) -> Plot:
    low, high = around(losses)
    return Plot(68, 336, 476, 110, 0.0, float(epochs), min(low, 0.0), high)


def _loss(plot: Plot, curve: Curve, losses: Floats, look: str) -> str:
    """Draw the loss that a schedule has watched, with a line where it has reduced the rate."""
    middles = (curve.along + 0.5).tolist()
    line = plot.line(middles, losses.tolist(), f"stroke: {INK}; stroke-width: 1.5")
    drops = curve.along[1:][np.diff(curve.rates) != 0].tolist()
    places = "".join(f"M{plot.pixel(at, 0)[0]:.1f} 0v{plot.height:g}" for at in drops)
    marks = f'<path d="{places}" style="{look}; stroke-width: 1.5"/>' if drops else ""
    return plot.frame("epoch", "validation loss, made up") + plot.inside(marks, line)


def _entry(one: Shown, index: int, epoch: int, y: float) -> str:
    """Write the legend of a schedule: its look, name, formula, and rate at the epoch."""
    style = f"{LOOKS[index]}; stroke-width: 2.5"
    return (
        f'<path d="M20 {y - 5:g}h38" style="{style}"/>'
        f"{text(68, y, escape(one.name), style='font-weight: 600')}"
        f"{text(544, y, f'{rate(one.here)} at epoch {epoch}', 'end')}"
        f"{text(68, y + 19, escape(one.formula), style='font-size: 13px')}"
    )

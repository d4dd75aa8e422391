"""The picture of one sample: losses over the prediction, and below them their gradients."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from html import escape
from typing import NamedTuple

import numpy as np

from ..plot import Plot, broken, diamond, text
from ..svg import INK, PAPER, TINTS, picture, short
from .curves import REACH, Here
from .named import LOGIT, NUMBER, PROBABILITY, Floats
from .words import gradient

__all__ = ["Shown", "draw"]

WIDTH = 560
#: Up to which loss, and up to which size of the gradient, the plots reach.
HEIGHTS = {NUMBER: (8.0, 5.0), PROBABILITY: (4.0, 8.0), LOGIT: (5.0, 1.25)}
LOOKS = (f"stroke: {TINTS[0]}", f"stroke: {TINTS[1]}; stroke-dasharray: 9 4")


class Shown(NamedTuple):
    """A loss as it is drawn: its curve, and the point at the prediction."""

    name: str
    along: Floats
    values: Floats
    gradients: Floats
    here: Here
    is_own: bool


def draw(predicted: str, target: float, prediction: float, shown: list[Shown], words: str) -> str:
    """Return the picture of one or two losses."""
    upper, lower = _plots(predicted, shown)
    parts = [
        upper.frame("", "loss", numbers_across=False),
        lower.frame(f"prediction, {predicted}", "gradient"),
        _upright(upper, lower, prediction, "prediction", f"stroke: {INK}; stroke-opacity: 0.5"),
    ]
    if predicted == LOGIT:  # the target is no place on this axis
        parts.append(text(544, 22, f"target {short(target)}", "end", "font-weight: 600"))
    else:
        style = f"stroke: {INK}; stroke-dasharray: 2 4; stroke-width: 2"
        parts.append(_upright(upper, lower, target, "target", style))
    for index, one in enumerate(shown):
        parts += _curves(upper, lower, one, index, prediction)
        parts.append(_entry(one, index, 530 + 24 * index))
    height = 530 + 24 * len(shown)
    return picture(WIDTH, height, words, f'<g style="fill: {INK}">{"".join(parts)}</g>')


def _plots(predicted: str, shown: list[Shown]) -> tuple[Plot, Plot]:
    """Return both plots, as high as the named losses need, or a learner's own."""
    low, high, steep = _heights(predicted, shown)
    margin = 0.06 * (high - low)
    reach = (0.0, 1.0) if predicted == PROBABILITY else REACH[predicted]
    return (
        Plot(56, 46, 488, 220, *reach, low - margin, high),
        Plot(56, 300, 488, 170, *reach, -steep, steep),
    )


def _heights(predicted: str, shown: list[Shown]) -> tuple[float, float, float]:
    """Return the lowest and the highest loss to show, and the largest size of a gradient."""
    own = [one for one in shown if one.is_own]
    tops, slopes = ([], []) if len(own) == len(shown) else ([one] for one in HEIGHTS[predicted])
    values, gradients = _finite(one.values for one in own), _finite(one.gradients for one in own)
    tops += [float(np.quantile(some, 0.85)) for some in values]
    slopes += [1.2 * float(np.quantile(np.abs(some), 0.85)) for some in gradients]
    low = min([0.0, *(float(np.quantile(some, 0.02)) for some in values)])
    high, steep = max([low, *tops]), max([0.0, *slopes])
    high = high if high - low > 1e-9 * (1 + abs(high)) else low + 1 + abs(low)
    return low, high, steep if steep > 1e-12 else 1.0


def _finite(parts: Iterable[Floats]) -> list[Floats]:
    """Return what is finite of each, leaving out those of which nothing is."""
    kept = (part[np.isfinite(part)] for part in parts)
    return [part for part in kept if len(part)]


def _upright(upper: Plot, lower: Plot, at: float, name: str, style: str) -> str:
    """Draw a line down through both plots, with its name above."""
    x = upper.x + upper.pixel(at, 0.0)[0]
    line = f'<path d="M{x:.1f} {upper.y:g}v{upper.height:g}M{x:.1f} {lower.y:g}v{lower.height:g}"'
    middle = min(max(x, upper.x + 40), upper.x + upper.width - 40)
    height = upper.y - (24 if name == "target" else 8)
    return f'{line} style="{style}; fill: none"/>' + text(middle, height, name, "middle")


def _curves(upper: Plot, lower: Plot, one: Shown, index: int, prediction: float) -> list[str]:
    along, style = one.along.tolist(), f"{LOOKS[index]}; stroke-width: 2.5"
    parts = [
        upper.inside(upper.line(along, one.values.tolist(), style), _tangent(upper, one, along)),
        lower.inside(lower.line(along, broken(one.gradients).tolist(), style)),
    ]
    for plot, at in ((upper, one.here.value), (lower, one.here.gradient)):
        if math.isfinite(at) and not (plot is lower and one.here.is_kink):
            x, y = plot.nearest(prediction, at)
            outside = not plot.shows(prediction, at)
            parts.append(diamond(plot.x + x, plot.y + y, TINTS[index], outside, 8 - index))
    if not np.isfinite(one.gradients).any():
        x, y = lower.x + lower.width / 2, lower.y + 40 + 24 * index
        halo = f"stroke: {PAPER}; stroke-width: 4; paint-order: stroke"
        parts.append(text(x, y, f"{escape(one.name)}: no gradient", "middle", halo))
    return parts


def _tangent(plot: Plot, one: Shown, along: Sequence[float]) -> str:
    """Draw the slope at the prediction, as a thin line."""
    found = one.here
    if not (math.isfinite(found.gradient) and math.isfinite(found.value)) or found.is_kink:
        return ""
    at = found.at
    reach = 0.12 * (along[-1] - along[0])
    ends = [(at + d, found.value + d * found.gradient) for d in (-reach, reach)]
    xs, ys = zip(*ends)
    return plot.line(xs, ys, f"stroke: {INK}; stroke-width: 1.2")


def _entry(one: Shown, index: int, y: float) -> str:
    """Write a line of the legend: the look of the curve, loss and gradient."""
    line = f'<path d="M56 {y - 5:g}h34" style="{LOOKS[index]}; stroke-width: 2.5"/>'
    said = f"loss {short(one.here.value)}, gradient {gradient(one.here)}"
    name = text(100, y, escape(one.name), style="font-weight: 600")
    return f"{line}{name}{text(544, y, said, 'end')}"

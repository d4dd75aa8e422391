"""The picture of an outlier: where it moves the constant that each loss likes best."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from ..plot import Plot, diamond, text
from ..svg import INK, PAPER, TINTS, picture
from .curves import CONSTANTS, REST
from .words import Pull, interval

__all__ = ["draw_pulls"]

WIDTH, ROW = 690, 40


def draw_pulls(outlier: float, pulls: Sequence[Pull], words: str) -> str:
    """Return the picture: the targets on a line, and a row for each loss below them."""
    height = ROW * (len(pulls) + 1.0)
    plot = Plot(220, 40, 310, height, CONSTANTS[0] - 0.4, CONSTANTS[1] + 0.4, -1, 1)
    parts = [_targets(plot, outlier), _axis(plot)]
    parts += [_row(plot, pull, plot.y + ROW * (row + 1.5)) for row, pull in enumerate(pulls)]
    parts.append(_legend(plot.y + height + 64))
    whole = f'<g style="fill: {INK}">{"".join(parts)}</g>'
    return picture(WIDTH, plot.y + height + 76, words, whole)


def _x(plot: Plot, value: float) -> float:
    return plot.x + plot.pixel(value, 0.0)[0]


def _targets(plot: Plot, outlier: float) -> str:
    y = plot.y + ROW / 2
    style = f"fill: {TINTS[0]}; stroke: {PAPER}"
    dots = "".join(
        f'<circle cx="{_x(plot, target):.1f}" cy="{y:g}" r="6" style="{style}"/>'
        for target in REST.tolist()
    )
    mark = diamond(_x(plot, outlier), y, TINTS[1], size=10)
    return f"{text(208, y + 5, 'targets', 'end', 'font-weight: 600')}{dots}{mark}"


def _axis(plot: Plot) -> str:
    base = plot.y + plot.height
    frame = f'<rect x="{plot.x}" y="{plot.y}" width="{plot.width}" height="{plot.height:g}"'
    parts = [f'{frame} style="fill: none; stroke: {INK}"/>']
    for value in range(-2, 13, 2):
        x = _x(plot, value)
        name = str(value).replace("-", "−")
        grid = f'<path d="M{x:.1f} {plot.y}V{base:g}" style="stroke: {INK}; stroke-opacity: 0.12"/>'
        parts.append(grid + text(x, base + 18, name, "middle"))
    titles = text(682, plot.y - 10, "without → with outlier", "end")
    return "".join(parts) + titles


def _row(plot: Plot, pull: Pull, y: float) -> str:
    without, best = pull.without, pull.best
    label = text(208, y + 5, escape(pull.name), "end")
    if pull.wrong or without is None or best is None:
        return label + text(542, y + 5, "can’t be used" if pull.wrong else "no lowest")
    before, after = (_x(plot, sum(ends) / 2) for ends in (without, best))
    hollow = f"fill: {PAPER}; stroke: {INK}; stroke-width: 1.5"
    said = text(542, y + 5, f"{interval(without)} → {interval(best)}", style="font-size: 12.5px")
    return (
        f"{label}{said}{_span(plot, without, y, 3)}{_span(plot, best, y, 6)}"
        f'<path d="M{before:.1f} {y:g}H{after:.1f}" style="stroke: {INK}; stroke-width: 1.5"/>'
        f'<circle cx="{before:.1f}" cy="{y:g}" r="5" style="{hollow}"/>'
        f'<path d="M{after:.1f} {y - 9:g}v18" style="stroke: {TINTS[2]}; stroke-width: 5"/>'
    )


def _span(plot: Plot, ends: tuple[float, float], y: float, width: float) -> str:
    """Draw the range of constants that are equally good."""
    low, high = (_x(plot, end) for end in ends)
    style = f"stroke: {TINTS[2]}; stroke-opacity: 0.45; stroke-width: {width}"
    return f'<path d="M{low:.1f} {y:g}H{high:.1f}" style="{style}"/>' if high - low > 1 else ""


def _legend(y: float) -> str:
    hollow = f"fill: {PAPER}; stroke: {INK}; stroke-width: 1.5"
    return (
        f"{diamond(66, y - 5, TINTS[1])}{text(82, y, 'the outlier')}"
        f'<circle cx="186" cy="{y - 5:g}" r="5" style="{hollow}"/>'
        f"{text(198, y, 'best constant without it')}"
        f'<path d="M392 {y - 14:g}v18" style="stroke: {TINTS[2]}; stroke-width: 5"/>'
        f"{text(402, y, 'with it')}"
    )

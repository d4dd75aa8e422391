"""The picture, as SVG text: curves and slopes on the left, histograms of layers on the right."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ..boxes import label
from ..plot import Plot, around, broken
from ..svg import INK, PAPER, TINTS, picture, short
from .calling import Floats
from .stack import UNITS, inputs
from .words import Shown

__all__ = ["draw"]

_WIDTH, _HEIGHT = 744.0, 510.0
_LEFT, _ACROSS, _DOWN, _STEP = 502.0, 228.0, 84.0, 150.0  # of the histograms
_BINS, _REACH = 30, 3.0
_SOLID = ("stroke-width: 3", "stroke-width: 3; stroke-dasharray: 14 3")
_DASHED = "stroke-width: 2; stroke-dasharray: 3 5"


def draw(shown: Sequence[Shown], along: Floats, x: float, depth: int, words: str) -> str:
    """Return the picture of one or two activations along an axis, marked at x."""
    plot = _plot(shown, along)
    parts = [_zero_and_x(plot, x)]
    parts += [_curves(one, along, plot, i) for i, one in enumerate(shown)]
    parts += [_marks(one, x, plot, i) for i, one in enumerate(shown)]
    return picture(
        _WIDTH,
        _HEIGHT,
        words,
        f'<g style="fill: {INK}; stroke: none">{plot.frame("x", "f(x)")}</g>',
        plot.inside(*parts),
        _legend(shown),
        _histograms(shown, depth),
    )


def _plot(shown: Sequence[Shown], along: Floats) -> Plot:
    heights = [part for one in shown for part in (one.curve.values, one.curve.slopes)]
    ends = float(along[0]), float(along[-1])
    return Plot(56, 26, 400, 382, *ends, *around(np.concatenate(heights)))


def _zero_and_x(plot: Plot, x: float) -> str:
    """Draw lines down through 0 and through x."""
    zero, here = (plot.pixel(at, 0.0)[0] for at in (0.0, x))
    thin, dotted = "stroke-opacity: 0.35", "stroke-opacity: 0.6; stroke-dasharray: 2 3"
    return "".join(
        f'<path d="M{at:.1f} 0V{plot.height:g}" style="stroke: {INK}; {style}"/>'
        for at, style in ((zero, thin), (here, dotted))
    )


def _curves(one: Shown, along: Floats, plot: Plot, index: int) -> str:
    xs, colour = along.tolist(), f"stroke: {TINTS[index]}"
    slope = plot.line(xs, broken(one.curve.slopes).tolist(), f"{colour}; {_DASHED}")
    return slope + plot.line(xs, one.curve.values.tolist(), f"{colour}; {_SOLID[index]}")


def _marks(one: Shown, x: float, plot: Plot, index: int) -> str:
    """Mark value and slope at x: filled and hollow, round for the first, square for the second.

    The hollow mark is wider, to be seen where both are the same.
    """
    filled = f"fill: {TINTS[index]}; stroke: {PAPER}; stroke-width: 1.5"
    hollow = f"fill: {PAPER}; stroke: {TINTS[index]}; stroke-width: 2.5"
    pairs = ((one.here.slopes[0], hollow, 9.0), (one.here.values[0], filled, 6.0))
    return "".join(
        _mark(*plot.pixel(x, float(y)), style, index, size)
        for y, style, size in pairs
        if np.isfinite(y)
    )


def _mark(x: float, y: float, style: str, index: int, size: float = 6.0) -> str:
    if index:
        sides = f'x="{x - size:.1f}" y="{y - size:.1f}" width="{2 * size:g}" height="{2 * size:g}"'
        return f'<rect {sides} style="{style}"/>'
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{size:g}" style="{style}"/>'


def _legend(shown: Sequence[Shown]) -> str:
    parts = []
    for index, one in enumerate(shown):
        y, colour = 468 + 26 * index, f"stroke: {TINTS[index]}; fill: none"
        for x, style, text in (
            (56, _SOLID[index], one.activation.name),
            (280, _DASHED, "its slope" if one.here.has_slope else "no slope"),
        ):
            parts.append(f'<path d="M{x} {y}h34" style="{colour}; {style}"/>')
            mark = "fill: {}; stroke: {}; stroke-width: {}".format(
                *((TINTS[index], PAPER, 1.5) if x == 56 else (PAPER, TINTS[index], 2.5))
            )
            parts.append(_mark(x + 17, y, mark, index) + label(x + 44, y + 5, text))
    return "".join(parts)


def _histograms(shown: Sequence[Shown], depth: int) -> str:
    """Draw how the numbers lie: the inputs, after one layer, and after the last."""
    rows: list[tuple[str, list[Floats]]] = [("normal inputs", [inputs()])]
    for number in sorted({1, depth}):
        layers = [one.stack.layers[number - 1].values for one in shown]
        rows.append((f"after {number} layer{'s' if number > 1 else ''}", layers))
    spread = f"weights: spread {short(shown[0].stack.factor)} / √{UNITS}, no biases"
    return label(_LEFT, 473, spread, font_size="12") + "".join(
        f'<g transform="translate({_LEFT:g} {8 + _STEP * row:g})">'
        f"{_histogram(title, fields, row > 0)}</g>"
        for row, (title, fields) in enumerate(rows)
    )


def _histogram(title: str, fields: Sequence[Floats], coloured: bool) -> str:
    """Draw shares of the numbers from −3 to 3; what is beyond is in the bars at the ends."""
    shares = [_shares(field) for field in fields]
    most = max(float(share.max()) for share in shares)
    top, highest = most or 1.0, f"highest: {most:.0%}" if most else ""
    colours = TINTS if coloured else [INK]
    bars = "".join(_bars(share / top, colours[i], i) for i, share in enumerate(shares))
    bottom = 18 + _DOWN + 16
    return (
        f'<g transform="translate(0 {bottom})">{bars}</g>'
        f'<path d="M0 {bottom}H{_ACROSS:g}" style="stroke: {INK}"/>'
        f"{label(0, 11, title, font_weight='600')}"
        f"{label(_ACROSS, 11, highest, text_anchor='end', font_size='12')}"
        f"{_spreads(fields)}{_below(bottom + 16)}"
    )


def _spreads(fields: Sequence[Floats]) -> str:
    """Write the spread of one field on the left, and of a second on the right."""
    texts = []
    for index, field in enumerate(fields):
        spread = short(float(field.std()), 2) if np.isfinite(field).all() else "not finite"
        anchor, x = ("start", 0.0) if index == 0 else ("end", _ACROSS)
        sign = ("●", "■")[index] if len(fields) > 1 else ""
        said = f"{sign} spread {spread}".strip()
        texts.append(label(x, 32, said, text_anchor=anchor, font_size="12"))
    return "".join(texts)


def _below(y: float) -> str:
    """Write the numbers of the horizontal axis."""
    ends = ((0.0, "≤ −3", "start"), (_ACROSS / 2, "0", "middle"), (_ACROSS, "≥ 3", "end"))
    return "".join(label(x, y, said, text_anchor=to, font_size="12") for x, said, to in ends)


def _shares(field: Floats) -> Floats:
    """Return the share of the numbers in each bin, what is not finite in none."""
    seen = np.clip(field[np.isfinite(field)], -_REACH, _REACH)
    counts, _ = np.histogram(seen, bins=_BINS, range=(-_REACH, _REACH))
    return counts / field.size


def _bars(heights: Floats, colour: str, index: int) -> str:
    """Draw filled bars for the first, and for the second only their outline."""
    wide, down = _ACROSS / _BINS, _DOWN - 12
    if index == 0:
        bars = "".join(
            f"M{i * wide:.1f} 0v{-down * h:.1f}h{wide:.1f}V0z" for i, h in enumerate(heights) if h
        )
        return f'<path d="{bars}" style="fill: {colour}; fill-opacity: 0.6; stroke: none"/>'
    line = "M0 0" + "".join(f"V{-down * h:.1f}h{wide:.1f}" for h in heights) + "V0"
    return f'<path d="{line}" style="fill: none; stroke: {colour}; stroke-width: 2"/>'

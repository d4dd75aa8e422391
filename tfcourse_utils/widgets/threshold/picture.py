"""The picture: scores of both classes, the confusion matrix, a curve, and the measures."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from ..plot import Plot, diamond, text
from ..svg import INK, PAPER, TINTS, number, picture
from .measures import (
    Counts,
    Curve,
    Measure,
    Measures,
    Shown,
    average_precision,
    measures,
    precision_recall,
    roc_area,
)
from .samples import Samples
from .words import ROC, short, value

__all__ = ["draw"]

WIDTH, HEIGHT = 650, 678
BINS = 40
FEWEST = 4.8  # samples that a half has room for, so that its axis counts in whole ones
TOP, HALF = 42, 116  # of the histogram and of the matrix, and the height of a class in both
POINTS = 400  # of a curve, at the most

Ints = NDArray[np.int64]


def draw(shown: Shown, curve: str, words: str) -> str:
    """Return the picture; `curve` says which curve it shows."""
    found = measures(shown.counts)
    parts = [
        _scores(shown.samples, shown.threshold),
        _matrix(shown.counts),
        _roc(shown, found) if curve == ROC else _precision_recall(shown, found),
        *(_measure(one, 372 + 50 * row) for row, one in enumerate(found)),
        _legend(),
    ]
    return picture(WIDTH, HEIGHT, words, f'<g style="fill: {INK}">{"".join(parts)}</g>')


def _scores(samples: Samples, threshold: float) -> str:
    """Draw two histograms back to back, target 0 up and target 1 down, and the threshold.

    Each has a scale of its own: of a rare class nothing would be seen beside the other.
    """
    low, high = samples.limits
    edges = np.linspace(low, high, BINS + 1)
    bins = [_bins(samples, positive, threshold, edges) for positive in (False, True)]
    above, below = (max(1.3 * int((right + wrong).max()), FEWEST) for right, wrong in bins)
    upper = Plot(56, TOP, 300, HALF, low, high, 0.0, above)
    lower = Plot(56, TOP + HALF, 300, HALF, low, high, -below, -1e-9)  # 0 is written once
    x = min(max(upper.pixel(threshold, 0.0)[0], 0.0), upper.width)
    bottom = lower.y + HALF
    return (
        upper.frame("", "samples", numbers_across=False)
        + lower.frame("score", "", signed=False)
        + upper.inside(*_bars(upper, edges, bins[0], 0))
        + lower.inside(*_bars(lower, edges, bins[1], 1))
        + f'<path d="M{upper.x + x:.1f} {TOP}V{bottom}" style="stroke: {INK}; stroke-width: 2.5"/>'
        + _sides(upper, upper.x + x, threshold)
        + text(62, TOP + 18, "target 0", style="font-weight: 600")
        + text(62, bottom - 8, "target 1", style="font-weight: 600")
        + text(56, bottom + 38, "each half has its own scale", style="font-size: 12px")
    )


def _bins(samples: Samples, positive: bool, threshold: float, edges: NDArray) -> list[Ints]:
    """Count a class by bin: those called rightly, and those called wrongly."""
    scores = samples.scores[samples.positive == positive]
    right = (scores > threshold) == positive
    return [np.histogram(scores[chosen], edges)[0] for chosen in (right, ~right)]


def _bars(plot: Plot, edges: NDArray, pair: list[Ints], positive: int) -> list[str]:
    return [
        _bar(plot, edges, index, base, count, positive, wrong)
        for index, base, count, wrong in _stacks(*pair)
    ]


def _stacks(right: Ints, wrong: Ints) -> Iterator[tuple[int, int, int, bool]]:
    """Yield the bars of a class: (bin, where it begins, how many, whether wrong)."""
    for index, (rights, wrongs) in enumerate(zip(right.tolist(), wrong.tolist())):
        if rights:
            yield index, 0, rights, False
        if wrongs:
            yield index, rights, wrongs, True


def _bar(
    plot: Plot, edges: NDArray, index: int, base: int, count: int, positive: int, wrong: bool
) -> str:
    sign = -1 if positive else 1
    x1, y1 = plot.pixel(float(edges[index]), sign * base)
    x2, y2 = plot.pixel(float(edges[index + 1]), sign * (base + count))
    fill = PAPER if wrong else TINTS[positive]
    sides = f'x="{x1 + 1:.1f}" y="{min(y1, y2):.1f}" width="{x2 - x1 - 2:.1f}"'
    style = f"fill: {fill}; stroke: {TINTS[positive]}; stroke-width: 1.5"
    return f'<rect {sides} height="{abs(y2 - y1):.1f}" style="{style}"/>'


def _sides(plot: Plot, x: float, threshold: float) -> str:
    """Write what the two sides of the threshold are called, and the threshold below it."""
    middle = min(max(x, plot.x + 66), plot.x + plot.width - 66)
    said = text(middle, TOP - 24, f"threshold {short(threshold)}", "middle", "font-weight: 600")
    sides = text(middle - 8, TOP - 8, "← called 0", "end") + text(middle + 8, TOP - 8, "called 1 →")
    return said + sides


def _matrix(counts: Counts) -> str:
    """Draw the counts in the order of the histogram beside it: rows by target."""
    left, width = 424, 105
    parts = [
        text(left + width * (0.5 + called), TOP - 8, f"called {called}", "middle")
        for called in (0, 1)
    ]
    names = ("true negatives", "false positives", "false negatives", "true positives")
    for index, (name, number_of) in enumerate(zip(names, counts)):
        row, column = divmod(index, 2)
        whole = counts.positives if row else counts.negatives
        x, y = left + column * width, TOP + row * HALF
        parts.append(_cell(x, y, width, name, number_of, whole, row))
    for row in (0, 1):
        parts.append(text(left - 8, TOP + HALF * (0.5 + row) - 4, "target", "end"))
        parts.append(text(left - 8, TOP + HALF * (0.5 + row) + 14, f"{row}", "end"))
    return "".join(parts)


def _cell(x: float, y: float, width: float, name: str, count: int, whole: int, row: int) -> str:
    """Draw a count: the darker, the larger its share of the row; wrong ones in a dashed edge."""
    share = count / whole if whole else 0.0
    dashes = "; stroke-dasharray: 5 4" if name.startswith("false") else ""
    style = f"fill: {TINTS[row]}; fill-opacity: {0.55 * share:.2f}; stroke: {TINTS[row]}"
    sides = f'x="{x + 2:g}" y="{y + 2:g}" width="{width - 4:g}" height="{HALF - 4:g}" rx="4"'
    middle = x + width / 2
    below = f"{share:.0%} of the row" if whole else "the row is empty"
    return (
        f'<rect {sides} style="{style}; stroke-width: 2{dashes}"/>'
        f"{text(middle, y + 52, str(count), 'middle', 'font-size: 26px; font-weight: 600')}"
        f"{text(middle, y + 76, name, 'middle', 'font-size: 11px')}"
        f"{text(middle, y + 96, below, 'middle', 'font-size: 11px')}"
    )


def _roc(shown: Shown, found: Measures) -> str:
    plot, curve = _square(), shown.roc
    frame = plot.frame("false positive rate", "recall")
    if curve is None:
        return frame + _remark(plot, "all targets are the same")
    chance = plot.line((0, 1), (0, 1), f"stroke: {INK}; stroke-dasharray: 5 4")
    style, thin = f"stroke: {TINTS[2]}; stroke-width: 2.5", _thinned(curve)
    line = plot.line(thin.across.tolist(), thin.up.tolist(), style)
    here = _here(plot, found.false_positive_rate.value, found.recall.value)
    area = _remark(plot, f"AUC {number(roc_area(curve), 3)}", 0.8)
    return frame + plot.inside(chance, line) + here + area


def _precision_recall(shown: Shown, found: Measures) -> str:
    plot, curve = _square(), precision_recall(shown.samples)
    frame = plot.frame("recall", "precision")
    if curve is None:
        return frame + _remark(plot, "no target is 1")
    share = shown.counts.positives / len(shown.samples.scores)
    chance = plot.line((0, 1), (share, share), f"stroke: {INK}; stroke-dasharray: 5 4")
    thin = _thinned(curve)
    recalls = np.repeat(np.append(0.0, thin.across), 2)[1:-1]  # steps: each precision holds
    style = f"stroke: {TINTS[2]}; stroke-width: 2.5"  # back to the recall before
    line = plot.line(recalls.tolist(), np.repeat(thin.up, 2).tolist(), style)
    area = _remark(plot, f"average precision {number(average_precision(curve), 3)}", 0.12)
    here = _here(plot, found.recall.value, found.precision.value)
    return frame + plot.inside(chance, line) + here + area


def _square() -> Plot:
    return Plot(56, 358, 250, 250, -0.02, 1.02, -0.02, 1.02)


def _thinned(curve: Curve) -> Curve:
    """Return the curve with no more points than can be seen, first and last among them."""
    if len(curve.across) <= POINTS:
        return curve
    chosen = np.linspace(0, len(curve.across) - 1, POINTS).astype(int)
    return Curve(curve.across[chosen], curve.up[chosen])


def _here(plot: Plot, across: float | None, up: float | None) -> str:
    if across is None or up is None:
        return _remark(plot, "precision is undefined here")
    x, y = plot.pixel(across, up)
    return diamond(plot.x + x, plot.y + y, INK)


def _remark(plot: Plot, words: str, depth: float = 0.5) -> str:
    x, y = plot.x + plot.width / 2, plot.y + depth * plot.height
    halo = f"stroke: {PAPER}; stroke-width: 4; paint-order: stroke"
    return text(x, y, words, "middle", halo)


def _measure(one: Measure, y: float) -> str:
    """Write a measure with its formula and the numbers in it, over a bar as long as it is large."""
    left, width = 348, 286
    length = width * (one.value or 0.0)
    name = text(left, y, one.name, style="font-weight: 600")
    sums = text(left, y + 17, f"{one.formula} = {one.part} / {one.whole}", style="font-size: 12px")
    return (
        f"{name}{sums}{text(left + width, y, value(one), 'end', 'font-weight: 600')}"
        f'<rect x="{left}" y="{y + 23:g}" width="{width}" height="6" '
        f'style="fill: {INK}; fill-opacity: 0.12"/>'
        f'<rect x="{left}" y="{y + 23:g}" width="{length:.1f}" height="6" '
        f'style="fill: {TINTS[2]}"/>'
    )


def _legend() -> str:
    boxes = [
        f'<rect x="{x}" y="{HEIGHT - 19}" width="10" height="10" '
        f'style="fill: {fill}; stroke: {tint}; stroke-width: 1.5"/>'
        for x, fill, tint in (
            (56, TINTS[0], TINTS[0]),
            (70, TINTS[1], TINTS[1]),
            (190, PAPER, TINTS[0]),
            (204, PAPER, TINTS[1]),
        )
    ]
    here = diamond(336, HEIGHT - 14, INK)
    dashes = f"stroke: {INK}; stroke-dasharray: 5 4"
    chance = f'<path d="M462 {HEIGHT - 14}h26" style="{dashes}"/>'
    words = [
        text(86, HEIGHT - 9, "called rightly"),
        text(220, HEIGHT - 9, "called wrongly"),
        text(350, HEIGHT - 9, "this threshold"),
        text(496, HEIGHT - 9, "chance"),
    ]
    return "".join([*boxes, here, chance, *words])

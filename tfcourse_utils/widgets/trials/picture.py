"""The picture, as SVG text: an axis for each hyperparameter, and a line for each trial."""

from __future__ import annotations

import math
from collections.abc import Sequence
from html import escape
from typing import NamedTuple

from ..plot import diamond, text
from ..svg import INK, PAPER, TINTS, clipped, picture
from .search import Axis, Range, Search, Trial, fifth
from .table import draw_table

__all__ = ["draw"]

TOP, HEIGHT, NOWHERE = 58.0, 260.0, 34.0  # NOWHERE: how far below an axis "not set" stands
LEFT, GAP, LEAST = 84.0, 104.0, 620.0

#: Colour, width and opacity, best fifth first: told apart by width as well as by colour.
LOOKS = (
    (TINTS[0], 2.6, 1.0),
    (TINTS[0], 1.7, 0.6),
    (INK, 1.2, 0.4),
    (TINTS[1], 1.1, 0.65),
    (TINTS[1], 0.8, 0.9),
)
CROWD = 60  # trials, of which more are drawn in thinner lines
FAILED = f"stroke: {INK}; stroke-width: 1.2; stroke-dasharray: 3 4; stroke-opacity: 0.7"
LEFT_OUT = f"stroke: {INK}; stroke-width: 0.8; stroke-opacity: 0.1"


class Ground(NamedTuple):
    """The axes of a picture and where they stand."""

    search: Search
    axes: tuple[Axis, ...]
    width: float

    def x(self, index: int) -> float:
        last = max(len(self.axes) - 1, 1)
        return LEFT + index * (self.width - LEFT - 64) / last

    def points(self, trial: Trial) -> list[tuple[float, float]]:
        """Return where a trial crosses each axis, below it where it has no value."""
        places = [axis.place(axis.value(trial)) for axis in self.axes]
        return [(self.x(index), _y(place)) for index, place in enumerate(places)]


def draw(
    search: Search, ranges: Sequence[Range], shown: Sequence[Trial], rank: int, words: str
) -> str:
    """Return the picture of a search, with the trials outside the ranges faint."""
    axes = (*search.axes, search.score)
    ground = Ground(search, axes, max(LEAST, LEFT + 64 + GAP * (len(axes) - 1)))
    below = TOP + HEIGHT + NOWHERE + 30
    chosen = shown[rank] if shown else None
    parts = [
        _lines(ground, shown),
        *(_axis(ground, index) for index in range(len(axes))),
        *(_brush(ground, part) for part in ranges if not part.is_whole),
        _marks(ground, chosen),
        _legend(ground.width, below),
    ]
    table = draw_table(search, chosen, below + 48, ground.width)
    parts.append(table.svg)
    whole = f'<g style="fill: {INK}">{"".join(parts)}</g>'
    return picture(ground.width, below + 60 + table.height, words, whole)


def _y(place: float | None) -> float:
    return TOP + HEIGHT + NOWHERE if place is None else TOP + HEIGHT * (1 - place)


def _lines(ground: Ground, shown: Sequence[Trial]) -> str:
    """Draw every trial, the best last and so on top."""
    classes, names = fifth(ground.search), {trial.name for trial in shown}
    faint = [trial for trial in ground.search.trials if trial.name not in names]
    parts = [_line(ground, trial, LEFT_OUT) for trial in faint]
    thin = min(1.0, math.sqrt(CROWD / max(len(shown), 1)))
    for trial in reversed(shown):
        look = FAILED if trial.score is None else _look(classes[trial.name], thin)
        parts.append(_line(ground, trial, look))
    return "".join(parts)


def _look(index: int, thin: float = 1.0) -> str:
    tint, width, opacity = LOOKS[index]
    return f"stroke: {tint}; stroke-width: {thin * width:.2g}; stroke-opacity: {opacity:g}"


def _line(ground: Ground, trial: Trial, look: str) -> str:
    points = ground.points(trial)
    if len(points) == 1:
        points.append((points[0][0] + 8, points[0][1]))
    line = "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points)
    return f'<path d="{line}" style="fill: none; stroke-linejoin: round; {look}"/>'


def _axis(ground: Ground, index: int) -> str:
    axis, x = ground.axes[index], ground.x(index)
    style = f"stroke: {INK}; stroke-width: {2 if axis.is_score else 1.2}"
    parts = [f'<path d="M{x:.1f} {TOP:g}v{HEIGHT:g}" style="{style}"/>']
    halo = f"font-size: 12px; stroke: {PAPER}; stroke-width: 3; paint-order: stroke"
    for value in axis.marks():
        y = _y(axis.place(value))
        parts.append(f'<path d="M{x - 4:.1f} {y:.1f}h4" style="stroke: {INK}"/>')
        parts.append(text(x - 7, y + 4, escape(clipped(axis.write(value), 11)), "end", halo))
    if any(axis.value(trial) is None for trial in ground.search.trials):
        said = "no score" if axis.is_score else "not set"
        y = TOP + HEIGHT + NOWHERE
        parts.append(f'<circle cx="{x:.1f}" cy="{y:g}" r="3" style="fill: {INK}"/>')
        parts.append(text(x, y + 18, said, "middle", f"{halo}; font-style: italic"))
    height = TOP - (12 if index % 2 == len(ground.axes) % 2 else 32)  # names may be long
    weight = f"font-weight: {700 if axis.is_score else 500}"
    anchor = "end" if axis.is_score else "middle"
    return "".join(parts) + text(
        x + (60 if axis.is_score else 0), height, escape(clipped(axis.name, 24)), anchor, weight
    )


def _brush(ground: Ground, part: Range) -> str:
    """Draw the part of an axis that is kept, and say what it is."""
    x = ground.x(ground.axes.index(part.axis))
    top, bottom = _y(part.high), _y(part.low)
    style = f"fill: {TINTS[2]}; fill-opacity: 0.3; stroke: {TINTS[2]}; stroke-width: 1.5"
    height = max(bottom - top, 2)
    box = f'<rect x="{x - 7:.1f}" y="{top:.1f}" width="14" height="{height:.1f}" rx="3"'
    drawn = f'{box} style="{style}"/>'
    if part.axis.categories:
        return drawn
    halo = f"font-size: 12px; stroke: {PAPER}; stroke-width: 4; paint-order: stroke"
    ends = [(top, part.high), (bottom + 8, part.low)]
    return drawn + "".join(
        text(x + 11, y, part.axis.write(part.axis.at(end)), "start", halo) for y, end in ends
    )


def _marks(ground: Ground, chosen: Trial | None) -> str:
    """Mark the best trial by diamonds, and the chosen one by a dark line with rings."""
    parts = []
    if chosen is not None:
        parts.append(_line(ground, chosen, f"stroke: {INK}; stroke-width: 2.6"))
    for x, y in ground.points(ground.search.finished[0]) if ground.search.finished else []:
        parts.append(diamond(x, y, TINTS[0], size=7))
    style = f"fill: none; stroke: {INK}; stroke-width: 2.2"
    for x, y in ground.points(chosen) if chosen is not None else []:
        parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="9" style="{style}"/>')
    return "".join(parts)


def _legend(width: float, y: float) -> str:
    parts = [text(20, y + 5, "best fifth")]
    for index in range(len(LOOKS)):
        parts.append(f'<path d="M{92 + 34 * index} {y:g}h28" style="{_look(index)}"/>')
    parts += [
        text(266, y + 5, "worst fifth"),
        f'<path d="M352 {y:g}h28" style="{FAILED}"/>',
        text(386, y + 5, "no score"),
        diamond(464, y, TINTS[0], size=7),
        text(477, y + 5, "best"),
        f'<path d="M522 {y:g}h28" style="stroke: {INK}; stroke-width: 2.6"/>',
        f'<circle cx="536" cy="{y:g}" r="7" style="fill: none; stroke: {INK}; stroke-width: 2.2"/>',
        text(558, y + 5, "chosen"),
    ]
    return "".join(parts)

"""Boxes with text in them: what pictures of shapes and of small tensors are made of."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Sequence
from html import escape
from typing import NamedTuple

from .shapes import Shape
from .svg import INK, TINTS, picture

__all__ = [
    "Drawing",
    "box",
    "fits",
    "flow",
    "label",
    "notice",
    "places",
    "remark",
    "sheet",
    "table",
    "tensor",
]

# Told apart by line and weight of the text as well as by colour.
LOOKS = {
    "plain": f"fill: none; stroke: {INK}; stroke-width: 1.2",
    "dashed": f"fill: none; stroke: {INK}; stroke-width: 1.2; stroke-dasharray: 5 4",
    "faint": f"fill: none; stroke: {INK}; stroke-width: 1; stroke-opacity: 0.25",
    "taken": f"fill: {TINTS[0]}; fill-opacity: 0.2; stroke: {TINTS[0]}; stroke-width: 2",
    "marked": f"fill: {TINTS[1]}; fill-opacity: 0.25; stroke: {TINTS[1]}; stroke-width: 3.5",
    "bare": "fill: none; stroke: none",
}
BOLD = ("taken", "marked")

_MOST_COLUMNS, _MOST_ROWS = 16, 10
_NOTICE = 480.0  # wide
_AXIS_GAP = 14.0  # between the matrices of a tensor of more than two axes


class Drawing(NamedTuple):
    """SVG text and the room it takes, from (0, 0)."""

    width: float
    height: float
    svg: str


def label(x: float, y: float, text: str, **attributes: str) -> str:
    """Write a text, which may hold anything, at its left end or where `text_anchor` says."""
    given = "".join(f' {key.replace("_", "-")}="{value}"' for key, value in attributes.items())
    return f'<text x="{x:g}" y="{y:g}"{given} style="fill: {INK}">{escape(text)}</text>'


def box(x: float, y: float, width: float, height: float, text: str, look: str = "plain") -> str:
    """Draw a box with text in its middle; "\\n" begins a new line."""
    lines = text.split("\n")
    middle, top = x + width / 2, y + height / 2 + 4.5 - 7.5 * (len(lines) - 1)
    weight = "700" if look in BOLD else "400"
    fade = "0.55" if look == "faint" else "1"
    texts = "".join(
        label(middle, top + 15 * i, line, text_anchor="middle", font_weight=weight, opacity=fade)
        for i, line in enumerate(lines)
        if line
    )
    sides = f'x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" rx="3"'
    return f'<rect {sides} style="{LOOKS[look]}"/>{texts}'


def places(shape: Shape, width: float, height: float) -> tuple[list[tuple[float, float]], Shape]:
    """Return where the elements of a tensor go, in their order, and the size of the whole.

    The last axis runs to the right, the one before it down; matrices of a tensor of rank 3
    stand side by side, and so on in turns.
    """
    points, extent = [(0.0, 0.0)], [width, height]
    for depth, size in enumerate(reversed(shape)):
        down = depth % 2
        step = extent[down] + _AXIS_GAP * (depth // 2)
        moves = [(0.0, i * step) if down else (i * step, 0.0) for i in range(size)]
        points = [(x + dx, y + dy) for dx, dy in moves for x, y in points]
        extent[down] = max(size, 1) * step - _AXIS_GAP * (depth // 2)
    return points, (math.ceil(extent[0]), math.ceil(extent[1]))


def fits(shape: Shape) -> bool:
    """Say whether a tensor of this shape is small enough to be drawn element by element."""
    sizes = [max(size, 1) for size in reversed(shape)]  # no size of 0 excuses the others
    return math.prod(sizes[::2]) <= _MOST_COLUMNS and math.prod(sizes[1::2]) <= _MOST_ROWS


def tensor(
    title: str,
    shape: Shape,
    texts: Sequence[str],
    looks: Sequence[str],
    height: float = 26.0,
) -> Drawing:
    """Draw every element of a small tensor, with a title above.

    Args:
        texts, looks: one for each element, in their order.
        height: of the box of an element.
    """
    width = max(30.0, _wide(texts))
    points, (across, down) = places(shape, width, height)
    boxes = [
        box(x + 2, y + 24, width, height, *cell)
        for (x, y), cell in zip(points, zip(texts, looks), strict=True)
    ]
    if not points:
        across, down = 110, 26
        boxes = [box(2, 24, across, down, "no elements", "dashed")]
    heading = label(2, 14, title, font_weight="600")
    return Drawing(max(across, 8 * len(title)) + 4, down + 28, heading + "".join(boxes))


def remark(text: str) -> Drawing:
    """Write one line in place of a drawing."""
    return Drawing(8.0 * len(text), 24, label(0, 16, text))


def table(names: Sequence[str], columns: Sequence[Sequence[tuple[str, str]]]) -> Drawing:
    """Draw columns of boxes, (text, look) each, with a name to the left of every row."""
    parts = [label(0, 22 + 36 * row, name) for row, name in enumerate(names)]
    left = 8 * max(map(len, names)) + 8
    width = max(76.0, *(_wide([text for text, _ in cells]) for cells in columns))
    for column, cells in enumerate(columns):
        x = left + column * (width + 6)
        parts += [box(x, 4 + 36 * row, width, 28, *cell) for row, cell in enumerate(cells)]
    return Drawing(left + len(columns) * (width + 6), 36 * len(names) + 4, "".join(parts))


def _wide(texts: Sequence[str]) -> float:
    """Return the width of a box that holds each of the texts, bold if need be."""
    lines = (line for text in texts for line in text.split("\n"))
    return 10.0 + 8.6 * max(map(len, lines), default=0)


def flow(drawings: Sequence[Drawing], limit: float, gap: float = 28.0) -> Drawing:
    """Put drawings side by side, and below each other where a line is full."""
    x = y = line = across = 0.0
    parts = []
    for drawing in drawings:
        if x and x + drawing.width > limit:
            x, y, line = 0.0, y + line + gap / 2, 0.0
        parts.append(f'<g transform="translate({x:g} {y:g})">{drawing.svg}</g>')
        across, line = max(across, x + drawing.width), max(line, drawing.height)
        x += drawing.width + gap
    return Drawing(across, y + line, "".join(parts))


def sheet(words: str, heading: Drawing, drawings: Sequence[Drawing]) -> str:
    """Return a picture of a heading, and drawings side by side below it as far as they fit."""
    below = flow(drawings, limit=460)
    parts = f'<g transform="translate(10 6)">{heading.svg}</g>'
    parts += f'<g transform="translate(10 {heading.height + 20:g})">{below.svg}</g>'
    width = max(480.0, heading.width + 20, below.width + 20)
    return picture(width, heading.height + below.height + 32, words, parts)


def notice(sentence: str) -> str:
    """Return a picture of a sentence, for a state that has no other."""
    lines = textwrap.wrap(sentence, int(_NOTICE / 9.5), break_long_words=True)
    height = 44.0 + 22 * len(lines)
    edge = box(4, 4, _NOTICE - 8, height - 8, "", "marked")
    texts = (label(24, 36 + 22 * i, line, font_size="16") for i, line in enumerate(lines))
    return picture(_NOTICE, height, sentence, edge, *texts)

"""The picture of a moment for where there is no live front end: the boundary and the points."""

from __future__ import annotations

import base64
import struct
import zlib

import numpy as np

from tfcourse_utils.playground.kinds import SQUARE
from tfcourse_utils.playground.parts import REGRESSION

from ..svg import axes, picture
from .encoding import point_rows, sees_test_points
from .palette import FAINT, Table, css, indices_of_outputs, table
from .session import Seen

__all__ = ["png", "still"]

SIDE, LEFT, TOP = 400.0, 44.0, 8.0
PLACES = (-6.0, -3.0, 0.0, 3.0, 6.0)
PAPER, DARK = "#ffffff", "#262626"
# From the place of a point, as the live view has them: a class has a shape besides its colour.
SHAPES = (
    "m4 0a4 4 0 1 1-8 0a4 4 0 1 1 8 0z",
    "m0-4.6l4.6 8h-9.2z",
    "m-3.5-3.5h7v7h-7z",
    "m0-5l5 5l-5 5l-5-5z",
    "m0 4.6l4.6-8h-9.2z",
    "m-1.6-4.4h3.2v2.8h2.8v3.2h-2.8v2.8h-3.2v-2.8h-2.8v-3.2h2.8z",
    "m0-4.8l4.6 3.3l-1.7 5.4h-5.7l-1.7-5.4z",
    "m-4.8 0l2.4-4.2h4.8l2.4 4.2l-2.4 4.2h-4.8z",
)
CIRCLE, UP, DOWN = 0, 1, 4


def still(seen: Seen, words: str) -> str:
    """Return SVG text of a moment, with the words as its label."""
    task = seen.state.data.task
    outputs = indices_of_outputs(seen.state, seen.frame.outputs)[::-1]
    source = base64.b64encode(png(outputs, table(task, "light", FAINT))).decode()
    image = (
        f'<image x="{LEFT:g}" y="{TOP:g}" width="{SIDE:g}" height="{SIDE:g}" '
        f'preserveAspectRatio="none" href="data:image/png;base64,{source}"/>'
    )
    across = [(value, _across(value)) for value in PLACES]
    up = [(value, SIDE - _across(value)) for value in PLACES]
    frame = axes(LEFT, across, up, (8, "y"))
    return picture(LEFT + SIDE + 12, 456, words, image, frame, *_points(seen))


def _across(value: float) -> float:
    return SIDE * (value + SQUARE) / (2 * SQUARE)


def _points(seen: Seen) -> list[str]:
    """Draw the points: one element for all of a colour, of which some may be for testing."""
    task = seen.state.data.task
    inks = table(task, "light", 1.0)
    rows = point_rows(seen.state, seen.split)
    if not sees_test_points(seen.state):
        rows = rows[rows[:, 3] == 0]
    looks = np.unique(rows[:, 2:], axis=0)
    groups = [(rows[np.all(rows[:, 2:] == look, axis=1)], look.tolist()) for look in looks]
    return [
        _marks(group, _shape(task, target), _look(inks[int(index)].tolist(), bool(is_test), task))
        for group, (index, is_test, target) in groups
    ]


def _shape(task: str, target: float) -> str:
    """Return the shape of a class; of values, up and down, and a circle for about 0."""
    if task != REGRESSION:
        return SHAPES[int(target)]
    return SHAPES[CIRCLE if abs(target) < 0.1 else UP if target > 0 else DOWN]


def _look(ink: list[int], is_test: bool, task: str) -> tuple[str, str, float]:
    """Return fill, edge and its width; a value near 0 is pale, so its edge is dark."""
    if task != REGRESSION:
        return (PAPER, css(ink), 1.5) if is_test else (css(ink), PAPER, 0.9)
    dark = css([round(0.6 * each + 0.4 * 0x26) for each in ink])
    return (PAPER, dark, 2.0) if is_test else (css(ink), DARK, 0.7)


def _marks(rows: np.ndarray, shape: str, look: tuple[str, str, float]) -> str:
    path = "".join(
        f"M{LEFT + _across(x):.1f} {TOP + SIDE - _across(y):.1f}{shape}"
        for x, y in rows[:, :2].tolist()
    )
    return f'<path d="{path}" fill="{look[0]}" stroke="{look[1]}" stroke-width="{look[2]}"/>'


def png(indices: Table, colours: Table) -> bytes:
    """Return a PNG file of places in a table of colours, (height, width), from above."""
    height, width = indices.shape
    lines = b"".join(b"\0" + row.tobytes() for row in indices)
    head = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
    parts = ((b"IHDR", head), (b"PLTE", colours.tobytes()), (b"IDAT", zlib.compress(lines)))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*part) for part in (*parts, (b"IEND", b"")))


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

"""The picture of a moment for where there is no live front end: the boundary and the points."""

from __future__ import annotations

import base64
import struct
import zlib

import numpy as np

from tfcourse_utils.playground.kinds import SQUARE

from ..svg import axes, picture
from .encoding import point_rows
from .palette import FAINT, Table, css, indices_of_outputs, table
from .session import Seen

__all__ = ["png", "still"]

SIDE, LEFT, TOP = 400.0, 44.0, 8.0
PLACES = (-6.0, -3.0, 0.0, 3.0, 6.0)


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
    """Draw the points, as lines without length: one element for all of a colour."""
    inks = table(seen.state.data.task, "light", 1.0)
    rows = point_rows(seen.state, seen.split)
    if not seen.state.shown.test_points:
        rows = rows[rows[:, 3] == 0]
    return [
        _dots(rows[np.all(rows[:, 2:] == look, axis=1)], css(inks[int(look[0])]), bool(look[1]))
        for look in np.unique(rows[:, 2:], axis=0)
    ]


def _dots(rows: np.ndarray, colour: str, is_test: bool) -> str:
    path = "".join(
        f"M{LEFT + _across(x):.1f} {TOP + SIDE - _across(y):.1f}h0" for x, y in rows[:, :2].tolist()
    )
    line = f'<path d="{path}" fill="none" stroke-linecap="round"'
    edge, inner = (colour, "#ffffff") if is_test else ("#ffffff", colour)
    return f'{line} stroke="{edge}" stroke-width="8"/>{line} stroke="{inner}" stroke-width="5"/>'


def png(indices: Table, colours: Table) -> bytes:
    """Return a PNG file of places in a table of colours, (height, width), from above."""
    height, width = indices.shape
    lines = b"".join(b"\0" + row.tobytes() for row in indices)
    head = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
    parts = ((b"IHDR", head), (b"PLTE", colours.tobytes()), (b"IDAT", zlib.compress(lines)))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*part) for part in (*parts, (b"IEND", b"")))


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

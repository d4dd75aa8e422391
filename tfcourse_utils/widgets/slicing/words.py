"""What the picture of an index shows, in words."""

from __future__ import annotations

import math
from collections.abc import Sequence

from ..shapes import Shape, quoted, write_shape
from .taking import Part, result

__all__ = ["describe", "positions"]


def describe(shape: Shape, parts: Sequence[Part]) -> str:
    """Say in words what each part of an index does, and what is left."""
    left, count, total = result(parts), math.prod(result(parts)), math.prod(shape)
    said = [f"x has the shape {write_shape(shape)}.", *map(_sentence, parts)]
    said.append(f"The result has the shape {write_shape(left)}, {count} of {total} elements.")
    return " ".join(said)


def _sentence(part: Part) -> str:
    if part.axis is None:
        return f"{quoted(part.entry)} adds an axis of size 1."
    if not part.entry:
        return f"Axis {part.axis} has no entry and is taken whole."
    does = f"{quoted(part.entry)} on axis {part.axis} takes {positions(part)}"
    if not part.stays:
        return f"{does}, and the axis disappears."
    cut = "; what lies beyond the ends is cut off, without an error" if part.cut else ""
    return f"{does}; the axis stays, with size {len(part.taken)}{cut}."


def positions(part: Part) -> str:
    """Write the positions that are taken, the middle of many left out."""
    taken = part.taken
    if part.stays and taken == range(part.size) and part.size:
        return f"all {part.size} positions" if part.size > 1 else "its only position"
    if not taken:
        return "nothing"
    if len(taken) == 1:
        return f"position {taken[0]}"
    if len(taken) > 5:
        return f"positions {taken[0]}, {taken[1]}, … {taken[-1]}"
    return f"positions {', '.join(map(str, taken[:-1]))} and {taken[-1]}"

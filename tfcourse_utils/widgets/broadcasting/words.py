"""What the picture of two shapes shows, in words."""

from __future__ import annotations

import math

from ..shapes import Shape, write_shape
from .alignment import Axis, align, broadcast, source

__all__ = ["describe", "place"]


def describe(a: Shape, b: Shape, element: Shape | None) -> str:
    """Say in words how two shapes meet, and where one element of the result comes from."""
    axes = align(a, b)
    shape = broadcast(axes)
    said = [f"a has the shape {write_shape(a)}, b has {write_shape(b)}."]
    said += [f"Axis {i}: {_meeting(axis)}." for i, axis in enumerate(axes)]
    if shape is None:
        clashes = [str(i) for i, axis in enumerate(axes) if axis.size is None]
        where = "axis " + clashes[0] if len(clashes) == 1 else "axes " + " and ".join(clashes)
        return " ".join([*said, f"There is no result: the shapes clash on {where}."])
    count = math.prod(shape)
    elements = "1 element" if count == 1 else f"{count} elements"
    said.append(f"The result has the shape {write_shape(shape)}, {elements}.")
    if element is not None:
        from_a, from_b = (place(name, source(element, s)) for name, s in (("a", a), ("b", b)))
        said.append(f"In {place('result', element)}, {from_a} meets {from_b}.")
    return " ".join(said)


def place(name: str, index: Shape) -> str:
    """Write an element of a tensor, as "a[1, 0]"; the only one of a scalar as "a"."""
    return f"{name}[{', '.join(map(str, index))}]" if index else name


def _meeting(axis: Axis) -> str:
    if axis.size is None:
        return f"{axis.a} meets {axis.b}, and neither is 1"
    for size, name, other, other_name in ((axis.a, "a", axis.b, "b"), (axis.b, "b", axis.a, "a")):
        if size is None:
            return f"{name} has no such axis and is repeated along the {other} of {other_name}"
        if size == 1 and other not in (1, None):
            return f"the 1 of {name} is stretched to the {other} of {other_name}"
    return f"both have {axis.a}"

"""The picture of two shapes: their axes aligned, and where that is possible every element."""

from __future__ import annotations

import math

import numpy as np

from ..boxes import Drawing, fits, remark, sheet, table, tensor
from ..shapes import Shape, write_shape
from .alignment import Axis, align, broadcast, source
from .words import describe

__all__ = ["draw"]


def draw(a: Shape, b: Shape, element: Shape | None) -> str:
    """Return the picture as SVG text, readable in light and dark themes and on its own.

    Args:
        a, b: two shapes.
        element: the place in the result that is marked, if there is any.
    """
    axes = align(a, b)
    elements = _elements(a, b, broadcast(axes), element)
    return sheet(describe(a, b, element), _axes(axes), elements)


def _axes(axes: list[Axis]) -> Drawing:
    """Draw the sizes, a column for each axis."""
    columns = [
        [
            (f"axis {i}", "bare"),
            _size(axis.a, axis.size),
            _size(axis.b, axis.size),
            ("✗ clash", "marked") if axis.size is None else (str(axis.size), "taken"),
        ]
        for i, axis in enumerate(axes)
    ]
    scalar = [("no axes", "bare"), ("()", "plain"), ("()", "plain"), ("()", "taken")]
    return table(["", "a", "b", "result"], columns or [scalar])


def _size(size: int | None, whole: int | None) -> tuple[str, str]:
    if whole is None:
        return str(size), "marked"
    if size is None:
        return f"none → {whole}", "dashed"
    return (f"1 → {whole}", "dashed") if size != whole else (str(size), "plain")


def _elements(a: Shape, b: Shape, whole: Shape | None, element: Shape | None) -> list[Drawing]:
    """Draw the elements of both and which of them meet; nothing where they clash or are many."""
    if whole is None:
        return []
    if not all(map(fits, (a, b, whole))):
        return [remark("These tensors are too large to be drawn element by element.")]
    places = list(np.ndindex(whole))
    pairs = [(_name("a", a, at), _name("b", b, at)) for at in places]
    marked = places.index(element) if element is not None else -1
    picked = pairs[marked] if places else ("", "")
    return [
        _operand("a", a, picked[0]),
        _operand("b", b, picked[1]),
        tensor(
            f"result {write_shape(whole)}",
            whole,
            ["\n".join(pair) for pair in pairs],
            ["marked" if i == marked else "plain" for i in range(len(pairs))],
            height=38,
        ),
    ]


def _operand(name: str, shape: Shape, picked: str) -> Drawing:
    names = [f"{name}{i}" for i in range(math.prod(shape))]
    looks = ["marked" if own == picked else "plain" for own in names]
    return tensor(f"{name} {write_shape(shape)}", shape, names, looks)


def _name(operand: str, shape: Shape, at: Shape) -> str:
    """Return the name of the element that meets a place of the result, as "a3"."""
    own = source(at, shape)
    return f"{operand}{np.ravel_multi_index(own, shape) if own else 0}"

"""How two shapes are broadcast."""

from __future__ import annotations

from itertools import zip_longest
from typing import NamedTuple

from ..shapes import Shape

__all__ = ["Axis", "align", "broadcast", "source"]


class Axis(NamedTuple):
    """One axis of two aligned shapes; a size is None where a shape has no such axis."""

    a: int | None
    b: int | None

    @property
    def size(self) -> int | None:
        """The size that comes out; None where the two clash."""
        a, b = (1 if size is None else size for size in self)
        return a if b == 1 else b if a in (1, b) else None


def align(a: Shape, b: Shape) -> list[Axis]:
    """Return the axes of two shapes, aligned at the right, the first one first."""
    return [Axis(*sizes) for sizes in zip_longest(reversed(a), reversed(b))][::-1]


def broadcast(axes: list[Axis]) -> Shape | None:
    """Return the shape that comes out; None where an axis clashes."""
    sizes = [axis.size for axis in axes]
    return None if None in sizes else tuple(size for size in sizes if size is not None)


def source(index: Shape, shape: Shape) -> Shape:
    """Return which element of an operand meets this place of the result.

    Args:
        index: a place in the result.
        shape: that of the operand, of at most as many axes.
    """
    own = index[len(index) - len(shape) :]
    return tuple(0 if size == 1 else i for i, size in zip(own, shape))

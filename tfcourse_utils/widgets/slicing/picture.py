"""The picture of an index: what each part does, and where they can be drawn, the elements."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from ..boxes import Drawing, fits, remark, sheet, table
from ..boxes import tensor as draw_tensor
from ..shapes import Shape, write_shape
from .taking import Part, result
from .words import describe

__all__ = ["draw", "taken_elements"]


def draw(shape: Shape, texts: Sequence[str] | None, parts: Sequence[Part]) -> str:
    """Return the picture as SVG text, readable in light and dark themes and on its own.

    Args:
        shape: of the tensor.
        texts: its elements, in their order; None if they are too many to be drawn.
        parts: of the index.
    """
    return sheet(describe(shape, parts), _parts(parts), _elements(shape, texts, parts))


def taken_elements(shape: Shape, parts: Sequence[Part]) -> list[int]:
    """Return the numbers of the elements that are taken, in the order of the result."""
    axes = [part.taken for part in parts if part.axis is not None]
    numbers = np.arange(math.prod(shape)).reshape(shape)
    return numbers[np.ix_(*axes)].ravel().tolist() if shape else [0]


def _parts(parts: Sequence[Part]) -> Drawing:
    """Draw a column for each part."""
    columns = [
        [
            ("new" if part.axis is None else f"axis {part.axis}", "bare"),
            ("", "bare") if part.axis is None else (str(part.size), "plain"),
            (part.entry or "(none)", "bare"),
            (str(len(part.taken)), "taken") if part.stays else ("gone", "dashed"),
        ]
        for part in parts
    ]
    scalar = [("no axes", "bare"), ("()", "plain"), ("", "bare"), ("()", "taken")]
    return table(["", "x", "entry", "result"], columns or [scalar])


def _elements(shape: Shape, texts: Sequence[str] | None, parts: Sequence[Part]) -> list[Drawing]:
    if texts is None:
        return [remark("This tensor is too large to be drawn element by element.")]
    taken, left = taken_elements(shape, parts), result(parts)
    chosen = set(taken)
    looks = ["taken" if i in chosen else "faint" for i in range(len(texts))]
    whole = draw_tensor(f"x {write_shape(shape)}", shape, texts, looks)
    if not fits(left):  # new axes can spread few elements far
        return [whole]
    kept, title = [texts[i] for i in taken], f"result {write_shape(left)}"
    return [whole, draw_tensor(title, left, kept, ["taken"] * len(taken))]

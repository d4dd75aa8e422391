"""The widget: it declares the state, and passes it on to the other modules."""

from __future__ import annotations

import math

import traitlets
from numpy.typing import ArrayLike

from ..boxes import notice
from ..explorer import Control, Explorer, Text, View
from ..shapes import Shape, write_shape
from .expression import read_index
from .picture import draw
from .taking import result, take
from .tensor import read_tensor, tensor_text
from .words import describe

__all__ = ["SlicingExplorer"]


class SlicingExplorer(Explorer):
    """Type an index expression and see what it takes from a tensor.

    Args:
        tensor: a shape, as (3, 4) or as the text "(3, 4)", whose elements are then numbered from
            0; or an array, tensor or nested list. Large ones are shown by their shape alone.
        index: the expression, as "x[1:, ..., tf.newaxis, -1]". It is read and never run.

    Example:
        >>> taken = SlicingExplorer((2, 3, 4), "x[1:, ..., ::2]")
        >>> taken.result
        (1, 3, 2)
    """

    tensor = traitlets.Unicode().tag(sync=True)
    index = traitlets.Unicode().tag(sync=True)

    def __init__(self, tensor: ArrayLike | str = (3, 4), index: str = "x[1:, 0]") -> None:
        super().__init__(tensor=tensor_text(tensor), index=index)
        self.begin()

    @property
    def result(self) -> Shape | None:
        """The shape of what is taken; None where the index does not fit."""
        try:
            return result(take(read_tensor(self.tensor).shape, read_index(self.index)))
        except ValueError:
            return None

    def controls_now(self) -> tuple[Control, ...]:
        return (
            Text("tensor", "x", "a shape in (), or an array in []"),
            Text("index", "index", "whole numbers, slices, ... and tf.newaxis"),
        )

    def view_now(self) -> View:
        try:
            shape, texts = read_tensor(self.tensor)
            parts = take(shape, read_index(self.index))
        except ValueError as error:
            return View(notice(str(error)), str(error), [("Result", "—")])
        left = result(parts)
        counts = f"{math.prod(left)} of {math.prod(shape)}"
        numbers = [("Result", write_shape(left)), ("Elements", counts)]
        return View(draw(shape, texts, parts), describe(shape, parts), numbers)

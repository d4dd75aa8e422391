"""The widget: it declares the state, and passes it on to the other modules."""

from __future__ import annotations

import math
from collections.abc import Sequence

import traitlets

from ..boxes import notice
from ..explorer import Control, Explorer, Slider, Text, View
from ..shapes import Shape, read_shape, write_shape
from .alignment import align, broadcast
from .picture import draw
from .words import describe

__all__ = ["BroadcastingExplorer"]


class BroadcastingExplorer(Explorer):
    """Type two shapes and see whether, and how, TensorFlow broadcasts them.

    Args:
        a, b: shapes, as (3, 1) or as the text "(3, 1)".
        element: the element of the result that is followed back, counted from 0.

    Example:
        >>> met = BroadcastingExplorer((3, 1), (4,))
        >>> met.result
        (3, 4)
        >>> met.b = "(2, 4)"
        >>> print(met.result)
        None
    """

    a = traitlets.Unicode().tag(sync=True)
    b = traitlets.Unicode().tag(sync=True)
    element = traitlets.CInt(0).tag(sync=True)

    def __init__(
        self, a: Sequence[int] | str = (3, 1), b: Sequence[int] | str = (4,), element: int = 0
    ) -> None:
        super().__init__(a=_text(a), b=_text(b), element=element)
        self.begin()

    @property
    def result(self) -> Shape | None:
        """The shape that comes out; None where the two clash or one is no shape."""
        try:
            return broadcast(align(read_shape(self.a), read_shape(self.b)))
        except ValueError:
            return None

    def controls_now(self) -> tuple[Control, ...]:
        last = max(_count(self.result) - 1, 0)
        return (
            Text("a", "a", "has the shape"),
            Text("b", "b", "has the shape"),
            Slider("element", "element", "of the result, counted from 0", 0, min(last, 9999), 1),
        )

    def view_now(self) -> View:
        try:
            a, b = read_shape(self.a), read_shape(self.b)
        except ValueError as error:
            return View(notice(str(error)), str(error), [("Result", "—")])
        shape = broadcast(align(a, b))
        state = a, b, _place(self.element, shape)
        numbers = [("Result", "clash" if shape is None else write_shape(shape))]
        if shape is not None:
            numbers.append(("Elements", str(math.prod(shape))))
        return View(draw(*state), describe(*state), numbers)


def _text(shape: Sequence[int] | str) -> str:
    return shape if isinstance(shape, str) else write_shape(shape)


def _count(shape: Shape | None) -> int:
    return 0 if shape is None else math.prod(shape)


def _place(element: int, shape: Shape | None) -> Shape | None:
    """Return where an element, counted from 0, lies; the nearest there is, or None."""
    if shape is None or not math.prod(shape):
        return None
    left, place = min(max(element, 0), math.prod(shape) - 1), []
    for size in reversed(shape):  # NumPy's own ends at 2**63 elements
        left, index = divmod(left, size)
        place.append(index)
    return tuple(place[::-1])

"""The widget: it declares the state, and passes it on to the other modules."""

from __future__ import annotations

import math
import pathlib
from typing import Any

import anywidget
import numpy as np
import traitlets
from numpy.typing import ArrayLike

from .classifier import Line, accuracy, loss, read_points
from .picture import draw
from .words import describe

__all__ = ["ByHandLine"]

LIMIT = 1000.0  # the largest weight: far beyond any use, far from overflow


class ByHandLine(anywidget.AnyWidget):
    """Move a linear classifier by hand and watch its square loss and its accuracy.

    Args:
        inputs: points, an array or tensor of shape (n, 2).
        targets: 0 or 1 for each of them, shape (n,) or (n, 1).
        w0, w1, b: where the sliders start.
        threshold: scores above it are called 1.

    Raises:
        ValueError: `inputs` or `targets` do not have these shapes and values.
        traitlets.TraitError: a weight is not a number between -1000 and 1000.

    Example:
        >>> hand = ByHandLine([[0, 1], [1, 0]], [0, 1], w0=1.0, w1=0.0, b=0.0)
        >>> hand.accuracy, hand.loss
        (1.0, 0.0)
    """

    _esm = pathlib.Path(__file__).with_suffix(".js")

    w0 = traitlets.CFloat(0.2, min=-LIMIT, max=LIMIT).tag(sync=True)
    w1 = traitlets.CFloat(0.2, min=-LIMIT, max=LIMIT).tag(sync=True)
    b = traitlets.CFloat(0.0, min=-LIMIT, max=LIMIT).tag(sync=True)
    threshold = traitlets.CFloat(0.5, min=-LIMIT, max=LIMIT).tag(sync=True)
    start = traitlets.List(traitlets.Float()).tag(sync=True)
    points = traitlets.Instance(np.ndarray)
    positive = traitlets.Instance(np.ndarray)

    # What follows from the state above; written here only.
    loss = traitlets.Float().tag(sync=True)
    lowest = traitlets.Float().tag(sync=True)
    accuracy = traitlets.Float().tag(sync=True)
    words = traitlets.Unicode().tag(sync=True)
    picture = traitlets.Unicode().tag(sync=True)

    def __init__(self, inputs: ArrayLike, targets: ArrayLike, **state: float) -> None:
        points, positive = read_points(inputs, targets)
        super().__init__(points=points, positive=positive, **state)
        self.start = [self.w0, self.w1, self.b]
        self._refresh()

    @property
    def line(self) -> Line:
        """The classifier the sliders stand for now."""
        return Line(self.w0, self.w1, self.b, self.threshold)

    @traitlets.validate("w0", "w1", "b", "threshold")
    def _finite(self, proposal: dict[str, Any]) -> float:
        if math.isnan(proposal["value"]):
            raise traitlets.TraitError(f"{proposal['trait'].name} should be a number, but is NaN")
        return float(proposal["value"])

    @traitlets.observe("w0", "w1", "b", "threshold")
    def _moved(self, _change: dict[str, Any]) -> None:
        if self.start:  # not while the constructor is still setting one value after another
            self._refresh()

    def _refresh(self) -> None:
        line, points, positive = self.line, self.points, self.positive
        with self.hold_sync():
            self.loss = loss(line, points, positive)
            self.lowest = min(self.lowest, self.loss) if self.words else self.loss
            self.accuracy = accuracy(line, points, positive)
            self.words = describe(line, points, positive)
            self.picture = draw(line, points, positive)

    def _repr_mimebundle_(self, **kwargs: Any) -> tuple[dict[str, Any], dict[str, Any]] | None:
        """Add the picture and its description for readers without a live front end."""
        bundle = super()._repr_mimebundle_(**kwargs)
        if bundle is None:
            return None
        data, metadata = bundle
        still = {"image/svg+xml": self.picture, "text/plain": self.words}
        return {**data, **still}, metadata

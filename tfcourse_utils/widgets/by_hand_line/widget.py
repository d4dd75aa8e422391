"""The widget: it declares the state, and passes it on to the other modules."""

from __future__ import annotations

from typing import Any

import numpy as np
import traitlets
from numpy.typing import ArrayLike

from ..explorer import Control, Explorer, Slider, View, finite
from .classifier import Line, accuracy, loss, read_points
from .picture import draw
from .words import describe

__all__ = ["ByHandLine"]

LIMIT = 1000.0  # the largest weight: far beyond any use, far from overflow

CONTROLS = (
    Slider("w0", "W0", "weight of x", low=-1, high=1),
    Slider("w1", "W1", "weight of y", low=-1, high=1),
    Slider("b", "b", "bias", low=-2, high=2),
)


class ByHandLine(Explorer):
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

    w0 = traitlets.CFloat(0.2, min=-LIMIT, max=LIMIT).tag(sync=True)
    w1 = traitlets.CFloat(0.2, min=-LIMIT, max=LIMIT).tag(sync=True)
    b = traitlets.CFloat(0.0, min=-LIMIT, max=LIMIT).tag(sync=True)
    threshold = traitlets.CFloat(0.5, min=-LIMIT, max=LIMIT).tag(sync=True)
    points = traitlets.Instance(np.ndarray)
    positive = traitlets.Instance(np.ndarray)
    lowest = traitlets.Float(float("inf"))  # of the losses so far

    def __init__(self, inputs: ArrayLike, targets: ArrayLike, **state: float) -> None:
        points, positive = read_points(inputs, targets)
        super().__init__(points=points, positive=positive, **state)
        self.begin("threshold")

    @property
    def line(self) -> Line:
        """The classifier the sliders stand for now."""
        return Line(self.w0, self.w1, self.b, self.threshold)

    @property
    def loss(self) -> float:
        return loss(self.line, self.points, self.positive)

    @property
    def accuracy(self) -> float:
        return accuracy(self.line, self.points, self.positive)

    @traitlets.validate("w0", "w1", "b", "threshold")
    def _finite(self, proposal: dict[str, Any]) -> float:
        return finite(proposal["trait"].name, proposal["value"])

    def controls_now(self) -> tuple[Control, ...]:
        return CONTROLS

    def view_now(self) -> View:
        self.lowest = min(self.lowest, self.loss)
        percent = int(100 * self.accuracy + 1e-9)  # rounded down: 100% means all of the points
        state = self.line, self.points, self.positive
        return View(
            draw(*state),
            describe(*state),
            [
                ("Loss", f"{self.loss:.3f}"),
                ("Lowest so far", f"{self.lowest:.3f}"),
                ("Accuracy", f"{percent}%"),
            ],
        )

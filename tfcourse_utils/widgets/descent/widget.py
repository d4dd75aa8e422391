"""The widget: it declares the state, and passes it on to the other modules."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import traitlets
from numpy.typing import ArrayLike

from ..boxes import notice
from ..explorer import Choice, Control, Explorer, Slider, View, finite
from ..svg import short
from ..unusable import UnusableError
from .descent import Path, descend
from .landscapes import NAMED, Landscape
from .picture import Ground, draw, ground, marks
from .reading import FURTHEST, read_function, read_limits, read_start
from .words import describe, place

__all__ = ["DescentExplorer"]

STEPS, RATE = 300, 1e6
OWN = "your function"


class DescentExplorer(Explorer):
    """Follow gradient descent over a function of one or two numbers, step by step.

    Args:
        f: your own function of one tensor, of shape (), (1,) or (2,), to a tensor with a single
            number; or the name of a function: "valley", "two valleys", "kink", "ravine",
            "saddle", "hills". A function that can't be used is shown with the reason.
        start: where the descent starts, one number or two.
        learning_rate: how much of the gradient makes a step.
        momentum: how much of the last step is added to the next, from 0 to below 1.
        steps: how many to take, 1 to 300.
        limits: what the picture shows of each axis; it is widened to hold the start.

    Raises:
        ValueError: `start` or `limits` are not what they should be.
        traitlets.TraitError: a number is not between its bounds, or no function has this name.

    Example:
        >>> DescentExplorer("valley", start=3, learning_rate=0.5, steps=1).path.points.ravel()
        array([3., 0.])
    """

    function = traitlets.Unicode().tag(sync=True)
    x = traitlets.CFloat(-3.0, min=-FURTHEST, max=FURTHEST).tag(sync=True)
    y = traitlets.CFloat(1.5, min=-FURTHEST, max=FURTHEST).tag(sync=True)
    learning_rate = traitlets.CFloat(0.1, min=0.0, max=RATE).tag(sync=True)
    momentum = traitlets.CFloat(0.0, min=0.0, max=0.999).tag(sync=True)
    step = traitlets.CInt(0, min=0, max=STEPS).tag(sync=True)
    steps = traitlets.CInt(30, min=1, max=STEPS)

    def __init__(
        self,
        f: Callable[[Any], Any] | str | None = None,
        start: ArrayLike | None = None,
        learning_rate: float = 0.1,
        momentum: float = 0.0,
        steps: int = 30,
        limits: tuple[float, float] = (-4.0, 4.0),
    ) -> None:
        first = read_start(start, limits)
        self._limits = read_limits(limits, first)
        named = f is None or isinstance(f, str)
        self._landscapes: dict[str, Landscape | UnusableError] = {**NAMED}
        if not named:
            self._landscapes = {OWN: read_function(f, start, first), **NAMED}
        self._grounds: dict[str, Ground] = {}
        self._known: tuple[Any, Path] | None = None
        super().__init__(
            function=(f or "valley") if named else OWN,
            x=first[0],
            y=first[1],
            learning_rate=learning_rate,
            momentum=momentum,
            steps=steps,
            step=steps,
        )
        # A slider from 0 to 1.2, or for a tiny learning rate a tenth of that, and so on.
        digits = math.floor(math.log10(max(self.learning_rate, 1e-9)))
        self._rate_scale = min(1.0, 10.0 ** (digits + 2))
        self.begin("steps")

    @property
    def landscape(self) -> Landscape:
        """The function descended on.

        Raises:
            UnusableError: it can't be used.
        """
        found = self._landscapes[self.function]
        if isinstance(found, UnusableError):
            raise found
        return found

    @property
    def path(self) -> Path:
        """The whole path, all its steps.

        Raises:
            UnusableError: the function can't be used.
        """
        how = self.learning_rate, self.momentum, self.steps
        state = self.function, self.x, self.y, *how
        if self._known is None or self._known[0] != state:  # the slider for the step changes none
            landscape = self.landscape
            start = np.array([self.x, self.y])[: landscape.dimensions]
            self._known = state, descend(landscape, start, *how)
        return self._known[1]

    @traitlets.validate("x", "y", "learning_rate", "momentum")
    def _finite(self, proposal: dict[str, Any]) -> float:
        return finite(proposal["trait"].name, proposal["value"])

    @traitlets.validate("function")
    def _known(self, proposal: dict[str, Any]) -> str:
        if proposal["value"] not in self._landscapes:
            known = ", ".join(self._landscapes)
            raise traitlets.TraitError(f"{proposal['value']!r} is none of the functions: {known}")
        return str(proposal["value"])

    def controls_now(self) -> Sequence[Control]:
        low, high = self._limits
        fine = 10.0 ** math.floor(math.log10((high - low) / 80))
        scale = self._rate_scale
        return (
            Slider("step", "step", "of the path", high=self.steps, step=1),
            Choice("function", "function", options=tuple(self._landscapes)),
            Slider("learning_rate", "learning rate", high=1.2 * scale, step=0.005 * scale),
            Slider("momentum", "momentum", "part of the last step", high=0.99),
            Slider("x", "start x", low=low, high=high, step=fine),
            Slider("y", "start y", low=low, high=high, step=fine, shown=self._dimensions() == 2),
        )

    def _dimensions(self) -> int:
        try:
            return self.landscape.dimensions
        except UnusableError:
            return 1

    def view_now(self) -> View:
        try:
            landscape, path = self.landscape, self.path
        except UnusableError as error:
            return View(notice(str(error)), str(error))
        step = min(self.step, len(path.moves))
        if self.function not in self._grounds:
            self._grounds[self.function] = ground(landscape, self._limits)
        scene = self._grounds[self.function]
        words = describe(path, step, self.learning_rate, self.momentum)
        if not scene.box.shows(*marks(scene, path)[step]):
            words = f"{words} At this step it is outside the picture."
        return View(
            draw(scene, path, step, landscape.formula, words),
            words,
            [
                ("Place", place(path.points[step])),
                ("Height", short(path.values[step])),
                ("Slope", short(path.slope(step))),
            ],
        )

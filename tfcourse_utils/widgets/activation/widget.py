"""The widget: it declares the state, and passes it on to the other modules."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import traitlets

from ..boxes import notice
from ..explorer import Choice, Control, Explorer, Slider, View, finite
from ..svg import short
from ..unusable import UnusableError
from .calling import Seen, check, look
from .functions import read_functions
from .picture import draw
from .stack import DEEPEST, Stack, stack
from .words import Shown, describe

__all__ = ["ActivationExplorer"]

NONE = "none"
_SAMPLES = 241  # of a curve; odd, so that 0 is one of them
_FURTHEST, _LARGEST = 1000.0, 100.0


class ActivationExplorer(Explorer):
    """See an activation with its slope, and what becomes of numbers behind layers of it.

    The slope comes from TensorFlow's tape. On the right, normally distributed numbers go through
    layers of 64 units without biases, whose weights have the standard deviation factor / √64.

    Args:
        functions: names of activations of Keras, and functions of your own, of every number of
            a tensor. The first is shown, and the second, if there is one, for comparison; the
            others can be chosen. A function that can't be used is shown with the reason.

    Raises:
        ValueError: something is neither a function nor the name of one.

    Example:
        >>> explorer = ActivationExplorer("relu")
        >>> explorer.x = 2
        >>> explorer.numbers[:2]
        [['relu(2)', '2'], ['slope', '1']]
    """

    function = traitlets.Unicode().tag(sync=True)
    other = traitlets.Unicode(NONE).tag(sync=True)
    x = traitlets.CFloat(1.0, min=-_FURTHEST, max=_FURTHEST).tag(sync=True)
    reach = traitlets.CFloat(4.0, min=0.1, max=_FURTHEST).tag(sync=True)
    depth = traitlets.CInt(10, min=1, max=DEEPEST).tag(sync=True)
    factor = traitlets.CFloat(1.0, min=0.0, max=_LARGEST).tag(sync=True)

    def __init__(self, *functions: Callable[[Any], Any] | str) -> None:
        self._functions = read_functions(functions)
        self._kept: dict[Any, Any] = {}
        names = list(self._functions)
        other = names[1] if len(functions) > 1 and len(self._functions) > 1 else NONE
        super().__init__(function=names[0], other=other)
        self.begin()

    @property
    def behind(self) -> tuple[float, float]:
        """The spread behind all layers, and which part of a gradient's size comes back.

        Raises:
            UnusableError: the function can't be used.
        """
        return self._stack(self.function).layers[self.depth - 1].spread, self._back(self.function)

    @traitlets.validate("x", "reach", "factor")
    def _finite(self, proposal: dict[str, Any]) -> float:
        return finite(proposal["trait"].name, proposal["value"])

    @traitlets.validate("function", "other")
    def _known(self, proposal: dict[str, Any]) -> str:
        name = proposal["value"]
        none = proposal["trait"].name == "other" and name == NONE
        if name not in self._functions and not none:
            known = ", ".join(self._functions)
            raise traitlets.TraitError(f"{name!r} is none of the functions: {known}")
        return str(name)

    def controls_now(self) -> Sequence[Control]:
        names = tuple(self._functions)
        fine = 0.01 if self.reach < 2 else 0.05
        return (
            Choice("function", "function", options=names),
            Choice("other", "beside it", "for comparison", (NONE, *names)),
            Slider("x", "x", "the input", -self.reach, self.reach, fine),
            Slider("reach", "range", "of the picture, to both sides of 0", 1, 20, 0.5),
            Slider("depth", "layers", "one after the other", 1, DEEPEST, 1),
            Slider("factor", "factor", "of the initial weights", 0, 4, 0.05),
        )

    def view_now(self) -> View:
        along = np.linspace(-self.reach, self.reach, _SAMPLES)
        x = min(max(self.x, -self.reach), self.reach)
        names = [self.function] + [self.other] * (self.other not in (NONE, self.function))
        try:
            shown = [self._shown(name, x) for name in names]
        except UnusableError as error:
            return View(notice(str(error)), str(error))
        words = describe(shown, x, self.depth)
        return View(draw(shown, along, x, self.depth, words), words, _figures(shown, x))

    def _shown(self, name: str, x: float) -> Shown:
        one, curve = self._functions[name], self._curve(name)
        return Shown(one, curve, look(one, np.array([x])), self._stack(name), self._back(name))

    def _curve(self, name: str) -> Seen:
        key = "curve", name, self.reach
        if key not in self._kept:
            along = np.linspace(-self.reach, self.reach, _SAMPLES)
            check(self._functions[name], along)
            self._keep(key, look(self._functions[name], along))
        return self._kept[key]

    def _stack(self, name: str) -> Stack:
        key = "stack", name, self.factor
        if key not in self._kept:
            self._keep(key, stack(self._functions[name], self.factor))
        return self._kept[key]

    def _back(self, name: str) -> float:
        key = "back", name, self.factor, self.depth
        if key not in self._kept:
            self._keep(key, self._stack(name).back(self.depth))
        return self._kept[key]

    def _keep(self, key: Any, found: Any) -> None:
        """Keep what was last computed, and not all that ever was."""
        while len(self._kept) >= 12:
            self._kept.pop(next(iter(self._kept)))
        self._kept[key] = found


def _figures(shown: Sequence[Shown], x: float) -> list[tuple[str, str]]:
    found = []
    for one in shown:
        found.append((f"{one.activation.name}({short(x)})", short(one.here.values[0])))
        found.append(("slope", short(one.here.slopes[0]) if one.here.has_slope else "none"))
    return found

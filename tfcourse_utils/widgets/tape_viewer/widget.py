"""The widget: it declares the state, and passes it on to the other modules."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import traitlets

from ..boxes import notice
from ..explorer import Choice, Control, Explorer, Slider, View, finite
from .inputs import LIMIT, Input, read_inputs
from .ladder import Ladder, ladder
from .numbers import short
from .picture import draw
from .recorded import NotDrawnError, recorded
from .words import describe

__all__ = ["TapeViewer"]

WATCHED, NOT_WATCHED = "watched", "not watched"
_STEPS = "0 shows the way forward only, 1 the result itself, then one for each operation"


class TapeViewer(Explorer):
    """See what a tape records of a function: values forward, gradients backward, step by step.

    Args:
        f: takes one to three tensors or variables, and returns a tensor.
        inputs: variables, tensors, arrays or numbers. Those of a single floating number can be
            changed; a variable itself stays as it is.
        back: how many steps back the picture shows at first.

    Raises:
        ValueError: the inputs are too many or too large, or no numbers.

    Example:
        >>> viewer = TapeViewer(lambda x, w: (x * w - 1.0) ** 2, 3.0, tf.Variable(2.0))
        >>> viewer.words
        'Forward, 3 operations give the result 25. Step back to see the gradients arrive.'
    """

    back = traitlets.CInt(0, min=0).tag(sync=True)
    tensors = traitlets.Enum([WATCHED, NOT_WATCHED], WATCHED).tag(sync=True)
    first = traitlets.CFloat(0.0, min=-LIMIT, max=LIMIT).tag(sync=True)
    second = traitlets.CFloat(0.0, min=-LIMIT, max=LIMIT).tag(sync=True)
    third = traitlets.CFloat(0.0, min=-LIMIT, max=LIMIT).tag(sync=True)

    def __init__(self, f: Callable[..., Any], *inputs: Any, back: int = 0) -> None:
        self._f, self._inputs = f, read_inputs(f, inputs)
        self._known: tuple[Any, Ladder | str] | None = None
        self._numbers = {
            trait: one.number
            for trait, one in zip(("first", "second", "third"), self._inputs)
            if one.number is not None
        }
        super().__init__(back=back, **self._numbers)
        self.begin()

    @traitlets.validate("first", "second", "third")
    def _finite(self, proposal: dict[str, Any]) -> float:
        return finite(proposal["trait"].name, proposal["value"])

    @property
    def ladder(self) -> Ladder | str:
        """What was recorded for the state now; a sentence where nothing could be."""
        state = self.tensors, *(getattr(self, trait) for trait in self._numbers)
        if self._known is None or self._known[0] != state:
            self._known = state, self._record()
        return self._known[1]

    def _record(self) -> Ladder | str:
        numbers = [
            getattr(self, trait) if trait in self._numbers else None
            for trait, _ in zip(("first", "second", "third"), self._inputs)
        ]
        try:
            recording = recorded(self._f, self._inputs, numbers)
        except NotDrawnError as error:
            return str(error)
        return ladder(
            recording,
            [one.name for one in self._inputs],
            [one.is_variable for one in self._inputs],
            [self._is_watched(one) for one in self._inputs],
        )

    def _is_watched(self, one: Input) -> bool:
        by_hand = not one.is_variable and self.tensors == WATCHED
        return one.is_floating and (one.is_watched_by_itself or by_hand)

    def controls_now(self) -> list[Control]:
        steps = self.ladder.steps if isinstance(self.ladder, Ladder) else 1
        controls: list[Control] = [Slider("back", "steps back", _STEPS, high=steps, step=1)]
        if any(one.is_floating and not one.is_variable for one in self._inputs):
            options = (WATCHED, NOT_WATCHED)
            controls.append(Choice("tensors", "tensors", "variables watch themselves", options))
        for trait, one in zip(("first", "second", "third"), self._inputs):
            if trait in self._numbers:
                reach = max(3.0, 2 * abs(self._numbers[trait] or 0.0))
                controls.append(Slider(trait, one.name, "", low=-reach, high=reach, step=0.1))
        return controls

    def view_now(self) -> View:
        rungs = self.ladder
        if isinstance(rungs, str):
            return View(notice(rungs), rungs)
        back = min(self.back, rungs.steps)
        figures = [
            ("Result", short(rungs.result.value, 14)),
            ("Operations", str(len(rungs.operations))),
        ]
        return View(draw(rungs, back), describe(rungs, back), figures)

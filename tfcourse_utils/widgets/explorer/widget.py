"""The base of the explorers: it passes the state on to a function, and what follows to the view."""

from __future__ import annotations

import math
from abc import abstractmethod
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import anywidget
import traitlets

from .controls import Control

__all__ = ["Explorer", "View", "finite"]


class View(NamedTuple):
    """What follows from a state.

    Attributes:
        picture: SVG text, readable by itself, with the words as its label.
        words: all that the picture says, for those who can't see it.
        numbers: captions and values of a few figures.
    """

    picture: str
    words: str
    numbers: Sequence[tuple[str, str]] = ()


class Explorer(anywidget.AnyWidget):
    """A picture of a state, with controls for the state and words about it.

    A subclass declares its state as synchronized traits, gives the controls for some of them in
    `controls_now`, and what follows from the state in `view_now`. Both are functions of the state
    alone. Its constructor calls `begin` when the state is complete.
    """

    _esm = Path(__file__).with_suffix(".js")

    controls = traitlets.List(traitlets.Dict()).tag(sync=True)
    start = traitlets.Dict().tag(sync=True)  # the state to go back to
    picture = traitlets.Unicode().tag(sync=True)
    words = traitlets.Unicode().tag(sync=True)
    numbers = traitlets.List(traitlets.List(traitlets.Unicode())).tag(sync=True)

    @abstractmethod
    def controls_now(self) -> Sequence[Control]:
        """Return the controls that fit the state."""

    @abstractmethod
    def view_now(self) -> View:
        """Return what follows from the state."""

    def begin(self, *others: str) -> None:
        """Take the state as the start, and follow it from now on.

        Args:
            others: traits that belong to the state and have no control.
        """
        names = [control.name for control in self.controls_now()]
        self.start = {name: getattr(self, name) for name in names}
        self.observe(self._refresh, [*names, *others])
        self._refresh()

    def _refresh(self, _change: object = None) -> None:
        view = self.view_now()
        with self.hold_sync():
            self.controls = [control.data() for control in self.controls_now()]
            self.picture, self.words = view.picture, view.words
            self.numbers = [list(number) for number in view.numbers]

    def _repr_mimebundle_(self, **kwargs: Any) -> tuple[dict[str, Any], dict[str, Any]] | None:
        """Add the picture and its description for readers without a live front end."""
        bundle = super()._repr_mimebundle_(**kwargs)
        if bundle is None:
            return None
        data, metadata = bundle
        still = {"image/svg+xml": self.picture, "text/plain": self.words}
        return {**data, **still}, metadata


def finite(trait: str, value: float) -> float:
    """Return a number that a trait is to have, which its own bounds let be NaN.

    Raises:
        traitlets.TraitError: it is NaN.
    """
    if math.isnan(value):
        raise traitlets.TraitError(f"{trait} should be a number, but is NaN")
    return float(value)

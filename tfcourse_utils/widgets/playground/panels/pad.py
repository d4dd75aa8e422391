"""A square to draw on."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import anywidget
import numpy as np
import traitlets

from tfcourse_utils.playground.kinds import SQUARE

from .drawing import Places

__all__ = ["Pad"]

MOST_PLACES = 20_000


class Pad(anywidget.AnyWidget):
    """Lines that are drawn by pointer or keyboard over a picture of the square."""

    _esm = Path(__file__).with_name("pad.js")

    picture = traitlets.Unicode().tag(sync=True)  # SVG text, as of `square.square`
    label = traitlets.Unicode().tag(sync=True)
    is_open = traitlets.Bool(True).tag(sync=True)  # to be drawn on
    strokes = traitlets.List().tag(sync=True)

    @traitlets.validate("strokes")
    def _check(self, proposal: dict[str, Any]) -> list[list[list[float]]]:
        """Refuse what is not lists of places; a browser may send anything."""
        try:
            strokes = [np.array(stroke, np.float64).reshape(-1, 2) for stroke in proposal["value"]]
        except (TypeError, ValueError):
            raise traitlets.TraitError("strokes should be lists of places (x, y)") from None
        if sum(map(len, strokes)) > MOST_PLACES or not all(map(_is_inside, strokes)):
            raise traitlets.TraitError("strokes should be within the square, and not endless")
        return [stroke.tolist() for stroke in strokes]

    @property
    def lines(self) -> list[Places]:
        """What is drawn, (n, 2) each, in the plane."""
        return [np.array(stroke) for stroke in self.strokes if len(stroke) > 1]


def _is_inside(stroke: Places) -> bool:
    return bool(np.isfinite(stroke).all() and (np.abs(stroke) <= SQUARE).all())

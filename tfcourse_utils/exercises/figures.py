"""Looking at Matplotlib figures: made without being shown, and what is drawn in them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

__all__ = ["curves", "drawn", "has_labels"]


def drawn(make: Callable[[], Any]) -> Figure:
    """Return the figure that `make()` gives.

    What pyplot has opened meanwhile is closed: a notebook would show it below the check.

    Raises:
        TypeError: something else came back; the message is for the learner.
    """
    before = set(plt.get_fignums())
    try:
        figure = make()
    finally:
        for number in set(plt.get_fignums()) - before:
            plt.close(number)
    if not isinstance(figure, Figure):
        raise TypeError(f"the answer should be a Matplotlib Figure; it is {_kind(figure)}")
    return figure


def _kind(thing: Any) -> str:
    return "None" if thing is None else f"of type {type(thing).__name__}"


def curves(figure: Figure) -> list[np.ndarray]:
    """Return the heights of each curve in a figure, whatever plot it is in."""
    return [np.asarray(line.get_ydata()) for axes in figure.axes for line in axes.get_lines()]


def has_labels(figure: Figure) -> bool:
    """Return whether each plot in a figure, one at least, has a label at both axes.

    A label for all plots together, as `figure.supxlabel` sets, is as good.
    """
    across, up = figure.get_supxlabel(), figure.get_supylabel()
    return bool(figure.axes) and all(
        (axes.get_xlabel() or across) and (axes.get_ylabel() or up) for axes in figure.axes
    )

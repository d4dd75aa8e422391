"""Looking at Matplotlib figures: made without being shown, and where the lines in them go."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.legend import Legend
from matplotlib.lines import Line2D

__all__ = ["drawn", "drawn_lines", "line_through"]


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


def drawn_lines(figure: Figure) -> list[dict[str, Any]]:
    """Return every line of a figure, as plain data.

    Each has its points, `x` and `y`; the number of its `panel`, which axes laid over one another
    share; the panel's `x label` and `y label`, "" where there is none; and under `names` what the
    panel's legend, or else the figure's, calls a line of this colour, dash and marker.
    """
    panels = _panels(figure)
    return [
        {
            "x": np.asarray(line.get_xdata(), float),
            "y": np.asarray(line.get_ydata(), float),
            "panel": number,
            **_labels(figure, axes),
            "names": _names(figure, panel, line),
        }
        for number, panel in enumerate(panels)
        for axes in panel
        for line in axes.get_lines()
    ]


def line_through(lines: list[dict[str, Any]], y: Any) -> dict[str, Any] | None:
    """Return the first line with these heights, or None."""
    for line in lines:
        if np.shape(line["y"]) == np.shape(y) and np.allclose(line["y"], y):
            return line
    return None


def _panels(figure: Figure) -> list[list[Axes]]:
    """Return the axes of a figure, those in the same place together."""
    panels: dict[Any, list[Axes]] = {}
    for axes in figure.get_axes():
        place = tuple(np.round(axes.get_position(original=True).bounds, 6))
        panels.setdefault(place, []).append(axes)
    return list(panels.values())


def _labels(figure: Figure, axes: Axes) -> dict[str, str]:
    """Return the labels of both axes: where several share an axis, one label will do."""
    sharing_x = axes.get_shared_x_axes().get_siblings(axes)
    sharing_y = axes.get_shared_y_axes().get_siblings(axes)
    x_labels = [axes.get_xlabel(), *(other.get_xlabel() for other in sharing_x)]
    y_labels = [axes.get_ylabel(), *(other.get_ylabel() for other in sharing_y)]
    return {
        "x label": next(filter(str.strip, [*x_labels, figure.get_supxlabel()]), ""),
        "y label": next(filter(str.strip, [*y_labels, figure.get_supylabel()]), ""),
    }


def _names(figure: Figure, panel: list[Axes], line: Line2D) -> list[str]:
    legends = [legend for axes in panel if (legend := axes.get_legend())] or figure.legends
    return sorted({name for legend in legends for name in _called(legend, line)})


def _called(legend: Legend, line: Line2D) -> list[str]:
    entries = zip(legend.legend_handles, legend.get_texts())
    return [text.get_text() for handle, text in entries if _look(handle) == _look(line)]


def _look(line: Any) -> Any:
    """Return by what eyes tell a line from others, or None of what is no line."""
    if not isinstance(line, Line2D):
        return None
    return to_hex(line.get_color()), line.get_linestyle(), str(line.get_marker())

"""Small pictures on Matplotlib: points by class, decision regions, loss curves.

Classes differ in colour and in marker. The colours are Okabe and Ito's, chosen to be told
apart by readers of every colour vision (Color Universal Design, 2008). Every function draws
on the axes it is given, or on new ones, and returns them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from numpy.typing import ArrayLike, NDArray

COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#56B4E9", "#E69F00")
MARKERS = ("o", "^", "s", "D", "v", "P")

__all__ = [
    "COLOURS",
    "MARKERS",
    "decision_regions",
    "legend_below",
    "loss_curves",
    "new_axes",
    "scatter_classes",
]


def new_axes(title: str = "", width: float = 5.0, height: float = 4.2) -> Axes:
    """Make a figure with one plot, its title set; width and height in inches."""
    _, axes = plt.subplots(figsize=(width, height), layout="constrained")
    axes.set_title(title)
    return axes


def scatter_classes(
    inputs: ArrayLike,
    targets: ArrayLike,
    axes: Axes | None = None,
    names: Sequence[str] | None = None,
    title: str = "",
) -> Axes:
    """Draw points in the plane, each class with its own colour and marker.

    Args:
        inputs: shape (n, 2).
        targets: whole numbers from 0 to 5, shape (n,) or (n, 1).
        axes: where to draw; new axes if None.
        names: what the legend calls the classes, first class 0; "class 0", … if None.
        title: set above the plot, if not empty.

    Returns:
        The axes, with equal scales.

    Raises:
        ValueError: a shape does not fit, or there are more classes than markers.
    """
    points, labels = _points(inputs), np.asarray(targets).reshape(-1)
    if len(points) != len(labels):
        raise ValueError(f"targets should be {len(points)}, one a point, but are {len(labels)}")
    if not np.isin(labels, np.arange(len(MARKERS))).all():
        raise ValueError(f"targets should be whole numbers from 0 to {len(MARKERS) - 1}")
    axes = new_axes() if axes is None else axes
    for label in np.unique(labels).astype(int):
        name = f"class {label}" if names is None else names[label]
        x, y = points[labels == label].T
        marks = axes.scatter(x, y, s=24, c=COLOURS[label], marker=MARKERS[label], label=name)
        marks.set(edgecolor="white", linewidth=0.5)
    axes.set(xlabel="x", ylabel="y", aspect="equal")
    if title:
        axes.set_title(title)
    return legend_below(axes)


def legend_below(axes: Axes) -> Axes:
    """Put the legend under the axes, where it covers no point; short ones in one line."""
    columns = 3 if len(axes.get_legend_handles_labels()[0]) == 3 else 2
    # The padding, in letter heights, clears the label of the horizontal axis.
    axes.legend(
        loc="upper center",
        bbox_to_anchor=(0.5, 0.0),
        borderaxespad=3.6,
        ncols=columns,
        frameon=False,
    )
    return axes


def decision_regions(
    predict: Callable[[NDArray[np.float32]], ArrayLike],
    axes: Axes,
    threshold: float = 0.5,
    resolution: int = 160,
) -> Axes:
    """Tint the plane by what a classifier answers there, over the range `axes` shows.

    Draw the points first: they set the range, which is kept.

    Args:
        predict: maps float32 points (m, 2) to one score a point, (m,) or (m, 1), called 1
            where it is above the threshold; or to k scores, (m, k), of which the largest wins.
        axes: where to draw.
        threshold: used with one score only.
        resolution: grid lines in each direction, 2 or more.

    Returns:
        The axes, with the edges between the regions drawn as dark lines.

    Raises:
        ValueError: `predict` does not give one row of scores for each point.
    """
    x_limits, y_limits = axes.get_xlim(), axes.get_ylim()
    x, y = (np.linspace(*limits, resolution) for limits in (x_limits, y_limits))
    grid = np.stack(np.broadcast_arrays(x[None, :], y[:, None]), axis=-1)
    scores = np.asarray(predict(grid.reshape(-1, 2).astype(np.float32)))
    for lead, colour in zip(_leads(scores, resolution**2, threshold), COLOURS):
        field = lead.reshape(resolution, resolution)
        if field.max() > 0:
            levels = [0.0, float(field.max())]
            axes.contourf(x, y, field, levels, colors=[colour], alpha=0.2, zorder=0)
        if field.min() < 0 < field.max():
            axes.contour(x, y, field, [0.0], colors="#444444", linewidths=1.2, zorder=1)
    axes.set(xlim=x_limits, ylim=y_limits)
    return axes


def loss_curves(
    curves: Mapping[str, Sequence[float]],
    axes: Axes | None = None,
    xlabel: str = "epoch",
    title: str = "",
) -> Axes:
    """Draw one line for each named list of losses, the first at 0 on the horizontal axis.

    Raises:
        ValueError: `curves` is empty.
    """
    if not curves:
        raise ValueError("curves should hold at least one named list of losses, but is empty")
    axes = new_axes(title, height=3.4) if axes is None else axes
    for (name, losses), colour, style in zip(curves.items(), COLOURS, ("-", "--", ":") * 2):
        axes.plot(np.asarray(losses, dtype=float), color=colour, linestyle=style, label=name)
    axes.set(xlabel=xlabel, ylabel="loss", ylim=(0, None))
    axes.grid(alpha=0.3)
    axes.legend()
    return axes


def _points(inputs: ArrayLike) -> NDArray[np.float64]:
    points = np.asarray(inputs, dtype=float)
    if points.ndim != 2 or points.shape[1] != 2:
        raise ValueError(f"inputs should have the shape (n, 2), but have {points.shape}")
    return points


def _leads(scores: NDArray[np.float64], count: int, threshold: float) -> list[NDArray[np.float64]]:
    """Return for each class by how much it leads the best other one at each point.

    Drawn at 0, a lead gives smooth borders; the bare decisions would give stairs.
    """
    if scores.shape[:1] != (count,) or scores.ndim > 2:
        raise ValueError(
            f"predict should give {count} rows of scores, but gave the shape {scores.shape}"
        )
    table = scores.reshape(count, -1).astype(float)
    if table.shape[1] == 1:
        lead = table[:, 0] - threshold
        return [-lead, lead]
    columns = range(table.shape[1])
    return [table[:, k] - np.delete(table, k, axis=1).max(axis=1) for k in columns]

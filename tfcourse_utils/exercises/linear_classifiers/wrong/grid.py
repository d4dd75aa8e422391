"""How `decision_grid` goes wrong."""

from __future__ import annotations

import numpy as np

from ..grid import decision_grid, plane


def _points(x_limits, y_limits, resolution, indexing="xy"):
    axes = [np.linspace(*limits, resolution) for limits in (x_limits, y_limits)]
    return np.stack(np.meshgrid(*axes, indexing=indexing), axis=-1).reshape(-1, 2)


def _is_scattered(seen, expected):
    """More different x values than grid lines, though the number of points is right."""
    lines = len(np.unique(np.round(expected[:, 0], 4)))
    return seen.shape == expected.shape and len(np.unique(np.round(seen[:, 0], 4))) > lines


def _is_reordered(seen, _):
    right, predictions = plane(seen["points"]), np.asarray(seen["predictions"])
    return predictions.shape == right.shape and np.allclose(
        np.sort(predictions, axis=0), np.sort(right, axis=0)
    )


def _is_changed(seen, _):
    right, predictions = plane(seen["points"]), np.asarray(seen["predictions"])
    candidates = (right > 0.5, right > 0, np.round(right), right.ravel())
    return any(
        predictions.shape == changed.shape and np.allclose(predictions, changed)
        for changed in candidates
    )


@decision_grid.wrong(
    "limits exchanged",
    says="The first column runs over the y limits and the second over the x limits.",
)
def _(predict, x_limits, y_limits, resolution):
    points = _points(y_limits, x_limits, resolution)
    return points, predict(points)


@decision_grid.wrong(
    "last line missing",
    says="The grid stops one step before the upper ends. Both ends belong to it.",
)
def _(predict, x_limits, y_limits, resolution):
    axes = [np.linspace(*limits, resolution, endpoint=False) for limits in (x_limits, y_limits)]
    points = np.stack(np.meshgrid(*axes), axis=-1).reshape(-1, 2)
    return points, predict(points)


@decision_grid.wrong(
    "one call for each point",
    says="`predict` is called once for each point. A model is as quick on ten thousand points "
    "as on ten: make all points first, then call it once.",
)
def _(predict, x_limits, y_limits, resolution):
    points = _points(x_limits, y_limits, resolution)
    return points, np.concatenate([predict(point[None]) for point in points])


@decision_grid.wrong(
    "only the diagonal",
    says="These are `resolution` points along the diagonal. A grid pairs every x with every y.",
)
def _(predict, x_limits, y_limits, resolution):
    axes = [np.linspace(*limits, resolution) for limits in (x_limits, y_limits)]
    points = np.stack(axes, axis=-1)
    return points, predict(points)


@decision_grid.wrong(
    "points off the grid",
    says="There are as many points as asked for, but not on the grid's lines: their x take many "
    "more values than there are lines. Are the two columns stacked along the right axis?",
    when=_is_scattered,
)
def _(predict, x_limits, y_limits, resolution):
    low, high = np.transpose([x_limits, y_limits])
    points = np.random.default_rng(0).uniform(low, high, (resolution**2, 2))
    return points, predict(points)


@decision_grid.wrong(
    "another order",
    says="Points and predictions are in different orders: each row of the predictions should "
    "belong to the point in the same row. Predict on the very array that you return.",
    when=_is_reordered,
)
def _(predict, x_limits, y_limits, resolution):
    points = _points(x_limits, y_limits, resolution)
    return points, predict(_points(x_limits, y_limits, resolution, indexing="ij"))


@decision_grid.wrong(
    "still a square",
    says="The points are still arranged as a square, in three dimensions. A model takes a list "
    "of points, of shape (resolution², 2).",
)
def _(predict, x_limits, y_limits, resolution):
    points = _points(x_limits, y_limits, resolution)
    return points.reshape(resolution, resolution, 2), predict(points)


@decision_grid.wrong(
    "classes instead of predictions",
    says="The predictions were changed on the way: rounded, cut or reshaped. Return what "
    "`predict` gives.",
    when=_is_changed,
)
def _(predict, x_limits, y_limits, resolution):
    points = _points(x_limits, y_limits, resolution)
    return points, predict(points) > 0.5

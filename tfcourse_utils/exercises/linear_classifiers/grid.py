"""`decision_grid`: a classifier evaluated on a grid of points."""

from __future__ import annotations

import numpy as np

from tfcourse_utils.checking import close, exercise

from ..tools import parts

__all__ = ["decision_grid"]

decision_grid = exercise(
    "linear_classifiers.decision_grid", kind="transfer", section="What a line cannot do"
)


def _plane(points):
    """A stand-in for a classifier, different at every point of the grids tried."""
    points = np.asarray(points, "float64").reshape(-1, 2)
    return points[:, :1] - 10 * points[:, 1:]


_plane.__name__ = "predict"  # as a verdict shows it


class _Counted:
    __name__ = "predict"

    def __init__(self):
        self.calls = 0

    def __call__(self, points):
        self.calls += 1
        return _plane(points)


def _same_rows(seen, expected):
    """Compare two sets of points, in whatever order."""
    if np.shape(seen) != expected.shape:
        return f"got shape {np.shape(seen)}, expected {expected.shape}"
    in_order = [rows[np.lexsort(np.round(rows, 4).T)] for rows in (np.asarray(seen), expected)]
    reason = close()(*in_order)
    return None if reason is None else f"after sorting both, {reason}"


def _belong_together(seen, _):
    """Are the predictions those of the points beside them?"""
    if np.shape(seen["points"]) != (16, 2) or not np.all(np.isfinite(seen["points"])):
        return f"there should be 16 points, of shape (16, 2); got {np.shape(seen['points'])}"
    return close()(seen["predictions"], _plane(seen["points"]))


def _random_limits(rng):
    low = rng.uniform(-3, 0, size=2)
    high = low + rng.uniform(1, 4, size=2)
    return (float(low[0]), float(high[0])), (float(low[1]), float(high[1]))


@decision_grid.probe("the points", compare=_same_rows)
def _(answer, rng):
    return parts(answer(_plane, *_random_limits(rng), 5), 2)[0]


@decision_grid.probe("the predictions belong to their points", compare=_belong_together)
def _(answer, rng):
    points, predictions = parts(answer(_plane, *_random_limits(rng), 4), 2)
    return {"points": points, "predictions": predictions}


@decision_grid.probe("few calls of predict")
def _(answer, rng):
    predict = _Counted()
    answer(predict, *_random_limits(rng), 6)
    return {"called": predict.calls > 0, "called for each point": predict.calls >= 36}


def _points(x_limits, y_limits, resolution, indexing="xy"):
    axes = [np.linspace(*limits, resolution) for limits in (x_limits, y_limits)]
    return np.stack(np.meshgrid(*axes, indexing=indexing), axis=-1).reshape(-1, 2)


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
    when=lambda seen, expected: _is_scattered(seen, expected),
)
def _(predict, x_limits, y_limits, resolution):
    low, high = np.transpose([x_limits, y_limits])
    points = np.random.default_rng(0).uniform(low, high, (resolution**2, 2))
    return points, predict(points)


@decision_grid.wrong(
    "another order",
    says="Points and predictions are in different orders: each row of the predictions should "
    "belong to the point in the same row. Predict on the very array that you return.",
    when=lambda seen, _: _is_reordered(seen),
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
    when=lambda seen, _: _is_changed(seen),
)
def _(predict, x_limits, y_limits, resolution):
    points = _points(x_limits, y_limits, resolution)
    return points, predict(points) > 0.5


def _is_scattered(seen, expected):
    """More different x values than grid lines, though the number of points is right."""
    lines = len(np.unique(np.round(expected[:, 0], 4)))
    return seen.shape == expected.shape and len(np.unique(np.round(seen[:, 0], 4))) > lines


def _is_reordered(seen):
    right, predictions = _plane(seen["points"]), np.asarray(seen["predictions"])
    return predictions.shape == right.shape and np.allclose(
        np.sort(predictions, axis=0), np.sort(right, axis=0)
    )


def _is_changed(seen):
    right, predictions = _plane(seen["points"]), np.asarray(seen["predictions"])
    candidates = (right > 0.5, right > 0, np.round(right), right.ravel())
    return any(
        predictions.shape == changed.shape and np.allclose(predictions, changed)
        for changed in candidates
    )


decision_grid.hint(
    "How many points does the grid have, and which pairs of an x and a y are they?",
    "`np.linspace(low, high, resolution)` includes both ends; `np.meshgrid` or "
    "`np.repeat` and `np.tile` pair every x with every y.",
    "Bring the points into the shape (resolution², 2), then call `predict` once, on all of them.",
)

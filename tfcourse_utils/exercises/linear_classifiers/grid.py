"""`decision_grid`: a classifier evaluated on a grid of points."""

from __future__ import annotations

import numpy as np

from tfcourse_utils.checking import close, exercise

from ..tools import parts

__all__ = ["decision_grid", "plane"]

decision_grid = exercise(
    "linear_classifiers.decision_grid", kind="transfer", section="One hidden layer"
)


def plane(points):
    """A stand-in for a classifier, different at every point of the grids tried."""
    points = np.asarray(points, "float64").reshape(-1, 2)
    return points[:, :1] - 10 * points[:, 1:]


plane.__name__ = "predict"  # as a verdict shows it


class _Counted:
    __name__ = "predict"

    def __init__(self):
        self.calls = 0

    def __call__(self, points):
        self.calls += 1
        return plane(points)


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
    return close()(seen["predictions"], plane(seen["points"]))


def _random_limits(rng):
    low = rng.uniform(-3, 0, size=2)
    high = low + rng.uniform(1, 4, size=2)
    return (float(low[0]), float(high[0])), (float(low[1]), float(high[1]))


@decision_grid.probe("the points", compare=_same_rows)
def _(answer, rng):
    return parts(answer(plane, *_random_limits(rng), 5), 2)[0]


@decision_grid.probe("the predictions belong to their points", compare=_belong_together)
def _(answer, rng):
    points, predictions = parts(answer(plane, *_random_limits(rng), 4), 2)
    return {"points": points, "predictions": predictions}


@decision_grid.probe("few calls of predict")
def _(answer, rng):
    predict = _Counted()
    answer(predict, *_random_limits(rng), 6)
    return {"called": predict.calls > 0, "called for each point": predict.calls >= 36}


decision_grid.hint(
    "How many points does the grid have, and which pairs of an x and a y are they?",
    "`np.linspace(low, high, resolution)` includes both ends; `np.meshgrid` or "
    "`np.repeat` and `np.tile` pair every x with every y.",
    "Bring the points into the shape (resolution², 2), then call `predict` once, on all of them.",
)

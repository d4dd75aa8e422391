"""Curves of a record: what is drawn where, still without a picture."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from .recorder import VALIDATION, Place, Recorder

__all__ = ["Curve", "Panel", "panels", "reach"]

Floats = NDArray[np.float64]
LARGEST = 1e30  # of a value that is drawn
FEWEST = 4  # points of an epoch that are a line of their own
ROUND = (1, 2, 3, 4, 5, 6, 8, 10)


class Curve(NamedTuple):
    """Points: epochs that are over, with fractions, values, and whether a new line begins there."""

    xs: Floats
    ys: Floats
    breaks: NDArray[np.bool_]


class Panel(NamedTuple):
    """One quantity.

    Attributes:
        name: as Keras reports it.
        batches: the mean over the epoch so far, as Keras reports it after a batch.
        training, validation: the values of whole epochs.
        trouble: where a value was first not finite; None if all are.
    """

    name: str
    batches: Curve
    training: Curve
    validation: Curve
    trouble: float | None


def panels(record: Recorder) -> list[Panel]:
    """Return the curves of all quantities that are shown."""
    steps = record.steps or record.longest
    rows = record.batches.rows()
    xs = np.array([_over(place, steps) for place, _ in rows])
    breaks = _breaks([place.epoch for place, _ in rows])
    table = np.array([values for _, values in rows]).reshape(len(rows), len(record.measured))
    return [_panel(record, name, xs, table, breaks, steps) for name in record.shown]


def _breaks(epochs: list[int]) -> NDArray[np.bool_]:
    """Return where an epoch begins anew, unless so few points of each are kept that none joins."""
    changes = np.diff(np.array(epochs, int), prepend=0) != 0
    return changes & (len(epochs) >= FEWEST * changes.sum())


def _panel(
    record: Recorder,
    name: str,
    xs: Floats,
    table: Floats,
    breaks: NDArray[np.bool_],
    steps: int,
) -> Panel:
    ys = table[:, record.measured.index(name)] if name in record.measured else np.empty(0)
    keys = [key for key in (name, VALIDATION + name) if key in record.trouble]
    return Panel(
        name,
        Curve(xs[: len(ys)], _drawable(ys), breaks[: len(ys)]),
        _of_epochs(record, name),
        _of_epochs(record, VALIDATION + name),
        min((_over(record.trouble[key][0], steps) for key in keys), default=None),
    )


def _over(place: Place, steps: int) -> float:
    """Return how many epochs are over, an epoch under way counted as a fraction."""
    return place.epoch - 1 + place.batch / max(steps, place.batch, 1)


def _of_epochs(record: Recorder, key: str) -> Curve:
    rows = record.epochs[key].rows() if key in record.epochs else []
    xs, ys = np.array(rows, float).reshape(-1, 2).T
    return Curve(xs, _drawable(ys), np.zeros(len(xs), bool))


def _drawable(values: Floats) -> Floats:
    return np.where(np.abs(values) <= LARGEST, values, np.nan)


def reach(record: Recorder, is_over: bool) -> tuple[float, float]:
    """Return from where to where the axis of epochs goes: a little further than training is."""
    left = float((record.first or 1) - 1)
    done = _over(record.place, record.steps or record.longest) - left
    if is_over:
        length = done or 1.0
    else:
        planned = math.inf if record.planned is None else max(record.planned - left, 1)
        length = min(_round_up(done), planned)
    return left, left + 1.02 * length  # the last mark is seen whole


def _round_up(length: float) -> float:
    """Return a round number of epochs, one at least, with some room left."""
    wanted = max(1.0, 1.1 * length)
    power = 10.0 ** math.floor(math.log10(wanted))
    return next(power * one for one in ROUND if power * one >= wanted)


def heights(panel: Panel) -> Floats:
    """Return the values that a plot has to hold: all of epochs, and most of batches.

    The first batches of a training are often so far off that nothing else would be seen.
    """
    ys = panel.batches.ys[np.isfinite(panel.batches.ys)]
    usual = np.quantile(ys, (0.01, 0.97)) if len(ys) else np.empty(0)
    return np.concatenate([panel.training.ys, panel.validation.ys, usual, ys[-1:]])

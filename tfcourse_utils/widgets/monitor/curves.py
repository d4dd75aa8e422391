"""Curves of a record: what is drawn where, still without a picture."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from .recorder import VALIDATION, Recorder

__all__ = ["Curve", "Panel", "heights", "panels", "reach", "share"]

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
        now: the latest values of training and validation, where there are any.
        trouble: where a value was first not finite, and the value; None if all are.
    """

    name: str
    batches: Curve
    training: Curve
    validation: Curve
    now: tuple[float | None, float | None]
    trouble: tuple[float, float] | None


def panels(record: Recorder) -> list[Panel]:
    """Return the curves of all quantities that are shown."""
    rows = record.batches.rows()
    xs = np.array([record.over(place) for place, _ in rows])
    breaks = _breaks([place.epoch for place, _ in rows])
    table = np.array([values for _, values in rows]).reshape(len(rows), len(record.measured))
    return [_panel(record, name, xs, table, breaks) for name in record.shown]


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
) -> Panel:
    ys = table[:, record.measured.index(name)] if name in record.measured else np.empty(0)
    keys = (name, VALIDATION + name)
    troubles = [record.trouble[key] for key in keys if key in record.trouble]
    return Panel(
        name,
        Curve(xs[: len(ys)], _drawable(ys), breaks[: len(ys)]),
        _of_epochs(record, name),
        _of_epochs(record, VALIDATION + name),
        (record.latest.get(keys[0]), record.latest.get(keys[1])),
        min(((record.over(place), value) for place, value in troubles), default=None),
    )


def _of_epochs(record: Recorder, key: str) -> Curve:
    rows = record.epochs[key].rows() if key in record.epochs else []
    xs, ys = np.array(rows, float).reshape(-1, 2).T
    return Curve(xs, _drawable(ys), np.zeros(len(xs), bool))


def _drawable(values: Floats) -> Floats:
    return np.where(np.abs(values) <= LARGEST, values, np.nan)


def reach(record: Recorder, is_over: bool) -> tuple[float, float]:
    """Return from where to where the axis of epochs goes: a little further than training is."""
    left = float((record.first or 1) - 1)
    done = record.done - left
    if is_over:
        length = done if done > 0 else 1.0
    else:
        planned = math.inf if record.planned is None else max(record.planned - left, 1)
        length = min(_round_up(done), planned)
    return left, left + 1.02 * length  # the last mark is seen whole


def share(record: Recorder) -> float:
    """Return which part of the planned epochs is over; 0 where nobody knows."""
    left = (record.first or 1) - 1
    planned = (record.planned or 0) - left
    return min((record.done - left) / planned, 1.0) if planned > 0 else 0.0


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
    ranked = np.sort(ys)
    usual = ranked[[len(ys) // 100, 97 * (len(ys) - 1) // 100]] if len(ys) else ys
    return np.concatenate([panel.training.ys, panel.validation.ys, usual, ys[-1:]])

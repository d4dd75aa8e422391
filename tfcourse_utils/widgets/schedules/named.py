"""Schedules with names: the learning rate of every epoch, and its formula."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..svg import short
from .plateau import plateau

__all__ = ["NAMED", "SHAPES", "Curve", "Floats", "Schedule", "Settings", "rate_at"]

Floats = NDArray[np.float64]


class Settings(NamedTuple):
    """What schedules are told. Lengths are in epochs."""

    peak: float = 0.01
    epochs: int = 40
    factor: float = 0.5
    every: int = 10
    decay: float = 0.9
    warmup: int = 5
    after: str = "cosine"
    patience: int = 3
    batches: int = 100


class Curve(NamedTuple):
    """Rates over the training.

    Attributes:
        along: (n,), when each rate begins, in epochs.
        rates: (n,); NaN where there is none that is finite.
        losses: (n,), the validation losses that decided, for a schedule that watches them.
    """

    along: Floats
    rates: Floats
    losses: Floats | None = None


class Schedule(NamedTuple):
    """A learning-rate schedule.

    Attributes:
        name: of the schedule.
        look: returns its curve.
        formula: says where its rates come from.
        needs: which of the settings it takes beside peak and epochs.
        per_batch: whether the rate changes within an epoch.
    """

    name: str
    look: Callable[[Settings], Curve]
    formula: Callable[[Settings], str]
    needs: tuple[str, ...] = ()
    per_batch: bool = False


class Shape(NamedTuple):
    """How a rate falls from its peak.

    Attributes:
        share: of the peak, from epochs since the peak, (n,), and how many there are in all.
        formula: of that share, in Python; "" where it is 1.
        needs: which of the settings it takes.
    """

    share: Callable[[Floats, int, Settings], Floats]
    formula: Callable[[Settings], str]
    needs: tuple[str, ...] = ()


SHAPES = {
    "constant": Shape(lambda epoch, length, s: np.ones_like(epoch), lambda s: ""),
    "step decay": Shape(
        lambda epoch, length, s: s.factor ** (epoch // s.every),
        lambda s: f" * {s.factor:g} ** (epoch // {s.every})",
        ("factor", "every"),
    ),
    "exponential": Shape(
        lambda epoch, length, s: s.decay**epoch,
        lambda s: f" * {s.decay:g} ** epoch",
        ("decay",),
    ),
    "cosine": Shape(
        lambda epoch, length, s: (1 + np.cos(np.pi * epoch / length)) / 2,
        lambda s: f" * (1 + cos(pi * epoch / {s.epochs})) / 2",
    ),
}


def _of_shape(name: str, shape: Shape) -> Schedule:
    def look(settings: Settings) -> Curve:
        along = np.arange(float(settings.epochs))
        return Curve(along, settings.peak * shape.share(along, settings.epochs, settings))

    return Schedule(name, look, lambda s: short(s.peak) + shape.formula(s), shape.needs)


def _warmup(settings: Settings) -> Curve:
    """Return rates that rise in a line, and then fall in the shape that is chosen."""
    along, start = np.arange(float(settings.epochs)), settings.warmup
    rising = along / max(start, 1)
    since = np.maximum(along - start, 0.0)
    falling = SHAPES[settings.after].share(since, max(settings.epochs - start, 1), settings)
    return Curve(along, settings.peak * np.where(along < start, rising, falling))


def _warmup_formula(settings: Settings) -> str:
    peak, start, left = short(settings.peak), settings.warmup, settings.epochs - settings.warmup
    rising = f"{peak} * epoch / {start}"
    if left <= 0:
        return f"{rising}, and never further"
    falling = f"{settings.after} over {left} epoch{'s' if left > 1 else ''}"
    return f"{rising} before epoch {start}, then {falling}" if start else falling


def _plateau(settings: Settings) -> Curve:
    found = plateau(settings.epochs, settings.peak, settings.factor, settings.patience)
    return Curve(np.arange(float(settings.epochs)), *found)


def _plateau_formula(settings: Settings) -> str:
    count = settings.patience
    waited = f"{count} epochs" if count > 1 else "an epoch"
    return f"times {settings.factor:g} after {waited} without a lower validation loss"


NAMED = (
    *(_of_shape(name, shape) for name, shape in SHAPES.items()),
    Schedule("warm-up", _warmup, _warmup_formula, ("warmup", "after")),
    Schedule("on a plateau", _plateau, _plateau_formula, ("factor", "patience")),
)


def rate_at(curve: Curve, epoch: int) -> float:
    """Return the rate at the start of an epoch."""
    return float(curve.rates[np.searchsorted(curve.along, epoch, side="right") - 1])

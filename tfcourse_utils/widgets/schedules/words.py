"""What schedules do, in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from ..svg import short
from .named import Curve

__all__ = ["Shown", "describe", "rate"]


class Shown(NamedTuple):
    """A schedule as it is drawn.

    Attributes:
        name: of the schedule.
        formula: where its rates come from.
        curve: its rates.
        here: the rate at the chosen epoch; NaN if there is none.
        per_batch: whether the rate changes within an epoch.
    """

    name: str
    formula: str
    curve: Curve
    here: float
    per_batch: bool


def rate(value: float) -> str:
    """Write a rate, or that there is none."""
    return "none" if np.isnan(value) else short(value)


def describe(epoch: int, epochs: int, shown: Sequence[Shown], log: bool = False) -> str:
    """Say what each schedule does in all, and its rate at one epoch.

    Args:
        log: whether the axis of the rates is logarithmic, and so has no place for some.
    """
    lines = [f"{epochs} epochs, from 0 to {epochs - 1}."]
    lines += [_one(epoch, one) for one in shown]
    if log and any((one.curve.rates <= 0).any() for one in shown):
        lines.append("A logarithmic axis has no place for a rate of 0 or below: the line breaks.")
    return "\n".join(lines)


def _one(epoch: int, one: Shown) -> str:
    return f"{one.name} ({one.formula}): {_course(one.curve)}; {rate(one.here)} at epoch {epoch}."


def _course(curve: Curve) -> str:
    """Say where the rates begin, how high they get and where they end."""
    rates = curve.rates
    seen = rates[np.isfinite(rates)]
    if not len(seen):
        return "no finite rate at all"
    low, high = float(seen.min()), float(seen.max())
    if low == high:
        said = f"{rate(high)} throughout"
    else:
        top = int(np.nanargmax(rates))
        inner = high > rates[0] and high > rates[-1]
        peak = f"up to {rate(high)} at epoch {curve.along[top]:.3g} and " if inner else ""
        said = f"from {rate(float(rates[0]))} {peak}to {rate(float(rates[-1]))}"
    return said + _warning(len(rates) - len(seen), low) + _drops(curve)


def _warning(missing: int, low: float) -> str:
    negative = ", with rates below 0, which climb" if low < 0 else ""
    return negative + (", with rates that are not finite" if missing else "")


def _drops(curve: Curve) -> str:
    """Say where a schedule that watches a loss has reduced the rate."""
    if curve.losses is None:
        return ""
    places = curve.along[1:][np.diff(curve.rates) != 0]
    if not len(places):
        return ", as the made-up validation loss never rests so long"
    named = ", ".join(f"{place:g}" for place in places[:8]) + (" …" if len(places) > 8 else "")
    return f", reduced at epoch {named}, by a made-up validation loss"

"""What losses say of a prediction, and what an outlier does to them, in words."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from ..svg import number, short
from .curves import Here

__all__ = ["Pull", "describe", "describe_pulls", "gradient", "interval"]


class Pull(NamedTuple):
    """What an outlier does to a loss.

    Attributes:
        name: of the loss.
        without, best: the ends of the range of its best constants, without and with the outlier;
            None where there is none.
        wrong: why the loss can't be used; "" where it can.
    """

    name: str
    without: tuple[float, float] | None
    best: tuple[float, float] | None
    wrong: str = ""


def gradient(found: Here) -> str:
    """Write a gradient, both of them where it jumps, or None where there is none."""
    if math.isnan(found.gradient):
        return "None"
    if found.is_kink:
        return f"{short(found.before)} | {short(found.after)}"
    return short(found.gradient)


def interval(best: tuple[float, float] | None) -> str:
    """Write the best constant, or the range of those that are equally good."""
    if best is None:
        return "none"
    low, high = (number(end, 2) for end in best)
    return low if low == high else f"{low} to {high}"


def describe(target: float, prediction: float, found: Sequence[tuple[str, Here]]) -> str:
    """Say what the losses are at a prediction, and where a step against the gradient leads."""
    where = f"Target {short(target)}, prediction {short(prediction)}."
    return " ".join([where, *(_one(name, one) for name, one in found)])


def _one(name: str, found: Here) -> str:
    text = f"{name}: loss {short(found.value)}"
    if math.isnan(found.gradient):
        return f"{text}, no gradient: training learns nothing from it here."
    if not math.isfinite(found.gradient):
        return f"{text}, and a gradient that is not finite: a step along it leads nowhere."
    if found.is_kink:
        return (
            f"{text}; it has a kink here, where the slope jumps from {short(found.before)} to "
            f"{short(found.after)}."
        )
    if abs(found.gradient) < 1e-4:
        return f"{text}, gradient {short(found.gradient)}: as good as no pull on the prediction."
    way = "down" if found.gradient > 0 else "up"
    return f"{text}, gradient {short(found.gradient)}: it pulls the prediction {way}."


def describe_pulls(outlier: float, pulls: Sequence[Pull]) -> str:
    """Say how far the outlier moves the best constant of each loss."""
    moved = [
        pull.wrong or f"{pull.name} {interval(pull.without)} → {interval(pull.best)}"
        for pull in pulls
    ]
    return (
        f"Four targets near 0, and one at {number(outlier, 1)}. The constant prediction with the "
        f"lowest mean loss, without → with that one: {'; '.join(moved)}."
    )

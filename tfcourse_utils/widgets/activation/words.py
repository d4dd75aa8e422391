"""What the picture of one or two activations shows, in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from ..svg import short
from .calling import Activation, Seen
from .stack import SMALL, UNITS, Stack

__all__ = ["Shown", "describe", "verdict"]


class Shown(NamedTuple):
    """An activation with all that is shown of it.

    Attributes:
        curve: values and slopes along the horizontal axis.
        here: value and slope at x, (1,) each.
        stack: layers with it.
        back: which part of a gradient's size comes back through them.
    """

    activation: Activation
    curve: Seen
    here: Seen
    stack: Stack
    back: float


def describe(shown: Sequence[Shown], x: float, depth: int) -> str:
    """Say values and slopes at x, and below what becomes of numbers on their way through layers."""
    here = "; ".join(_here(one) for one in shown)
    layers = "One layer" if depth == 1 else f"{depth} layers"
    factor = short(shown[0].stack.factor)
    through = f"{layers} of {UNITS} units, initial weights of the factor {factor}."
    behind = " ".join(f"With {one.activation.name} {verdict(one, depth)}" for one in shown)
    return f"At x = {short(x)}, {here}.\n\n{through} {behind}"


def _here(one: Shown) -> str:
    name, value = one.activation.name, short(one.here.values[0])
    formula = f", {one.activation.formula}," if one.activation.formula else ""
    if not np.isfinite(one.here.values[0]):
        return f"{name}{formula} gives {value}"
    if not one.here.has_slope:
        return f"{name}{formula} gives {value}, and the tape finds no slope"
    return f"{name}{formula} gives {value} with slope {short(one.here.slopes[0])}"


def verdict(one: Shown, depth: int) -> str:
    """Return sentences about the numbers that a layer gives, and about the way back."""
    layer = one.stack.layers[depth - 1]
    if not np.isfinite(layer.values).all():
        return "the numbers do not stay finite."
    said = f"the numbers have the spread {short(layer.spread)}{_spread(layer.spread)}."
    if not one.stack.has_slope:
        return f"{said} Without a slope, no gradient comes back, and no layer before it learns."
    said += f" {_percent(layer.small)} of the slopes are below {short(SMALL)}.{_dead(layer.dead)}"
    return f"{said} {_back(one.back)}"


def _spread(spread: float) -> str:
    if spread < 0.1:
        return ": they have shrunk" if spread > 1e-9 else ": all are the same"
    return ": they have grown" if spread > 3 else ""


def _dead(units: int) -> str:
    if not units:
        return ""
    are = "is" if units == 1 else "are"
    return f" {units} of {UNITS} units {are} flat for every input and can hardly learn."


def _back(back: float) -> str:
    if not np.isfinite(back):
        return "A gradient that goes back does not stay finite."
    size = f"{short(back, 2)} times" if back > 1.995 else f"{_percent(back)} of"
    said = f"A gradient that goes back arrives with {size} its size"
    if back < 0.1:
        return f"{said}: it vanishes."
    return f"{said}: it explodes." if back > 10 else f"{said}."


def _percent(share: float) -> str:
    if 0 < share < 0.001:
        return "less than 0.1%"
    return f"{share:.0%}" if share >= 0.095 or share == 0 else f"{short(100 * share, 2)}%"

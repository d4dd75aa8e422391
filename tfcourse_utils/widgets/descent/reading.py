"""What the caller handed in, checked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from ..unusable import UnusableError
from .landscapes import Floats, Landscape

__all__ = ["FURTHEST", "read_function", "read_limits", "read_start"]

FURTHEST = 1e6  # far beyond any use, far from overflow


def read_start(start: ArrayLike | None, limits: Sequence[float]) -> Floats:
    """Return x and y to start at; what is not given lies well inside the limits.

    Raises:
        ValueError: `start` is not one or two numbers between -1e6 and 1e6.
    """
    low, high = _numbers("limits", limits, (2,))
    usual = np.array([low + 0.125 * (high - low), low + 0.6875 * (high - low)])
    if start is None:
        return usual
    given = _numbers("start", start, (), (1,), (2,)).reshape(-1)
    return np.concatenate([given, usual[len(given) :]])


def read_limits(limits: Sequence[float], start: Floats) -> tuple[float, float]:
    """Return the limits, widened to hold the start.

    Raises:
        ValueError: they are not two numbers between -1e6 and 1e6, the second clearly larger.
    """
    low, high = _numbers("limits", limits, (2,)).tolist()
    if not high - low > 1e-6 * max(1.0, abs(low), abs(high)):
        raise ValueError(f"limits should be a lower and a higher number, but are {low}, {high}")
    return min(low, *start.tolist()), max(high, *start.tolist())


def _numbers(name: str, values: Any, *shapes: tuple[int, ...]) -> Floats:
    wanted = "two numbers" if shapes == ((2,),) else "one number or two"
    try:
        array = np.asarray(values, dtype=np.float64)
    except (TypeError, ValueError):
        kind = type(values).__name__
        raise ValueError(f"{name} should be {wanted}, but is {kind}") from None
    if array.shape not in shapes:
        raise ValueError(f"{name} should be {wanted}, but has the shape {array.shape}")
    if not (np.abs(array) <= FURTHEST).all():
        raise ValueError(f"{name} should lie between -1e6 and 1e6, but does not")
    return array


def read_function(f: Any, start: ArrayLike | None, first: Floats) -> Landscape | UnusableError:
    """Return the landscape of the caller's own function, or why it can't be one.

    The shape of `start` tells which shape of input it takes; without it, all are tried.
    """
    from .own import own_landscape  # TensorFlow takes seconds, and named functions need none

    shapes: dict[tuple[int, ...] | None, list[tuple[int, ...]]] = {
        None: [(), (1,), (2,)],
        (): [(), (1,)],
        (1,): [(1,), ()],
        (2,): [(2,)],
    }
    try:
        return own_landscape(f, first, shapes[None if start is None else np.shape(start)])
    except UnusableError as error:
        return error

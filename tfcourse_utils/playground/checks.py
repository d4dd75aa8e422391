"""What a field of the state may be, and the one sentence that says so if it is not that."""

from __future__ import annotations

import math
import numbers
from collections.abc import Collection

__all__ = ["flag", "number", "one_of", "several_of", "whole"]

_MOST_QUOTED = 40  # characters
_MOST_LISTED = 12  # names


def whole(name: str, value: object, least: int, most: int) -> int:
    """Return a whole number from `least` to `most`.

    Raises:
        ValueError: it is something else.
    """
    is_whole = isinstance(value, numbers.Integral) and not isinstance(value, bool)
    if not is_whole or not least <= value <= most:  # type: ignore[operator]
        raise _wrong(name, value, f"a whole number from {least} to {most}")
    return int(value)  # type: ignore[call-overload]


def number(name: str, value: object, least: float, most: float) -> float:
    """Return a finite number from `least` to `most`.

    Raises:
        ValueError: it is something else.
    """
    is_number = isinstance(value, numbers.Real) and not isinstance(value, bool)
    if not is_number or not least <= value <= most:  # type: ignore[operator]
        raise _wrong(name, value, f"a number from {least:g} to {most:g}")
    # Where a file says 1e999, the limits have refused it; -0.0 would not read back as it was.
    return math.fabs(value) if value == 0 else float(value)  # type: ignore[arg-type]


def flag(name: str, value: object) -> bool:
    """Return what is True or False.

    Raises:
        ValueError: it is neither.
    """
    if not isinstance(value, bool):
        raise _wrong(name, value, "True or False")
    return value


def one_of(name: str, value: object, allowed: Collection[str]) -> str:
    """Return a name that is allowed.

    Raises:
        ValueError: it is none of them.
    """
    if not isinstance(value, str) or value not in allowed:
        raise _wrong(name, value, f"one of {_listed(allowed)}")
    return value


def several_of(name: str, values: object, allowed: Collection[str]) -> tuple[str, ...]:
    """Return names that are allowed, none of them twice.

    Raises:
        ValueError: they are no tuple or list, or one is not allowed or comes twice.
    """
    if not isinstance(values, (tuple, list)):
        raise _wrong(name, values, f"a tuple of names out of {_listed(allowed)}")
    for place, value in enumerate(values):
        one_of(f"each of {name}", value, allowed)
        if value in values[:place]:
            raise ValueError(f"each of {name} should come once, but {value!r} comes twice")
    return tuple(values)


def _listed(allowed: Collection[str]) -> str:
    names = [repr(name) for name in allowed]
    rest = [f"… ({len(names)} in all)"] if len(names) > _MOST_LISTED else []
    return ", ".join([*names[:_MOST_LISTED], *rest])


def _wrong(name: str, value: object, allowed: str) -> ValueError:
    shown = repr(value)
    if len(shown) > _MOST_QUOTED:
        shown = shown[: _MOST_QUOTED - 1] + "…"
    return ValueError(f"{name} should be {allowed}, but is {shown}")

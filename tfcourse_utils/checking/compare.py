"""Is this plain data the same as that, and if not, where do they first differ?"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from .describe import describe, dtype_name, number
from .plain import Plain

__all__ = ["Compare", "close", "difference"]

#: Takes what was seen and what was expected; returns None where they agree, else the reason.
Compare = Callable[[Any, Any], str | None]

_KINDS = {
    "b": "boolean",
    "i": "integer",
    "u": "integer",
    "f": "floating",
    "c": "complex",
    "U": "text",
}
_NUMBERS = ("integer", "floating", "complex")
_HOLDS_VALUES = (np.ndarray, np.generic, bool, int, float, str)


def close(rtol: float = 1e-4, atol: float = 1e-5) -> Compare:
    """Return a comparison of nested plain data by structure, shape, dtype kind and value.

    Two numbers agree within `rtol` of the expected one plus `atol` times the largest number
    expected beside it (at least 1), so that float32 sums of unlike order agree; integers agree
    with integers only if they are equal. A Python number, boolean or string stands for an
    array of shape (), and a Python number for any kind of number. A NaN agrees only with a NaN.
    """

    def compare(seen: Plain, expected: Plain) -> str | None:
        if isinstance(expected, list):
            return _list_difference(seen, expected, compare)
        if isinstance(expected, dict):
            return _dict_difference(seen, expected, compare)
        if isinstance(expected, _HOLDS_VALUES) and isinstance(seen, _HOLDS_VALUES):
            return _array_difference(seen, expected, rtol, atol)
        if type(seen) is type(expected) and seen == expected:
            return None
        return f"got {_in_words(seen)}, expected {_in_words(expected)}"

    return compare


def difference(seen: Plain, expected: Plain) -> str | None:
    """Compare with the ordinary tolerance; see `close`."""
    return close()(seen, expected)


def _in_words(value: Plain) -> str:
    """Return a kind of value in place of a large one."""
    if isinstance(value, np.ndarray) and value.ndim:
        return f"an array of shape {value.shape}"
    if isinstance(value, (list, dict)):
        kind = "list" if isinstance(value, list) else "dictionary"
        return f"a {kind} of {len(value)}"
    return describe(value)


def _array_difference(seen: Any, expected: Any, rtol: float, atol: float) -> str | None:
    if isinstance(seen, str) and isinstance(expected, str):
        return None if seen == expected else f"got {describe(seen)}, expected {describe(expected)}"
    left, right = np.asarray(seen), np.asarray(expected)
    if left.shape != right.shape:
        return f"got shape {left.shape}, expected {right.shape}"
    arrays = all(isinstance(value, (np.ndarray, np.generic)) for value in (seen, expected))
    kinds = [_KINDS[array.dtype.kind] for array in (left, right)]
    if arrays and kinds[0] != kinds[1]:
        return f"got {dtype_name(left)} values, expected {kinds[1]} ones"
    if (kinds[0] in _NUMBERS) != (kinds[1] in _NUMBERS) or set(kinds) == {"boolean", "text"}:
        return f"got {describe(seen)}, expected {describe(expected)}"
    return _value_difference(left, right, rtol, atol)


def _value_difference(left: np.ndarray, right: np.ndarray, rtol: float, atol: float) -> str | None:
    if left.dtype.kind in "biuU" and right.dtype.kind in "biuU":
        agree = left == right
    else:
        agree = np.isclose(left, right, rtol, atol * _scale(right), equal_nan=True)
    if np.all(agree):
        return None
    place = tuple(int(i) for i in np.argwhere(~np.asarray(agree))[0])
    where = f"at {list(place)} " if place else ""
    return where + _apart(left[place].item(), right[place].item())


def _apart(left: Any, right: Any) -> str:
    """Name two items that differ, with as many digits as it takes to see it."""
    for digits in (4, 6, 9, 17):
        texts = number(left, digits), number(right, digits)
        if texts[0] != texts[1]:
            break
    return f"got {texts[0]}, expected {texts[1]}"


def _scale(expected: np.ndarray) -> float:
    finite = np.abs(expected[np.isfinite(expected)])
    return max(1.0, float(finite.max())) if finite.size else 1.0


def _list_difference(seen: Plain, expected: list[Plain], compare: Compare) -> str | None:
    if not isinstance(seen, list):
        return f"got {_in_words(seen)}, expected {len(expected)} values"
    if len(seen) != len(expected):
        return f"got {len(seen)} values, expected {len(expected)}"
    for index, (left, right) in enumerate(zip(seen, expected)):
        if reason := compare(left, right):
            return f"value {index + 1}: {reason}"
    return None


def _dict_difference(seen: Plain, expected: dict[str, Plain], compare: Compare) -> str | None:
    if not isinstance(seen, dict):
        return f"got {_in_words(seen)}, expected a dictionary"
    if seen.keys() != expected.keys():
        keys = [describe([*sorted(names)]) for names in (seen, expected)]
        return f"got the keys {keys[0]}, expected {keys[1]}"
    for key, right in expected.items():
        if reason := compare(seen[key], right):
            return f"{key}: {reason}"
    return None

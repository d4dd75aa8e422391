"""Plain data in a few words, for "called …, got …, expected …"."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np

from .plain import Opaque, Plain

__all__ = ["describe", "dtype_name", "number"]

_SHOWN_ITEMS = 6
_SHOWN_CHARACTERS = 90
_SHOWN_IN_ALL = 600


def describe(value: Plain) -> str:
    """Return a short text for `value`: small things in full, large ones by shape and start."""
    return _cut(_describe(value), _SHOWN_IN_ALL)


def dtype_name(array: np.ndarray) -> str:
    """Return the name of an array's dtype; text has one name, however long it is."""
    return "text" if array.dtype.kind == "U" else array.dtype.name


def number(item: Any, digits: int = 4) -> str:
    """Return one item of an array, with that many significant digits, or text in quotes."""
    if isinstance(item, (np.inexact, float, complex)):
        return f"{item:.{digits}g}"
    return _cut(repr(str(item))) if isinstance(item, str) else str(item)


def _describe(value: Plain) -> str:
    if isinstance(value, Opaque):
        return f"<{value.type_name}>"
    if isinstance(value, (np.ndarray, np.generic)):
        return _array(np.asarray(value))
    if isinstance(value, list):
        return _joined("(", (_describe(item) for item in value[:_SHOWN_ITEMS]), len(value), ")")
    if isinstance(value, dict):
        entries = (f"{_key(key)}: {_describe(v)}" for key, v in list(value.items())[:_SHOWN_ITEMS])
        return _joined("{", entries, len(value), "}")
    if isinstance(value, float):
        return f"{value:.6g}"
    return _cut(repr(value))


def _key(key: str) -> str:
    return _cut(key if key.isprintable() else repr(key))


def _joined(start: str, parts: Iterable[str], total: int, end: str) -> str:
    more = ", …" if total > _SHOWN_ITEMS else "," if total == 1 and start == "(" else ""
    return start + ", ".join(parts) + more + end


def _array(array: np.ndarray) -> str:
    if array.size <= _SHOWN_ITEMS:
        return _cut(_numbers(array))
    start = ", ".join(number(item) for item in array.ravel()[:3])
    return f"{dtype_name(array)} array of shape {array.shape}: {start}, …"


def _numbers(array: np.ndarray) -> str:
    if array.ndim == 0:
        return number(array.item())
    if array.size == 0:
        return f"empty array of shape {array.shape}"
    return "[" + ", ".join(_numbers(np.asarray(row)) for row in array) + "]"


def _cut(text: str, limit: int = _SHOWN_CHARACTERS) -> str:
    return text if len(text) <= limit else text[: limit - 1] + "…"

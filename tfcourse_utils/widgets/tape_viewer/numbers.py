"""Tensors in a few characters."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

__all__ = ["short"]


def short(array: np.ndarray | None, room: int = 30) -> str:
    """Write a tensor in full where there is room; else its shape and its first numbers.

    Args:
        room: how many characters there are, at the least enough for the shape.
    """
    if array is None:
        return "–"
    texts = _texts(array)
    return next((text for text in texts if len(text) <= room), f"{array.shape}")


def _texts(array: np.ndarray) -> Iterator[str]:
    """Yield ways to write a tensor, the longest first."""
    if array.ndim == 0:
        yield _number(array.item(), 4)
        return
    if array.size <= 12:
        yield _nested(array, 4)
        yield _nested(array, 3)
    start = [_number(item, 3) for item in array.ravel()[:3].tolist()]
    for count in range(min(len(start), array.size - 1), 0, -1):
        yield f"{array.shape}: {', '.join(start[:count])}, …"


def _nested(array: np.ndarray, digits: int) -> str:
    if array.ndim == 0:
        return _number(array.item(), digits)
    return "[" + ", ".join(_nested(np.asarray(part), digits) for part in array) + "]"


def _number(item: object, digits: int) -> str:
    text = f"{item + 0.0:.{digits}g}" if isinstance(item, float) else str(item)
    return text.replace("-", "−")

"""Shapes with a batch axis, counts and bytes, as `summary()` writes them."""

from __future__ import annotations

import math

__all__ = ["Sizes", "activations", "memory", "whole", "written"]

Sizes = tuple[int | None, ...]  # None where a size is not known, as that of the batch axis

BYTES = 4  # of a float32
_UNITS = ("B", "KB", "MB", "GB", "TB", "PB")


def written(shape: Sizes) -> str:
    """Write a shape, with n for the number of samples: "(n, 28, 28, 1)"."""
    first = ["n" if size is None else str(size) for size in shape[:1]]
    sizes = first + ["?" if size is None else str(size) for size in shape[1:]]
    return f"({sizes[0]},)" if len(sizes) == 1 else f"({', '.join(sizes)})"


def activations(shape: Sizes) -> int | None:
    """Return how many numbers there are for each sample; None where that is not known."""
    known = [size for size in shape[1:] if size is not None]
    if not shape or shape[0] is not None or len(known) < len(shape) - 1:
        return None
    return math.prod(known)


def whole(number: int | None) -> str:
    """Write a whole number: "407,050"; a dash for one that is not known."""
    if number is None:
        return "–"
    return f"{number:,}" if number < 1e12 else f"{float(number):.2e}".replace("e+", "e")


def memory(numbers: int | None) -> str:
    """Write the memory of so many float32 numbers, in units of 1,024: "1.55 MB"."""
    if numbers is None:
        return "–"
    size, unit = float(numbers * BYTES), 0
    while size >= 1024 and unit < len(_UNITS) - 1:
        size, unit = size / 1024, unit + 1
    if size >= 1e6:
        return f"{size:.0e} {_UNITS[unit]}".replace("e+", "e")
    return f"{size:.0f} B" if unit == 0 else f"{size:.2f} {_UNITS[unit]}"

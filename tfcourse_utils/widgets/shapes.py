"""Shapes of tensors, as learners type and read them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tfcourse_utils.checking.plain import printable

from .svg import clipped

__all__ = ["Shape", "quoted", "read_shape", "write_shape"]

Shape = tuple[int, ...]

MOST_AXES = 6
LARGEST = 1_000_000  # of a size
MOST_QUOTED = 32  # characters
_UNKNOWN = "\N{REPLACEMENT CHARACTER}"

_SIZES = re.compile(r"[(\[]?\s*([0-9]+(\s*,\s*[0-9]+)*)?\s*,?\s*[)\]]?")


def read_shape(text: str) -> Shape:
    """Return the shape that a text means: "(3, 4)", "[3,4]" or "3, 4"; "()" for a scalar.

    Raises:
        ValueError: it is no shape, or one too large to be shown; in one sentence.
    """
    found = _SIZES.fullmatch(text.strip())
    if not text.strip() or not found:
        wrong = f"{quoted(text)} is not." if text.strip() else "here is nothing yet."
        raise ValueError(f"A shape is whole numbers with commas, as (3, 4), or () alone; {wrong}")
    digits = re.findall(r"[0-9]+", found.group())
    if len(digits) > MOST_AXES:
        raise ValueError(f"That shape has {len(digits)} axes; {MOST_AXES} are the most shown here.")
    # The length is looked at first: Python refuses to read numbers of thousands of digits.
    if any(len(size) > len(str(LARGEST)) or int(size) > LARGEST for size in digits):
        raise ValueError(f"A size there is beyond {LARGEST}, the largest that is shown here.")
    return tuple(map(int, digits))


def write_shape(sizes: Sequence[int]) -> str:
    """Write a shape as Python does: "(3, 4)", "(3,)", "()"."""
    return str(tuple(map(int, sizes)))


def quoted(text: str) -> str:
    """Return what somebody typed, short, in quotes, and without characters that can't be shown."""
    return f"“{printable(clipped(text, MOST_QUOTED), instead=_UNKNOWN)}”"

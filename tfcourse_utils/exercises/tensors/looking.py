"""How some of this chapter's answers are looked at: dtypes and steps of Python."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable
from types import CodeType, FrameType
from typing import Any

import numpy as np
import tensorflow as tf

from tfcourse_utils.checking import difference

from ..tools import own_code, own_function

__all__ = ["decimals", "python_steps", "same_dtype", "whole"]

ANY = "any dtype"


def whole(rng: np.random.Generator, shape: tuple[int, ...]) -> tf.Tensor:
    """Return a float32 tensor of whole numbers from 0 to 99, each at most once."""
    return tf.constant(rng.choice(100, shape, replace=False), tf.float32)


def decimals(rng: np.random.Generator, shape: tuple[int, ...], dtype: str = "float32") -> tf.Tensor:
    """Return a tensor of numbers with one decimal, which can be read in a verdict."""
    return tf.constant(rng.normal(size=shape).round(1), dtype)


def same_dtype(seen: Any, expected: Any) -> str | None:
    """Compare as `difference` does, and the dtypes of arrays too."""
    if (reason := difference(seen, expected)) is not None:
        return reason
    for got, wanted in zip(_dtypes(seen), _dtypes(expected)):
        if got != wanted and ANY not in (got, wanted):
            return f"got {got} values, expected {wanted}"
    return None


def _dtypes(value: Any) -> list[str]:
    """Return the dtypes of all arrays in a value; a Python number has any."""
    if isinstance(value, (list, dict)):
        parts = value.values() if isinstance(value, dict) else value
        return [dtype for part in parts for dtype in _dtypes(part)]
    return [value.dtype.name if isinstance(value, np.ndarray) else ANY]


def python_steps(answer: Callable[..., Any], *args: Any) -> int:
    """Count the lines of Python that an answer runs, and the calls that it makes.

    What a library does inside does not count, so that the number is the same for inputs of
    any size, unless the answer itself goes through them.
    """
    function, code = own_function(answer), own_code(answer)
    frames: set[FrameType | None] = {inspect.currentframe()}
    steps = 0

    def trace(frame: FrameType, event: str, _: Any) -> Any:
        nonlocal steps
        if event == "call" and frame.f_back not in frames:
            return None
        steps += 1
        if event == "call" and _is_beside(frame.f_code, code):
            frames.add(frame)
        return trace if frame in frames else None

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        function(*args)
    finally:
        sys.settrace(before)
        frames.clear()
    return steps


def _is_beside(code: CodeType, answer: CodeType | None) -> bool:
    """Return whether the code is the learner's too: in the same file, or in a cell."""
    is_in_cell = "ipykernel_" in code.co_filename
    return is_in_cell or (answer is not None and code.co_filename == answer.co_filename)

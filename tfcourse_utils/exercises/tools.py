"""Small things that probes share."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import numpy as np
import tensorflow as tf

from tfcourse_utils.checking import not_attempted

__all__ = ["error_of", "normal", "parts", "timed"]


def normal(rng: np.random.Generator, shape: tuple[int, ...], dtype: str = "float32") -> tf.Tensor:
    """Return a tensor of normally distributed numbers."""
    return tf.constant(rng.normal(size=shape), dtype)


def parts(result: Any, count: int) -> list[Any]:
    """Return the `count` values that an answer gave back.

    Raises:
        TypeError: it gave back something else; the message is for the learner.
    """
    if not isinstance(result, (tuple, list)) or len(result) != count:
        what = len(result) if isinstance(result, (tuple, list)) else type(result).__name__
        raise TypeError(f"the answer should give back {count} values; it gave back {what}")
    return list(result)


def timed(work: Callable[[], Any]) -> tuple[Any, float]:
    """Return what `work()` gives, and the seconds it took.

    They are those of the clock, or of the processor where these are fewer: on a busy machine
    an answer should not pay for what else is running.
    """
    clock, processor = time.perf_counter(), time.process_time()
    result = work()
    return result, min(time.perf_counter() - clock, time.process_time() - processor)


def error_of(answer: Callable[..., Any], *args: Any) -> Exception | None:
    """Return what the call raises, or None. A stub's own error passes."""
    try:
        answer(*args)
    except Exception as error:
        if not_attempted(error):
            raise
        return error
    return None

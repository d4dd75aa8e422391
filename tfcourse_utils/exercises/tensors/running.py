"""`running_maximum`: the largest number so far."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from typing import Any

import tensorflow as tf

from tfcourse_utils.checking import exercise

from .looking import same_dtype

__all__ = ["running_maximum"]

running_maximum = exercise(
    "tensors.running_maximum", kind="transfer", section="Traced once, run often"
)

# A compiled answer is traced again for each new shape and dtype: there are four in all.


def _numbers(rng, dtype="float32"):
    """Return six numbers that rise, fall below the first, and rise once more before the end."""
    high, (first, fourth, last) = rng.integers(2, 6), rng.integers(-4, 2, 3)
    return tf.constant([first, high, -9, fourth, 8, last], dtype)


@contextlib.contextmanager
def _unlogged() -> Iterator[None]:
    """Keep what TensorFlow logs, pages of it for one wrong dtype, from the learner."""
    logger = tf.get_logger()
    before, logger.disabled = logger.disabled, True
    try:
        yield
    finally:
        logger.disabled = before


def _maxima(answer: Callable[..., Any], x: tf.Tensor) -> Any:
    """Return what the answer gives, or raise what went wrong in words without names of files."""
    with _unlogged():
        try:
            return answer(x)
        except Exception as error:
            raise _in_few_words(error).with_traceback(error.__traceback__) from None


def _in_few_words(error: Exception) -> Exception:
    text = str(error)
    if "is out of scope" in text:
        return type(error)("a tensor that was made in the loop is out of scope outside it")
    if "Invalid data types; op elements" in text or "but Op is trying to write dtype" in text:
        return TypeError("a TensorArray was given numbers of another dtype than its own")
    return error


@running_maximum.probe("the largest so far", compare=same_dtype)
def _(answer, rng):
    return _maxima(answer, _numbers(rng))


@running_maximum.probe("negative numbers only", compare=same_dtype)
def _(answer, rng):
    return _maxima(answer, _numbers(rng) - 20)


@running_maximum.probe("one number", compare=same_dtype)
def _(answer, rng):
    return _maxima(answer, tf.constant([-rng.integers(1, 9)], tf.float32))


@running_maximum.probe("float64 and integers keep their dtype", compare=same_dtype)
def _(answer, rng):
    return [_maxima(answer, _numbers(rng, dtype)) for dtype in ("float64", "int32")]


running_maximum.hint(
    "If you know the largest of the first four numbers, what do you need to know the largest of "
    "the first five?",
    "`tf.TensorArray(dtype, size)` has a place for each result; `for i in tf.range(n)` becomes a "
    "loop of the graph.",
    "Begin with `x[0]` rather than 0. `write` gives back the array to go on with, and `stack()` "
    "makes a tensor of it.",
)

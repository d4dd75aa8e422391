"""Small things that probes share."""

from __future__ import annotations

import ast
import contextlib
import inspect
import sys
import time
from collections.abc import Callable, Iterator
from types import CodeType, FrameType
from typing import Any

import numpy as np
import tensorflow as tf

from tfcourse_utils.checking import NOT_ATTEMPTED, Exercise, not_attempted, noted

__all__ = [
    "calls_of",
    "error_of",
    "normal",
    "own_code",
    "own_function",
    "parts",
    "question",
    "timed",
]


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


def own_function(answer: Callable[..., Any]) -> Callable[..., Any]:
    """Return the learner's own function, without what remembers its calls or compiled it."""
    while hasattr(answer, "python_function"):
        answer = answer.python_function
    return answer


def own_code(answer: Callable[..., Any]) -> CodeType | None:
    """Return the code of the learner's function, or None where a library made it."""
    return getattr(inspect.unwrap(own_function(answer)), "__code__", None)


@contextlib.contextmanager
def calls_of(function: Callable[..., Any]) -> Iterator[list[str]]:
    """Note the calls of a function, by whatever name and however deep below the answer.

    Compiled code runs as it is written meanwhile: a graph that was traced before would show none.
    """
    code = inspect.unwrap(function).__code__
    calls: list[str] = []

    def note(frame: FrameType, event: str, _: Any) -> None:
        if event == "call" and frame.f_code is code:
            calls.append(code.co_name)

    profile, eagerly = sys.getprofile(), tf.config.functions_run_eagerly()
    tf.config.run_functions_eagerly(True)
    sys.setprofile(note)
    try:
        yield calls
    finally:
        sys.setprofile(profile)
        tf.config.run_functions_eagerly(eagerly)


def question(
    predict: Exercise, key: str, title: str, read: Callable[[Any], Any] | None = None
) -> None:
    """Add a probe for the prediction under `key`, which may be left for later.

    Args:
        read: what a prediction says, where there are several ways to write it.
    """

    @predict.probe(title, read=read)
    def _(answer, rng):
        value = answer.get(key, ...)
        if value is ...:
            raise NotImplementedError(NOT_ATTEMPTED)
        return noted(_as_asked(value), _in_quotes(value))


def _in_quotes(value: Any) -> str:
    """Return what to say of a shape or a number that is given as text; "" of other things."""
    try:
        meant = ast.literal_eval(value.strip()) if isinstance(value, str) else None
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        return ""
    if isinstance(meant, (tuple, list)):
        return "This is text. Write a shape as a tuple, without quotes."
    is_number = isinstance(meant, (int, float))
    return "This is text. Write a number without quotes." if is_number else ""


def _as_asked(value: Any) -> Any:
    """Return a choice in lower case, alone, None as a word; any kind of sequence as a list."""
    if value is None or isinstance(value, str):
        word = str(value).strip().lower()
        return "None" if word == "none" else word
    if isinstance(value, (list, tuple, set, tf.TensorShape)) or np.ndim(value) == 1:
        items = list(value)
        return _as_asked(items[0]) if len(items) == 1 and isinstance(items[0], str) else items
    return value

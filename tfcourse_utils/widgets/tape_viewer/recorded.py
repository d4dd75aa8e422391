"""Record a learner's function, or say in a sentence why that is not possible."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import tensorflow as tf

from tfcourse_utils.checking.plain import printable
from tfcourse_utils.gradient_doctor.recording import Recording
from tfcourse_utils.gradient_doctor.trace import TooLongError, as_symbol, record

from ..calling import asked_for_value, said, where
from .inputs import Input

__all__ = ["NotDrawnError", "recorded"]

_MOST = 300  # characters of a sentence


class NotDrawnError(Exception):
    """There is no recording; the message says why."""


def recorded(
    f: Callable[..., Any], inputs: Sequence[Input], numbers: Sequence[float | None]
) -> Recording:
    """Return what TensorFlow records of a function.

    Args:
        numbers: what stands in the place of each input's value, or None.

    Raises:
        NotDrawnError: the function raises, leaves TensorFlow or gives back no tensor.
    """
    inner = getattr(f, "python_function", None)
    if inner is not None:  # a tf.function, which may need to be one
        with contextlib.suppress(NotDrawnError):
            return recorded(inner, inputs, numbers)
    changed = list(zip(inputs, numbers))
    held = [
        (one.value, np.asarray(number))
        for one, number in changed
        if one.is_variable and number is not None
    ]

    def work() -> tuple[Any, list[Any]]:
        given = [as_symbol(_value(one, number)) for one, number in changed]
        result = f(*given)
        if not tf.is_tensor(result):
            kind = type(result).__name__
            raise NotDrawnError(f"The function gives back no tensor, but something of type {kind}.")
        return result, given

    try:
        return record(work, held)
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # it is the learner's code that runs
        raise NotDrawnError(printable(_sentence(error)[:_MOST])) from None


def _value(one: Input, number: float | None) -> Any:
    is_changed = number is not None and not one.is_variable
    return tf.constant(number, one.value.dtype) if is_changed else one.value


def _sentence(error: BaseException) -> str:
    if isinstance(error, NotDrawnError):
        return str(error)
    if isinstance(error, TooLongError):
        return "The function has too many operations to be drawn."
    if isinstance(error, tf.errors.OperatorNotAllowedInGraphError):
        return f"The function decides by the value of a tensor{where(error)}, and can't be drawn."
    if asked_for_value(error):
        what = "a number or a NumPy array out of a tensor"
        return f"The function takes {what}{where(error)}: the tape can't follow."
    return f"The function raised {type(error).__name__}{where(error)}: {said(error)}"

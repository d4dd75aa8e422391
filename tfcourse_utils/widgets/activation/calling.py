"""Values and slopes of an activation, by TensorFlow's tape."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from tfcourse_utils.checking.plain import printable
from tfcourse_utils.gradient_doctor.lines import line_of_error

__all__ = ["Activation", "Floats", "Seen", "UnusableError", "check", "look"]

Floats = NDArray[np.float64]

_MOST = 120  # characters of somebody else's message
HUGE = 1e30  # what is larger counts as not finite


class UnusableError(Exception):
    """A function can't be used; the message is one sentence for the learner."""


class Activation(NamedTuple):
    """A function of every number of a tensor.

    Attributes:
        formula: what it computes; "" where that is not known.
    """

    name: str
    formula: str
    function: Callable[[Any], Any]


class Seen(NamedTuple):
    """Values and slopes, (n,) each; NaN where there is none that is finite.

    Attributes:
        has_slope: whether the tape finds a way from the values back to the inputs.
    """

    values: Floats
    slopes: Floats
    has_slope: bool


def look(activation: Activation, at: Floats) -> Seen:
    """Return values and slopes at these inputs, (n,), in a single call of the function.

    Raises:
        UnusableError: the function raises, or gives something else than a number for each.
    """
    inputs = tf.constant(at, tf.float32)
    try:
        with tf.GradientTape() as tape:
            tape.watch(inputs)
            values = _checked(activation.name, activation.function(inputs), len(at))
            total = tf.reduce_sum(values)
        slopes = tape.gradient(total, inputs)
    except (UnusableError, KeyboardInterrupt):
        raise
    except BaseException as error:  # it is the learner's code that runs
        raise UnusableError(_sentence(activation.name, error)) from None
    if slopes is None:
        return Seen(_finite(values), np.full(len(at), np.nan), False)
    return Seen(_finite(values), _finite(tf.convert_to_tensor(slopes)), True)


def check(activation: Activation, along: Floats) -> None:
    """Refuse a function that makes a number of several.

    Raises:
        UnusableError: the function is no use, or what it gives for a number depends on others.
    """
    whole, part = look(activation, along).values, look(activation, along[::2]).values
    if not np.allclose(whole[::2], part, rtol=1e-3, atol=1e-5, equal_nan=True):
        raise UnusableError(
            f"{activation.name} does not take every number by itself: what it gives for one "
            "depends on the others, as in softmax, so it has no curve."
        )


def _finite(tensor: Any) -> Floats:
    found = np.asarray(tensor.numpy(), np.float64)
    return np.where(np.abs(found) < HUGE, found, np.nan)


def _checked(name: str, value: Any, size: int) -> Any:
    if isinstance(value, tf.Variable):
        value = value.read_value()
    if not tf.is_tensor(value):
        kind = printable(type(value).__name__)
        raise UnusableError(
            f"{name} should give a tensor, made of its input with TensorFlow, keras.ops or plain "
            f"operators, but gave {kind}."
        )
    if tuple(value.shape) != (size,):
        raise UnusableError(
            f"{name} should give a tensor of the shape of its input, ({size},), "
            f"but gave the shape {tuple(value.shape)}."
        )
    if not value.dtype.is_floating:
        raise UnusableError(f"{name} should give floating numbers, but gave {value.dtype.name}.")
    return value


def _sentence(name: str, error: BaseException) -> str:
    line = line_of_error(error)
    where = f" in line {line.number}, {printable(line.text)[:60]}" if line else ""
    said = " ".join(printable(str(error)).split())[:_MOST]
    if "ambiguous" in said or "truth value" in said or "non-scalar" in said:
        return (
            f"{name} decides by the value of a tensor of many numbers{where}; tf.where or "
            "tf.maximum decide for each of them."
        )
    return f"{name} raised {type(error).__name__}{where}: {said}"

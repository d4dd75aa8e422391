"""Values and slopes of an activation, by TensorFlow's tape."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from ..calling import as_tensor, said, where
from ..unusable import UnusableError

__all__ = ["Activation", "Floats", "Seen", "check", "look"]

Floats = NDArray[np.float64]

HUGE = 1e30  # what is larger counts as not finite


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
            values = _checked(activation.function(inputs), len(at))
            total = tf.reduce_sum(values)
        slopes = tape.gradient(total, inputs)
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # it is the learner's code that runs
        raise UnusableError(f"{activation.name} {_problem(error)}") from None
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


def _checked(given: Any, size: int) -> Any:
    values = as_tensor(given)
    if tuple(values.shape) != (size,):
        raise UnusableError(
            f"should give a tensor of the shape of its input, ({size},), "
            f"but gave the shape {tuple(values.shape)}."
        )
    return values


def _problem(error: BaseException) -> str:
    """Return what was wrong with a function, without its name."""
    if isinstance(error, UnusableError):
        return str(error)
    message = said(error)
    if "ambiguous" in message or "truth value" in message or "non-scalar" in message:
        return (
            f"decides by the value of a tensor of many numbers{where(error)}; tf.where or "
            "tf.maximum decide for each of them."
        )
    return f"raised {type(error).__name__}{where(error)}: {message}"

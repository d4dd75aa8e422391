"""A learner's own function as a landscape: its values and gradients come from TensorFlow."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import tensorflow as tf

from ..calling import as_tensor, said
from ..unusable import UnusableError
from .landscapes import Floats, Landscape

__all__ = ["own_landscape"]

Shape = tuple[int, ...]
Function = Callable[[Any], Any]


def own_landscape(f: Function, start: Floats, shapes: Sequence[Shape]) -> Landscape:
    """Return the landscape of `f`, of a tensor of the first of these shapes that it takes.

    Raises:
        UnusableError: it takes none of them, or gives something else than a number with a gradient.
    """
    if not callable(f):
        raise UnusableError(f"f should be a function, but is {type(f).__name__}.")
    problems = []
    for shape in shapes:
        landscape = _landscape(f, shape)
        try:
            landscape.look(start[: landscape.dimensions])
        except UnusableError as error:
            problems.append(error)
        else:
            return landscape
    raise _best(problems)


def _best(problems: list[UnusableError]) -> UnusableError:
    """Return the first problem that is not about the kind of input, if there is one."""
    return next((p for p in problems if " raised " not in str(p)), problems[-1])


def _landscape(f: Function, shape: Shape) -> Landscape:
    def tensor(point: Floats) -> tf.Tensor:
        return tf.constant(point.reshape(shape), tf.float32)

    def look(point: Floats) -> tuple[float, Floats]:
        place = tensor(point)
        value, gradient = _called(lambda: _with_gradient(f, place))
        if gradient is None:
            raise UnusableError(
                "f gives no gradient: nothing on the tape leads from its input to its value."
            )
        slopes = tf.convert_to_tensor(gradient).numpy().astype(np.float64)
        return float(tf.reshape(value, ())), slopes.reshape(-1)

    def height(point: Floats) -> float:
        try:
            place = tensor(point)
            return float(tf.reshape(_called(lambda: _checked(f(place))), ()))
        except UnusableError:
            return float("nan")

    return Landscape("your function", max(1, sum(shape)), look, height)


def _with_gradient(f: Function, place: tf.Tensor) -> tuple[tf.Tensor, Any]:
    with tf.GradientTape() as tape:
        tape.watch(place)
        value = _checked(f(place))
    return value, tape.gradient(value, place)


def _called(action: Callable[[], Any]) -> Any:
    """Return what the learner's function gives.

    Raises:
        UnusableError: it raises.
    """
    try:
        return action()
    except UnusableError as error:
        raise UnusableError(f"f {error}") from None
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # `exit()` in a function too
        raise UnusableError(f"f raised {type(error).__name__}: {said(error)}") from error


def _checked(given: Any) -> tf.Tensor:
    """Return the value of a function, if it is a tensor with a single floating number.

    Raises:
        UnusableError: it is something else; the sentence begins with its verb.
    """
    value = as_tensor(given)
    if value.shape.num_elements() != 1:
        raise UnusableError(f"should give a single number, but gave the shape {value.shape}.")
    return value

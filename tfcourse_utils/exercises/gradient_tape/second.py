"""`second_derivative`: the slope of the slope."""

from __future__ import annotations

import tensorflow as tf

from tfcourse_utils.checking import exercise

from ..tools import normal
from .notes import explained, gave_nothing

__all__ = ["second_derivative"]

second_derivative = exercise(
    "gradient_tape.second_derivative", kind="transfer", section="Gradients of gradients"
)


def _polynomial(rng, dtype="float32"):
    a, b, c = (normal(rng, (), dtype) for _ in range(3))

    def polynomial(x):
        return a * x**4 + b * x**3 + c * x

    return polynomial


@second_derivative.probe("curved functions")
def _(answer, rng):
    calls = [(curve, normal(rng, (4,))) for curve in (_polynomial(rng), tf.sin, tf.square)]
    return explained("second derivative", answer, *calls)


@second_derivative.probe("in float64")
def _(answer, rng):
    call = _polynomial(rng, "float64"), normal(rng, (3,), "float64")
    return explained("second derivative", answer, call)


@second_derivative.probe("zeros for a linear f")
def _(answer, rng):
    slope = normal(rng, ())

    def line(x):
        return slope * x + 1

    slope_of_slope = answer(line, normal(rng, (5,)))
    return None if gave_nothing(answer, slope_of_slope) else {"second derivative": slope_of_slope}


second_derivative.hint(
    "A second derivative is the gradient of a gradient. What must the outer tape have seen?",
    "One `with` block inside another, both watching x. The inner gradient is taken inside the "
    "outer block, so that the outer tape records how it came about.",
    "The slope of a line does not depend on x, so the outer tape finds no way from one to the "
    "other. `unconnected_gradients` says what to return then.",
)

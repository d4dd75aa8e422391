"""`LinearModel`: two variables and a call."""

from __future__ import annotations

import tensorflow as tf

from tfcourse_utils.checking import exercise
from tfcourse_utils.gradient_doctor import diagnosed

from ..tools import normal

__all__ = ["LinearModel"]

LinearModel = exercise(
    "gradient_tape.LinearModel",
    kind="rebuild",
    section="A line from scratch",
    answer_kind="class",
)


def _set(model, w, b):
    """Give a model these numbers: with which ones it begins is its own affair."""
    model.w.assign(w)
    model.b.assign(b)
    return model


def _numbers(rng, count):
    return [float(number) for number in rng.normal(size=count)]


@LinearModel.probe("two scalar variables")
def _(answer, rng):
    model = _set(answer(), *_numbers(rng, 2))
    return {"w": model.w, "b": model.b}


@LinearModel.probe("w · x + b, in the shape of x")
def _(answer, rng):
    model = _set(answer(), *_numbers(rng, 2))
    return {f"output for shape {shape}": model(normal(rng, shape)) for shape in [(4,), (3, 1)]}


@LinearModel.probe("a tape sees both variables")
def _(answer, rng):
    return diagnosed(_gradients, _set(answer(), *_numbers(rng, 2)), normal(rng, (4,)))


def _gradients(model, x):
    w, b = model.w, model.b
    with tf.GradientTape() as tape:
        total = tf.reduce_sum(model(x) ** 2)
    dw, db = tape.gradient(total, [w, b])
    return {"gradient for w": dw, "gradient for b": db}


@LinearModel.probe("two models share nothing")
def _(answer, rng):
    one, other = answer(), answer()
    numbers, x = _numbers(rng, 4), normal(rng, (3,))
    _set(one, *numbers[:2]), _set(other, *numbers[2:])
    return {"output of the first": one(x), "output of the second": other(x)}


LinearModel.hint(
    "What has to be kept between two calls, and in which method is it made?",
    "`tf.Variable(0.0)` is a scalar variable; 0 without the point would be a whole number. A model "
    "keeps its variables as attributes of `self`.",
    "`__call__` is what runs when a model is called like a function. One line with `self.w`, "
    "`self.b` and x is enough, whatever the shape of x.",
)

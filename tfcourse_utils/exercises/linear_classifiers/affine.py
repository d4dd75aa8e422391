"""`dense`: one layer, an affine map and an activation."""

from __future__ import annotations

import tensorflow as tf

from tfcourse_utils.checking import exercise

from ..tools import normal

__all__ = ["dense"]

dense = exercise("linear_classifiers.dense", kind="rebuild", section="A score for every point")


@dense.probe("inputs · W + b")
def _(answer, rng):
    return answer(normal(rng, (4, 3)), normal(rng, (3, 2)), normal(rng, (2,)))


@dense.probe("with an activation")
def _(answer, rng):
    layer = normal(rng, (4, 3)), normal(rng, (3, 2)), normal(rng, (2,))
    return [answer(*layer, activation=tf.tanh), answer(*layer, activation=tf.square)]


@dense.probe("in float64, a single unit")
def _(answer, rng):
    # So many rows that some outputs are negative, and an activation that nobody asked for shows.
    layer = [normal(rng, shape, "float64") for shape in ((16, 3), (3, 1), (1,))]
    return answer(*layer)


dense.hint(
    "What shape must the result have, and which product of (n, d) and (d, k) has it?",
    "b has one number for each unit; adding it to (n, k) repeats it for every row.",
    "`activation` is a function, or None. `if activation is None` tells them apart.",
)

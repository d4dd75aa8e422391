"""`square_loss`: how wrong predictions are."""

from __future__ import annotations

from tfcourse_utils.checking import exercise

from ..tools import error_of, normal

__all__ = ["square_loss"]

square_loss = exercise("linear_classifiers.square_loss", kind="rebuild", section="How wrong is it?")


@square_loss.probe("mean of the squares")
def _(answer, rng):
    shapes = (5, 1), (4, 3), (6,)
    return [answer(normal(rng, shape), normal(rng, shape)) for shape in shapes]


@square_loss.probe("in float64; 0 where predictions are right")
def _(answer, rng):
    targets, predictions = normal(rng, (4, 1), "float64"), normal(rng, (4, 1), "float64")
    return [answer(targets, targets), answer(targets, predictions)]


@square_loss.probe("shapes that differ are refused")
def _(answer, rng):
    flat, column = normal(rng, (4,)), normal(rng, (4, 1))
    return {
        "(4,) against (4, 1) raises": error_of(answer, flat, column) is not None,
        "(4, 1) against (4,) raises": error_of(answer, column, flat) is not None,
    }


square_loss.hint(
    "What is the loss of predictions that are all right? Of predictions that are all off by 2?",
    "`tf.reduce_mean` without an axis gives one number. Before it, compare `targets.shape` with "
    "`predictions.shape`.",
    "Where the shapes differ: `raise ValueError(...)`, with both shapes in the message.",
)

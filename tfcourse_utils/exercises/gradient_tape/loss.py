"""`mean_squared_error`: how far off the line is."""

from __future__ import annotations

from tfcourse_utils.checking import exercise

from ..tools import normal

__all__ = ["mean_squared_error"]

mean_squared_error = exercise(
    "gradient_tape.mean_squared_error", kind="rebuild", section="A line from scratch"
)


@mean_squared_error.probe("the mean of the squares")
def _(answer, rng):
    shapes = [(5,), (4, 1)]
    return [answer(normal(rng, shape), normal(rng, shape)) for shape in shapes]


@mean_squared_error.probe("in float64; 0 where all is right")
def _(answer, rng):
    targets, predictions = normal(rng, (6, 1), "float64"), normal(rng, (6, 1), "float64")
    return [answer(targets, targets), answer(targets, predictions)]


mean_squared_error.hint(
    "Three predictions are off by 1, -1 and 4. What is the mean of the squares?",
    "Subtract, square, take the mean: each is one function or operator of TensorFlow. The mean "
    "without an axis is over everything.",
)

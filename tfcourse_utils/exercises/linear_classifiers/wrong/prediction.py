"""How `before_you_run` goes wrong."""

from __future__ import annotations

from typing import Any

from ..prediction import before_you_run


def _reply(key: str, choice: Any, says: str) -> None:
    """Add a wrong choice and what is answered to it."""
    before_you_run.wrong(f"{key}: {choice}", says=says)({key: choice})


_reply("output_shape", (5, 2), "That is the shape of the inputs. What replaces the 2 columns?")
_reply("output_shape", (2, 3), "That is the shape of W. The product has one row for each sample.")
_reply("output_shape", (3, 5), "Samples are rows here, so the 5 comes first.")
_reply("output_shape", (3,), "That is the shape of b, which is added to every row of a matrix.")
_reply("difference_shape", (4, 1), "It would be, if the predictions were (4, 1) too.")
_reply(
    "difference_shape",
    (4,),
    "Broadcasting never drops an axis: (4,) is taken as (1, 4). Which shape fits that and (4, 1)?",
)
_reply(
    "sigmoid_of_zero",
    0,
    "tanh(0) is 0. The sigmoid lies between 0 and 1: where is it for a logit that says neither?",
)
_reply("sigmoid_of_zero", 1, "exp(0) is 1, and it stands in the denominator beside another 1.")
_reply("slope", -2.0, "That is -W1/W0. Solving for y divides by the weight of y.")
_reply("slope", 0.5, "The ratio is right. Which sign has W0·x on the other side of the equation?")
_reply("slope", 2.0, "Which weight is divided by which, and what happens to the sign?")
_reply("parameter_count", 24, "Those are the weights, 2·8 + 8·1. Each unit has a bias as well.")
_reply("parameter_count", 32, "That counts the biases of the hidden units, but not of the output.")
_reply(
    "parameter_count", 11, "Those are the units. Count the connections between them, and biases."
)
_reply(
    "separable", "rings", "One class encloses the other. Which line has all of a ring on one side?"
)
_reply(
    "separable",
    "xor",
    "Each class has two opposite corners. A line with both of them on one side has one of the "
    "others there too.",
)

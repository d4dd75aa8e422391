"""`before_you_run`: what will come out? Answered before anything is run."""

from __future__ import annotations

from tfcourse_utils.checking import exercise

from ..tools import question

__all__ = ["before_you_run"]

before_you_run = exercise(
    "linear_classifiers.before_you_run",
    kind="predict",
    section="On one page",
    answer_kind="dictionary",
)

question(before_you_run, "output_shape", "1. shape of inputs @ W + b")
question(before_you_run, "difference_shape", "2. shape of targets - predictions")
question(before_you_run, "sigmoid_of_zero", "3. sigmoid(0)")
question(before_you_run, "slope", "4. slope of the line")
question(before_you_run, "parameter_count", "5. number of parameters")
question(before_you_run, "separable", "6. what a line separates")

before_you_run.hint(
    "For shapes, write the two one under the other, aligned at the right. What does each "
    "position become?",
    "A layer with d inputs and k units has a weight for each pair and a bias for each unit.",
)

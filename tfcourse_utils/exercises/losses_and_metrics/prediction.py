"""`metrics_quiz`: what will a loss or a metric read? Answered before anything is run."""

from __future__ import annotations

from typing import Any

from tfcourse_utils.checking import exercise

from ..tools import question

__all__ = ["metrics_quiz"]

metrics_quiz = exercise(
    "losses_and_metrics.metrics_quiz",
    kind="predict",
    section="On one page",
    answer_kind="dictionary",
)


def _one_of_three(value: Any) -> Any:
    """Return which of the three a name of Keras begins with, as "sparse_categorical_accuracy"."""
    kinds = ("binary", "categorical", "sparse")
    return next((kind for kind in kinds if str(value).startswith(kind)), value)


question(metrics_quiz, "squares", "1. a mean squared error")
question(metrics_quiz, "function_shape", "2. shape of a loss function's result")
question(metrics_quiz, "object_shape", "3. shape of a loss object's result")
question(metrics_quiz, "flat_shape", "4. a loss function without a second axis")
question(metrics_quiz, "flat_and_column", "5. (n,) against (n, 1)")
question(metrics_quiz, "at_the_threshold", "6. an accuracy at the threshold")
question(metrics_quiz, "exactly_equal", "7. the other accuracy")
question(metrics_quiz, "two_batches", "8. two batches of unlike size")
question(metrics_quiz, "weighted", "9. a loss with sample weights")
question(metrics_quiz, "digits", "10. integer labels", _one_of_three)
question(metrics_quiz, "several_tags", "11. several tags at once", _one_of_three)
question(metrics_quiz, "accuracy_of_tags", '12. what "accuracy" stands for', _one_of_three)

metrics_quiz.hint(
    "Loss functions of Keras take a mean over the last axis, and over no other. Which axes are "
    "left? And what does an object do with what its function gives?",
    "For an accuracy, write down for each sample what is compared with what: a class with a class, "
    "or a number with a number?",
    "For the names, look at the targets alone: is each entry of them a question of its own, or is "
    "there one class for each sample, as a row or as a number?",
)

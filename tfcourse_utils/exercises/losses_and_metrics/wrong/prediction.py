"""How `metrics_quiz` goes wrong."""

from __future__ import annotations

from typing import Any

from ..prediction import metrics_quiz


def _reply(key: str, choice: Any, says: str) -> None:
    """Add a wrong choice and what is answered to it."""
    metrics_quiz.wrong(f"{key}: {choice}", says=says)({key: choice})


_reply("squares", 18.0, "That is the sum of the squares. How many samples share it?")
_reply("squares", 2.0, "That is the mean absolute error. Which of the errors counts most squared?")
_reply("squares", 4.0, "Too much and too little do not cancel: each error is squared by itself.")
_reply("function_shape", (), "The mean is taken over one axis only. Which of the two?")
_reply(
    "function_shape", (4, 1), "A mean is taken over the last axis, also where that has length 1."
)
_reply("function_shape", (1,), "The mean is over the last axis. Which one is left?")
_reply("object_shape", (4,), "That is what its `call` gives. What does the object do with it then?")
_reply("object_shape", (4, 1), "The object averages twice: over the last axis, then over the rest.")
_reply("object_shape", (1,), "The object gives one number. Which shape has a number?")
_reply("flat_shape", (4,), "It would be, if there were a second axis. Which is the last one here?")
_reply("flat_shape", (4, 1), "No axis is added. The last one is averaged away: which is it here?")
_reply("flat_shape", (1,), "The only axis is averaged away. Which shape has what is left?")
_reply("flat_and_column", 0.0, "It should be. What shape has the difference of the two?")
_reply("flat_and_column", 1.0, "Broadcasting makes a table of differences. How many of them are 0?")
_reply("flat_and_column", "error", "Nothing is raised: broadcasting finds a shape that fits both.")
_reply("at_the_threshold", 1.0, "Is 0.5 above the threshold, or only equal to it?")
_reply(
    "at_the_threshold", 0.0, "The scores are compared with the threshold first, then the classes."
)
_reply("at_the_threshold", 0.5, "Go through the four once more. Which of them are called positive?")
_reply("exactly_equal", 0.75, "That is `BinaryAccuracy`. This one knows of no threshold.")
_reply("exactly_equal", 1.0, "What is compared with what? This metric knows of no threshold.")
_reply("exactly_equal", "error", "Nothing is raised, and nothing warns. What does it read?")
_reply("two_batches", 0.5, "That is the mean of the batches. Every sample counts the same.")
_reply("two_batches", 0.0, "That is the last batch alone. A metric keeps what came before.")
_reply("two_batches", 1.0, "That is the first batch alone. The second one counts as well.")
_reply("weighted", 5.0, "That is the loss without the weights. How much does the second count?")
_reply("weighted", 1.0, "That is divided by the sum of the weights. A loss divides by the samples.")
_reply("weighted", (1.0, 0.0), "So it is before the object takes the mean. By what is it divided?")
_reply(
    "digits", "categorical", "That one wants a row for each sample, with a 1 in it. Is there one?"
)
_reply(
    "digits",
    "binary",
    "That one asks yes or no of each output. Here, one class out of ten is right.",
)
_reply("several_tags", "categorical", "That one expects one right class in each row. Is there one?")
_reply("several_tags", "sparse", "That one expects one whole number for each sample. Is there one?")
_reply(
    "accuracy_of_tags",
    "binary",
    "It should be. But the name goes by the shapes: what is (n, 5) like?",
)
_reply(
    "accuracy_of_tags",
    "sparse",
    "That is for one whole number a sample. Which shape would it have?",
)

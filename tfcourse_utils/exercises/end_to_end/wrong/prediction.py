"""How `projects_quiz` goes wrong."""

from __future__ import annotations

from typing import Any

from ..prediction import projects_quiz


def _reply(key: str, choice: Any, says: str) -> None:
    """Add a wrong choice and what is answered to it."""
    projects_quiz.wrong(f"{key}: {choice}", says=says)({key: choice})


_reply(
    "kinds_in_the_last_fifth",
    3,
    "It would be 3 if the rows were shuffled. Write down which kind row 121 is of.",
)
_reply(
    "kinds_in_the_last_fifth",
    2,
    "The third kind begins with row 101. Do the last 30 rows reach back to the second?",
)
_reply(
    "baseline_of_the_mean",
    0,
    "The mean training target happens to be the mean test target too. The errors have signs, and "
    "the absolute ones don't cancel out.",
)
_reply(
    "baseline_of_the_mean",
    20,
    "That is the error on the training rows. A baseline is compared with a score: on which rows?",
)
_reply(
    "baseline_of_the_mean",
    100,
    "That is the mean of the squares. The absolute error is asked for.",
)
_reply("baseline_of_the_mean", 30, "That is what is always said. How far off is it on each row?")
_reply(
    "baseline_of_the_commonest",
    0.5,
    "The commonest label of the test rows can't be known beforehand. Which one is always said?",
)
_reply(
    "baseline_of_the_commonest",
    0.6,
    "That is the share on the training rows. A baseline is compared with a score: on which rows?",
)
_reply(
    "baseline_of_the_commonest",
    0.75,
    "That is the share of the test rows where it is wrong.",
)
_reply(
    "scaled_by",
    "all",
    "Mean and spread of all rows have those of the test in them, and the model would know what "
    "it is later asked about.",
)
_reply(
    "scaled_by",
    "test",
    "What a model is made of comes from the rows it is trained on. The test rows are treated like "
    "rows that come in next year.",
)
_reply(
    "stopped_by",
    "train",
    "The training loss goes on falling when the model has begun to learn its rows by heart.",
)
_reply(
    "stopped_by",
    "test",
    "The score would then be that of the best moment for just these rows.",
)
_reply(
    "chosen_by",
    "train",
    "The largest model wins that contest: it can learn the most rows by heart.",
)
_reply(
    "chosen_by",
    "test",
    "The winner would be, in part, the one that was lucky with these rows, and no rows would be "
    "left to tell.",
)
_reply(
    "best_of_ten",
    "right",
    "Each score alone is right on average. What is the average of the best of ten?",
)
_reply(
    "best_of_ten",
    "too bad",
    "Chance makes some scores too good and some too bad. Which of them is reported?",
)
_reply(
    "error_in_the_unit",
    2.5,
    "That is the error in thousands. The model and its error live in the unit of the targets "
    "it was trained on.",
)
_reply(
    "error_in_the_unit",
    0.0025,
    "An error of 2.5 thousand is not a small one. Into which direction goes the factor?",
)
_reply(
    "none_is_urgent",
    0.02,
    "That is the share of urgent tickets, and on those it is wrong.",
)
_reply(
    "none_is_urgent",
    0,
    "It finds no urgent ticket. But the accuracy counts the others too.",
)
_reply(
    "urgent_ones_found",
    0.98,
    "That is the accuracy. Recall looks at the urgent tickets alone.",
)
_reply(
    "urgent_ones_found",
    0.02,
    "That is the share of urgent tickets among all. How many of them are found?",
)
_reply(
    "urgent_ones_found",
    1,
    "All four are missed. What is the share of those that are found?",
)

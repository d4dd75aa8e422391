"""How `training_quiz` goes wrong."""

from __future__ import annotations

from typing import Any

from ..prediction import training_quiz


def _reply(key: str, choice: Any, says: str) -> None:
    """Add a wrong choice and what is answered to it."""
    training_quiz.wrong(f"{key}: {choice}", says=says)({key: choice})


_reply("updates", 3, "That is once in an epoch. When does `fit` change weights, after which part?")
_reply("updates", 4, "That is one epoch. How many are there?")
_reply("updates", 9, "The last batch of an epoch is smaller than the others. Is it left out?")
_reply("updates", 300, "That is once for every row. How many rows does one step look at?")
_reply("updates", 10, "That is as if the rows were one long queue. Each epoch begins a new batch.")
_reply(
    "share_of_ones",
    0.25,
    "That is the share among all rows, as if they were shuffled before the cut. `fit` shuffles "
    "what is left for training, and that is after it. Which rows are taken?",
)
_reply("share_of_ones", 0.5, "Nothing evens out the classes. Which 20 of the 80 rows are taken?")
_reply("share_of_ones", 0.0, "Those would be the first rows. From which end are they taken?")
_reply("share_of_ones", 20, "That is how many there are. Their share is a number from 0 to 1.")
_reply(
    "unwatched",
    1,
    "What is not there can't become worse. The callback has nothing to compare: what does it do?",
)
_reply("unwatched", 2, "It would be, if a loss did not fall in the second epoch. Which is watched?")
_reply(
    "unwatched", 0, "Training begins before anybody looks. What does a callback do with no loss?"
)
_reply("unwatched", "error", "It would be kinder. There is only a warning, after each epoch.")
_reply("epochs", 2, "That is the best epoch. The callback can't know that it was, until later.")
_reply("epochs", 3, "At the third epoch one is lost. How many have to be, with patience 2?")
_reply("epochs", 5, "At the fourth epoch two in a row were no better than the best. And then?")
_reply("epochs", 10, "That is if nothing stops it. Count the epochs since the best one.")
_reply("epochs", 6, "The callback sees no future: count the epochs since the best one so far.")
_reply(
    "loss_afterwards",
    0.6,
    "That is the best one. Does the callback bring its weights back if nobody asks it to?",
)
_reply("loss_afterwards", 0.8, "That epoch is followed by another one before training ends.")
_reply("loss_afterwards", 0.5, "Training has ended before that. With which epoch?")
_reply("loss_afterwards", 0.4, "Training has ended before that. With which epoch?")
_reply("loss_afterwards", 0.9, "That is the first epoch. Training does not go back so far.")
_reply("rate", 0.1, "For four epochs the loss was no better than the best, and patience is 2.")
_reply("rate", 0.05, "So it is after the fourth epoch. The count begins anew: what comes after?")
_reply(
    "rate",
    0.0125,
    "That is three times halved. How many epochs are there that are not better, and how many does "
    "each halving use up?",
)
_reply(
    "rate", 0.00625, "That is halved in each epoch of the plateau. What is patience good for then?"
)
_reply("reported", 0.85, "That model was chosen by the test set. Which set may choose?")
_reply(
    "reported",
    0.86,
    "That one has been chosen for being high, so it is too hopeful. Which data know nothing of "
    "the choice?",
)
_reply("reported", 0.83, "That model is not the best on the validation set. Which one is?")
_reply("reported", 0.84, "That is of the validation set, and of another model than the best one.")
_reply("reported", 0.81, "That is of the validation set, and of another model than the best one.")

"""`training_quiz`: what will `fit` do? Answered before anything is run."""

from __future__ import annotations

from tfcourse_utils.checking import exercise

from ..tools import question

__all__ = ["training_quiz"]

training_quiz = exercise(
    "callbacks_and_tuning.training_quiz",
    kind="predict",
    section="On one page",
    answer_kind="dictionary",
)

question(training_quiz, "updates", "1. how often the weights change")
question(training_quiz, "share_of_ones", "2. rows kept for validation")
question(training_quiz, "unwatched", "3. early stopping without validation")
question(training_quiz, "epochs", "4. early stopping with patience")
question(training_quiz, "loss_afterwards", "5. the model after early stopping")
question(training_quiz, "rate", "6. the learning rate on a plateau")
question(training_quiz, "reported", "7. the accuracy to report")

training_quiz.hint(
    "For the first: how many batches are there in an epoch, and is a last one that is not full "
    "left out? For the second: does `fit` shuffle before it cuts, or after?",
    "For the callbacks, write the losses in a row. Below each, write the best one so far, and "
    "how many epochs ago it was. At which epoch is patience lost, and what does the callback do "
    "then: to the training, to the weights, to its own count?",
    "For the last: which of the two sets may choose? The other one is looked at once, for the "
    "model that was chosen.",
)

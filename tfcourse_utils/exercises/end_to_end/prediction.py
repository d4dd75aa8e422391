"""`projects_quiz`: what a split, a baseline and a score are worth."""

from __future__ import annotations

from tfcourse_utils.checking import exercise

from ..tools import question

__all__ = ["projects_quiz"]

projects_quiz = exercise(
    "end_to_end.projects_quiz",
    kind="predict",
    section="One look at the test set",
    answer_kind="dictionary",
)

question(projects_quiz, "kinds_in_the_last_fifth", "1. kinds in the last fifth")
question(projects_quiz, "baseline_of_the_mean", "2. always the mean")
question(projects_quiz, "baseline_of_the_commonest", "3. always the commonest")
question(projects_quiz, "scaled_by", "4. rows to scale by")
question(projects_quiz, "stopped_by", "5. rows to stop by")
question(projects_quiz, "chosen_by", "6. rows to choose by")
question(projects_quiz, "best_of_ten", "7. best of ten on one test set")
question(projects_quiz, "error_in_the_unit", "8. an error in the unit of y")
question(projects_quiz, "none_is_urgent", "9. accuracy of never urgent")
question(projects_quiz, "urgent_ones_found", "10. recall of never urgent")

projects_quiz.hint(
    "For a baseline, work out first what is always said: that needs the training rows alone. Then "
    "compare it with every test row.",
    "Whatever a set of rows has decided, it can't be asked about again: it would be judging its "
    "own choice. How many such decisions are there between the split and the last line?",
)

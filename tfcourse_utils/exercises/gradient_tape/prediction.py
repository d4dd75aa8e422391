"""`tape_quiz`: what will the tape return? Answered before anything is run."""

from __future__ import annotations

from tfcourse_utils.checking import exercise

from ..tools import question

__all__ = ["tape_quiz"]

tape_quiz = exercise(
    "gradient_tape.tape_quiz", kind="predict", section="On one page", answer_kind="dictionary"
)

question(tape_quiz, "variable", "1. a variable")
question(tape_quiz, "constant", "2. a constant")
question(tape_quiz, "stopped", "3. a factor that is stopped")
question(tape_quiz, "whole_number", "4. a whole number")
question(tape_quiz, "rebound", "5. a variable minus 1")
question(tape_quiz, "outside", "6. a step after the block")
question(tape_quiz, "second_call", "7. asked twice")
question(tape_quiz, "vector", "8. two elements")
question(tape_quiz, "flat", "9. where a ReLU is flat")
question(tape_quiz, "unconnected", "10. no way from one to the other")

tape_quiz.hint(
    "Three questions for each: what does the tape follow, which steps does it see, and is there a "
    "way from the one to the other through what it has seen?",
    "None means that there is no way. 0 means that there is one, and that the slope is 0, or that "
    "zeros were asked for.",
)

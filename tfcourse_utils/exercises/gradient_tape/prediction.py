"""`tape_quiz`: what will the tape return? Answered before anything is run."""

from __future__ import annotations

from typing import Any

import numpy as np

from tfcourse_utils.checking import NOT_ATTEMPTED, exercise

__all__ = ["tape_quiz"]

tape_quiz = exercise(
    "gradient_tape.tape_quiz", kind="predict", section="On one page", answer_kind="dictionary"
)


def _question(key: str, title: str) -> None:
    @tape_quiz.probe(title)
    def _(answer, rng):
        value = answer.get(key, ...)
        if value is ...:
            raise NotImplementedError(NOT_ATTEMPTED)
        return _as_asked(value)


def _as_asked(value: Any) -> Any:
    """Return a word in lower case, None as a word too, and any kind of sequence as a list."""
    if value is None or isinstance(value, str):
        return str(value).strip().lower()
    return list(value) if isinstance(value, tuple) or np.ndim(value) == 1 else value


_question("variable", "1. a variable")
_question("constant", "2. a constant")
_question("stopped", "3. a factor that is stopped")
_question("whole_number", "4. a whole number")
_question("rebound", "5. a variable minus 1")
_question("outside", "6. a step after the block")
_question("second_call", "7. asked twice")
_question("vector", "8. two elements")
_question("flat", "9. where a ReLU is flat")
_question("unconnected", "10. no way from one to the other")

tape_quiz.hint(
    "Three questions for each: what does the tape follow, which steps does it see, and is there a "
    "way from the one to the other through what it has seen?",
    "None means that there is no way. 0 means that there is one, and that the slope is 0, or that "
    "zeros were asked for.",
)

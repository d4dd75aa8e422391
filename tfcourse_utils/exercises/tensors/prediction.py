"""`shapes_quiz`: which shape will it have? Answered before anything is run."""

from __future__ import annotations

from tfcourse_utils.checking import exercise

from ..tools import question

__all__ = ["shapes_quiz"]

shapes_quiz = exercise(
    "tensors.shapes_quiz", kind="predict", section="On one page", answer_kind="dictionary"
)

question(shapes_quiz, "rank", "1. rank of (4, 1, 3)")
question(shapes_quiz, "row_shape", "2. shape of x[1]")
question(shapes_quiz, "slice_shape", "3. shape of x[1:2, ..., tf.newaxis]")
question(shapes_quiz, "sum_shape", "4. shape of a sum over axis 0")
question(shapes_quiz, "broadcast_shape", "5. shape of a + b")
question(shapes_quiz, "clash", "6. what can't be added")
question(shapes_quiz, "product_shape", "7. shape of a @ b")
question(shapes_quiz, "last_batch_shape", "8. shape of the last batch")

shapes_quiz.hint(
    "An index that is a number takes its axis away; a slice keeps it, however short it becomes.",
    "For broadcasting, write the two shapes one under the other, aligned at the right. Each "
    "column needs equal numbers, or a 1.",
    "A matrix product works on the last two axes, and a reduction takes away the axis it names.",
)

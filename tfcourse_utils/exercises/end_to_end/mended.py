"""`mend_project`: a project that looks at the test rows three times before it is done."""

from __future__ import annotations

from tfcourse_utils.checking import exercise

from .numbers import look_at_numbers

__all__ = ["mend_project"]

mend_project = exercise(
    "end_to_end.mend_project", kind="mend", section="One order for every project"
)
look_at_numbers(mend_project, samples=300)

mend_project.hint(
    "Put a finger on every place where `x[held_back]`, `y[held_back]` or all of `x` is used. Which "
    "of them come before the last lines?",
    "A third set of rows is missing: one to stop by and to choose by. It is split off like the "
    "test rows, and neither trained on nor reported.",
    "The layer is adapted to the training rows. `validation_data` and the comparison of the two "
    "models use the validation rows. The test rows are used once, by the model that was chosen.",
)

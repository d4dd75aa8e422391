"""How answers go wrong.

Only the judge imports this, by `wrong_answers`. Where learners' code runs under the grader it must
not be: a wrong answer earns the points of the probes that it passes.
"""

from . import (
    classes,
    columns,
    distances,
    epochs,
    in_place,
    mixed,
    overlap,
    prediction,
    ragged,
    running,
    sparse,
    words,
)

__all__ = [
    "classes",
    "columns",
    "distances",
    "epochs",
    "in_place",
    "mixed",
    "overlap",
    "prediction",
    "ragged",
    "running",
    "sparse",
    "words",
]

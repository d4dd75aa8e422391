"""How answers go wrong.

Only the judge imports this, by `wrong_answers`. Where learners' code runs under the grader it must
not be: a wrong answer earns the points of the probes that it passes.
"""

from . import (
    budget,
    curves,
    files,
    keep_best,
    loss_history,
    own_loop,
    patience,
    prediction,
    scaled,
    schedule,
    space,
    split,
    target,
    watching,
)

__all__ = [
    "budget",
    "curves",
    "files",
    "keep_best",
    "loss_history",
    "own_loop",
    "patience",
    "prediction",
    "scaled",
    "schedule",
    "space",
    "split",
    "target",
    "watching",
]

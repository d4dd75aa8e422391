"""How answers go wrong.

Only the judge imports this, by `wrong_answers`. Where learners' code runs under the grader it must
not be: a wrong answer earns the points of the probes that it passes.
"""

from . import (
    configs,
    constraint,
    count,
    difficulty,
    files,
    glorot,
    mended,
    norm,
    penalty,
    prediction,
    residual,
    simple_dense,
    stack,
    subclassed,
    tickets,
)

__all__ = [
    "configs",
    "constraint",
    "count",
    "difficulty",
    "files",
    "glorot",
    "mended",
    "norm",
    "penalty",
    "prediction",
    "residual",
    "simple_dense",
    "stack",
    "subclassed",
    "tickets",
]

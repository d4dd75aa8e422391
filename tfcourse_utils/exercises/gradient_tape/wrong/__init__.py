"""How answers go wrong.

Only the judge imports this, by `wrong_answers`. Where learners' code runs under the grader it must
not be: a wrong answer earns the points of the probes that it passes.
"""

from . import (
    backwards,
    descent,
    examples,
    loss,
    model,
    nones,
    numeric,
    prediction,
    second,
    softplus,
    step,
    tape,
)

__all__ = [
    "backwards",
    "descent",
    "examples",
    "loss",
    "model",
    "nones",
    "numeric",
    "prediction",
    "second",
    "softplus",
    "step",
    "tape",
]

"""How answers go wrong.

Only the judge imports this, by `wrong_answers`. Where learners' code runs under the grader it must
not be: a wrong answer earns the points of the probes that it passes.
"""

from . import (
    classes,
    compiled,
    confusion,
    f_score,
    huber,
    huber_loss,
    huber_metric,
    lopsided,
    mended,
    penalized_loss,
    penalty,
    prediction,
    rmse,
    tickets,
)

__all__ = [
    "classes",
    "compiled",
    "confusion",
    "f_score",
    "huber",
    "huber_loss",
    "huber_metric",
    "lopsided",
    "mended",
    "penalized_loss",
    "penalty",
    "prediction",
    "rmse",
    "tickets",
]

"""How answers go wrong.

Only the judge imports this, by `wrong_answers`. Where learners' code runs under the grader it must
not be: a wrong answer earns the points of the probes that it passes.
"""

from . import (
    capstone,
    images,
    leaks,
    mended,
    prediction,
    regression,
    species,
    ticket_models,
    tickets,
)

__all__ = [
    "capstone",
    "images",
    "leaks",
    "mended",
    "prediction",
    "regression",
    "species",
    "ticket_models",
    "tickets",
]

"""What the doctor says."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from .lines import Line

__all__ = ["Cause", "Finding"]


class Cause(str, Enum):
    """Why a gradient is not what it should be."""

    NONE = "nothing is wrong"
    UNWATCHED = "never watched"
    REBOUND = "a variable's name given to a tensor"
    LATE = "watched too late"
    OUTSIDE = "computed outside the tape"
    USED_UP = "the tape asked twice"
    INTEGER = "integers"
    LEFT = "left TensorFlow"
    NO_SLOPE = "an operation without a slope"
    STOPPED = "stopped on purpose"
    STATE = "through a variable's state"
    UNRELATED = "the result does not depend on it"
    FLAT = "flat"
    NOT_FINITE = "not finite"
    NOT_SCALAR = "the result is no single number"
    BROADCAST = "shapes that were stretched"
    RAISED = "an error"
    UNKNOWN = "not found"


@dataclass(frozen=True)
class Finding:
    """One gradient, and what was found out about it.

    Attributes:
        cause: which of the known ones it is.
        says: a few sentences for the learner.
        line: where in the learner's code, if it is known.
    """

    cause: Cause
    says: str
    line: Line | None = None

    def __str__(self) -> str:
        return self.says

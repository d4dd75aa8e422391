"""Shapes that fit each other only because both were stretched."""

from __future__ import annotations

from .finding import Cause, Finding
from .operations import quoted
from .recording import Recording, Step
from .unconnected import at

__all__ = ["stretched"]

_ELEMENTWISE = ("Add", "AddV2", "Sub", "Mul", "RealDiv", "SquaredDifference", "Maximum", "Minimum")


def stretched(recording: Recording) -> Finding | None:
    """Return the first operation that made a table of a row and a column; None if none did."""
    for index in sorted(recording.before(recording.target)):
        step = recording.steps[index]
        shapes = [_shape(recording.steps[i]) for i in step.inputs]
        if step.kind in _ELEMENTWISE and _both_grow(shapes[0], shapes[1], _shape(step)):
            says = (
                f"{quoted(step.kind)} in {at(step.line)} takes the shapes {shapes[0]} and "
                f"{shapes[1]} and makes {_shape(step)} of them: every entry of one meets every "
                "entry of the other."
            )
            return Finding(Cause.BROADCAST, says, step.line)
    return None


def _shape(step: Step) -> tuple[int, ...]:
    return () if step.value is None else step.value.shape


def _both_grow(left: tuple[int, ...], right: tuple[int, ...], result: tuple[int, ...]) -> bool:
    """Return whether a result has more entries than either side, of which one has fewer axes."""
    return len(left) != len(right) and min(len(left), len(right)) > 0 and left != result != right

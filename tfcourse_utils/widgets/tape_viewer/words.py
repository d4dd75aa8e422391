"""What the picture shows, in words."""

from __future__ import annotations

from ..svg import clipped
from .ladder import Ladder, Role
from .numbers import short

__all__ = ["describe"]

_MOST = 1_500  # characters


def describe(rungs: Ladder, back: int) -> str:
    """Say in words what the picture shows."""
    text = " ".join(filter(None, (_forward(rungs), _backward(rungs, back), _unseen(rungs))))
    return clipped(text, _MOST)


def _forward(rungs: Ladder) -> str:
    count = len(rungs.operations)
    many = "1 operation gives" if count == 1 else f"{count} operations give"
    return f"Forward, {many} the result {short(rungs.result.value)}."


def _backward(rungs: Ladder, back: int) -> str:
    if back == 0:
        return "Step back to see the gradients arrive."
    if not rungs.result.role.has_gradient:
        return "Nothing that the tape watches leads to the result, so no gradient goes back."
    if back == 1:
        return "Backward, it begins with the result: its gradient with respect to itself is 1."
    current = rungs.current(back)
    passes = "" if current is None else _passes(rungs, current)
    return f"{passes} {_inputs(rungs, back)}".strip()


def _passes(rungs: Ladder, number: int) -> str:
    rung = rungs.rungs[number]
    done = f"Back through {rung.name} = {rung.expression}"
    if not rung.passes:
        on_tape = rung.role is Role.RECORDED
        return f"{done}: {'no gradient arrives there' if on_tape else 'it is not on the tape'}."
    parts = [
        f"{rungs.rungs[to].name} gets {'nothing' if gradient is None else short(gradient)}"
        for to, gradient in rung.passes.items()
    ]
    return f"{done}: {', '.join(parts)}."


def _inputs(rungs: Ladder, back: int) -> str:
    if back < rungs.steps:
        return ""
    pairs = list(zip(rungs.rungs, rungs.gradients(back)))
    parts = [
        f"{rung.name}: {'None' if gradient is None else short(gradient)}"
        for rung, gradient in pairs
        if not rung.is_operation
    ]
    return f"That was the last one. The tape answers {', '.join(parts)}."


def _unseen(rungs: Ladder) -> str:
    names = [rung.name for rung in rungs.rungs if rung.role is Role.UNWATCHED]
    return f"The tape does not watch {' and '.join(names)}." if names else ""

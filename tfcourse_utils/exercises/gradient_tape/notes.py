"""What an answer gives, with a note by the gradient doctor where its tape gave nothing of use."""

from __future__ import annotations

import dis
from collections.abc import Callable
from typing import Any

from tfcourse_utils.checking import noted
from tfcourse_utils.gradient_doctor import result_and_note, watch

from ..tools import own_code

__all__ = ["called", "explained", "gave_nothing"]


def explained(name: str, answer: Callable[..., Any], *calls: tuple[Any, ...]) -> Any:
    """Return what an answer gives for each of these arguments, for a probe to return.

    Each is a dictionary, {name: result}, in which None is what a tape gave back; where a `return`
    is missing, None alone stands for them all. Where there are several calls, they come as a
    list. The note is on the first that needs one.
    """
    seen: list[dict[str, Any]] = []
    note = ""
    for args in calls:
        if note:
            result, answers = answer(*args), ()
        else:
            watched = watch(answer, *args)
            result, note, answers = watched.returned(), watched.note, watched.answers
        if gave_nothing(answer, result, answers):
            return noted(None, note)
        seen.append({name: result})
    return noted(seen[0] if len(seen) == 1 else seen, note)


def called(answer: Callable[..., Any], *args: Any) -> Any:
    """Return what an answer gives; what it raises has the doctor's findings with it."""
    return result_and_note(answer, *args)[0]


def gave_nothing(answer: Callable[..., Any], result: Any, answers: tuple[Any, ...] = ()) -> bool:
    """Return whether a result is None for want of a `return`, not by what a tape gave back."""
    if result is not None:
        return False
    seen_otherwise = bool(answers) and all(gradient is not None for gradient in answers)
    return seen_otherwise or not _returns_a_value(answer)


def _returns_a_value(answer: Callable[..., Any]) -> bool:
    """Return whether any `return` in the code has something other than None behind it."""
    code = own_code(answer)
    if code is None:
        return True  # a library's, or an object that can be called
    steps = [step for step in dis.get_instructions(code) if step.opname != "NOP"]
    for before, step in zip([None, *steps], steps):
        if step.opname == "RETURN_VALUE" and not _is_none(before):
            return True
        if step.opname == "RETURN_CONST" and not _is_none(step):
            return True
    return False


def _is_none(step: dis.Instruction | None) -> bool:
    """Return whether a step of bytecode puts None in place."""
    if step is None or step.opname not in ("LOAD_CONST", "RETURN_CONST"):
        return False
    return step.argval is None

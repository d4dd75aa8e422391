"""What an answer gives, with a note by the gradient doctor where its tape gave nothing of use."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tfcourse_utils.checking import noted
from tfcourse_utils.gradient_doctor import result_and_note

__all__ = ["called", "explained"]


def explained(name: str, answer: Callable[..., Any], *calls: tuple[Any, ...]) -> Any:
    """Return what an answer gives for each of these arguments, for a probe to return.

    Each is a dictionary, {name: result}, in which None is not taken for a missing `return`. Where
    there are several calls, they come as a list. The note is on the first that needs one.
    """
    seen: list[dict[str, Any]] = []
    note = ""
    for args in calls:
        if note:
            result = answer(*args)
        else:
            result, note = result_and_note(answer, *args)
        seen.append({name: result})
    return noted(seen[0] if len(seen) == 1 else seen, note)


def called(answer: Callable[..., Any], *args: Any) -> Any:
    """Return what an answer gives; what it raises has the doctor's findings with it."""
    return result_and_note(answer, *args)[0]

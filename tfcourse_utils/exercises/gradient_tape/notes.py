"""What an answer gives, with a note by the gradient doctor where its tape gave nothing of use."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tfcourse_utils.checking import add_note, not_attempted, noted
from tfcourse_utils.gradient_doctor import Finding, watch

__all__ = ["called", "explained"]


def explained(name: str, answer: Callable[..., Any], *calls: tuple[Any, ...]) -> Any:
    """Return what an answer gives for each of these arguments, for a probe to return.

    Each is a dictionary, {name: result}, in which None is not taken for a missing `return`. Where
    there are several calls, they come as a list. The note is on the first that needs one.
    """
    seen: list[dict[str, Any]] = []
    findings: tuple[Finding, ...] = ()
    for args in calls:
        if findings:
            result = answer(*args)
        else:
            result, findings = _watched(answer, args)
        seen.append({name: result})
    return noted(seen[0] if len(seen) == 1 else seen, _note(findings))


def called(answer: Callable[..., Any], *args: Any) -> Any:
    """Return what an answer gives; what it raises has the doctor's findings with it."""
    return _watched(answer, args)[0]


def _watched(answer: Callable[..., Any], args: tuple[Any, ...]) -> tuple[Any, tuple[Finding, ...]]:
    result, findings, error = watch(answer, *args)
    if error is None:
        return result, findings
    if findings and not not_attempted(error):
        add_note(error, _note(findings))
    raise error


def _note(findings: tuple[Finding, ...]) -> str:
    return "\n".join(map(str, findings))

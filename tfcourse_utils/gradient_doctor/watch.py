"""Watch a function that uses `tf.GradientTape`, and explain what its tapes gave back."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import nullcontext
from typing import Any, NamedTuple

from tfcourse_utils.checking import add_note, not_attempted, noted, notes_are_read

from .answers import first_odd, not_scalar, refused
from .explain import Call, explain
from .finding import Finding
from .tapes import Log, remembering_tapes

__all__ = ["Watched", "diagnosed", "result_and_note", "watch"]

_MAX_FINDINGS = 3


class Watched(NamedTuple):
    """What a watched call gave back, and what was found.

    Attributes:
        result: what the function returned; None where it raised.
        findings: on the first question to a tape whose answer is odd; empty if none is.
        error: what the function raised, or None.
        answers: the gradients that its tapes gave back, as far as they were seen.
    """

    result: Any
    findings: tuple[Finding, ...]
    error: BaseException | None = None
    answers: tuple[Any, ...] = ()

    @property
    def note(self) -> str:
        """The findings as one text."""
        return "\n".join(map(str, self.findings))

    def returned(self) -> Any:
        """Return the result, or raise the error, with the findings as its note."""
        if self.error is None:
            return self.result
        if self.note and not not_attempted(self.error):
            add_note(self.error, self.note)
        raise self.error


def watch(function: Callable[..., Any], *args: Any, **kwargs: Any) -> Watched:
    """Call a function that uses `tf.GradientTape`, and explain odd gradients.

    Only where a gradient is None, 0 or not finite is the function called again, as a graph, up
    to that gradient; the variables hold afterwards what they held before.

    Example:
        >>> def slope(x):
        ...     with tf.GradientTape() as tape:
        ...         y = x * x
        ...     return tape.gradient(y, x)
        >>> print(watch(slope, tf.constant(3.0)).findings[0])
        The gradient with respect to `x` is None. `x` is a tensor, no variable, and the tape was
        not asked to watch it.
    """
    log, result, error = Log(), None, None
    start = time.perf_counter()
    try:
        with remembering_tapes(log) if notes_are_read() else nullcontext():
            result = function(*args, **kwargs)
    except KeyboardInterrupt:
        raise
    except BaseException as raised:  # `exit()` in an answer too
        error = raised
    log.seconds = time.perf_counter() - start
    answers = tuple(gradient for asked in log.asked for gradient in asked.gradients)
    return Watched(result, _findings((function, args, kwargs), log), error, answers)


def diagnosed(function: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
    """Call a function for a probe: return its result, with the findings as a note.

    Raises:
        BaseException: what the function raises, with the findings as its note.
    """
    return noted(*result_and_note(function, *args, **kwargs))


def result_and_note(function: Callable[..., Any], *args: Any, **kwargs: Any) -> tuple[Any, str]:
    """Do what `diagnosed` does, for a probe that makes something else of the result."""
    watched = watch(function, *args, **kwargs)
    return watched.returned(), watched.note


def _findings(call: Call, log: Log) -> tuple[Finding, ...]:
    """Return findings; none rather than an error, for what was asked may be anything."""
    try:
        number = first_odd(log)
        if number is not None:
            return tuple(explain(call, log, number)[0].values())[:_MAX_FINDINGS]
        if log.refused is not None:
            return (refused(log.refused),)
        return tuple(filter(None, map(not_scalar, log.asked)))[:1]
    except KeyboardInterrupt:
        raise
    except BaseException:
        return ()

"""From a question to a tape, and its answer, to findings."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import tensorflow as tf

from .answers import oddness
from .finding import Cause, Finding
from .lines import line_of_error
from .recording import Recording
from .tapes import Asked, Log, ReachedError, remembering_tapes
from .trace import TooLongError, Values, as_symbol, record
from .unconnected import Source, why_none
from .values import why_not_finite, why_zero

__all__ = ["Call", "explain"]

#: A function with its arguments, and what they are called with again.
Call = tuple[Callable[..., Any], Sequence[Any], dict[str, Any]]

# Of a call that is repeated, as a graph: that takes twenty times as long, or more.
_MAX_QUESTIONS, _MAX_SECONDS = 50, 0.5

_SYMPTOMS = {
    "none": "is None",
    "not finite": "is not finite",
    "zero": "is 0 everywhere",
}


def explain(call: Call, log: Log, number: int) -> tuple[dict[int, Finding], Recording | None]:
    """Return findings on a question, by the source's number, and what they rest on.

    Args:
        call: what asked it. It is called again, as a graph, up to that question.
        log: of the first call.
    """
    asked = log.asked[number]
    is_short = number < _MAX_QUESTIONS and log.seconds < _MAX_SECONDS
    again, problem = _again(call, number, list(log.values.items())) if is_short else (None, None)
    odd = [(i, symptom) for i, g in enumerate(asked.gradients) if (symptom := oddness(g))]
    findings = {}
    for index, symptom in odd:
        name = asked.name(index)
        found = _reason(again, index, name, symptom) if again else None
        if found in (None, _UNKNOWN) or found.cause is Cause.UNRELATED:
            found = _unseen(asked, problem, symptom) or found or _UNKNOWN
        why = found.says[:1].upper() + found.says[1:]
        says = f"The gradient with respect to {name} {_SYMPTOMS[symptom]}. {why}"
        findings[index] = replace(found, says=says)
    return findings, again.recording if again else None


@dataclass(frozen=True)
class _Again:
    """What the second call, as a graph, came to."""

    asked: Asked
    recording: Recording


class _NotReachedError(Exception):
    """The second call ended without asking."""


def _again(call: Call, number: int, values: Values) -> tuple[_Again | None, Exception | None]:
    """Return the second call up to a question, and what went wrong with it first.

    At first its tensors are the graph's, so that it fails where they leave TensorFlow. That may
    do no harm, as in printing: then they are as they were.
    """
    function, args, kwargs = call
    problem = None
    for compiled, prepare in ((False, as_symbol), (True, lambda value: value)):
        again = _plain(function, compiled), args, kwargs
        try:
            return _record(again, number, values, prepare), problem
        except Exception as error:  # it is the learner's code that runs
            problem = problem or error
    return None, problem


def _plain(function: Callable[..., Any], compiled: bool) -> Callable[..., Any]:
    """Return what is wrapped; where `compiled`, no further in than a tf.function."""
    while hasattr(function, "python_function"):
        if compiled and hasattr(function, "get_concrete_function"):
            break
        function = function.python_function
    return function


def _record(call: Call, number: int, values: Values, prepare: Callable[[Any], Any]) -> _Again:
    function, args, kwargs = call
    reached: list[Asked] = []

    def work() -> tuple[Any, list[Any]]:
        try:
            with remembering_tapes(Log(stop_at=number)):
                function(
                    *tf.nest.map_structure(prepare, list(args)),
                    **tf.nest.map_structure(prepare, kwargs),
                )
        except ReachedError as end:
            asked = end.asked
            reached.append(asked)
            told = [one.tensor for one in asked.watched]
            return asked.target, [*asked.sources, *told, *asked.variables]
        raise _NotReachedError

    known = [(reference.deref(), value) for reference, value in values]
    recording = record(work, known)
    return _Again(reached[0], recording)


def _reason(again: _Again, index: int, name: str, symptom: str) -> Finding:
    """Return why a gradient is odd."""
    asked, recording = again.asked, again.recording
    source = _source(asked, index, name)
    held = set().union(*recording.sources[len(asked.sources) :])
    found = None
    if symptom == "not finite":
        found = why_not_finite(recording, source)
    if symptom == "zero":
        found = why_zero(recording, source)
    return found or why_none(recording, source, asked.spans, held) or _UNKNOWN


_UNKNOWN = Finding(Cause.UNKNOWN, "Where that comes from could not be found.")


def _source(asked: Asked, index: int, name: str) -> Source:
    tensor = asked.sources[index]
    told = [one.at for one in asked.watched if one.tensor is tensor]
    handle = getattr(tensor, "handle", None)  # Keras's variables hold TensorFlow's
    by_itself = any(variable.handle is handle for variable in asked.variables)
    return Source(
        index,
        name,
        is_variable=handle is not None,
        is_watched=bool(told) or by_itself,
        watched_at=min(told, default=0),
    )


def _unseen(asked: Asked, problem: Exception | None, symptom: str) -> Finding | None:
    """Return what can be said where a call could not be repeated as a graph."""
    if symptom == "none" and not asked.watched and not asked.variables:
        says = "The tape watched nothing: no variable was read, and no tensor was to be watched."
        return Finding(Cause.UNWATCHED, says)
    line = line_of_error(problem) if problem else None
    if line is None or isinstance(problem, (TooLongError, _NotReachedError)):
        return None
    if isinstance(problem, tf.errors.OperatorNotAllowedInGraphError):
        says = f"The reason could not be found, for {line} decides by the value of a tensor."
        return Finding(Cause.UNKNOWN, says, line)
    if symptom != "none":
        return None
    says = (
        f"In {line} a number or a NumPy array is taken out of a tensor. To the tape, what is "
        "computed from it is a constant."
    )
    return Finding(Cause.LEFT, says, line)

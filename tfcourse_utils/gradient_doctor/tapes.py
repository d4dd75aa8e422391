"""Tapes that remember what they were asked, in the place of `tf.GradientTape` for a while."""

from __future__ import annotations

import contextlib
import inspect
import traceback
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from types import FrameType
from typing import Any

import numpy as np
import tensorflow as tf

from .lines import Line, calling_frame, learners_line

__all__ = ["Asked", "Log", "ReachedError", "Span", "Watched", "remembering_tapes"]

_FOREVER = 10**9
_MAX_ENTRIES = 1_000_000  # of a variable whose value is kept


@dataclass
class Span:
    """The operations of a graph, from one number to another, that a tape records."""

    start: int
    end: int = _FOREVER


@dataclass(frozen=True)
class Watched:
    """A tensor that a tape was told to watch, when there were so many operations."""

    tensor: Any
    at: int


@dataclass(frozen=True)
class Asked:
    """One question to a tape.

    Attributes:
        target, sources: what it was asked; the sources in a flat list.
        gradients: what it answered, as flat as the sources.
        names: what the learner calls the sources; "" where that is not known.
        line: where it was asked.
        spans, watched, variables: what the tape recorded, was told to watch, and saw by itself.
    """

    target: Any
    sources: Sequence[Any]
    gradients: Sequence[Any]
    names: Sequence[str]
    line: Line | None
    spans: Sequence[Span]
    watched: Sequence[Watched]
    variables: Sequence[Any]
    is_jacobian: bool = False

    def name(self, index: int) -> str:
        """Return what to call a source in a sentence."""
        if self.names[index]:
            return f"`{self.names[index]}`"
        return "the source" if len(self.sources) == 1 else f"source {index + 1}"


@dataclass(frozen=True)
class Refused:
    """A question that a tape answered with an error."""

    error: Exception
    target: Any
    line: Line | None


class ReachedError(BaseException):
    """Ends a run at the question that is of interest. Learners catch no `BaseException`."""

    def __init__(self, asked: Asked) -> None:
        super().__init__("reached")
        self.asked = asked


@dataclass
class Log:
    """All that was asked.

    Attributes:
        stop_at: the number of the question at which to raise `ReachedError`.
        seconds: that the call took.
        values: of the watched variables, when they were first seen, by their references.
        refused: the last question that was answered with an error.
    """

    stop_at: int | None = None
    seconds: float = 0.0
    asked: list[Asked] = field(default_factory=list)
    values: dict[Any, Any] = field(default_factory=dict)
    refused: Refused | None = None

    def add(self, asked: Asked) -> None:
        """Keep a question."""
        self.asked.append(asked)
        if len(self.asked) - 1 == self.stop_at:
            raise ReachedError(asked)
        if tf.executing_eagerly():
            for variable in asked.variables:
                if variable.ref() not in self.values and _size(variable) < _MAX_ENTRIES:
                    self.values[variable.ref()] = variable.numpy()


@contextlib.contextmanager
def remembering_tapes(log: Log) -> Iterator[None]:
    """Let every tape that is made meanwhile keep in `log` what it is asked."""

    class GradientTape(_Tape):
        _log = log

    before = tf.GradientTape
    tf.GradientTape = GradientTape
    try:
        yield
    finally:
        tf.GradientTape = before


#: AutoGraph would convert the methods of a tape that is not TensorFlow's own.
_as_it_is = tf.autograph.experimental.do_not_convert


class _Tape(tf.GradientTape):
    _log: Log

    @_as_it_is
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._spans: list[Span] = []
        self._told: list[Watched] = []
        self._asking = False

    @_as_it_is
    def __enter__(self) -> Any:
        self._spans.append(Span(_operations()))
        return super().__enter__()

    @_as_it_is
    def __exit__(self, *details: Any) -> Any:
        self._spans[-1].end = _operations()
        return super().__exit__(*details)

    @contextlib.contextmanager
    def stop_recording(self) -> Iterator[None]:
        self._spans[-1].end = _operations()
        with super().stop_recording():
            yield
        self._spans.append(Span(_operations()))

    @_as_it_is
    def watch(self, tensor: Any) -> None:
        super().watch(tensor)
        self._told += [Watched(one, _operations()) for one in tf.nest.flatten(tensor)]

    @_as_it_is
    def gradient(self, target: Any, sources: Any, *args: Any, **kwargs: Any) -> Any:
        try:
            gradients = super().gradient(target, sources, *args, **kwargs)
        except Exception as error:
            self._log.refused = Refused(error, target, _here())
            raise
        self._keep(target, sources, gradients)
        return gradients

    @_as_it_is
    def jacobian(self, target: Any, sources: Any, *args: Any, **kwargs: Any) -> Any:
        with self._silent():  # it asks for gradients itself
            jacobians = super().jacobian(target, sources, *args, **kwargs)
        self._keep(target, sources, jacobians, is_jacobian=True)
        return jacobians

    @_as_it_is
    def batch_jacobian(self, target: Any, source: Any, *args: Any, **kwargs: Any) -> Any:
        with self._silent():
            jacobian = super().batch_jacobian(target, source, *args, **kwargs)
        self._keep(target, source, jacobian, is_jacobian=True)
        return jacobian

    @contextlib.contextmanager
    def _silent(self) -> Iterator[None]:
        self._asking = True
        try:
            yield
        finally:
            self._asking = False

    def _keep(self, target: Any, sources: Any, gradients: Any, is_jacobian: bool = False) -> None:
        if self._asking:
            return
        flat = tf.nest.flatten(sources)
        self._log.add(
            Asked(
                target,
                flat,
                tf.nest.flatten(gradients),
                _names(flat, calling_frame(inspect.currentframe())),
                _here(),
                self._spans,
                self._told,
                self.watched_variables(),
                is_jacobian,
            )
        )


def _here() -> Line | None:
    return learners_line(traceback.extract_stack())


def _operations() -> int:
    """Return how many operations the graph has so far; outside of graphs 0."""
    if tf.executing_eagerly():
        return 0
    return len(tf.compat.v1.get_default_graph().get_operations())


def _size(variable: Any) -> int:
    return int(np.prod(variable.shape.as_list()))


def _names(sources: Sequence[Any], frame: FrameType | None) -> list[str]:
    """Return what things are called where they were asked about."""
    names = {} if frame is None else {**frame.f_globals, **frame.f_locals}
    known = {id(value): name for name, value in names.items()}
    return [known.get(id(source), "") for source in sources]

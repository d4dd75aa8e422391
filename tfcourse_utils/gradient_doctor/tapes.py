"""Tapes that remember what they were asked, in the place of `tf.GradientTape` for a while."""

from __future__ import annotations

import ast
import contextlib
import inspect
import linecache
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from types import FrameType
from typing import Any

import numpy as np
import tensorflow as tf

from .lines import Line, calling_frame, line_of_frame

__all__ = ["Asked", "Log", "ReachedError", "Span", "Watched", "remembering_tapes"]

_FOREVER = 10**9
_MAX_ASKED = 100  # questions that are kept
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
    """A question that a tape answered with an error, or what it would not watch."""

    error: Exception
    target: Any
    sources: Any
    line: Line | None


class ReachedError(BaseException):
    """Ends a run at the question that is of interest. Learners catch no `BaseException`."""

    def __init__(self, asked: Asked) -> None:
        super().__init__("reached")
        self.asked = asked


@dataclass
class Log:
    """All that was asked, or as much of it as can be looked at.

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
        with self._may_refuse((), tensor):
            super().watch(tensor)
        self._told += [Watched(one, _operations()) for one in tf.nest.flatten(tensor)]

    @_as_it_is
    def gradient(self, target: Any, sources: Any, *args: Any, **kwargs: Any) -> Any:
        with self._may_refuse(target, sources):
            gradients = super().gradient(target, sources, *args, **kwargs)
        self._keep(target, sources, gradients)
        return gradients

    @_as_it_is
    def jacobian(self, target: Any, sources: Any, *args: Any, **kwargs: Any) -> Any:
        with self._may_refuse(target, sources), self._silent():  # it asks for gradients itself
            jacobians = super().jacobian(target, sources, *args, **kwargs)
        self._keep(target, sources, jacobians, is_jacobian=True)
        return jacobians

    @_as_it_is
    def batch_jacobian(self, target: Any, source: Any, *args: Any, **kwargs: Any) -> Any:
        with self._may_refuse(target, source), self._silent():
            jacobian = super().batch_jacobian(target, source, *args, **kwargs)
        self._keep(target, source, jacobian, is_jacobian=True)
        return jacobian

    @contextlib.contextmanager
    def _may_refuse(self, target: Any, sources: Any) -> Iterator[None]:
        try:
            yield
        except Exception as error:
            self._log.refused = Refused(error, target, sources, line_of_frame(_asker()))
            raise

    @contextlib.contextmanager
    def _silent(self) -> Iterator[None]:
        self._asking = True
        try:
            yield
        finally:
            self._asking = False

    def _keep(self, target: Any, sources: Any, gradients: Any, is_jacobian: bool = False) -> None:
        if self._asking or len(self._log.asked) >= _MAX_ASKED:
            return
        flat, asker = tf.nest.flatten(sources), _asker()
        self._log.add(
            Asked(
                target,
                flat,
                tf.nest.flatten(gradients),
                _names(flat, asker),
                line_of_frame(asker),
                self._spans,
                self._told,
                self.watched_variables(),
                is_jacobian,
            )
        )


def _asker() -> FrameType | None:
    return calling_frame(inspect.currentframe())


def _operations() -> int:
    """Return how many operations the graph has so far; outside of graphs 0."""
    if tf.executing_eagerly():
        return 0
    return len(tf.compat.v1.get_default_graph().get_operations())


def _size(variable: Any) -> int:
    return int(np.prod(variable.shape.as_list()))


def _names(sources: Sequence[Any], asker: FrameType | None) -> list[str]:
    """Return what things are called where they were asked about."""
    if asker is None:
        return [""] * len(sources)
    known = {id(value): name for name, value in {**asker.f_globals, **asker.f_locals}.items()}
    line = linecache.getline(asker.f_code.co_filename, asker.f_lineno)
    written = _written(line.strip(), len(sources)) or [""] * len(sources)
    return [known.get(id(source), text) for source, text in zip(sources, written)]


def _written(line: str, count: int) -> list[str]:
    """Return how the sources are written in a line, if it is whole and lists so many."""
    try:
        tree = ast.parse(line)
    except SyntaxError:
        return []
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith(".gradient"):
            listed = node.args[1:2]
            if listed and isinstance(listed[0], (ast.List, ast.Tuple)):
                listed = listed[0].elts
            texts = [ast.unparse(one) for one in listed]
            return texts if len(texts) == count else []
    return []

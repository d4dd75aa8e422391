"""Record what TensorFlow computes: trace it as a graph, then run that with all gradients."""

from __future__ import annotations

import contextlib
import io
import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
import tensorflow as tf

from .lines import learners_line
from .recording import Recording, Step

__all__ = ["TooLongError", "as_symbol", "record"]

MAX_STEPS = 3_000  # operations in all
MAX_FOLLOWED = 400  # operations with values and gradients

#: A variable and the value that it had before.
Values = Sequence[tuple[Any, np.ndarray]]


class TooLongError(Exception):
    """There are too many operations to follow."""


def as_symbol(value: Any) -> Any:
    """Return a tensor as one of the graph's, so that what leaves TensorFlow is noticed."""
    return tf.identity(value) if isinstance(value, tf.Tensor) else value


def record(work: Callable[[], tuple[Any, Sequence[Any]]], values: Values = ()) -> Recording:
    """Return what `work` computes, step by step, with values and gradients.

    Args:
        work: returns a target and its sources; it runs once, while a graph is traced.
        values: what variables are to hold while the graph runs. They keep what they hold now.

    Raises:
        TooLongError: there are more operations than can be followed.
        Exception: whatever `work` raises, and whatever its graph does when it runs.
    """
    plans: list[_Plan] = []

    def traced() -> Any:
        with tf.variable_creator_scope(_new_variable):
            target, sources = work()
        plans.append(_Plan(_one(target), sources))
        return plans[-1].fetched()

    with _quietly():
        concrete = tf.function(traced, autograph=False).get_concrete_function()
        with _holding(concrete.variables, values):
            return plans[-1].recording(concrete())


def _one(target: Any) -> tf.Tensor:
    """Return a target, or the sum of several, as the tape takes it."""
    targets = [_symbol(tf.convert_to_tensor(part)) for part in tf.nest.flatten(target)]
    return targets[0] if len(targets) == 1 else tf.add_n([tf.reduce_sum(t) for t in targets])


def _symbol(tensor: tf.Tensor) -> tf.Tensor:
    return tensor if tf.is_symbolic_tensor(tensor) else tf.identity(tensor)


def _new_variable(
    _next: Any, initial_value: Any = None, trainable: Any = None, dtype: Any = None, **_rest: Any
) -> tf.Variable:
    """Make a variable whose first value may be one of the graph's, as it may be in eager code."""
    value = initial_value() if callable(initial_value) else initial_value
    value = tf.convert_to_tensor(value, dtype)
    with ThreadPoolExecutor(1) as outside:  # of the graph, and of this scope
        zeros = outside.submit(tf.zeros, value.shape, value.dtype).result()
        made = outside.submit(tf.Variable, zeros, trainable=trainable is not False).result()
    made.assign(value)
    return made


@contextlib.contextmanager
def _quietly() -> Iterator[None]:
    """Say nothing: the first call has warned already."""
    logger = tf.get_logger()
    level = logger.level
    logger.setLevel("ERROR")
    try:
        silent = contextlib.redirect_stdout(io.StringIO())
        with silent, warnings.catch_warnings(), np.errstate(all="ignore"):
            warnings.simplefilter("ignore")
            yield
    finally:
        logger.setLevel(level)


@contextlib.contextmanager
def _holding(variables: Sequence[tf.Variable], values: Values) -> Iterator[None]:
    """Let those of the variables whose values are given hold them for a while."""
    known = [(variable, variable.numpy()) for variable in variables]
    handles = {id(variable.handle) for variable in variables}
    try:
        for variable, value in values:
            if id(variable.handle) in handles:
                variable.assign(value)
        yield
    finally:
        for variable, value in known:
            variable.assign(value)


class _Plan:
    """Which tensors of a graph to look at."""

    def __init__(self, target: tf.Tensor, sources: Sequence[Any]) -> None:
        graph = target.graph
        self._operations = graph.get_operations()
        if len(self._operations) > MAX_STEPS:
            raise TooLongError
        self._place = {op.name: index for index, op in enumerate(self._operations)}
        self._target = target
        self._inner = {id(outer): inner for outer, inner in graph.captures}
        self._variables = _handles(self._operations)
        self._sources = [self._holds(source) for source in sources]
        self._followed = self._ancestors()
        self._arriving, self._passed = _backpropagate(target, self._followed)

    def _holds(self, source: Any) -> frozenset[int]:
        """Return the operations that give a source's value."""
        handle = self._inner.get(id(getattr(source, "handle", None)))
        if handle is not None:
            users = [
                op for op in self._operations if _reads(op) and op.inputs[0].name == handle.name
            ]
            return frozenset(self._place[op.name] for op in users)
        symbol = self._inner.get(id(source), source)
        operation = getattr(symbol, "op", None) if tf.is_symbolic_tensor(symbol) else None
        return frozenset({self._place[operation.name]} if operation is not None else ())

    def _ancestors(self) -> list[Any]:
        found, waiting = {self._target.op.name}, [self._target.op]
        while waiting:
            new = {t.op.name: t.op for t in waiting.pop().inputs if t.op.name not in found}
            found |= set(new)
            waiting += new.values()
        if len(found) > MAX_FOLLOWED:
            raise TooLongError
        return [op for op in self._operations if op.name in found]

    def fetched(self) -> Any:
        """Return what the graph is to give back: values, arriving and passed-on gradients."""
        return [
            (
                [tensor if _holds_numbers(tensor) else None for tensor in op.outputs],
                [self._arriving.get(tensor.ref()) for tensor in op.outputs],
                [self._passed.get((op.name, tensor.ref())) for tensor in op.inputs],
            )
            for op in self._followed
        ]

    def recording(self, fetched: Any) -> Recording:
        """Return the steps, with what the graph gave back."""
        found = {op.name: one for op, one in zip(self._followed, fetched)}
        steps = tuple(self._step(op, found.get(op.name, ([], [], []))) for op in self._operations)
        return Recording(steps, self._place[self._target.op.name], tuple(self._sources))

    def _step(self, op: Any, found: tuple[list[Any], list[Any], list[Any]]) -> Step:
        values, arriving, passed = (tuple(map(_array, some)) for some in found)
        return Step(
            op.type,
            learners_line(_inner_frames(op.traceback)),
            tuple(self._place[tensor.op.name] for tensor in op.inputs),
            tuple(tensor.dtype.name for tensor in op.outputs),
            values,
            arriving,
            tuple(gradient is not None for gradient in passed),
            passed,
            reads=self._variable(op) if _reads(op) else None,
            writes=self._variable(op) if op.type.startswith("Assign") else None,
        )

    def _variable(self, op: Any) -> int | None:
        return self._variables.get(op.inputs[0].ref())


def _inner_frames(frames: Iterable[Any]) -> list[Any]:
    """Return the frames of what was traced, without those that led here."""
    inner: list[Any] = []
    for frame in frames:
        begins = frame.filename == __file__ and frame.name == "traced"
        inner = [] if begins else [*inner, frame]
    return inner


def _reads(op: Any) -> bool:
    return op.type in ("ReadVariableOp", "ResourceGather", "ResourceGatherNd")


def _handles(operations: Sequence[Any]) -> dict[Any, int]:
    """Return a number for each variable's handle."""
    handles = [t.ref() for op in operations for t in op.outputs if t.dtype == tf.resource]
    return {handle: number for number, handle in enumerate(handles)}


def _holds_numbers(tensor: tf.Tensor) -> bool:
    return tensor.dtype not in (tf.resource, tf.variant)


def _array(tensor: Any) -> np.ndarray | None:
    return None if tensor is None else np.asarray(tensor.numpy())


def _backpropagate(target: tf.Tensor, operations: Sequence[Any]) -> tuple[dict, dict]:
    """Return the gradients that arrive at tensors, and those that operations pass on."""
    arriving: dict[Any, Any] = {}
    passed: dict[tuple[str, Any], Any] = {}
    if target.dtype.is_floating or target.dtype.is_complex:
        arriving[target.ref()] = tf.ones_like(target)
    for op in reversed(operations):
        outputs = [tensor for tensor in op.outputs if tensor.ref() in arriving]
        inputs = [t.deref() for t in dict.fromkeys(t.ref() for t in op.inputs if _holds_numbers(t))]
        gradients = _through(outputs, inputs, [arriving[t.ref()] for t in outputs])
        for tensor, gradient in zip(inputs, gradients):
            key = tensor.ref()
            passed[op.name, key] = gradient
            if gradient is not None:
                arriving[key] = arriving[key] + gradient if key in arriving else gradient
    return arriving, passed


def _through(outputs: list, inputs: list, arriving: list) -> list[Any]:
    """Return the gradients that one operation passes on to its inputs."""
    if not outputs or not inputs:
        return []
    try:
        found = tf.gradients(outputs, inputs, arriving, stop_gradients=inputs)
        return [None if one is None else tf.convert_to_tensor(one) for one in found]
    except (LookupError, TypeError, ValueError, NotImplementedError):  # it has no gradient
        return [None] * len(inputs)

"""Shapes and parameters of a list of layers, found on copies and without any memory."""

from __future__ import annotations

import random
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import keras
import tensorflow as tf

from ..shapes import Shape
from .copies import NoCopyError, copy_of
from .names import called, details, told
from .reasons import Reason, no_copy, no_layer, nothing_left, other_weights, several, why
from .sizes import Sizes, activations

__all__ = ["Step", "Trace", "trace"]


@dataclass(frozen=True)
class Step:
    """What becomes of one layer.

    Attributes:
        name: how it is made.
        note: what is worth knowing besides.
        shape: that it gives, with the batch axis; None where it breaks or is not reached.
        parameters: how many numbers its weights have; 0 for weights counted before.
        fixed: how many of them training does not change.
        reason: why it breaks, if it does.
        skipped: whether it is left out.
    """

    name: str
    note: str = ""
    shape: Sizes | None = None
    parameters: int = 0
    fixed: int = 0
    reason: Reason | None = None
    skipped: bool = False


@dataclass(frozen=True)
class Trace:
    """The way of an input through layers."""

    input_shape: Sizes
    steps: tuple[Step, ...]

    @property
    def broken(self) -> int | None:
        """The place of the layer that breaks; None if none does."""
        return next((i for i, step in enumerate(self.steps) if step.reason), None)

    @property
    def used(self) -> tuple[Step, ...]:
        """The steps of the layers that are not left out."""
        return tuple(step for step in self.steps if not step.skipped)

    @property
    def output_shape(self) -> Sizes | None:
        return self.used[-1].shape if self.used else self.input_shape

    @property
    def parameters(self) -> int:
        return sum(step.parameters for step in self.steps)

    @property
    def fixed(self) -> int:
        return sum(step.fixed for step in self.steps)

    @property
    def activations(self) -> int | None:
        """How many numbers the layers give for each sample; None where that is not known."""
        found = [activations(step.shape) for step in self.steps if step.shape is not None]
        known = [number for number in found if number is not None]
        return sum(known) if len(known) == len(found) else None


class _BreaksError(Exception):
    def __init__(self, reason: Reason) -> None:
        self.reason = reason


def trace(layers: Sequence[Any], input_shape: Shape, without: int = 0) -> Trace:
    """Send a shape, without the batch axis, through layers until one of them breaks.

    Args:
        without: the number of a layer to leave out, counted from 1.
    """
    tensor = keras.KerasTensor((None, *input_shape), "float32", name="input")
    steps: list[Step] = []
    copies: dict[int, Any] = {}
    before = None
    for number, layer in enumerate(layers, 1):
        if number == without:
            steps.append(Step(called(layer), details(layer), skipped=True))
        elif tensor is None:
            steps.append(Step(called(layer), details(layer)))
        else:
            step, tensor = _step(layer, tensor, before, copies)
            steps.append(step)
            before = layer
    return Trace((None, *input_shape), tuple(steps))


def _step(layer: Any, tensor: Any, before: Any, copies: dict[int, Any]) -> tuple[Step, Any]:
    again = id(layer) in copies
    try:
        with _nothing_computed():
            output, copy = _output(layer, tensor, before, copies)
        shape = tuple(output.shape)
        parameters = 0 if again else _size(copy.weights)
        fixed = 0 if again else _size(copy.non_trainable_weights)
    except _BreaksError as error:
        return Step(called(layer), details(layer), reason=error.reason), None
    note = "shared weights, counted above" if again and copy.weights else ""
    if fixed and fixed < parameters:
        note = f"{fixed:,} of them not trained"
    return Step(called(layer), note or details(layer), shape, parameters, fixed), output


def _output(layer: Any, tensor: Any, before: Any, copies: dict[int, Any]) -> tuple[Any, Any]:
    shape = tuple(tensor.shape)
    if not isinstance(layer, keras.Layer):
        raise _BreaksError(no_layer(layer))
    try:
        copy = copies.setdefault(id(layer), copies.get(id(layer)) or copy_of(layer))
    except NoCopyError:
        raise _BreaksError(no_copy(shape)) from None
    try:
        output = copy(tensor)
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # it may be the learner's code that runs
        raise _BreaksError(why(copy, shape, error, before)) from None
    if not isinstance(output, keras.KerasTensor):
        raise _BreaksError(several(shape, output))
    if 0 in output.shape:
        raise _BreaksError(nothing_left(copy, shape))
    _compare(layer, copy, shape)
    return output, copy


def _compare(layer: Any, copy: Any, shape: Sizes) -> None:
    """Refuse an input for which a layer that is built would need other weights.

    Raises:
        _BreaksError: so it is.
    """
    for has, needs in zip(told(layer, "weights") or (), copy.weights):
        if tuple(has.shape) != tuple(needs.shape):
            reason = other_weights(shape, tuple(has.shape), tuple(needs.shape))
            raise _BreaksError(reason)


def _size(weights: Sequence[Any]) -> int:
    return sum(int(tf.TensorShape(weight.shape).num_elements() or 0) for weight in weights)


@contextmanager
def _nothing_computed() -> Iterator[None]:
    """Make variables in a graph that never runs, and leave Python's random numbers as they are.

    So a layer with more weights than there is memory can be built. Keras warns of what then
    breaks, and that is said in another way.
    """
    state = random.getstate()
    try:
        with tf.Graph().as_default(), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        random.setstate(state)

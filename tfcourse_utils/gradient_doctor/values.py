"""Why a gradient is 0 or not finite: the first operation where it becomes so."""

from __future__ import annotations

import numpy as np

from .finding import Cause, Finding
from .operations import quoted
from .recording import Recording, Step, finite, is_zero
from .unconnected import Source, at

__all__ = ["why_not_finite", "why_zero"]

_SATURATES = ("Sigmoid", "Tanh", "Softmax", "Erf", "Softplus", "Elu", "Selu", "Exp")
_CLIPS = ("Maximum", "Minimum", "ClipByValue", "Relu6", "SelectV2")


def why_zero(recording: Recording, source: Source) -> Finding | None:
    """Return where a gradient that is 0 in the end has become so; None if nowhere."""
    path = recording.between(source.number)
    for index in reversed(path):
        step = recording.steps[index]
        onward = [g for i, g in zip(step.inputs, step.passed) if i in path and g is not None]
        arrives = any(g is not None and np.any(g) for g in step.arriving)
        if arrives and onward and all(map(is_zero, onward)):
            return _flat(recording, step)
    return None


def _flat(recording: Recording, step: Step) -> Finding:
    name, where = quoted(step.kind), at(step.line)
    inputs = [recording.steps[i].value for i in step.inputs]
    if step.kind == "Relu":
        says = f"All that comes to {name} in {where} is 0 or less, and there its slope is 0."
    elif step.kind == "Sign":
        says = f"{name} in {where} is flat on both sides of 0: its slope is 0 everywhere."
    elif step.kind == "Mul" and any(map(is_zero, inputs)):
        says = f"{name} in {where} multiplies by 0, the gradient too."
    elif step.kind in _SATURATES:
        says = (
            f"{name} in {where} is saturated: its inputs, {_range(inputs[0])}, lie so far out "
            "that its slope is 0."
        )
    elif step.kind in _CLIPS:
        says = f"{name} in {where} takes the other side everywhere, so this one gets the slope 0."
    else:
        says = f"At these values the slope of {name} in {where} is 0."
    return Finding(Cause.FLAT, says, step.line)


def why_not_finite(recording: Recording, source: Source) -> Finding | None:
    """Return where a number, or else a gradient, first is infinite or NaN; None if nowhere."""
    for index in sorted(recording.before(recording.target)):
        if not _finite_values(recording.steps[index]):
            return _number(recording, index)
    for index in reversed(recording.between(source.number)):
        step = recording.steps[index]
        if all(map(finite, step.arriving)) and not all(map(finite, step.passed)):
            return _gradient(recording, step)
    return None


def _finite_values(step: Step) -> bool:
    return all(map(finite, step.values))


def _number(recording: Recording, index: int) -> Finding:
    step = recording.steps[index]
    name, where = quoted(step.kind), at(step.line)
    what = _kinds(step)
    if not any(recording.steps[i].is_floating for i in step.inputs):
        held = "a variable" if step.reads is not None else "a tensor"
        says = f"The numbers that go in have {what} among them already: {held} that {where} uses."
        return Finding(Cause.NOT_FINITE, says, step.line)
    says = f"The first {what} is made by {name} in {where}, {_of(recording, step)}."
    target = recording.steps[recording.target]
    if _finite_values(target):
        says += " The result leaves it out, but its gradient is 0 times infinity: NaN."
    return Finding(Cause.NOT_FINITE, says, step.line)


def _of(recording: Recording, step: Step) -> str:
    """Say what an operation that gave no finite number was given."""
    inputs = [recording.steps[i].value for i in step.inputs]
    last = inputs[-1]
    if step.kind in ("RealDiv", "Div", "Reciprocal") and last is not None and not np.all(last):
        return "which divides by 0"
    return f"from {_range(np.asarray(inputs[0])[_culprits(step, inputs)])}"


def _culprits(step: Step, inputs: list[np.ndarray | None]) -> np.ndarray | tuple:
    """Return where the first input lies that gave no finite number, if it has the same shape."""
    value, given = step.value, inputs[0]
    same = value is not None and given is not None and value.shape == given.shape
    return ~np.isfinite(value) if same and value is not None else ()


def _gradient(recording: Recording, step: Step) -> Finding:
    if step.kind == "IdentityN":
        return _own_gradient(recording, step)
    name, where = quoted(step.kind), at(step.line)
    value = recording.steps[step.inputs[0]].value
    at_zero = value is not None and not np.all(value)
    why = "its slope at 0 is infinite" if at_zero else "its slope is too large for these numbers"
    says = f"The result is finite, but not the gradient that {name} in {where} passes on: {why}."
    return Finding(Cause.NOT_FINITE, says, step.line)


def _own_gradient(recording: Recording, step: Step) -> Finding:
    """Say of a gradient by `tf.custom_gradient` for which numbers it is not finite."""
    [place, *_] = (i for i, gradient in enumerate(step.passed) if not finite(gradient))
    value, gradient = recording.steps[step.inputs[place]].value, step.passed[place]
    given = ""
    if value is not None and gradient is not None and value.shape == gradient.shape:
        given = f" for {_range(value[~np.isfinite(gradient)])}"
    where = f" in {step.line}" if step.line else ""
    says = (
        f"The result is finite, but {quoted(step.kind)}{where} is not: the function that gives it "
        f"came to infinity or NaN{given}."
    )
    return Finding(Cause.NOT_FINITE, says, step.line)


def _kinds(step: Step) -> str:
    nan = any(np.isnan(value).any() for value in step.values if value is not None)
    return "NaN" if nan else "infinite number"


def _range(array: np.ndarray | None) -> str:
    """Say from where to where numbers go."""
    if array is None or array.size == 0:
        return "no numbers"
    low, high = float(np.min(array)), float(np.max(array))
    return f"{low:.4g}" if low == high else f"numbers from {low:.4g} to {high:.4g}"

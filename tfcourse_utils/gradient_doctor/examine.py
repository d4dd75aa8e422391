"""Examine a function: are its gradients what they should be, and if not, why?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import tensorflow as tf

from .answers import not_scalar, refused
from .explain import explain
from .finding import Cause, Finding
from .lines import line_of_error
from .names import parameter_names
from .shapes import stretched
from .tapes import Log, remembering_tapes
from .unconnected import at

__all__ = ["Examination", "examine"]


@dataclass(frozen=True, repr=False)
class Examination:
    """What an examination found: a finding for each input, and more where the shapes are odd."""

    findings: tuple[Finding, ...]

    def __str__(self) -> str:
        return "\n".join(map(str, self.findings))

    __repr__ = __str__


def examine(f: Callable[..., Any], *inputs: Any) -> Examination:
    """Take the gradient of what a function computes, and explain whatever is odd about it.

    Args:
        f: takes tensors or variables and returns a tensor; it is called twice.
        inputs: tensors, variables, arrays or numbers.

    Example:
        >>> examine(lambda x: tf.round(x) * 2.0, 1.5)
        The gradient with respect to `x` is None. `tf.round` in line 1 (`…`) has no slope: …
    """
    tensors = [_tensor(value) for value in inputs]
    names = [*parameter_names(f), *[""] * len(tensors)]
    whole = [i for i, t in enumerate(tensors) if not t.dtype.is_floating]
    asked_about = [i for i in range(len(tensors)) if i not in whole]

    def taped(*given: Any, call: Callable[..., Any] = f) -> None:
        with tf.GradientTape() as tape:
            chosen = [given[i] for i in asked_about]
            tape.watch(chosen)
            result = call(*given)
        tape.gradient(result, chosen)

    if hasattr(f, "python_function"):  # inside a tf.function there is more to be seen
        taped.python_function = partial(taped, call=f.python_function)  # type: ignore[attr-defined]
    log = Log()
    try:
        with remembering_tapes(log):
            taped(*tensors)
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # `exit()` in a function too
        return Examination((refused(log.refused) if log.refused else _raised(error),))
    asked = log.asked[-1] = replace(log.asked[-1], names=[names[i] for i in asked_about])
    found, recording = explain((taped, tensors, {}), log, len(log.asked) - 1)
    by_input = {i: _whole(names[i], tensors[i]) for i in whole}
    for number, i in enumerate(asked_about):
        by_input[i] = found.get(number) or _fine(asked.name(number), asked.gradients[number])
    shapes = [not_scalar(asked), stretched(recording) if recording else None]
    return Examination((*(by_input[i] for i in sorted(by_input)), *filter(None, shapes)))


def _tensor(value: Any) -> Any:
    is_ready = isinstance(value, (tf.Tensor, tf.Variable)) or hasattr(value, "handle")
    return value if is_ready else tf.convert_to_tensor(value)


def _raised(error: BaseException) -> Finding:
    line = line_of_error(error)
    says = f"The function raised {type(error).__name__} in {at(line)}: {error}"[:400]
    return Finding(Cause.RAISED, says, line)


def _whole(name: str, tensor: Any) -> Finding:
    who = f"`{name}`" if name else "an input"
    return Finding(
        Cause.INTEGER,
        f"The gradient with respect to {who} is None. {who} is {tensor.dtype.name}, and the tape "
        "follows floating numbers only.",
    )


def _fine(name: str, gradient: Any) -> Finding:
    says = f"The gradient with respect to {name} is there and finite, of shape {gradient.shape}."
    return Finding(Cause.NONE, says)

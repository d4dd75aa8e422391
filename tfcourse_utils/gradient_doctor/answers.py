"""What a tape answered: is there anything odd about it?"""

from __future__ import annotations

from typing import Any

import numpy as np
import tensorflow as tf

from .finding import Cause, Finding
from .tapes import Asked, Log, Refused
from .unconnected import at

__all__ = ["first_odd", "not_scalar", "oddness", "refused"]


def oddness(gradient: Any) -> str:
    """Return "none", "not finite" or "zero", or "" for an ordinary gradient."""
    if gradient is None:
        return "none"
    values = getattr(gradient, "values", gradient)  # of the rows of a table that were used
    if not isinstance(values, tf.Tensor) or tf.is_symbolic_tensor(values):
        return ""  # a graph's: there are no numbers to look at
    array = values.numpy()
    if not np.isfinite(array).all():
        return "not finite"
    return "" if array.size == 0 or np.any(array) else "zero"


def first_odd(log: Log) -> int | None:
    """Return the first question without a finite gradient, or else the first with one of 0."""
    odd = [{oddness(gradient) for gradient in asked.gradients} for asked in log.asked]
    for symptoms in ({"none", "not finite"}, {"zero"}):
        for number, found in enumerate(odd):
            if symptoms & found:
                return number
    return None


def refused(question: Refused) -> Finding:
    """Say why a tape answered with an error."""
    where = at(question.line)
    if isinstance(question.error, RuntimeError) and "persistent" in str(question.error):
        says = (
            f"The tape was asked a second time in {where}. It forgets what it recorded after the "
            "first, unless it is persistent."
        )
        return Finding(Cause.USED_UP, says, question.line)
    odd = [one for one in tf.nest.flatten(question.sources) if not _is_source(one)]
    if odd:
        says = (
            f"In {where} the tape was given something of the type {type(odd[0]).__name__}. It "
            "follows tensors and variables only."
        )
        return Finding(Cause.LEFT, says, question.line)
    if not any(map(tf.is_tensor, tf.nest.flatten(question.target))):
        kind = type(question.target).__name__
        says = (
            f"In {where} the tape was asked about a result that is no tensor, but of the type "
            f"{kind}. The tape has not seen what left TensorFlow."
        )
        return Finding(Cause.LEFT, says, question.line)
    kind = type(question.error).__name__
    return Finding(Cause.RAISED, f"In {where} the tape answered with {kind}.", question.line)


def _is_source(value: Any) -> bool:
    return tf.is_tensor(value) or hasattr(value, "handle")


def not_scalar(asked: Asked) -> Finding | None:
    """Say what the gradient of a result with several entries is; None where it has one."""
    shape = getattr(asked.target, "shape", None)
    if asked.is_jacobian or shape is None or shape.num_elements() in (None, 1):
        return None
    says = (
        f"The result has the shape {tuple(shape)}, and the tape answers with the gradient of the "
        "sum of all its entries."
    )
    return Finding(Cause.NOT_SCALAR, says, asked.line)

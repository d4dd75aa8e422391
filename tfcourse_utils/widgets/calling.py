"""What a learner's code raised or gave, and its name, in words that fit into a sentence."""

from __future__ import annotations

import re
from typing import Any

import tensorflow as tf

from tfcourse_utils.checking.observation import without_frame
from tfcourse_utils.checking.plain import printable
from tfcourse_utils.gradient_doctor.lines import line_of_error

from .svg import clipped
from .unusable import UnusableError

__all__ = ["as_tensor", "asked_for_value", "own_name", "said", "where"]

_MOST = 160  # characters of somebody else's message
_MOST_NAME = 18


def said(error: BaseException) -> str:
    """Return what an error says in one line, without what Keras and TensorFlow put around it."""
    # A KeyError writes its message as Python would: in quotes, with \n for the end of a line.
    message = error.args[0] if isinstance(error, KeyError) and error.args else error
    text = without_frame(str(message)).split(" for '{{node")[0]
    text = " ".join(printable(text).split())
    return clipped(text, _MOST)


def where(error: BaseException) -> str:
    """Return " in line 3, …", or "" where none of the learner's own lines led to the error."""
    line = line_of_error(error)
    return f" in line {line.number}, {printable(line.text)[:60]}" if line else ""


def asked_for_value(error: BaseException) -> bool:
    """Return whether a tensor of a graph was asked for its numbers, as by `float(x)`.

    TensorFlow calls such tensors symbolic, also where it is another attribute that they lack.
    """
    message = str(error)
    lacks_another = isinstance(error, AttributeError) and "numpy" not in message
    return "ymbolic" in message and not lacks_another


def as_tensor(value: Any) -> tf.Tensor:
    """Return what a function gave, if that is a tensor of floating numbers, or a variable.

    Raises:
        UnusableError: it is something else; the sentence begins with its verb.
    """
    if isinstance(value, tf.Variable):
        value = value.read_value()
    if not isinstance(value, tf.Tensor) or not hasattr(value, "numpy"):
        kind = printable(type(value).__name__)
        raise UnusableError(
            f"should give a tensor, made with TensorFlow, keras.ops or operators, but gave {kind}."
        )
    if not value.dtype.is_floating:
        raise UnusableError(f"should give floating numbers, but gave {value.dtype.name}.")
    return value


def own_name(given: Any, taken: set[str], nameless: str) -> str:
    """Return what to call a learner's function or object, by a name that is not taken."""
    try:
        found = given.__name__ if hasattr(given, "__name__") else _of_object(given)
    except Exception:  # whatever an object does that is asked for its name
        found = type(given).__name__ if callable(given) else ""
    name = "" if not isinstance(found, str) or found == "<lambda>" else found
    name = clipped(" ".join(printable(name).split()), _MOST_NAME)
    name = f"{name} (yours)" if name else nameless
    while name in taken:
        name += "′"
    return name


def _of_object(given: Any) -> str:
    """Return the name of an object; of one that Keras made up, as l_1, the class that it is of."""
    kind = type(given).__name__
    made_up = re.sub(r"_\d+$", "", given.name).replace("_", "")
    return kind if made_up == kind.replace("_", "").lower() else given.name

"""Activations by name, and the learner's own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import keras

from tfcourse_utils.checking.plain import printable

from .calling import Activation

__all__ = ["BUILT_IN", "MOST", "read_functions"]

MOST = 12  # functions that are handed in
_LONGEST = 24  # characters of a name

_FORMULAS = {
    "relu": "max(0, x)",
    "leaky_relu": "max(0.2·x, x)",
    "sigmoid": "1 / (1 + exp(−x))",
    "tanh": "tanh(x)",
    "softplus": "log(1 + exp(x))",
    "elu": "x, and exp(x) − 1 below 0",
    "gelu": "x · Φ(x)",
    "silu": "x · sigmoid(x)",
    "linear": "x",
}

BUILT_IN = {
    name: Activation(name, formula, keras.activations.get(name))
    for name, formula in _FORMULAS.items()
}


def read_functions(given: Sequence[Any]) -> dict[str, Activation]:
    """Return what was handed in by its names, in order, and after it the other built-ins.

    Raises:
        ValueError: something there is neither a function nor the name of an activation.
    """
    if len(given) > MOST:
        raise ValueError(f"there should be at most {MOST} functions, but are {len(given)}")
    found: dict[str, Activation] = {}
    for function in given:
        one = _named(function) if isinstance(function, str) else _own(function, found)
        found[one.name] = one
    return {**found, **{name: one for name, one in BUILT_IN.items() if name not in found}}


def _named(name: str) -> Activation:
    if name in BUILT_IN:
        return BUILT_IN[name]
    try:
        function = keras.activations.get(name)
    except ValueError:
        known = ", ".join(BUILT_IN)
        raise ValueError(f"{name!r} is no activation of Keras; some are {known}") from None
    return Activation(printable(name), "", function)


def _own(function: Any, taken: dict[str, Activation]) -> Activation:
    if not callable(function):
        kind = type(function).__name__
        raise ValueError(f"there should be functions or names of them, but one is {kind}")
    name = getattr(function, "__name__", None) or getattr(function, "name", None)
    usable = isinstance(name, str) and printable(name).isidentifier()
    text = str(name)[:_LONGEST].removesuffix("_v2") if usable else "your function"
    text = f"your {text}" if text in BUILT_IN else text
    names = [text, *(f"{text} {number}" for number in range(2, MOST + 2))]
    return Activation(next(one for one in names if one not in taken), "", function)

"""What a layer is called here: how it would be made, as far as that shows in its attributes."""

from __future__ import annotations

from typing import Any

import keras

from tfcourse_utils.checking.plain import printable

__all__ = ["called", "details", "told"]

_MOST = 40  # characters
_ARGUMENTS = (
    "units", "filters", "input_dim", "output_dim",
    "kernel_size", "pool_size", "target_shape", "rate",
)  # fmt: skip


def called(layer: Any) -> str:
    """Return "Dense(64)" or "Conv2D(32, (3, 3))", without what can't be known."""
    if not isinstance(layer, keras.Layer):
        return printable(str(told(layer, "__name__") or type(layer).__name__))[:_MOST]
    inner = told(layer, "layer") or told(layer, "forward_layer")
    if isinstance(inner, keras.Layer):
        arguments = [called(inner)]
    else:
        arguments = [str(value) for name in _ARGUMENTS if _plain(value := told(layer, name))]
    return printable(f"{type(layer).__name__}({', '.join(arguments)})")[:_MOST]


def details(layer: Any) -> str:
    """Return the settings that change a shape in ways that surprise."""
    found = []
    if told(layer, "return_sequences") is True:
        found.append("return_sequences=True")
    if told(layer, "padding") == "same":
        found.append('padding="same"')
    return ", ".join(found)


def told(layer: Any, name: str) -> Any:
    """Return an attribute, or None where there is none or it can't be read."""
    try:
        return getattr(layer, name, None)
    except Exception:  # a property of the learner's own
        return None


def _plain(value: Any) -> bool:
    parts = value if isinstance(value, tuple) else (value,)
    return bool(parts) and all(type(part) in (int, float) for part in parts)

"""What the caller handed in, made ready."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import keras

from .names import told
from .presets import PRESETS

__all__ = ["MOST_LAYERS", "read_layers", "read_shape_text"]

MOST_LAYERS = 100
USUAL = (28, 28, 1)


def read_layers(given: Any) -> tuple[list[Any], Sequence[int] | None]:
    """Return the layers of a list or of a Sequential model, and the input shape they tell of.

    Raises:
        ValueError: it is neither, or holds too many.
    """
    if isinstance(given, keras.Sequential):
        batch_shape = told(given, "input_shape") if given.built else None
        shape = batch_shape[1:] if isinstance(batch_shape, tuple) else None
        return _at_most(list(given.layers)), shape
    if not isinstance(given, (list, tuple)):
        kind = type(given).__name__
        raise ValueError(f"layers should be a list of Keras layers, but is {kind}")
    inputs = [item for item in given[:1] if _is_input(item)]
    batch_shape = _batch_shape(inputs[0]) if inputs else None
    return _at_most(list(given[len(inputs) :])), batch_shape[1:] if batch_shape else None


def _is_input(item: Any) -> bool:
    return isinstance(item, (keras.KerasTensor, keras.layers.InputLayer))


def _batch_shape(item: Any) -> Sequence[int]:
    return tuple(item.shape if isinstance(item, keras.KerasTensor) else item.batch_shape)


def _at_most(layers: list[Any]) -> list[Any]:
    if len(layers) > MOST_LAYERS:
        raise ValueError(f"there should be at most {MOST_LAYERS} layers, but are {len(layers)}")
    return layers


def read_shape_text(given: Sequence[int] | int | str | None, preset: str) -> str:
    """Return the text of an input shape, that of the preset if none is given."""
    if given is None:
        given = PRESETS[preset].input_shape if preset in PRESETS else USUAL
    if isinstance(given, (str, int)):
        return str(given)
    try:
        return str(tuple(int(size) if hasattr(size, "__index__") else size for size in given))
    except TypeError:
        kind = type(given).__name__
        raise ValueError(f"input_shape should be a tuple of sizes, but is {kind}") from None

"""Copies of layers, so that the learner's own are neither built nor changed."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import keras

__all__ = ["NoCopyError", "copy_of"]


class NoCopyError(Exception):
    """A layer can't be made once more."""


def copy_of(layer: Any) -> Any:
    """Return a new layer like this one, without its weights.

    Raises:
        NoCopyError: neither its config nor its attributes tell how it was made.
    """
    ways: list[Callable[[Any], Any]] = [_from_config, _from_part_of_config, _from_attributes]
    if isinstance(layer, keras.Model):
        ways.insert(0, _from_model)
    for way in ways:
        with suppress(Exception):
            copy = way(layer)
            if type(copy) is type(layer) and copy is not layer:
                return copy
    raise NoCopyError


def _from_model(model: Any) -> Any:
    return keras.models.clone_model(model, clone_function=copy_of)


def _from_config(layer: Any) -> Any:
    return type(layer).from_config(layer.get_config())


def _from_part_of_config(layer: Any) -> Any:
    """Leave out what Keras adds to a config, and a constructor without **kwargs can't take."""
    taken = inspect.signature(type(layer)).parameters
    config = layer.get_config()
    return type(layer)(**{name: value for name, value in config.items() if name in taken})


def _from_attributes(layer: Any) -> Any:
    """Take the constructor's arguments from the attributes of the same names."""
    arguments = {}
    for name, parameter in inspect.signature(type(layer)).parameters.items():
        if parameter.kind in (parameter.VAR_POSITIONAL, parameter.VAR_KEYWORD):
            continue
        kept = [getattr(layer, n) for n in (name, f"_{name}") if hasattr(layer, n)]
        if kept:
            arguments[name] = _with_copies(kept[0])
        elif parameter.default is parameter.empty:
            raise NoCopyError
    return type(layer)(**arguments)


def _with_copies(value: Any) -> Any:
    """Copy the layers in an argument, or building the copy would build them."""
    if isinstance(value, keras.Layer):
        return copy_of(value)
    if isinstance(value, (list, tuple)):
        return [_with_copies(part) for part in value]
    if isinstance(value, dict):
        return {key: _with_copies(part) for key, part in value.items()}
    return value

"""Why a layer breaks, in a sentence with both shapes, and what is usually done about it."""

from __future__ import annotations

import math
import re
from typing import Any, NamedTuple

import tensorflow as tf

from tfcourse_utils.checking.plain import printable
from tfcourse_utils.gradient_doctor.lines import line_of_error

from ..calling import asked_for_value, said, where
from .names import called, told
from .sizes import Sizes, written

__all__ = ["Reason", "no_copy", "no_layer", "nothing_left", "other_weights", "several", "why"]

_AXES = {3: "steps, features", 4: "height, width, channels", 5: "depth, height, width, channels"}
_COUNTS = ("no axis", "one axis", "two axes", "three axes", "four axes", "five axes")


class Reason(NamedTuple):
    """Sentences: what does not fit, and what is usually done about it."""

    why: str
    usually: str


def why(layer: Any, shape: Sizes, error: BaseException, before: Any = None) -> Reason:
    """Return the reason why a layer can't take a shape.

    Args:
        shape: what comes in, with the batch axis.
        error: what the layer raised.
        before: the layer that gave the shape; None for the first.
    """
    wanted = _wanted_axes(layer, len(shape))
    if wanted is not None:
        return _axes(layer, shape, *wanted, before)
    message = _message(error)
    if "zero or negative" in message:
        return nothing_left(layer, shape)
    target = told(layer, "target_shape")
    if isinstance(target, tuple) and "size of the tensor" in message:
        return _reshape(layer, shape, target)
    if re.search("on a list of|missing a required argument: '(?!training)", message):
        return Reason(
            f"It takes several inputs, but a list of layers passes on one, {written(shape)}.",
            "such a layer belongs in a functional model, which can bring several together.",
        )
    return _raised(shape, error, message)


def _wanted_axes(layer: Any, axes: int) -> tuple[str, int] | None:
    """Return how many axes the layer wants where these are too many or too few, else None."""
    spec = told(layer, "input_spec")
    exact, least, most = (told(spec, name) for name in ("ndim", "min_ndim", "max_ndim"))
    if isinstance(exact, int) and exact != axes:
        return "", exact
    if isinstance(least, int) and axes < least:
        return "at least " if least == 2 else "", least  # more than four is rare in images
    return ("at most ", most) if isinstance(most, int) and axes > most else None


def _axes(layer: Any, shape: Sizes, bound: str, wanted: int, before: Any) -> Reason:
    names = f", (n, {_AXES[wanted]})" if wanted in _AXES and not bound else ""
    takes, gets = (dict(enumerate(_COUNTS)).get(a, f"{a} axes") for a in (wanted, len(shape)))
    return Reason(
        f"It takes {bound}{takes}{names}, but gets {gets}, {written(shape)}.",
        _axes_usually(layer, shape, wanted, before),
    )


def _axes_usually(layer: Any, shape: Sizes, wanted: int, before: Any) -> str:
    if shape[:1] != (None,):
        return f"keeping the axis of the samples in {called(before)}, as with axis=1 or axis=-1."
    if _is_recurrent(layer) and _is_recurrent(before) and len(shape) == 2:
        return f"letting {called(before)} give every step, with return_sequences=True."
    if len(shape) > wanted:
        return _fewer(shape, wanted)
    if before is None and wanted - len(shape) == 1:
        longer = f"({', '.join(str(size) for size in shape[1:])}{', ' if shape[1:] else ''}1)"
        longer = longer if shape[1:] else "(1,)"
        return f"an axis of size 1 at the end: the input shape {longer}, or a Reshape to it."
    if before is None:
        return "another input shape, or a layer that suits this one, as Dense."
    return f"this layer before {called(before)}, or a Reshape that brings the axes back."


def _fewer(shape: Sizes, wanted: int) -> str:
    if wanted == 2:
        return "Flatten or a global pooling layer before it."
    kept, rest = shape[1 : wanted - 1], shape[wanted - 1 :]
    if None in shape[1:]:
        return f"a Reshape to (n, {_AXES.get(wanted, 'fewer axes')}) before it."
    merged = math.prod(size or 1 for size in rest)
    return f"a Reshape before it that leaves fewer axes, as to {(*kept, merged)}."


def _is_recurrent(layer: Any) -> bool:
    return isinstance(told(layer, "return_sequences"), bool)


def nothing_left(layer: Any, shape: Sizes) -> Reason:
    """Return the reason where a window is larger than what it moves over."""
    window = told(layer, "pool_size") or told(layer, "kernel_size")
    over = f"the window of {window} does not fit into" if window else "there is nothing left of"
    return Reason(
        f"Nothing would come out: {over} the sizes that come in, {written(shape)}.",
        'fewer pooling layers, padding="same", or larger inputs.',
    )


def _reshape(layer: Any, shape: Sizes, target: tuple[int, ...]) -> Reason:
    has, wants = math.prod(size or 1 for size in shape[1:]), math.prod(target)
    return Reason(
        f"It should give (n, {', '.join(map(str, target))}), {wants} numbers for each sample, "
        f"but gets {written(shape)}, {has} numbers.",
        "sizes with the same product as before; −1 for one of them has it computed.",
    )


def _raised(shape: Sizes, error: BaseException, message: str) -> Reason:
    if isinstance(error, tf.errors.OperatorNotAllowedInGraphError):
        return Reason(
            f"It gets {written(shape)} and decides by the value of a tensor{where(error)}, "
            "which has none while a model is put together.",
            "tf.where or keras.ops.where, which take both ways and choose for each number.",
        )
    if asked_for_value(error):
        return Reason(
            f"It gets {written(shape)} and makes a number or a NumPy array of a tensor"
            f"{where(error)}, which has no value while a model is put together.",
            "functions of TensorFlow or keras.ops all the way.",
        )
    line = line_of_error(error)
    return Reason(
        f"It gets {written(shape)} and raises {type(error).__name__}{where(error)}: {message}",
        "follow this shape through build and call; sizes that depend on it are read in build."
        if line
        else "compare the sizes in this message with the shape that comes in.",
    )


def _message(error: BaseException) -> str:
    """Return what an error says, as the end of a sentence."""
    text = said(error)
    return text if text.endswith((".", "!", "?", "…")) else f"{text or 'without a word'}."


def no_layer(item: Any) -> Reason:
    """Return the reason where something in the list is no layer."""
    if isinstance(item, type):
        return Reason(
            f"{printable(item.__name__)} is a class, and not a layer yet.",
            "call it, as Dense(10), to make a layer.",
        )
    return Reason(
        f"This is no Keras layer, but something of type {printable(type(item).__name__)}.",
        "a layer, or keras.layers.Lambda around a function.",
    )


def no_copy(shape: Sizes) -> Reason:
    """Return the reason where there is no copy of a layer to try."""
    return Reason(
        f"It gets {written(shape)}. What it gives is not known: shapes are tried on a copy, "
        "and neither get_config nor its attributes tell how it was made.",
        "a get_config that returns the arguments of __init__, or attributes of their names.",
    )


def other_weights(shape: Sizes, built: Sizes, needed: Sizes) -> Reason:
    """Return the reason where a layer has been built for other inputs."""
    return Reason(
        f"It has been built already, with weights of the shape {built}, but {written(shape)} "
        f"comes in, which needs {needed}.",
        "a new layer: a layer keeps the weights that it was first built with.",
    )


def several(shape: Sizes, output: Any) -> Reason:
    """Return the reason where a layer gives something else than a tensor."""
    what = f"{len(output)} things" if isinstance(output, (list, tuple, dict)) else "no tensor"
    return Reason(
        f"It gets {written(shape)} and gives {what}, but a list of layers passes on one tensor.",
        "a layer that returns one tensor, or a functional model, which can use several.",
    )

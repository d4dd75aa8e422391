"""The tensor that is indexed: a shape, or a small array with its values."""

from __future__ import annotations

import ast
import math
import warnings
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from ..boxes import fits
from ..shapes import MOST_AXES, Shape, quoted, read_shape, write_shape
from ..svg import number

__all__ = ["Tensor", "read_tensor", "tensor_text"]

MOST_LETTERS = 600


class Tensor(NamedTuple):
    """A tensor to take elements from.

    Attributes:
        shape: of at most six axes.
        texts: what its elements are shown as, in their order; None if they are too many.
    """

    shape: Shape
    texts: tuple[str, ...] | None


def read_tensor(text: str) -> Tensor:
    """Return the tensor that a text means: a shape, "(3, 4)", or an array, "[[1, 2], [3, 4]]".

    Raises:
        ValueError: it is neither; the message says in one sentence why.
    """
    if not text.strip().startswith("["):
        shape = read_shape(text)
        texts = tuple(map(str, range(math.prod(shape)))) if fits(shape) else None
        return Tensor(shape, texts)
    values = _values(text)
    shape = tuple(values.shape)
    return Tensor(shape, tuple(map(_short, values.ravel().tolist())) if fits(shape) else None)


def tensor_text(tensor: ArrayLike | str) -> str:
    """Return how to type a tensor: a tuple is a shape, an array gives its values if small."""
    if isinstance(tensor, (str, tuple)):
        return tensor if isinstance(tensor, str) else write_shape(tensor)
    if hasattr(tensor, "as_list"):  # a TensorShape
        return write_shape(tensor.as_list())
    values = np.asarray(tensor)
    drawn = values.ndim and values.size and fits(values.shape) and values.dtype.kind in "biuf"
    if not drawn or not np.isfinite(values).all():
        return write_shape(values.shape)
    rounded = values.astype(int) if values.dtype.kind != "f" else np.vectorize(_rounded)(values)
    text = str(rounded.tolist())
    return text if len(text) <= MOST_LETTERS else write_shape(values.shape)


def _values(text: str) -> np.ndarray:
    if len(text) > MOST_LETTERS:
        raise ValueError(f"Only {MOST_LETTERS} letters of an array are read here; give its shape.")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Python has opinions on what learners type
            values = np.array(ast.literal_eval(text.strip()), dtype=float)
    except (SyntaxError, ValueError, TypeError, OverflowError, RecursionError, MemoryError):
        raise ValueError(
            f"An array is numbers in brackets, all rows equally long; {quoted(text)} is not."
        ) from None
    if values.ndim > MOST_AXES:
        raise ValueError(f"That array has {values.ndim} axes; {MOST_AXES} are the most shown here.")
    return values


def _rounded(value: float) -> float:
    return float(f"{value:.4g}")


def _short(value: float) -> str:
    if not math.isfinite(value):
        return str(value)
    is_whole = value.is_integer() and abs(value) < 1e6
    return number(value, 0) if is_whole else number(_rounded(value))

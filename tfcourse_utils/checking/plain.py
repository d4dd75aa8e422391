"""Plain data: what may be said of an answer outside the process that ran it.

None, booleans, numbers, strings, NumPy arrays, and lists and dictionaries of these.
Anything else becomes `Opaque`, which keeps nothing but the name of its type.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Union

import numpy as np

__all__ = [
    "DTYPES",
    "MAX_BYTES",
    "MAX_DEPTH",
    "MAX_DIMENSIONS",
    "MAX_ITEMS",
    "MAX_NAME",
    "Opaque",
    "Plain",
    "array_bytes",
    "clean",
    "printable",
    "text_bytes",
    "to_plain",
    "type_name",
]

MAX_BYTES = 4_000_000  # of the arrays and strings of one value, all together
MAX_ITEMS = 10_000  # lists, dictionaries and their entries, all counted together
MAX_DEPTH = 8
MAX_DIMENSIONS = 32
MAX_NAME = 200  # characters of a key or of a type's name

#: What the arrays hold, besides text.
DTYPES = frozenset({
    "bool", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64",
    "float16", "float32", "float64", "complex64", "complex128",
})  # fmt: skip


@dataclass(frozen=True)
class Opaque:
    """Something that is not plain data; `type_name` says what it was."""

    type_name: str


Plain = Union[None, bool, int, float, str, np.ndarray, "list[Plain]", "dict[str, Plain]", Opaque]


def to_plain(value: Any) -> Plain:
    """Return `value` as plain data: tensors and variables as arrays, tuples as lists.

    Never raises: what can't be converted, or is larger than the limits, is `Opaque`. Only a
    `KeyboardInterrupt` passes. Plain data stays as it is.
    """
    try:
        return _Converter().convert(value, MAX_DEPTH)
    except _TooLargeError as error:
        return Opaque(str(error))


def clean(text: str, limit: int | None = None) -> str:
    """Return the start of a text, without the lone surrogates that UTF-8 can't hold."""
    return str.encode(str.__getitem__(text, slice(limit)), "utf-8", "replace").decode("utf-8")


def printable(text: str, instead: str = " ") -> str:
    """Return a text with something else in place of characters that can't be shown."""
    return "".join(c if c.isprintable() else instead for c in text)


def type_name(value: Any) -> str:
    """Return the name of the type of `value`, whatever its metaclass says."""
    return clean(type.__dict__["__name__"].__get__(type(value)), MAX_NAME)


def array_bytes(shape: Iterable[int], itemsize: int) -> int:
    """Return the size of an array; an axis of length 0 does not excuse the others."""
    return math.prod(max(1, length) for length in shape) * itemsize


def text_bytes(texts: list[str]) -> int:
    """Return the size of an array of text: NumPy pads all items to the longest."""
    return 4 * len(texts) * max(map(len, texts), default=0)


class _TooLargeError(Exception):
    """The value is over one of the limits; the message takes the place of its type."""


class _Converter:
    def __init__(self) -> None:
        self.items_left = MAX_ITEMS
        self.bytes_left = MAX_BYTES

    def convert(self, value: Any, depth: int) -> Plain:
        self.items_left -= 1
        if self.items_left < 0:
            raise _TooLargeError(f"something with more than {MAX_ITEMS} parts")
        if depth == 0:
            raise _TooLargeError(f"something nested more than {MAX_DEPTH} deep")
        try:
            return self._convert(value, depth)
        except (_TooLargeError, KeyboardInterrupt):
            raise
        except BaseException:  # a learner's object may do anything when it is looked at
            return Opaque(type_name(value))

    def _convert(self, value: Any, depth: int) -> Plain:
        # Subclasses of numbers and strings may lie, so the base types' own methods are called.
        if value is None or isinstance(value, (bool, Opaque)):
            return value
        if isinstance(value, (np.ndarray, np.generic)):  # before float, which np.float64 is
            return self._array(np.asarray(value), depth)
        if isinstance(value, float):
            return float.__float__(value)
        if isinstance(value, int):
            number = int.__index__(value)
            return number if abs(number) < 2**63 else Opaque("huge int")
        if isinstance(value, str):
            self._spend(4 * str.__len__(value))
            return clean(value)
        if isinstance(value, (list, tuple)):
            return [self.convert(item, depth - 1) for item in value]
        if isinstance(value, dict):
            return self._dict(value, depth)
        return self._tensor(value, depth)

    def _dict(self, value: dict[Any, Any], depth: int) -> Plain:
        entries = {}
        for key, item in value.items():
            if not isinstance(key, str):
                return Opaque(type_name(value))
            if str.__len__(key) > MAX_NAME:
                raise _TooLargeError(f"something with a key of more than {MAX_NAME} characters")
            entries[clean(key)] = self.convert(item, depth - 1)
        return entries

    def _tensor(self, value: Any, depth: int) -> Plain:
        """Convert whatever TensorFlow and Keras call a tensor or a variable."""
        if isinstance(value, complex):
            return np.array(complex.__complex__(value))
        array = value.numpy() if hasattr(value, "numpy") else None
        if isinstance(array, bytes):  # of a string tensor of shape ()
            array = np.array(array, dtype=object)
        if not isinstance(array, (np.ndarray, np.generic)):
            return Opaque(type_name(value))
        return self._array(np.asarray(array), depth)

    def _array(self, array: np.ndarray, depth: int) -> Plain:
        if array.ndim > MAX_DIMENSIONS:
            raise _TooLargeError(f"something with more than {MAX_DIMENSIONS} dimensions")
        dtype = _held_as(array.dtype)
        self._spend(array_bytes(array.shape, max(array.dtype.itemsize, dtype.itemsize)))
        if array.dtype.kind not in "OSTU":
            with np.errstate(all="ignore"):  # longdouble may overflow
                return array.astype(dtype)
        items = array.ravel().tolist()
        if all(isinstance(item, (str, bytes)) for item in items):
            return self._text(items, array.shape)
        if array.ndim != 1:
            return Opaque("array of objects")
        return [self.convert(item, depth - 1) for item in items]  # the rows of a ragged tensor

    def _text(self, items: list[str | bytes], shape: tuple[int, ...]) -> np.ndarray:
        texts = [clean(i) if isinstance(i, str) else i.decode("utf-8", "replace") for i in items]
        self._spend(text_bytes(texts))
        return np.array(texts, dtype=str).reshape(shape)

    def _spend(self, size: int) -> None:
        self.bytes_left -= size
        if self.bytes_left < 0:
            raise _TooLargeError(f"something larger than {MAX_BYTES // 1_000_000} MB")


def _held_as(dtype: np.dtype) -> np.dtype:
    """Return one of `DTYPES`, in the machine's byte order, that can stand for `dtype`.

    Raises:
        TypeError: there is none, as for dates and records.
    """
    if dtype.name in DTYPES or dtype.kind in "OSTU":
        return dtype.newbyteorder("=")
    if dtype.kind == "c":
        return np.dtype("complex128")
    if "float" in dtype.name or dtype.kind == "f":  # longdouble; bfloat16 and its like
        return np.dtype("float64" if dtype.itemsize > 8 else "float32")
    if dtype.name in ("int4", "uint4", "int2", "uint2"):
        return np.dtype("int8")
    raise TypeError(f"no array of {dtype} is plain data")

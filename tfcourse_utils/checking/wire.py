"""As JSON: questions, on their way to the process that runs an answer, and observations back.

What comes back from there is not to be trusted. Decoding it builds nothing but plain data,
never unpickles, checks every size, and raises only `MalformedError`.

Arrays are `{"array": [dtype, shape, base64 of the bytes]}`, arrays of text
`{"text": [shape, values]}`, dictionaries `{"dict": …}`, infinities and NaN
`{"float": "nan"}`, other things `{"opaque": type}`.
"""

from __future__ import annotations

import base64
import binascii
import math
from itertools import islice
from typing import Any

import numpy as np

from .observation import MAX_LINES, MAX_TEXT, Observation, Observations, Outcome
from .plain import (
    DTYPES,
    MAX_BYTES,
    MAX_DEPTH,
    MAX_DIMENSIONS,
    MAX_ITEMS,
    MAX_NAME,
    Opaque,
    Plain,
    array_bytes,
    clean,
    text_bytes,
)
from .questions import Questions

__all__ = [
    "MalformedError",
    "decode",
    "decode_observations",
    "decode_questions",
    "encode",
    "encode_observations",
    "encode_questions",
]

_MAX_OBSERVATIONS = 50  # no exercise has as many probes


class MalformedError(ValueError):
    """This is not what `encode` writes."""


def encode(value: Plain) -> Any:
    """Return plain data as what JSON can hold."""
    if isinstance(value, float) and not math.isfinite(value):
        return {"float": str(value)}
    if isinstance(value, np.ndarray):
        if value.dtype.kind == "U":
            return {"text": [list(value.shape), value.ravel().tolist()]}
        data = base64.b64encode(np.ascontiguousarray(value).tobytes()).decode("ascii")
        return {"array": [value.dtype.name, list(value.shape), data]}
    if isinstance(value, list):
        return [encode(item) for item in value]
    if isinstance(value, dict):
        return {"dict": {key: encode(item) for key, item in value.items()}}
    if isinstance(value, Opaque):
        return {"opaque": value.type_name}
    return value


def decode(data: Any) -> Plain:
    """Return the plain data that `encode` wrote.

    Raises:
        MalformedError: the data is of another form, or over a limit.
    """
    return _Decoder().decode(data, MAX_DEPTH)


class _Decoder:
    def __init__(self) -> None:
        self.items_left = MAX_ITEMS
        self.bytes_left = MAX_BYTES

    def decode(self, data: Any, depth: int) -> Plain:
        self.items_left -= 1
        if depth == 0 or self.items_left < 0:
            raise MalformedError("nested too deep, or too many parts")
        if isinstance(data, int) and abs(data) >= 2**63:
            raise MalformedError("huge int")
        if data is None or isinstance(data, (bool, int, float)):
            return data
        if isinstance(data, str):
            self._spend(4 * len(data))
            return _text(data, MAX_BYTES)
        if isinstance(data, list):
            return [self.decode(item, depth - 1) for item in data]
        if isinstance(data, dict) and len(data) == 1:
            [(tag, content)] = data.items()
            return self._tagged(tag, content, depth)
        raise MalformedError(f"unexpected {type(data).__name__}")

    def _tagged(self, tag: Any, content: Any, depth: int) -> Plain:
        if tag == "dict" and isinstance(content, dict):
            return {_text(k, MAX_NAME): self.decode(v, depth - 1) for k, v in content.items()}
        if tag == "float" and content in ("nan", "inf", "-inf"):
            return float(content)
        if tag == "opaque":
            return Opaque(_text(content, MAX_NAME))
        if tag == "array":
            return self._array(*_parts(content, 3))
        if tag == "text":
            return self._text_array(*_parts(content, 2))
        raise MalformedError("unexpected dictionary")

    def _array(self, dtype: Any, shape: Any, data: Any) -> np.ndarray:
        if not isinstance(dtype, str) or dtype not in DTYPES or not isinstance(data, str):
            raise MalformedError("unexpected array")
        _check_shape(shape)
        itemsize = np.dtype(dtype).itemsize
        self._spend(array_bytes(shape, itemsize))
        try:
            content = base64.b64decode(data, validate=True)
        except (binascii.Error, ValueError) as error:
            raise MalformedError("array data is not base64") from error
        if len(content) != math.prod(shape) * itemsize:
            raise MalformedError("array data does not fill its shape")
        if dtype == "bool" and content.strip(b"\0\1"):
            raise MalformedError("a boolean is neither 0 nor 1")
        return np.frombuffer(content, dtype).reshape(shape)

    def _text_array(self, shape: Any, values: Any) -> np.ndarray:
        _check_shape(shape)
        if not isinstance(values, list) or len(values) != math.prod(shape):
            raise MalformedError("text array does not fill its shape")
        texts = [_text(value, MAX_BYTES) for value in values]
        self._spend(array_bytes(shape, 1) + text_bytes(texts))
        return np.array(texts, dtype=str).reshape(shape)

    def _spend(self, size: int) -> None:
        self.bytes_left -= size
        if self.bytes_left < 0:
            raise MalformedError("too large")


def _parts(content: Any, count: int) -> list[Any]:
    if not isinstance(content, list) or len(content) != count:
        raise MalformedError("unexpected array")
    return content


def _check_shape(shape: Any) -> None:
    if not isinstance(shape, list) or len(shape) > MAX_DIMENSIONS:
        raise MalformedError("unexpected shape")
    if not all(type(length) is int and 0 <= length <= MAX_BYTES for length in shape):
        raise MalformedError("unexpected shape")


def _text(value: Any, limit: int) -> str:
    if not isinstance(value, str) or len(value) > limit or value != clean(value):
        raise MalformedError("unexpected text")
    return value


def encode_questions(questions: Questions) -> dict[str, Any]:
    """Return questions as what JSON can hold."""
    shown = {name: encode(value) for name, value in questions.shown.items()}
    return {"seed": questions.seed, "shown": shown}


def decode_questions(data: dict[str, Any]) -> Questions:
    """Return the questions that `encode_questions` wrote; they come from the trusted side."""
    return Questions(data["seed"], {name: decode(value) for name, value in data["shown"].items()})


def encode_observations(observations: Observations) -> dict[str, Any]:
    """Return observations as what JSON can hold."""
    return {
        name: vars(observation)
        | {"outcome": observation.outcome.value, "value": encode(observation.value)}
        for name, observation in observations.items()
    }


def decode_observations(data: Any) -> Observations:
    """Return the observations that are well formed; leave out the others. Never raises."""
    if not isinstance(data, dict):
        return {}
    observations = {}
    for name, item in islice(data.items(), _MAX_OBSERVATIONS):
        try:
            observations[_text(name, MAX_NAME)] = _observation(item)
        except MalformedError:
            continue
    return observations


def _observation(item: Any) -> Observation:
    if not isinstance(item, dict) or "value" not in item:
        raise MalformedError("unexpected observation")
    lines = item.get("lines")
    if not isinstance(lines, (list, tuple)) or len(lines) > MAX_LINES:
        raise MalformedError("unexpected lines")
    try:
        outcome = Outcome(item.get("outcome"))
    except ValueError as error:
        raise MalformedError("unexpected outcome") from error
    return Observation(
        outcome,
        decode(item["value"]),
        called=_text(item.get("called"), MAX_TEXT),
        error=_text(item.get("error"), MAX_TEXT),
        lines=tuple(_text(line, MAX_TEXT) for line in lines),
        printed=_text(item.get("printed"), MAX_TEXT),
        note=_text(item.get("note", ""), MAX_TEXT),  # older observations have none
    )

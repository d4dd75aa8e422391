"""What a learner hands in beside the function."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import tensorflow as tf

from tfcourse_utils.gradient_doctor.names import parameter_names

__all__ = ["LIMIT", "MAX_ENTRIES", "Input", "read_inputs"]

MAX_ENTRIES = 1_000
LIMIT = 1e6  # of a number that can be changed


@dataclass(frozen=True)
class Input:
    """A tensor or a variable, by the name that the function has for it."""

    name: str
    value: Any

    @property
    def is_variable(self) -> bool:
        return hasattr(self.value, "handle")  # Keras's variables have one too

    @property
    def is_floating(self) -> bool:
        return bool(tf.as_dtype(self.value.dtype).is_floating)

    @property
    def is_watched_by_itself(self) -> bool:
        return self.is_variable and bool(self.value.trainable)

    @property
    def number(self) -> float | None:
        """The value of a single number that a slider can change; None for anything else."""
        if not self.is_floating or tuple(self.value.shape):
            return None
        number = float(self.value.numpy())
        return number if abs(number) <= LIMIT else None  # NaN is not


def read_inputs(f: Callable[..., Any], values: Sequence[Any]) -> tuple[Input, ...]:
    """Check what the caller handed in.

    Raises:
        ValueError: there is none or more than three, or one is not small and of numbers.
    """
    if not 1 <= len(values) <= 3:
        raise ValueError(f"there should be one to three inputs, but there are {len(values)}")
    known = parameter_names(f)
    names = known if len(known) >= len(values) else ["x", "y", "z"]
    return tuple(Input(name, _tensor(name, value)) for name, value in zip(names, values))


def _tensor(name: str, value: Any) -> Any:
    if isinstance(value, (bool, int, float)):
        value = float(value)
    if not hasattr(value, "handle"):
        try:
            value = tf.convert_to_tensor(value)
        except (TypeError, ValueError):
            kind = type(value).__name__
            raise ValueError(f"{name} should be a tensor or a number, but is {kind}") from None
    if tf.as_dtype(value.dtype) == tf.string:
        raise ValueError(f"{name} should hold numbers, but holds text")
    if int(np.prod(value.shape)) > MAX_ENTRIES:
        raise ValueError(f"{name} should have at most {MAX_ENTRIES} entries")
    return value

"""Notes on errors of TensorFlow and Keras whose own words say little to a learner."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from typing import Any

from tfcourse_utils.checking import add_note

__all__ = ["explained"]

_NOTES = {
    r"Cannot convert '\w+' to a shape": (
        "`add_weight` takes the shape first. Give the name by its name: `name=...`."
    ),
    r"symbolic `tf.Tensor` as a Python `bool`": (
        "A Python `if`, `not`, `and` or `or` asked whether a tensor is true. `fit` and `evaluate` "
        "make a graph, in which tensors have no values yet. Whether an argument was given at all "
        "is asked with `is None`."
    ),
    r"(symbolic tf.Tensor .* to a numpy array|'SymbolicTensor' .* 'numpy'|len is not well)": (
        "`fit` and `evaluate` make a graph, in which tensors have no values yet: NumPy, `float()` "
        "and `len()` have nothing to work with. Compute with `tf` or `keras.ops`."
    ),
    r"Tensor' object has no attribute '(value|assign\w*)'": (
        "A tensor is where a variable was: `self.total += ...` puts a tensor in the place of what "
        "`add_weight` has made. `assign_add` changes the variable itself."
    ),
}


def explained(look: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
    """Let a probe add a note to the errors that are known here."""

    @functools.wraps(look)
    def looked(answer: Any, rng: Any) -> Any:
        try:
            return look(answer, rng)
        except Exception as error:
            for pattern, note in _NOTES.items():
                if re.search(pattern, str(error)):
                    add_note(error, note)
            raise

    return looked

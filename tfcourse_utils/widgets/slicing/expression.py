"""An index expression as learners type it, read with `ast` and never run."""

from __future__ import annotations

import ast
import warnings
from types import EllipsisType

from ..shapes import quoted

__all__ = ["Entry", "entry_text", "read_index"]

# None stands for `tf.newaxis`, as it does in TensorFlow.
Entry = int | slice | EllipsisType | None

MOST_LETTERS = 120
LARGEST = 2**31 - 1  # TensorFlow keeps the numbers of a slice in 32 bits
_NEW_AXIS = ("newaxis", "tf.newaxis", "np.newaxis")


def read_index(text: str) -> tuple[Entry, ...]:
    """Return the entries between the brackets of an expression such as "x[1:, ..., -1]".

    Raises:
        ValueError: it is no such expression; the message says in one sentence why.
    """
    if len(text) > MOST_LETTERS:
        raise ValueError(f"Only {MOST_LETTERS} letters of an index are read here.")
    node = _parsed(text)
    if node is None and _is_open(text):
        raise ValueError(f"The closing bracket of {quoted(text)} is missing.")
    if not isinstance(node, ast.Subscript) or not isinstance(node.value, ast.Name):
        raise ValueError(f"Write a name and one pair of brackets, as x[1:, 0]; {_wrong(text)}")
    inside = node.slice
    parts = inside.elts if isinstance(inside, ast.Tuple) else [inside]
    return tuple(_entry(part, ast.get_source_segment(text.strip(), part) or "") for part in parts)


def _parsed(text: str) -> ast.expr | None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Python has opinions on what learners type
            return ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def _is_open(text: str) -> bool:
    """Whether only the bracket at the end is missing, or that and the last entry."""
    return any(isinstance(_parsed(text + end), ast.Subscript) for end in ("]", "0]"))


def _wrong(text: str) -> str:
    return f"{quoted(text)} is something else." if text.strip() else "here is nothing yet."


def _entry(node: ast.expr, typed: str) -> Entry:
    if isinstance(node, ast.Slice):
        lower, upper, step = (_bound(n, typed) for n in (node.lower, node.upper, node.step))
        if step == 0:
            raise ValueError("A slice with the step 0 would never move on.")
        return slice(lower, upper, step)
    if isinstance(node, ast.Constant) and node.value in (None, ...):
        return node.value
    if typed.replace(" ", "") in _NEW_AXIS:
        return None
    if isinstance(node, (ast.List, ast.Tuple)):
        raise ValueError(
            "TensorFlow reads a list inside the brackets as one entry for each axis; "
            "tf.gather takes a choice of positions."
        )
    return _whole_number(node, typed)


def _bound(node: ast.expr | None, typed: str) -> int | None:
    is_none = isinstance(node, ast.Constant) and node.value is None
    return None if node is None or is_none else _whole_number(node, typed)


def _whole_number(node: ast.expr, typed: str) -> int:
    is_negative = isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub)
    digits = node.operand if isinstance(node, ast.UnaryOp) and is_negative else node
    if not isinstance(digits, ast.Constant) or type(digits.value) is not int:
        raise ValueError(
            f"{quoted(typed)} is no entry: whole numbers, slices with colons, ... and tf.newaxis "
            "are read here."
        )
    if digits.value > LARGEST:
        raise ValueError(f"A number there is beyond {LARGEST}, the largest that TensorFlow takes.")
    return -digits.value if is_negative else digits.value


def entry_text(entry: Entry) -> str:
    """Write an entry as it is typed."""
    if entry is None:
        return "tf.newaxis"
    if entry is ...:
        return "..."
    if not isinstance(entry, slice):
        return str(entry)
    start, stop, step = ("" if n is None else str(n) for n in (entry.start, entry.stop, entry.step))
    return f"{start}:{stop}:{step}" if step else f"{start}:{stop}"

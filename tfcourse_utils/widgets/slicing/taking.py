"""What the entries of an index take from a tensor of some shape."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ..shapes import Shape
from .expression import Entry, entry_text

__all__ = ["Part", "result", "take"]


class Part(NamedTuple):
    """One entry of an index and one axis that it is about.

    Attributes:
        entry: as typed; "" for an axis that no entry was left for.
        axis: of the tensor; None for a new one.
        size: of that axis; 1 for a new one.
        taken: the positions that are taken, in their order.
        stays: whether the axis is one of the result's.
        cut: whether a slice reaches beyond an end.
    """

    entry: str
    axis: int | None
    size: int
    taken: range
    stays: bool = True
    cut: bool = False


def take(shape: Shape, index: Sequence[Entry]) -> list[Part]:
    """Return what each entry does, the axes without one included.

    Raises:
        ValueError: the index does not fit the shape; the message says in one sentence why.
    """
    parts: list[Part] = []
    axis = 0
    for entry in _filled(shape, index):
        if entry is None:
            parts.append(Part("tf.newaxis", None, 1, range(1)))
        else:
            parts.append(_part(entry, axis, shape[axis]))
            axis += 1
    return parts


def result(parts: Sequence[Part]) -> Shape:
    """Return the shape of what is taken."""
    return tuple(len(part.taken) for part in parts if part.stays)


def _filled(shape: Shape, index: Sequence[Entry]) -> list[int | slice | str | None]:
    """Return an entry for each axis; "..." or "" where an axis is taken whole without its own."""
    dots = sum(entry is ... for entry in index)
    if dots > 1:
        raise ValueError("Only one ... is possible: with two, nobody knows which axes they mean.")
    missing = len(shape) - sum(entry is not None and entry is not ... for entry in index)
    if missing < 0:
        count = len(shape) - missing
        entries = "is 1 entry" if count == 1 else f"are {count} entries"
        raise ValueError(f"There {entries} for {_axes(len(shape))}.")
    filled: list[int | slice | str | None] = []
    for entry in index:
        filled += ["..."] * missing if entry is ... else [entry]
    return filled if dots else filled + [""] * missing


def _axes(count: int) -> str:
    return "a tensor without axes" if not count else "one axis" if count == 1 else f"{count} axes"


def _part(entry: int | slice | str, axis: int, size: int) -> Part:
    if isinstance(entry, str):
        return Part(entry, axis, size, range(size))
    text = entry_text(entry)
    if isinstance(entry, slice):
        ends = [end for end in (entry.start, entry.stop) if end is not None]
        cut = any(not -size <= end <= size for end in ends)
        return Part(text, axis, size, range(*entry.indices(size)), cut=cut)
    if not -size <= entry < size:
        there = f"0 to {size - 1}, or −{size} to −1 from the end" if size else "none at all"
        raise ValueError(f"There is no position {text} on axis {axis}; it has {there}.")
    return Part(text, axis, size, range(entry % size, entry % size + 1), stays=False)

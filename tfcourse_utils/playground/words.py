"""What a frame shows, in plain words, for who does not see it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from .frames import Frame
from .kinds import SQUARE
from .trainer import Row

__all__ = ["describe", "describe_boundary", "describe_progress"]

_ROWS, _COLUMNS = ("bottom", "", "top"), ("left", "", "right")


def describe(frame: Frame, history: Sequence[Row] = ()) -> str:
    """Return progress, boundary and mistakes of a frame in a few sentences.

    Args:
        history: of the trainer, to say how the loss has changed.
    """
    parts = (describe_progress(frame, history), describe_boundary(frame), _mistakes(frame))
    return " ".join(part for part in parts if part)


def describe_progress(frame: Frame, history: Sequence[Row] = ()) -> str:
    """Say how far training is, and the losses."""
    test = frame.losses.test
    tested = "" if test is None else f", {_number(test)} on those to test on"
    if np.isnan(frame.losses.train):
        said = f"{_place(frame)}: there are no points to train on."
    else:
        loss = _number(frame.losses.train)
        said = f"{_place(frame)}: loss {loss} on the points to train on{tested}."
    if frame.measured:
        name, train, test = frame.measured
        tested = "" if test is None else f", {_number(test)} on those to test on"
        said += f" The metric {name} is {_number(train)}{tested}."
    if history and frame.epoch > history[0].epoch:
        said += f" It began with {_number(history[0].losses.train)}."
    return f"{said} {frame.reason}" if frame.reason else said


def describe_boundary(frame: Frame) -> str:
    """Say which class holds how much of the square, and where; or how high the values are."""
    if frame.train.size == 0:
        return _values(frame.outputs[:, :, 0])
    count = len(frame.train)
    given = frame.outputs.argmax(axis=2) if count > 2 else (frame.outputs[:, :, 0] > 0.5) * 1
    return " ".join(_share(label, given == label) for label in range(count))


def _place(frame: Frame) -> str:
    if frame.batch:
        return f"After {_count(frame.epoch, 'epoch')} and {_count(frame.batch, 'batch')}"
    return f"After {_count(frame.epoch, 'epoch')}" if frame.epoch else "Before training"


def _share(label: int, holds: NDArray[np.bool_]) -> str:
    share = holds.mean()
    if share in (0, 1):
        return f"Class {label} holds {'all' if share else 'nothing'} of the square."
    parts = [name for name, part in _ninths(holds) if part.mean() > 0.5]
    where = f", most of the {_listed(parts)}" if parts else ""
    return f"Class {label} holds {_percent(share)} of the square{where}."


def _ninths(square: NDArray[np.bool_]) -> list[tuple[str, NDArray[np.bool_]]]:
    """Cut a square into nine parts and name them, from the top left on."""
    rows = [np.array_split(row, 3, axis=1) for row in np.array_split(square, 3, axis=0)]
    return [
        (f"{_ROWS[row]} {_COLUMNS[column]}".strip() or "middle", rows[row][column])
        for row in (2, 1, 0)
        for column in range(3)
        if rows[row][column].size
    ]


def _values(heights: NDArray[np.float32]) -> str:
    low, high = (
        f"{_number(float(heights[place]))} at {_at(place, heights.shape[0])}"
        for place in (
            np.unravel_index(heights.argmin(), heights.shape),
            np.unravel_index(heights.argmax(), heights.shape),
        )
    )
    return f"Values go from {low} to {high}."


def _at(place: Sequence[np.intp], size: int) -> str:
    y, x = (round(float(2 * SQUARE * step / max(size - 1, 1) - SQUARE), 1) for step in place)
    return f"x {_signed(f'{x:g}')}, y {_signed(f'{y:g}')}"


def _mistakes(frame: Frame) -> str:
    said = [
        _right(counts, "train") + _taken(counts) if name == "train" else _right(counts, "test")
        for name, counts in (("train", frame.train), ("test", frame.test))
        if counts.sum()
    ]
    return " ".join(f"{sentence}." for sentence in said)


def _right(counts: NDArray[np.int64], name: str) -> str:
    return f"{np.trace(counts)} of {_count(int(counts.sum()), 'point')} to {name} on are right"


def _taken(counts: NDArray[np.int64]) -> str:
    wrong = [
        f"{counts[true, given]} of class {true} {'is' if counts[true, given] == 1 else 'are'} "
        f"taken for class {given}"
        for true, given in np.ndindex(*counts.shape)
        if true != given and counts[true, given]
    ]
    return "".join(f"; {part}" for part in wrong)


def _percent(share: float) -> str:
    """Return a share as a percentage that is 0 or 100 only where it is exactly that."""
    percent = min(max(round(100 * share), 1), 99)
    return f"{percent}%"


def _number(value: float) -> str:
    if np.isnan(value):
        return "no number"
    return _signed(f"{value:.3f}" if abs(value) < 1000 else f"{value:.3g}")


def _signed(text: str) -> str:
    return text.replace("-", "−")


def _count(number: int, of: str) -> str:
    plural = "es" if of.endswith("ch") and of != "epoch" else "s"
    return f"{number} {of}{'' if number == 1 else plural}"


def _listed(parts: Sequence[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"

"""A boundary that a learner has drawn: which class it gives to what part of the square."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from tfcourse_utils.playground import Points
from tfcourse_utils.playground.kinds import SQUARE

__all__ = ["SIZE", "agreement", "cut", "ended", "regions", "right"]

SIZE = 100
NEAR = 1.0  # units of the plane between ends of a line that is meant to be closed

Places = NDArray[np.float64]
Cells = NDArray[np.int64]


def ended(stroke: Places) -> Places:
    """Return a stroke (n, 2) whose ends meet, if they nearly do, or else reach the edge."""
    if len(stroke) < 2:
        return stroke
    extent = float(np.ptp(stroke, axis=0).max())
    if len(stroke) > 2 and extent > 2 * NEAR and np.linalg.norm(stroke[0] - stroke[-1]) < NEAR:
        return np.vstack([stroke, stroke[:1]])
    return np.vstack([_beyond(stroke[::-1]), stroke, _beyond(stroke)])


def _beyond(stroke: Places) -> Places:
    """Return where the square is surely left if one goes straight on at the end."""
    far = np.linalg.norm(stroke - stroke[-1], axis=1) > 0.5
    before = stroke[np.flatnonzero(far)[-1]] if far.any() else stroke[0]
    way = stroke[-1] - before
    length = float(np.linalg.norm(way))
    return stroke[-1:] + way / length * 4 * SQUARE if length else stroke[-1:]


def cut(strokes: Sequence[Places], size: int = SIZE) -> Cells:
    """Return the parts of the square that strokes leave, (size, size): 1, 2, …; 0 on a stroke."""
    parts = np.full((size, size), -1, np.int64)
    for stroke in strokes:
        parts[_cells_on(ended(stroke), size)] = 0
    number = 0
    for row, column in zip(*np.nonzero(parts)):
        if parts[row, column] < 0:
            number += 1
            _fill(parts, (int(row), int(column)), number)
    return parts


def _cells_on(stroke: Places, size: int) -> tuple[Cells, Cells]:
    """Return rows and columns of the cells that a stroke goes through, with no gap."""
    found = [stroke]
    for one, other in zip(stroke, stroke[1:]):
        steps = int(np.linalg.norm(other - one) / (SQUARE / size)) + 2
        found.append(one + np.linspace(0, 1, steps)[:, None] * (other - one))
    cells = _cell(np.vstack(found), size)
    columns, rows = cells[((cells >= 0) & (cells < size)).all(axis=1)].T
    return rows, columns


def _cell(places: Places, size: int) -> Cells:
    return np.floor((places + SQUARE) / (2 * SQUARE) * size).astype(np.int64)


def _fill(parts: Cells, start: tuple[int, int], number: int) -> None:
    """Give a number to all cells that can be reached from one by their sides."""
    size = len(parts)
    parts[start], waiting = number, deque([start])
    while waiting:
        row, column = waiting.popleft()
        for next_ in ((row + 1, column), (row - 1, column), (row, column + 1), (row, column - 1)):
            if 0 <= next_[0] < size and 0 <= next_[1] < size and parts[next_] < 0:
                parts[next_] = number
                waiting.append(next_)


def regions(strokes: Sequence[Places], points: Points, size: int = SIZE) -> Cells:
    """Return the class that a drawn boundary gives to each cell, (size, size); -1 on a stroke.

    A part of the square is of the class that most of its points are of; one without points, of
    that of the point that is nearest to its middle.

    Args:
        strokes: (n, 2) each, in the plane.
        points: one at least, of classes.
    """
    parts, labels = cut(strokes, size), points.targets.reshape(-1).astype(np.int64)
    column, row = np.minimum(_cell(points.inputs.astype(np.float64), size), size - 1).T
    within = parts[row, column]
    classes = np.full(parts.max(initial=0) + 1, -1, np.int64)
    for number in range(1, len(classes)):
        inside = labels[within == number]
        if len(inside):
            classes[number] = np.bincount(inside).argmax()
        else:
            classes[number] = labels[_nearest(parts == number, points)]
    return classes[parts]


def _nearest(part: NDArray[np.bool_], points: Points) -> int:
    middle = np.argwhere(part).mean(axis=0)[::-1] / len(part) * 2 * SQUARE - SQUARE
    return int(np.linalg.norm(points.inputs - middle, axis=1).argmin())


def agreement(drawn: Cells, outputs: NDArray[np.floating]) -> float:
    """Return the share of the square on which a drawing and a network's outputs are one.

    Args:
        drawn: as of `regions`, (size, size).
        outputs: (size, size, k), as of a frame.
    """
    several = outputs.shape[2] > 1
    given = outputs.argmax(axis=2) if several else (outputs[..., 0] > 0.5).astype(np.int64)
    is_off = drawn >= 0
    return float((drawn == given)[is_off].mean()) if is_off.any() else 0.0


def right(drawn: Cells, points: Points) -> float:
    """Return the share of points that a drawing is right about; on a stroke it is not."""
    column, row = np.minimum(_cell(points.inputs.astype(np.float64), len(drawn)), len(drawn) - 1).T
    return float((drawn[row, column] == points.targets.reshape(-1)).mean())

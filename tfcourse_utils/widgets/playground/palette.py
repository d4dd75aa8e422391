"""Colours of outputs and of points: 256 of each, told apart by the colour-blind, light and dark."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from tfcourse_utils.playground import State
from tfcourse_utils.playground.parts import REGRESSION, SEVERAL_CLASSES
from tfcourse_utils.plots import COLOURS

__all__ = [
    "Table",
    "css",
    "indices_of_outputs",
    "indices_of_targets",
    "palettes",
    "scaled",
    "table",
]

Table = NDArray[np.uint8]
Floats = NDArray[np.floating]

PAPERS = {"light": "#ffffff", "dark": "#1c1c1c"}
INKS = {"light": (*COLOURS, "#8A7A00", "#767676"), "dark": (
    "#56B4E9", "#FF8F45", "#35C79A", "#E3A3C6", "#9AB2FF", "#E6B800", "#F0E442", "#B0B0B0",
)}  # fmt: skip
SHADES = 32  # of each class, where there are more than two
FAINT = 0.7  # of the ink, where the network is surest: points have to be seen on it


def table(task: str, theme: str, strength: float) -> Table:
    """Return colours (256, 3): of values from lowest to highest, or 32 shades of each class.

    Args:
        task: as `DataState.task`.
        theme: "light" or "dark".
        strength: of the strongest colours, up to 1.
    """
    paper, *inks = (_rgb(colour) for colour in (PAPERS[theme], *INKS[theme]))
    if task == SEVERAL_CLASSES:
        shades = np.linspace(0, strength, SHADES)[:, None]
        rows = np.concatenate([paper + shades * (ink - paper) for ink in inks])
    else:
        place = np.linspace(-strength, strength, 256)[:, None]
        rows = paper + np.abs(place) * (np.where(place < 0, inks[0], inks[1]) - paper)
    return rows.round().astype(np.uint8)


def _rgb(colour: str) -> NDArray[np.float64]:
    return np.array([int(colour[at : at + 2], 16) for at in (1, 3, 5)], float)


def palettes(task: str) -> bytes:
    """Return six tables: of outputs, points and neurons, each light and dark."""
    kinds = ((task, FAINT), (task, 1.0), (REGRESSION, 1.0))
    tables = (table(name, theme, strength) for name, strength in kinds for theme in PAPERS)
    return b"".join(each.tobytes() for each in tables)


def indices_of_outputs(state: State, outputs: Floats) -> Table:
    """Return the places in the table, (size, size), of outputs, (size, size, k)."""
    task, discretized = state.data.task, state.shown.discretized
    if task == SEVERAL_CLASSES:
        classes = outputs.shape[-1]
        sure = (outputs.max(axis=-1) - 1 / classes) / (1 - 1 / classes)
        shades = np.full(sure.shape, SHADES - 1) if discretized else sure * (SHADES - 1)
        return (SHADES * outputs.argmax(axis=-1) + np.clip(shades, 0, SHADES - 1)).astype(np.uint8)
    shares = _shares(task, outputs[..., 0])
    return scaled(np.where(shares > 0.5, 1.0, 0.0) if discretized else shares)


def indices_of_targets(state: State, targets: NDArray[np.generic]) -> Table:
    """Return the places in the table, (n,), of targets."""
    values = targets.reshape(-1).astype(float)
    if state.data.task == SEVERAL_CLASSES:
        return (SHADES * values + SHADES - 1).astype(np.uint8)
    return scaled(_shares(state.data.task, values))


def _shares(task: str, values: Floats) -> Floats:
    return (values + 1) / 2 if task == REGRESSION else values


def scaled(shares: Floats) -> Table:
    """Return bytes of numbers from 0 to 1; what is beyond is 0 or 255."""
    return (255 * np.clip(np.nan_to_num(shares), 0, 1)).round().astype(np.uint8)


def css(colours: Sequence[int]) -> str:
    """Write a row of a table as CSS does."""
    return "#" + "".join(f"{int(each):02x}" for each in colours)

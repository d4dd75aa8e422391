"""Read what a learner handed in, whatever it is."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat

from .handed_in_files import UnreadableError, notebooks_in
from .outputs import utf8

__all__ = ["Cell", "HandedIn", "cells_of", "take_in"]

_MAX_CELLS = 2_000


@dataclass(frozen=True)
class Cell:
    """One cell that was handed in: all of it that is used."""

    id: str  # nbgrader's id, or else the cell's own; empty where it has neither
    kind: str
    source: str


@dataclass(frozen=True)
class HandedIn:
    """What one learner handed in, and in a sentence each what was odd about it."""

    student: str
    cells: tuple[Cell, ...] = ()
    remarks: tuple[str, ...] = ()


def take_in(folder: Path, notebook: str) -> HandedIn:
    """Return what lies in a learner's folder.

    Args:
        folder: the learner's folder for this chapter, named after the chapter and lying
            in one named after the learner.
        notebook: the file name that was asked for.
    """
    student = utf8(folder.parent.name)
    if folder.is_symlink() or folder.parent.is_symlink():  # to what somebody else handed in
        return HandedIn(student, remarks=("the folder is a link: nothing could be graded",))
    cells: list[Cell] = []
    remarks: list[str] = []
    try:
        found = notebooks_in(folder)
        name = _choose(found, notebook, remarks)
        cells = _parse(name, found[name]())
    except UnreadableError as error:
        remarks.append(str(error))
    except OSError as error:
        remarks.append(f"it can't be read: {error.strerror}")
    return HandedIn(student, tuple(cells), tuple(map(utf8, remarks)))  # file names are in it


def _choose(found: Collection[str], notebook: str, remarks: list[str]) -> str:
    """Return the notebook's name: the right one, or else the only one there is.

    Raises:
        UnreadableError: there is none, or several between which there is no telling.
    """
    others = sorted(name for name in found if name != notebook)
    if notebook in found:
        if others:
            remarks.append(f"other notebooks were not looked at: {', '.join(others)}")
        return notebook
    if len(others) == 1:
        remarks.append(f"the file is called {others[0]} instead of {notebook}; it was taken")
        return others[0]
    there = f"are {len(others)} notebooks, but none" if others else "is no notebook"
    raise UnreadableError(f"there {there} called {notebook}: nothing could be graded")


def _parse(name: str, content: bytes) -> list[Cell]:
    try:
        data = json.loads(content)  # in UTF-8, 16 or 32: it finds out
        if isinstance(data.get("nbformat"), int) and data["nbformat"] < 4:
            data = nbformat.convert(nbformat.from_dict(data), 4)
        cells = cells_of(data)
    except json.JSONDecodeError as error:
        raise UnreadableError(
            f"{name} is not a notebook (no JSON from line {error.lineno} on)"
        ) from None
    except Exception:  # nbformat meets whatever a file may hold, and raises as many things
        raise UnreadableError(
            f"{name} is not a notebook that can be read: nothing could be graded"
        ) from None
    if len(cells) > _MAX_CELLS:
        raise UnreadableError(f"{name} has more than {_MAX_CELLS} cells: nothing could be graded")
    if not cells:
        raise UnreadableError(f"{name} has no cells: nothing could be graded")
    return cells


def cells_of(notebook: Any) -> list[Cell]:
    """Return the cells of a notebook's data.

    Raises:
        Exception: of any kind, where the data are not those of a notebook.
    """
    return [_cell(cell) for cell in notebook["cells"] if isinstance(cell, dict)]


def _cell(data: Any) -> Cell:
    source = data.get("source") or ""
    if isinstance(source, list):
        source = "".join(map(str, source))
    ours = (data.get("metadata") or {}).get("nbgrader") or {}
    return Cell(
        id=utf8(str(ours.get("grade_id") or data.get("id") or "")),
        kind=utf8(str(data.get("cell_type", "code"))),
        source=utf8(str(source)),
    )

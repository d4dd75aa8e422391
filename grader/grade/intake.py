"""Read what a learner handed in, whatever it is."""

from __future__ import annotations

import json
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat

__all__ = ["Cell", "HandedIn", "cells_of", "read_notebook", "take_in"]

MAX_BYTES = 20_000_000


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
    student = _clean(folder.parent.name)
    if folder.is_symlink():  # archives hold links too, to what somebody else handed in
        return HandedIn(student, remarks=("the folder is a link: nothing could be graded",))
    try:
        path, remarks = _find(folder, notebook)
        cells, problem = read_notebook(path) if path else ([], "")
    except OSError as error:
        return HandedIn(student, remarks=(f"it can't be read: {error.strerror}",))
    said = remarks + ([problem] if problem else [])
    return HandedIn(student, tuple(cells), tuple(map(_clean, said)))  # file names are in it


def _find(folder: Path, notebook: str) -> tuple[Path | None, list[str]]:
    """Return the notebook's path: the right name, or else the only notebook there is."""
    found = sorted(path for path in folder.glob("*.ipynb") if path.name[0] != ".")
    others = [path for path in found if path.name != notebook]
    if len(others) < len(found):
        also = f"other notebooks were not looked at: {', '.join(path.name for path in others)}"
        return folder / notebook, [also] if others else []
    if len(others) == 1:
        remark = f"the file is called {others[0].name} instead of {notebook}; it was taken"
        return others[0], [remark]
    there = f"are {len(others)} notebooks, but none" if others else "is no notebook"
    return None, [f"there {there} called {notebook}: nothing could be graded"]


def read_notebook(path: Path) -> tuple[list[Cell], str]:
    """Return a notebook's cells, and a sentence on what is wrong with the file, or ""."""
    status = path.lstat()
    if not stat.S_ISREG(status.st_mode):
        return [], f"{path.name} is not an ordinary file: nothing could be graded"
    if status.st_size > MAX_BYTES:
        return [], f"{path.name} is larger than {MAX_BYTES // 1_000_000} MB: it was not read"
    if status.st_size == 0:
        return [], f"{path.name} is empty: nothing could be graded"
    try:
        data = json.loads(path.read_text(encoding="utf-8-sig"))
        if isinstance(data.get("nbformat"), int) and data["nbformat"] < 4:
            data = nbformat.convert(nbformat.from_dict(data), 4)
        cells = cells_of(data)
        return cells, "" if cells else f"{path.name} has no cells: nothing could be graded"
    except json.JSONDecodeError as error:
        return [], f"{path.name} is not a notebook (no JSON from line {error.lineno} on)"
    except Exception:  # nbformat meets whatever a file may hold, and raises as many things
        return [], f"{path.name} is not a notebook that can be read: nothing could be graded"


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
        id=_clean(ours.get("grade_id") or data.get("id") or ""),
        kind=_clean(data.get("cell_type", "code")),
        source=_clean(source),
    )


def _clean(text: object) -> str:
    """Return text that can be written: JSON allows halves of surrogate pairs, UTF-8 does not."""
    return str(text).encode("utf-8", "replace").decode("utf-8")

"""Put the answers of a learner into the instructor's notebook.

Nothing else of what was handed in survives: no metadata, no outputs, no edited check.
"""

from __future__ import annotations

import copy
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import nbformat
from nbformat import NotebookNode
from nbgrader.utils import is_grade, is_locked, is_solution

from grader.build.answers import definition

from .intake import Cell

__all__ = ["Transplanted", "transplant"]

_MAX_PARSED = 200_000  # characters of a cell; a syntax tree takes hundreds of times as many bytes


@dataclass(frozen=True)
class Transplanted:
    """The notebook to run, and in a sentence each what had to be repaired."""

    notebook: NotebookNode
    repairs: tuple[str, ...]


def transplant(
    solution: NotebookNode, release: NotebookNode, cells: Iterable[Cell]
) -> Transplanted:
    """Return the instructor's notebook with a learner's answers.

    Cells that the learner added come after the known cell that they followed.

    Args:
        solution: the instructor's notebook; its cells that are not answers are taken as they are.
        release: what the learner was given; it has what stands where an answer is missing.
        cells: what was handed in.
    """
    release = copy.deepcopy(release)
    known = {cell.id for cell in solution.cells}
    given = {cell.id: cell for cell in release.cells}
    answers, added = _sorted(cells, known)
    mine = [cell for following in added.values() for cell in following]
    repairs: list[str] = []
    states: dict[str, list[str]] = defaultdict(list)
    result = list(_added(added.pop("", [])))
    for cell in copy.deepcopy(solution).cells:
        copies = answers.get(cell.id, [])
        if is_solution(cell):
            cell.metadata = given[cell.id].metadata  # with the checksum of what was not answered
            cell.source = _answer(given[cell.id], copies, mine, repairs)
        elif state := _state(cell, copies, given[cell.id].source):
            states[state].append(cell.id)
        result.append(cell)
        if cell.cell_type == "code" and is_locked(cell) and not is_grade(cell):
            # What a learner added to such a cell, an import perhaps, is run after it.
            edited = (other for other in copies if other.source != cell.source)
            result += _added(edited)
        result += _added(added.pop(cell.id, []))
    notebook = nbformat.v4.new_notebook(cells=result, metadata=copy.deepcopy(solution.metadata))
    return Transplanted(notebook, (*repairs, *_restored(states)))


def _sorted(
    cells: Iterable[Cell], known: set[str]
) -> tuple[dict[str, list[Cell]], dict[str, list[Cell]]]:
    """Return the known cells by id, and the added ones by the known cell that they follow."""
    answers: dict[str, list[Cell]] = defaultdict(list)
    added: dict[str, list[Cell]] = defaultdict(list)
    last = ""
    for cell in cells:
        if cell.id in known:
            answers[cell.id].append(cell)
            last = cell.id
        elif cell.source.strip():
            added[last].append(cell)
    return answers, added


def _answer(given: NotebookNode, copies: list[Cell], added: list[Cell], repairs: list[str]) -> str:
    """Return the source of an answer: all copies that were worked on, in their order."""
    name = given.id
    if not copies and any(_defines(cell, name) for cell in added):
        repairs.append(f"the answer `{name}` was found in another cell")
        return ""  # that cell is run where it stands
    if not copies:
        repairs.append(f"the answer cell `{name}` was missing")
        return str(given.source)
    if len(copies) > 1:
        repairs.append(f"the answer cell `{name}` was there {len(copies)} times")
    if copies[-1].kind != given.cell_type:
        repairs.append(f"the answer cell `{name}` had been turned into {copies[-1].kind}")
    sources = dict.fromkeys(cell.source for cell in copies)
    worked_on = [text for text in sources if text.strip() not in ("", given.source.strip())]
    return "\n\n".join(worked_on or sources)


def _defines(cell: Cell, name: str) -> bool:
    if len(cell.source) > _MAX_PARSED:
        return False
    try:
        return bool(definition(cell.source, name))
    except (LookupError, SyntaxError, ValueError, RecursionError, MemoryError):
        return False  # the last two: it is nested too deep for Python's parser


def _state(cell: NotebookNode, copies: list[Cell], given: str) -> str:
    """Return what happened to a cell that learners leave alone, or "" if it does not matter."""
    if cell.cell_type != "code":
        return ""
    if not copies:
        return "missing"
    if len(copies) > 1:
        return "duplicated"
    return "" if copies[0].source == given else "edited"


def _restored(states: dict[str, list[str]]) -> Iterator[str]:
    for state, names in states.items():
        shown = ", ".join(f"`{name}`" for name in names[:3]) + (", …" if len(names) > 3 else "")
        cells = "cell was" if len(names) == 1 else "cells were"
        yield f"{len(names)} {cells} {state} and restored: {shown}"


def _added(cells: Iterable[Cell]) -> Iterator[NotebookNode]:
    for cell in cells:
        make = nbformat.v4.new_code_cell if cell.kind == "code" else nbformat.v4.new_markdown_cell
        yield make(cell.source)

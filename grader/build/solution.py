"""The exercise notebook with its answers: nbgrader's source version of an assignment.

A code cell that does nothing but import a name from `tfcourse_utils.reference` stands for
two cells: the answer, and its check.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from typing import Any

import nbformat
from nbformat import NotebookNode

from tfcourse_utils.checking import Exercise, as_found

from .answers import blanks, broken_original, definition, marked
from .cells import SourceError

__all__ = ["START", "answer_name", "solution_notebook", "starting_point"]

#: Key of the cell metadata that hold what a learner starts from, where it is not a stub.
START = "start"

_ANSWER = re.compile(r"from tfcourse_utils\.reference\.(\w+) import (\w+)")


def answer_name(cell: NotebookNode) -> str | None:
    """Return the exercise's id, as "linear_classifiers.dense", if the cell names an answer."""
    match = _ANSWER.fullmatch(cell.source.strip()) if cell.cell_type == "code" else None
    return f"{match[1]}.{match[2]}" if match else None


def solution_notebook(
    text: NotebookNode, exercises: dict[str, Exercise], reference: str, origin: str
) -> NotebookNode:
    """Return the solution notebook.

    Args:
        text: the notebook of the source text; cells that name an answer are replaced.
        exercises: the chapter's exercises by id.
        reference: the source of the module with the right answers.
        origin: what to call the source text in error messages.

    Raises:
        SourceError: an answer that is named does not exist, or is named twice or nowhere.
    """
    named = [name for cell in text.cells if (name := answer_name(cell))]
    if sorted(named) != sorted(exercises):
        odd = sorted(set(named) ^ set(exercises)) or sorted(
            {n for n in named if named.count(n) > 1}
        )
        raise SourceError(f"{origin}: each exercise has one answer cell; look at {', '.join(odd)}.")
    cells: list[NotebookNode] = []
    for cell in text.cells:
        if name := answer_name(cell):
            cells += _answer_and_check(exercises[name], reference)
        else:
            cells.append(_with_role(cell))
    return nbformat.v4.new_notebook(cells=cells, metadata=text.metadata)


def _answer_and_check(exercise: Exercise, reference: str) -> Iterator[NotebookNode]:
    try:
        right = definition(reference, exercise.name)
    except LookupError as error:
        raise SourceError(f"The reference of {exercise.topic}: {error}.") from error
    metadata: dict[str, Any] = {"nbgrader": _role(exercise.name, solution=True)}
    if (start := starting_point(exercise, right)) is not None:
        metadata["tfcourse"] = {START: start}
    yield nbformat.v4.new_code_cell(marked(right), id=exercise.name, metadata=metadata)
    yield nbformat.v4.new_code_cell(
        f'check("{exercise.id}")',
        id=f"check-{exercise.name}",
        metadata={"nbgrader": _role(f"check-{exercise.name}", grade=True, points=exercise.points)},
    )


def starting_point(exercise: Exercise, right: str) -> str | None:
    """Return what a learner starts from where it is not a stub."""
    if (found := as_found(exercise)) is not None:
        return broken_original(inspect.getsource(found.answer), right, exercise.name)
    return blanks(right) if exercise.answer_kind == "dictionary" else None


def _with_role(cell: NotebookNode) -> NotebookNode:
    """Return a cell that is read only, unless its author gave it a role of its own."""
    given = cell.metadata.get("nbgrader", {})
    cell.metadata["nbgrader"] = _role(cell.id) | given
    return cell


def _role(
    name: str, *, solution: bool = False, grade: bool = False, points: float | None = None
) -> dict[str, Any]:
    """Return nbgrader's metadata for a cell."""
    role = {
        "grade": grade,
        "grade_id": name,
        "locked": not solution,
        "schema_version": 3,
        "solution": solution,
        "task": False,
    }
    return role if points is None else role | {"points": points}

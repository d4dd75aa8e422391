"""What a run left in a notebook, as far as it can be written down.

A kernel is the learner's: it may say anything, and a reply to a cell is checked by nobody.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbgrader.utils import is_grade

from .outputs import safe_count, utf8

__all__ = ["NOT_RUN", "is_plain", "say_not_run", "tidy"]

#: The name of the error in graded cells that were not reached.
NOT_RUN = "NotRun"

_MAX_DEPTH = 60  # observations are nested half as deep
_MAX_PARTS = 200_000
_MAX_CHARACTERS = 10_000  # of an error


def tidy(notebook: NotebookNode) -> None:
    """Leave nothing in a notebook that ran that can't be written, or is not as Jupyter has it."""
    notebook.metadata.pop("language_info", None)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.execution_count = safe_count(cell.execution_count)
            cell.outputs = [kept for output in cell.outputs if (kept := _tidy(output))]


def _tidy(output: NotebookNode) -> NotebookNode | None:
    if output.output_type == "error":  # one is left: without any, nbgrader gives full marks
        ename, evalue = (_text(output.get(key)) for key in ("ename", "evalue"))
        lines = output.get("traceback")
        traceback = [_text(line) for line in lines] if isinstance(lines, list) else []
        return nbformat.v4.new_output("error", ename=ename, evalue=evalue, traceback=traceback)
    if not is_plain(output):
        return None
    try:
        nbformat.validate(output, ref="output", version=4, version_minor=5)
    except nbformat.ValidationError:
        return None
    return output


def _text(value: Any) -> str:
    return utf8(value[:_MAX_CHARACTERS]) if isinstance(value, str) else type(value).__name__


def is_plain(value: Any) -> bool:
    """Return whether what came as JSON can be written again: not too deep, not too many parts."""
    level, parts = [value], 0
    for _ in range(_MAX_DEPTH):
        parts += len(level)
        if parts > _MAX_PARTS or any(isinstance(x, str) and not _is_utf8(x) for x in level):
            return False
        level = [inside for outside in level for inside in _inside(outside)]
        if not level:
            return True
    return False


def _inside(value: Any) -> Iterable[Any]:
    if isinstance(value, dict):
        return (*value, *value.values())
    return value if isinstance(value, list) else ()


def _is_utf8(text: str) -> bool:
    return text.isascii() or text == utf8(text)


def say_not_run(cells: list[NotebookNode]) -> None:
    """Say so in the graded cells among these: in nbgrader, silence is worth full marks."""
    for cell in cells:
        if cell.cell_type == "code" and is_grade(cell) and not cell.outputs:
            said = {"ename": NOT_RUN, "evalue": "the run ended before this cell"}
            cell.outputs = [nbformat.v4.new_output("error", **said, traceback=[])]

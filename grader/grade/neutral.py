"""A graded notebook in which nothing that came from a learner can do harm where it is shown.

The Formgrader shows graded notebooks through nbconvert, in the instructor's own Jupyter origin,
and nbconvert lets HTML and scripts through. So what is the learner's becomes text and pictures.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Collection
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbgrader.utils import compute_checksum, is_grade, is_locked, is_solution

from grader.build.cells import METADATA

from .outputs import CUT, joined, plain, safe_count, safe_outputs

__all__ = ["fenced", "is_learners", "neutral", "unfenced"]

MAX_SOURCE = 100_000  # characters of a cell


def neutral(
    notebook: NotebookNode, judged: Collection[str] = (), *, transplanted: bool = True
) -> NotebookNode:
    """Return a copy of an executed notebook that is safe to show. Never raises for an output.

    The instructor's cells, those with nbgrader's metadata that are not answers, keep what they
    say: a transplanted notebook has them from the instructor. All other cells are the learner's
    and are shown as typed. The outputs of *all* cells are cleaned, since the learner's code ran
    beside every one of them, except where the judge has replaced them.

    Record the scores before: nbgrader tells unanswered cells by their checksums.

    Args:
        notebook: a notebook as it ran; it is left as it is.
        judged: the ids of the check cells whose outputs the judge made. No marker inside the
            notebook tells them: whatever is there, a learner can write. The ids of the
            instructor's cells they can't; cells that were added get new ones.
        transplanted: False for a notebook that was run as it was handed in. Its metadata are the
            learner's too, so that its cells are shown as typed, but for those that nbgrader has
            put back from the gradebook.
    """
    cells = [_neutral(cell, judged, transplanted) for cell in notebook.cells]
    # Of itself a kernel may say what it likes, and nbclient writes it down.
    whole = {"nbformat": 4, "nbformat_minor": 5, "metadata": METADATA, "cells": cells}
    return nbformat.from_dict(copy.deepcopy(whole))


def is_learners(cell: NotebookNode) -> bool:
    """Return whether a cell of a transplanted notebook holds what a learner wrote."""
    return "nbgrader" not in cell.metadata or is_solution(cell)


def _neutral(cell: NotebookNode, judged: Collection[str], transplanted: bool) -> dict[str, Any]:
    learners = is_learners(cell) if transplanted else not _was_put_back(cell)
    role = cell.metadata.get("nbgrader")  # of the other metadata, some are the kernel's
    shown: dict[str, Any] = {"id": cell.id, "metadata": {"nbgrader": role} if role else {}}
    shown |= _typed(cell) if learners else _as_it_is(cell)
    if not transplanted:
        shown.pop("attachments", None)  # nbgrader leaves what was handed in
    if shown["cell_type"] == "code":
        by_judge = transplanted and not learners and is_grade(cell) and cell.id in judged
        shown["outputs"] = cell.outputs if by_judge else safe_outputs(cell.get("outputs"))
        shown["execution_count"] = safe_count(cell.get("execution_count"))
    return shown


def _was_put_back(cell: NotebookNode) -> bool:
    """Return whether nbgrader's OverwriteCells made sure that a cell is the gradebook's.

    It takes the id from those that it doesn't know, and gives all others the checksum that is
    right; what they hold it puts back only if they are locked.
    """
    role = cell.metadata.get("nbgrader", {})
    return "grade_id" in role and is_locked(cell) and role.get("checksum") == compute_checksum(cell)


def _as_it_is(cell: NotebookNode) -> dict[str, Any]:
    return {key: cell[key] for key in ("cell_type", "source", "attachments") if key in cell}


def _typed(cell: NotebookNode) -> dict[str, Any]:
    """Return a learner's cell as typed. Raw cells become Markdown, which alone has fences."""
    text = joined(cell.get("source")).replace("\r\n", "\n").replace("\r", "\n")
    source = _cut(plain(text), MAX_SOURCE)
    if cell.cell_type == "code":
        return {"cell_type": "code", "source": source}
    return {"cell_type": "markdown", "source": fenced(source)}


def fenced(text: str) -> str:
    """Return Markdown that shows any text as it was typed."""
    longest = max(map(len, re.findall("`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}\n{text}\n{fence}"


def unfenced(markdown: str) -> str:
    """Return the text that `fenced` was given."""
    return markdown.partition("\n")[2].rpartition("\n")[0]


def _cut(text: str, limit: int) -> str:
    return text if len(text) <= limit else f"{text[:limit]}\n{CUT}"

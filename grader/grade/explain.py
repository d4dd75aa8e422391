"""From a judged notebook to what its author is told, as plain data for the page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from nbformat import NotebookNode
from nbgrader.utils import is_grade, is_solution, is_task

from tfcourse_utils.checking import Verdict

from .feedback import FeedbackPage, Output, Section, ShownCell
from .findings import findings_section
from .gradebook import CellScore
from .neutral import is_learners, unfenced

__all__ = ["explain"]

_HEADING = re.compile(r"^#{1,6} +(.+)$", re.MULTILINE)


def explain(
    student: str,
    title: str,
    notebook: NotebookNode,
    verdicts: Mapping[str, Verdict],
    scores: Mapping[str, CellScore],
    remarks: Sequence[str] = (),
) -> FeedbackPage:
    """Return what a learner's page says.

    Args:
        title: the chapter's.
        notebook: as `neutral` returned it.
        verdicts: by the id of the check cell that they were made for.
        scores: by the id of the graded cell, those of answers for their comments.
        remarks: what was odd about what was handed in, in a sentence each.
    """
    sections: list[Section] = []
    opening: list[ShownCell] = []
    for heading, mine, graded in _parts(notebook):
        shown = tuple(cell for cell in map(_shown, mine) if cell.source.strip() or cell.outputs)
        if graded is not None:
            name = _name(graded)
            section = findings_section(name, verdicts.get(graded.id), scores[name])
            sections.append(
                replace(
                    section,
                    title=heading or section.title,
                    cells=shown,
                    comment=_comments([*mine, graded], scores),
                )
            )
        elif sections:
            sections[-1] = replace(sections[-1], cells=(*sections[-1].cells, *shown))
        else:
            opening += shown
    return FeedbackPage(title, student, tuple(sections), tuple(opening), tuple(remarks))


_Part = tuple[str, list[NotebookNode], "NotebookNode | None"]


def _parts(notebook: NotebookNode) -> Iterator[_Part]:
    """Yield (heading, learner's cells, graded cell), in their order.

    There is no graded cell where a learner's cells come after the last one of an exercise.
    """
    heading: str = ""
    mine: list[NotebookNode] = []
    for cell in notebook.cells:
        if is_learners(cell):
            mine.append(cell)
        elif found := _heading(cell):
            yield "", mine, None
            heading, mine = found, []
        if is_grade(cell) or is_task(cell):
            yield heading, mine, cell
            heading, mine = "", []
    yield "", mine, None


def _heading(cell: NotebookNode) -> str:
    found = _HEADING.search(cell.source) if cell.cell_type == "markdown" else None
    return found[1].replace("`", "") if found else ""


def _name(cell: NotebookNode) -> str:
    return str(cell.metadata.get("nbgrader", {}).get("grade_id", ""))


def _comments(cells: list[NotebookNode], scores: Mapping[str, CellScore]) -> str:
    """Return what the instructor wrote; nbgrader keeps it with answers and tasks."""
    found = (scores[name].comment for cell in cells if (name := _name(cell)) in scores)
    return "\n\n".join(filter(None, dict.fromkeys(found)))


def _shown(cell: NotebookNode) -> ShownCell:
    is_code = cell.cell_type == "code"
    outputs = map(_output, cell.outputs) if is_code else ()
    source = cell.source if is_code else unfenced(cell.source)
    return ShownCell(source, is_solution(cell), is_code, tuple(outputs))


def _output(output: NotebookNode) -> Output:
    if output.output_type == "stream":
        return Output(output.text.strip("\n"))
    if output.output_type == "error":
        return Output("\n".join(output.traceback))
    for mime in ("image/png", "image/jpeg"):
        if mime in output.data:
            return Output(picture=f"data:{mime};base64,{output.data[mime]}")
    return Output(output.data["text/plain"])

"""Lessons are run from the first cell to the last, as a learner runs them."""

from __future__ import annotations

from collections.abc import Iterator

import nbformat
from nbformat import NotebookNode

from grader.grade.run import Kernels, run, what_failed
from grader.layout import Chapter
from grader.sandbox import Limits

__all__ = ["lesson_findings"]

LIMITS = Limits(cell_seconds=60)


def lesson_findings(chapter: Chapter) -> Iterator[str]:
    """Run a lesson; yield a sentence for each cell that raises, warns or does not end."""
    where = chapter.lesson.relative_to(chapter.root)
    notebook = nbformat.read(chapter.lesson, as_version=4)
    ended = run(notebook, LIMITS, Kernels(None)).ended
    yield from (f"{where}: the run ended: {end.why}" for end in ended)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            yield from (f"{where}: the cell {cell.id!r} {what}" for what in _faults(cell))


def _faults(cell: NotebookNode) -> Iterator[str]:
    if raised := what_failed(cell):
        yield raised
    for output in cell.outputs:
        if output.get("name") == "stderr":
            yield f"writes to stderr: {output.text.strip()[:200]}"

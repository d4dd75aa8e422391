"""A small chapter for measuring and testing: some exercises of a real one."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path

import nbformat
from nbgrader.utils import is_grade

from grader.build.cells import notebook_text
from grader.build.release import release_notebook
from grader.layout import Chapter

__all__ = ["write_small_chapter"]


def write_small_chapter(
    chapter: Chapter,
    root: Path,
    exercises: Collection[str] | None = None,
    added: Mapping[str, str] | None = None,
) -> Chapter:
    """Write the notebooks of a chapter with exercises of another.

    Args:
        chapter: where the exercises come from.
        root: the folder of the new chapter's course.
        exercises: their names; None for the whole chapter.
        added: checks of an instructor's own, worth 2 points each, by their names.
    """
    small = Chapter(root, chapter.name)
    solution = nbformat.read(chapter.solution, as_version=4)
    if exercises is not None:
        kept = {"setup", *exercises, *(f"check-{name}" for name in exercises)}
        solution.cells = [cell for cell in solution.cells if cell.id in kept]
    role = next(cell.metadata.nbgrader for cell in solution.cells if is_grade(cell))
    for name, source in (added or {}).items():
        metadata = {"nbgrader": {**role, "grade_id": name, "points": 2}}
        solution.cells.append(nbformat.v4.new_code_cell(source, id=name, metadata=metadata))
    for path, notebook in (
        (small.solution, solution),
        (small.release, release_notebook(solution)),
    ):
        path.parent.mkdir(parents=True)
        path.write_text(notebook_text(notebook), encoding="utf-8")
    small.exercise_source.touch()  # chapters are known by their text
    return small

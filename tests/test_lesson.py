"""Every lesson runs from the first cell to the last, without an error or a warning."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest

from grader.grade.run import run
from grader.layout import Course

LESSONS = [chapter.lesson for chapter in Course.find(Path(__file__).parent).chapters]


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda path: path.stem)
def test_lesson_runs(lesson: Path) -> None:
    notebook, problem = run(nbformat.read(lesson, as_version=4), cell_seconds=60)
    assert problem == ""
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            assert output.output_type != "error", (cell.id, output)
            assert output.get("name") != "stderr", (cell.id, output)

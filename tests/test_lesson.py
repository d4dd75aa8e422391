"""Every lesson runs from the first cell to the last, without an error or a warning."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest

from grader.grade.run import Kernels, run
from grader.layout import Course
from grader.sandbox import Limits

LESSONS = [chapter.lesson for chapter in Course.find(Path(__file__).parent).chapters]


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda path: path.stem)
def test_lesson_runs(lesson: Path) -> None:
    notebook = nbformat.read(lesson, as_version=4)
    assert run(notebook, Limits(cell_seconds=60), Kernels(None)).ended == ()
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            assert output.output_type != "error", (cell.id, output)
            assert output.get("name") != "stderr", (cell.id, output)

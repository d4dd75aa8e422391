"""What a person has graded stays graded until there is something new to read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from grader.grade import Classroom, Grading, grade_class, local_workers
from grader.layout import Chapter

from .small_class import LIMITS, grade_by_hand, hand_in, small_chapter

NOT_READ = "not graded yet"


def with_essay(chapter: Chapter) -> None:
    """Have the check "essay" of a chapter be an answer that a person reads."""
    for path in (chapter.solution, chapter.release):
        notebook = json.loads(path.read_text(encoding="utf-8"))
        [essay] = [cell for cell in notebook["cells"] if cell["id"] == "essay"]
        essay["metadata"]["nbgrader"] |= {"solution": True, "locked": False}
        path.write_text(json.dumps(notebook), encoding="utf-8")


@pytest.fixture
def classroom(chapter: Chapter, tmp_path: Path) -> Classroom:
    small = small_chapter(chapter, tmp_path, ["dense"], {"essay": "# Why a bias?"})
    with_essay(small)
    classroom = Classroom(tmp_path / "classroom", small)
    hand_in(classroom, "ada", {"essay": "# So that the line need not meet the origin."})
    return classroom


def page(classroom: Classroom) -> str:
    """Grade, and return what ada is told."""
    with local_workers(1) as workers:
        [result] = grade_class(classroom, workers, Grading(limits=LIMITS))
    return result.feedback.read_text(encoding="utf-8")


def test_a_grade_given_by_hand(classroom: Classroom) -> None:
    assert NOT_READ in page(classroom)
    grade_by_hand(classroom, "ada", "essay", 2, "Nicely put.")
    told = page(classroom)
    assert NOT_READ not in told
    assert "Nicely put." in told and "<strong>2</strong> of 5 points" in told
    assert NOT_READ not in page(classroom)
    hand_in(classroom, "ada", {"essay": "# Because."})
    assert NOT_READ in page(classroom)

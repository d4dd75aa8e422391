"""The syllabus says what the course holds, and its points are those of the notebooks."""

from __future__ import annotations

import re

import nbformat
import pytest
from nbgrader.utils import is_grade

from grader.build.cells import SourceError
from grader.build.syllabus import syllabus
from grader.layout import Chapter, Course


@pytest.fixture(scope="module")
def text(course: Course) -> str:
    return syllabus(course)


def parts(text: str) -> list[str]:
    """Return what comes before the chapters, and each chapter."""
    return re.split(r"^## ", text, flags=re.MULTILINE)


def rows(part: str) -> list[list[str]]:
    """Return the cells of the table in it, without its head."""
    lines = [line for line in part.splitlines() if line.startswith("|")]
    return [re.split(r" (?<!\\)\| ", line[2:-2]) for line in lines[2:]]


def graded(chapter: Chapter) -> dict[str, float]:
    """Return the points of each check in the notebook that learners get."""
    cells = nbformat.read(chapter.release, as_version=4).cells
    return {cell.id: cell.metadata.nbgrader.points for cell in cells if is_grade(cell)}


def test_the_committed_syllabus_is_what_the_course_gives(course: Course, text: str) -> None:
    assert course.syllabus.read_text(encoding="utf-8") == text


def test_points_are_those_of_the_notebooks_and_add_up(course: Course, text: str) -> None:
    overview, *chapters = parts(text)
    in_all = []
    for chapter, part, (title, _, count, points) in zip(
        course.chapters, chapters, rows(overview)[:-1], strict=True
    ):
        listed = {f"check-{row[0].strip('`')}": float(row[3]) for row in rows(part)}
        assert part.startswith(f"{title}\n")
        assert listed == graded(chapter)
        assert (int(count), float(points)) == (len(listed), sum(listed.values()))
        assert f"\n- {count} exercises, {points} points\n" in part
        in_all += listed.values()
    *_, count, points = rows(overview)[-1]
    assert (int(count), float(points)) == (len(in_all), sum(in_all))


def test_a_chapter_names_its_sections_and_those_before_it(text: str) -> None:
    _, _, second, third, *_ = parts(text)
    assert "\n- Before it: 1 · Tensors, 2 · Gradients\n" in third
    assert "; 5 The tape; 6 What the tape records; " in second
    assert "\n- Time to allow for the lesson: about an hour and a half\n" in second


def test_bars_do_not_end_a_cell(text: str) -> None:
    [row] = [row for row in rows(parts(text)[1]) if row[0] == "`jaccard`"]
    assert row[-1].endswith(r"row by row: \|a ∩ b\| / \|a ∪ b\|.")


def test_it_holds_as_many_chapters_as_there_are(copy: Course) -> None:
    for chapter in copy.chapters[2:]:
        chapter.exercise_source.unlink()
    overview, *chapters = parts(syllabus(copy))
    assert [row[0] for row in rows(overview)] == ["1 · Tensors", "2 · Gradients", "in all"]
    assert len(chapters) == 2


@pytest.mark.parametrize(
    ("said", "example"),
    [("# 2 · ", "# 3 · "), ("In this lesson", "In this lesson you"), ("The lesson takes", "hour")],
)
def test_a_lesson_that_does_not_say_it_is_told_so(said: str, example: str, copy: Course) -> None:
    source = copy.chapter("2").lesson_source
    source.write_text(source.read_text(encoding="utf-8").replace(said, ""), encoding="utf-8")
    with pytest.raises(SourceError, match=f"course/02_gradient_tape.py: .*{example}"):
        syllabus(copy)
